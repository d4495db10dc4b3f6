//! Which language the prose is in.
//!
//! ```
//! use chancery_annotate::language::identify;
//! use chancery_text::{Report, Span};
//! let text = "The minister said that the talks had been held in the capital of the country.";
//! let report = Report::from_text("a.txt", text);
//! let language = identify(&report, &[Span::of(0..text.len())]);
//! assert_eq!((language.code.as_str(), language.read), ("en", true));
//! ```

use chancery_text::{Report, Span};
use whatlang::{Lang, Script};

/// The language of a report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Language {
    /// ISO 639-1 code, or `und`.
    pub code: String,
    /// Whether the identification can be relied on.
    pub reliable: bool,
    /// Whether the report is read beyond its words (today: English).
    pub read: bool,
}

/// As much prose as the language is judged by, in bytes.
const SAMPLE: usize = 2_000;

/// Words that nearly every English sentence has one of, and few sentences of other languages.
const ENGLISH: [&str; 22] = [
    "the", "of", "and", "that", "with", "was", "were", "has", "have", "had", "his", "their",
    "which", "would", "been", "from", "said", "this", "they", "after", "by", "will",
];

/// Identifies the language of the prose by a bounded sample of it. Text too short or too mixed to
/// tell is `und`, and is read as English where it has English function words.
pub fn identify(report: &Report, prose: &[Span]) -> Language {
    let sample = sample(report, prose);
    let (words, share) = english_share(&sample);
    if 40 <= words && 0.16 <= share {
        return Language { code: "en".to_owned(), reliable: true, read: true };
    }
    match whatlang::detect(&sample) {
        Some(info)
            if info.lang() == Lang::Eng || 0.16 <= share && info.script() == Script::Latin =>
        {
            Language {
                code: "en".to_owned(),
                reliable: info.is_reliable() || 0.2 <= share,
                read: true,
            }
        }
        // Headlines are full of names, and have few words that tell.
        Some(info) if words < HEADLINE && 0.09 <= share && info.script() == Script::Latin => {
            Language { code: "en".to_owned(), reliable: false, read: true }
        }
        Some(info) if info.is_reliable() && share < 0.1 => {
            Language { code: code(info.lang()).to_owned(), reliable: true, read: false }
        }
        Some(info) if info.script() != Script::Latin => {
            let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
            let sure = 20 <= letters;
            let code = if sure { code(info.lang()) } else { "und" };
            Language { code: code.to_owned(), reliable: false, read: 0.1 <= share }
        }
        // A headline is too short to tell, and is worth reading.
        _ => {
            let headline = (1..12).contains(&words) && sample.is_ascii();
            Language { code: "und".to_owned(), reliable: false, read: 0.0 < share || headline }
        }
    }
}

/// A text of fewer words is a headline.
const HEADLINE: usize = 18;

/// The first prose up to [`SAMPLE`] bytes, blocks parted by spaces.
fn sample(report: &Report, prose: &[Span]) -> String {
    let mut sample = String::with_capacity(SAMPLE + 8);
    for span in prose {
        let words = report.slice(*span);
        let mut end = words.len().min(SAMPLE - sample.len());
        while !words.is_char_boundary(end) {
            end -= 1;
        }
        sample.push_str(&words[..end]);
        if SAMPLE <= sample.len() + 8 {
            break;
        }
        sample.push(' ');
    }
    sample
}

/// How many words there are, and the share of them that is English function words.
fn english_share(sample: &str) -> (usize, f64) {
    let (mut words, mut english) = (0usize, 0usize);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        english += usize::from(
            word.len() <= 5 && ENGLISH.iter().any(|known| known.eq_ignore_ascii_case(word)),
        );
    }
    (words, english as f64 / words.max(1) as f64)
}

/// ISO 639-1 where there is one.
fn code(lang: Lang) -> &'static str {
    const CODES: [(&str, &str); 70] = [
        ("epo", "eo"),
        ("eng", "en"),
        ("rus", "ru"),
        ("cmn", "zh"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("ben", "bn"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("kat", "ka"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("jpn", "ja"),
        ("heb", "he"),
        ("yid", "yi"),
        ("pol", "pl"),
        ("amh", "am"),
        ("jav", "jv"),
        ("kor", "ko"),
        ("nob", "nb"),
        ("dan", "da"),
        ("swe", "sv"),
        ("fin", "fi"),
        ("tur", "tr"),
        ("nld", "nl"),
        ("hun", "hu"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("bel", "be"),
        ("mar", "mr"),
        ("kan", "kn"),
        ("ron", "ro"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tam", "ta"),
        ("vie", "vi"),
        ("urd", "ur"),
        ("tha", "th"),
        ("guj", "gu"),
        ("uzb", "uz"),
        ("pan", "pa"),
        ("aze", "az"),
        ("ind", "id"),
        ("tel", "te"),
        ("pes", "fa"),
        ("mal", "ml"),
        ("ori", "or"),
        ("mya", "my"),
        ("nep", "ne"),
        ("sin", "si"),
        ("khm", "km"),
        ("tuk", "tk"),
        ("aka", "ak"),
        ("zul", "zu"),
        ("sna", "sn"),
        ("afr", "af"),
        ("lat", "la"),
        ("slk", "sk"),
        ("cat", "ca"),
        ("tgl", "tl"),
        ("hye", "hy"),
        ("cym", "cy"),
    ];
    let long = lang.code();
    CODES.iter().find(|(three, _)| *three == long).map_or("und", |(_, two)| two)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Language {
        identify(&Report::from_text("a.txt", text), &[Span::of(0..text.len())])
    }

    #[test]
    fn every_language_that_is_known_has_a_short_code() {
        assert!(Lang::all().iter().all(|lang| code(*lang) != "und"));
    }

    #[test]
    fn plain_prose_is_told_apart() {
        let german = of(
            "Der Minister sagte am Montag, dass die Gespräche in der Hauptstadt fortgesetzt werden sollen, \
                         obwohl sich die Lage an der Grenze in den letzten Tagen nicht verbessert hat.",
        );
        assert_eq!((german.code.as_str(), german.read), ("de", false));
        let russian =
            of("Министр заявил в понедельник, что переговоры в столице будут продолжены.");
        assert_eq!((russian.code.as_str(), russian.read), ("ru", false));
        let english = of("The minister said on Monday that the talks in the capital would go on.");
        assert_eq!((english.code.as_str(), english.read), ("en", true));
    }

    #[test]
    fn a_few_english_words_are_read_as_english() {
        assert!(of("Talks resumed after the coup.").read);
        assert_eq!(of("").code, "und");
        assert!(!of("12 34").read);
    }

    #[test]
    fn english_with_many_foreign_names_is_english() {
        let text = "Abdul Salam Hanafi met with Wang Yu in Kabul, Mohammad Naeem said. The Tehrik-e-Taliban and \
                    Jamaat-ul-Ahrar had refused the offer of Mullah Baradar.";
        assert_eq!(of(text).code, "en");
    }

    proptest! {
        #[test]
        fn any_text_has_some_language(text: String) {
            prop_assert!(!of(&text).code.is_empty());
        }
    }
}
