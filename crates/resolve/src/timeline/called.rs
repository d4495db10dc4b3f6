//! Whether somebody asked for by name is the one that a report calls by another form of it.

use chancery_annotate::occurrence::Party;

/// Words at the end of a company's name that are left out as often as not.
const FORMS: [&str; 20] = [
    "ag",
    "co",
    "co.",
    "company",
    "corp",
    "corp.",
    "corporation",
    "gmbh",
    "group",
    "inc",
    "inc.",
    "limited",
    "ltd",
    "ltd.",
    "motor",
    "n.v.",
    "nv",
    "plc",
    "s.a.",
    "spa",
];

/// A name as it is compared.
pub(super) struct Wanted {
    words: Vec<String>,
    initials: Option<String>,
    /// Whether it is of a model or a series: "Orlen 320".
    numbered: bool,
}

impl Wanted {
    pub(super) fn new(name: &str) -> Self {
        let words = words(name);
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        let several = 1 < words.len() && name.split_whitespace().all(capital);
        let initials = || name.split_whitespace().filter_map(|word| word.chars().next()).collect();
        let numbered = words.iter().any(|word| has_digit(word));
        Self { initials: several.then(initials), words, numbered }
    }

    /// Whether a report names somebody else by the same last name: another letter begins the first.
    pub(super) fn has_rival<'a>(&self, mut parties: impl Iterator<Item = &'a Party>) -> bool {
        let initial = |word: Option<&String>| word.and_then(|word| word.chars().next());
        let rival = |name: &String| {
            let own = words(name);
            let first = own.len().checked_sub(2).map(|at| &own[at]);
            first.is_some()
                && own.last() == self.words.last()
                && initial(first) != initial(self.words.first())
        };
        parties.any(|party| party.person && party.names.iter().any(rival))
    }

    /// Whether a party is the one that is wanted: by its own name, or by most of the names that other
    /// mentions of it have. Where there is a rival, the last name alone does not tell.
    pub(super) fn is(&self, party: &Party, rival: bool) -> bool {
        let called = |name: &&String| self.fits(name, party.person, rival);
        let named = party.names.iter().filter(called).count();
        0 < named && party.names.len() <= 2 * named
            || self.numbered && party.kinds.iter().any(|kind| self.fits(kind, false, true))
    }

    fn fits(&self, name: &str, person: bool, rival: bool) -> bool {
        let own = words(name);
        own == self.words
            || own.concat() == self.words.concat()
            || self.initials.as_deref() == Some(name.trim_end_matches("'s"))
            || self.numbered && self.is_model(&own)
            || person && self.is_person(&own, rival)
    }

    /// "320" and "Orlen 320-800" for "Orlen 320".
    fn is_model(&self, own: &[String]) -> bool {
        let known = |word: &String| self.words.iter().any(|wanted| is_of(wanted, word));
        let telling = |word: &String| has_digit(word) || self.words.last() == Some(word);
        let part = own.iter().all(known) && own.iter().any(telling);
        part || self.words.iter().all(|wanted| own.iter().any(|word| is_of(wanted, word)))
    }

    /// "Kolm" and "minister Ruta Kolm" for "Ruta Kolm".
    fn is_person(&self, own: &[String], rival: bool) -> bool {
        let full = 1 < self.words.len() && !self.numbered;
        let last = !rival && own.len() == 1 && own.last() == self.words.last();
        full && (last || own.ends_with(&self.words))
    }
}

/// "320s" and "320-800" for "320".
fn is_of(wanted: &str, word: &str) -> bool {
    let rest = word.strip_prefix(wanted);
    rest.is_some_and(|rest| {
        rest.is_empty() || has_digit(wanted) && (rest == "s" || rest.starts_with('-'))
    })
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// The words of a name in lower case, without article and legal form.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let mut words: Vec<_> =
        lower.split_whitespace().map(|word| word.trim_end_matches("'s")).collect();
    if words.first() == Some(&"the") {
        words.remove(0);
    }
    while 1 < words.len() && FORMS.contains(words.last().expect("there are two")) {
        words.pop();
    }
    words.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(names: &[&str], kinds: &[&str], person: bool) -> Party {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Party {
            span: Default::default(),
            names: owned(names),
            kinds: owned(kinds),
            person,
            chain: None,
        }
    }

    fn is(wanted: &str, names: &[&str]) -> bool {
        Wanted::new(wanted).is(&party(names, &[], true), false)
    }

    #[test]
    fn a_company_is_called_with_and_without_its_form_and_by_its_initials() {
        assert!(is("Orlen Motors", &["Orlen Motors Corporation"]));
        assert!(is("Orlen Motors", &["OM"]));
        assert!(is("Orlen Dorn", &["OrlenDorn"]));
        assert!(!is("Orlen", &["Orlen Air"]));
        assert!(!is("Orlen creditors", &["OC"]));
    }

    #[test]
    fn a_person_is_called_by_the_last_name() {
        assert!(is("Ruta Kolm", &["Kolm"]));
        assert!(is("Ruta Kolm", &["Minister Ruta Kolm"]));
        assert!(!is("Ruta Kolm", &["Ruta"]));
        assert!(!Wanted::new("Tarn Bank").is(&party(&["Bank"], &[], false), false));
    }

    #[test]
    fn a_last_name_that_two_have_tells_nobody() {
        let (wanted, last) = (Wanted::new("Ruta Kolm"), party(&["Kolm"], &[], true));
        let other = party(&["Odo Kolm"], &[], true);
        assert!(wanted.has_rival([&last, &other].into_iter()));
        assert!(!wanted.has_rival([&last, &party(&["R. Kolm"], &[], true)].into_iter()));
        assert!(wanted.is(&last, false) && !wanted.is(&last, true));
    }

    #[test]
    fn a_model_is_called_by_its_number() {
        assert!(is("Orlen 320 Gull", &["320"]));
        assert!(is("Orlen 320 Gull", &["Orlen 320s"]));
        assert!(!is("Orlen 320 Gull", &["Orlen"]));
        assert!(Wanted::new("Orlen 320").is(&party(&[], &["320"], false), false));
        assert!(!Wanted::new("Orlen").is(&party(&[], &["Orlen"], false), false));
    }

    #[test]
    fn a_chain_is_the_one_that_most_of_its_names_are() {
        assert!(is("Orlen", &["Orlen", "Sallet", "Orlen"]));
        assert!(!is("Orlen", &["Orlen", "Sallet", "Sallet"]));
    }
}
