/// A text as paragraphs of sentences: what copies are made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// Paragraphs, each of sentences.
    pub paragraphs: Vec<Vec<String>>,
}

/// Sentences of a paragraph where the text itself marks none.
const PARAGRAPH: usize = 3;

impl Prose {
    /// Reads a text: lines are paragraphs. A text on one line is cut after every third sentence.
    pub fn of(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let paragraphs: Vec<_> = lines.map(sentences).collect();
        let cut = |sentences: Vec<String>| -> Vec<Vec<String>> {
            let long = 2 * PARAGRAPH < sentences.len();
            let size = if long { PARAGRAPH } else { sentences.len().max(1) };
            sentences.chunks(size).map(<[String]>::to_vec).collect()
        };
        Self { paragraphs: paragraphs.into_iter().flat_map(cut).collect() }
    }

    /// Its sentences, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &String> {
        self.paragraphs.iter().flatten()
    }

    /// Number of its words.
    pub fn words(&self) -> usize {
        self.sentences().map(|sentence| sentence.split_whitespace().count()).sum()
    }

    /// The text, paragraphs a blank line apart.
    pub fn text(&self) -> String {
        let paragraphs: Vec<_> = self.paragraphs.iter().map(|some| some.join(" ")).collect();
        paragraphs.join("\n\n")
    }
}

/// The sentences of a line: each ends with a mark before a blank and a capital, a digit or a quotation
/// mark, but not after an initial or a short title.
fn sentences(line: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut current = String::new();
    let words: Vec<_> = line.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
        if ends(word) && words.get(at + 1).is_none_or(|next| opens(next)) {
            found.push(std::mem::take(&mut current));
        }
    }
    found.extend(Some(current).filter(|rest| !rest.is_empty()));
    found
}

fn ends(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '”', '’', '\'', ')']);
    let Some(stem) = bare.strip_suffix(['.', '!', '?']) else { return false };
    let title = ["Mr", "Mrs", "Ms", "Dr", "Gen", "Col", "Lt", "St", "No", "Sen", "Maj", "Capt"];
    let initial = stem.chars().count() == 1 || stem.contains('.');
    !initial && !title.contains(&stem)
}

fn opens(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“‘'(".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_titles_end_no_sentence() {
        let prose = Prose::of("Mr. J. Orlen of the U.S. mission spoke. “No,” he said. It rained.");
        assert_eq!(prose.sentences().count(), 3);
    }

    #[test]
    fn a_text_on_one_line_is_cut_into_paragraphs() {
        let text = "It rained. ".repeat(8);
        let prose = Prose::of(&text);
        assert_eq!(prose.paragraphs.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 2]);
        assert_eq!(prose.words(), 16);
    }
}
