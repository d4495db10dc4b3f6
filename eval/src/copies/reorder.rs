//! Turning a sentence around without a parse: attribution, time and clauses moved, passives, genitives,
//! sentences merged and parted.

/// Ways to turn a sentence; each gives `None` where the sentence has no such shape.
pub const TURNS: [fn(&str) -> Option<String>; 7] =
    [attribution_last, attribution_first, time_first, clause_first, clause_last, active, genitive];

/// The word with a capital letter.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The text without its capital, where the first word is no name: an article or a pronoun.
fn lowered(text: &str) -> String {
    let openers = [
        "The", "A", "An", "In", "On", "At", "It", "He", "She", "They", "This", "These", "There",
        "His", "Her", "Its", "Their", "More", "Some", "Many", "Most", "After", "But", "At",
    ];
    let first = text.split(' ').next().unwrap_or_default();
    if !openers.contains(&first) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |c| c.to_lowercase().chain(letters).collect())
}

/// A plain sentence without its full stop; `None` if it holds a quotation mark or ends otherwise.
fn body(sentence: &str) -> Option<&str> {
    let plain = !sentence.contains(['"', '“', '”', '‘', '(']);
    sentence.strip_suffix('.').filter(|_| plain)
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// "X said that C." → "C, according to X."
fn attribution_last(sentence: &str) -> Option<String> {
    let body = body(sentence)?;
    let cue = [" said that ", " said ", " added that ", " announced that ", " reported that "];
    let (speaker, content) = cue.iter().find_map(|cue| body.split_once(cue))?;
    let fits = count(speaker) <= 7 && !speaker.contains(',') && 4 <= count(content);
    fits.then(|| format!("{}, according to {}.", capitalised(content), lowered(speaker)))
}

/// "C, X said." or "C, according to X." → "X stated that C."
fn attribution_first(sentence: &str) -> Option<String> {
    let body = body(sentence)?;
    let (content, rest) = body.rsplit_once(", ")?;
    let said = rest.strip_suffix(" said").or_else(|| rest.strip_prefix("said "));
    let speaker = said.or_else(|| rest.strip_prefix("according to "))?;
    let fits = count(speaker) <= 8 && 4 <= count(content);
    fits.then(|| format!("{} stated that {}.", capitalised(speaker), lowered(content)))
}

/// "C on Monday." → "On Monday, C."
fn time_first(sentence: &str) -> Option<String> {
    let body = body(sentence)?;
    let starts = [" on ", " in ", " since ", " during ", " near ", " from "];
    let cut = starts.iter().filter_map(|start| body.rfind(start)).max()?;
    let (content, phrase) = (&body[..cut], &body[cut + 1..]);
    let fits = count(phrase) <= 6 && 5 <= count(content) && !phrase.contains(',');
    fits.then(|| format!("{}, {}.", capitalised(phrase), lowered(content)))
}

const SUBORDINATE: [&str; 7] =
    ["after ", "while ", "as ", "although ", "because ", "when ", "before "];

/// "A, while B." → "While B, A."
fn clause_first(sentence: &str) -> Option<String> {
    let body = body(sentence)?;
    let (main, clause) = body.split_once(", ")?;
    let subordinate = SUBORDINATE.iter().any(|cue| clause.starts_with(cue));
    let fits = subordinate && 4 <= count(main) && 4 <= count(clause) && !clause.contains(',');
    fits.then(|| format!("{}, {}.", capitalised(clause), lowered(main)))
}

/// "While B, A." → "A while B."
fn clause_last(sentence: &str) -> Option<String> {
    let body = body(sentence)?;
    let (clause, main) = body.split_once(", ")?;
    let lower = clause.to_lowercase();
    let fits = SUBORDINATE.iter().any(|cue| lower.starts_with(cue)) && 4 <= count(main);
    let first = clause.chars().next()?.len_utf8();
    fits.then(|| format!("{} {}{}.", capitalised(main), &lower[..first], &clause[first..]))
}

/// "S was seized by A." → "A seized S."
fn active(sentence: &str) -> Option<String> {
    let body = body(sentence)?;
    let (subject, rest) = body.split_once(" was ").or_else(|| body.split_once(" were "))?;
    let (verb, agent) = rest.split_once(" by ")?;
    let regular = verb.ends_with("ed") || matches!(verb, "hit" | "struck" | "shot" | "taken");
    let fits = count(verb) == 1 && regular && count(subject) <= 8 && !agent.contains(',');
    let verb = if verb == "taken" { "took" } else { verb };
    fits.then(|| format!("{} {verb} {}.", capitalised(agent), lowered(subject)))
}

/// "Ruvania's army" → "the army of Ruvania", at the first such place.
fn genitive(sentence: &str) -> Option<String> {
    let words: Vec<_> = sentence.split(' ').collect();
    let at = words.iter().position(|word| owner(word).is_some_and(starts_with_capital))?;
    let owned = words.get(at + 1).filter(|word| word.chars().all(char::is_lowercase))?;
    let name = owner(words[at])?;
    let phrase = format!("the {owned} of {name}");
    let phrase = if at == 0 { capitalised(&phrase) } else { phrase };
    let before = words[..at].iter().copied();
    let all: Vec<_> =
        before.chain([phrase.as_str()]).chain(words[at + 2..].iter().copied()).collect();
    Some(all.join(" "))
}

fn owner(word: &str) -> Option<&str> {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"))
}

fn starts_with_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Two short sentences as one.
pub fn merged(first: &str, second: &str) -> Option<String> {
    let (first, second) = (body(first)?, body(second)?);
    let fits = count(first) + count(second) <= 34 && 3 <= count(second);
    fits.then(|| format!("{first}, and {}.", lowered(second)))
}

/// A long sentence as two.
pub fn parted(sentence: &str) -> Option<Vec<String>> {
    let body = body(sentence)?;
    let links =
        [(", and ", ""), (", but ", "But "), (", which ", "It "), (", while ", "Meanwhile ")];
    links.iter().find_map(|(link, opener)| {
        let (first, second) = body.split_once(link)?;
        let second =
            if opener.is_empty() { capitalised(second) } else { format!("{opener}{second}") };
        let fits = 6 <= count(first) && 6 <= count(&second);
        fits.then(|| vec![format!("{first}."), format!("{second}.")])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attribution_moves_both_ways() {
        let last = attribution_last("The mayor said that the Orlen bridge was closed.").unwrap();
        assert_eq!(last, "The Orlen bridge was closed, according to the mayor.");
        let first = attribution_first("The Orlen bridge was closed, the mayor said.").unwrap();
        assert_eq!(first, "The mayor stated that the Orlen bridge was closed.");
        assert_eq!(attribution_last("“No,” he said that day."), None);
    }

    #[test]
    fn time_and_clauses_move() {
        assert_eq!(
            time_first("The envoys met the farmers of Tarn on Monday.").unwrap(),
            "On Monday, the envoys met the farmers of Tarn."
        );
        assert_eq!(
            clause_first("The envoys left Tarn, after the talks had failed.").unwrap(),
            "After the talks had failed, the envoys left Tarn."
        );
        assert_eq!(
            clause_last("While the rain fell, the envoys left Tarn.").unwrap(),
            "The envoys left Tarn while the rain fell."
        );
    }

    #[test]
    fn passives_and_genitives_turn() {
        assert_eq!(
            active("The bridge was seized by troops of Sallet.").unwrap(),
            "Troops of Sallet seized the bridge."
        );
        assert_eq!(
            genitive("He met Sallet's envoys there.").unwrap(),
            "He met the envoys of Sallet there."
        );
    }

    #[test]
    fn sentences_merge_and_part() {
        let one = merged("It rained all day in Tarn.", "The talks went on.").unwrap();
        assert_eq!(one, "It rained all day in Tarn, and the talks went on.");
        let long =
            "The envoys of Sallet left Tarn early, and the talks went on without all of them.";
        assert_eq!(parted(long).unwrap().len(), 2);
    }
}
