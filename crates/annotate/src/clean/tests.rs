use std::sync::OnceLock;

use chancery_text::{Report, Span};
use proptest::prelude::*;

use super::*;

fn kit() -> &'static CleanKit {
    static KIT: OnceLock<CleanKit> = OnceLock::new();
    KIT.get_or_init(CleanKit::embedded)
}

fn of(text: &str) -> (Report, Cleaned) {
    let report = Report::from_text("a.txt", text);
    let cleaned = clean(&report, kit());
    (report, cleaned)
}

fn holds_laws(report: &Report, cleaned: &Cleaned) -> Result<(), TestCaseError> {
    let mut spans: Vec<Span> = cleaned.prose.clone();
    spans.extend(cleaned.residue.iter().map(|residue| residue.span));
    prop_assert!(cleaned.prose.is_sorted() && cleaned.residue.is_sorted_by_key(|r| r.span));
    spans.sort();
    prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{spans:?}");
    let credits = cleaned.credits.iter().flat_map(|credit| [credit.span, credit.name_span]);
    let stamps = cleaned.stamps.iter().map(|(span, _)| *span);
    for span in spans.iter().copied().chain(credits).chain(stamps).chain(cleaned.title) {
        prop_assert!(!span.is_empty() && report.text.get(span.range()).is_some(), "{span:?}");
    }
    prop_assert!(cleaned.prose.iter().all(|span| span.trim(&report.text) == *span));
    Ok(())
}

/// Pieces that the stages look for, so that random pages are full of borders.
const PIECES: &str = "(\\PC{0,12}|\n|\n\n|\r\n| |\\. |[ad_1]|Share|Read also: |Source link|Sourse: x\\.com|\\(AFP\\)|KABUL – |Kabul: |\\(With information from AFP\\)|pic\\.twitter\\.com/Abcd1234|— é \\(@abc\\) July 28, 2021|More to explorer|\\| Reuters|told Reuters|the newspaper|TV é|Sun 05 Jul 2015 |January 25, 2022, 5:49|Photo: |©|…|”|’s|In an interview with |the broadcaster |news agency|Reporting by |A long sentence that the minister of the coast said was true\\.){0,30}";

proptest! {
    #[test]
    fn any_text_is_cleaned_by_the_laws(text: String) {
        let (report, cleaned) = of(&text);
        holds_laws(&report, &cleaned)?;
        crate::date::infer(&report, &cleaned, &[]);
    }

    #[test]
    fn any_page_is_cleaned_by_the_laws(text in PIECES) {
        let (report, cleaned) = of(&text);
        holds_laws(&report, &cleaned)?;
        crate::date::infer(&report, &cleaned, &[]);
        prop_assert_eq!(cleaned, clean(&report, kit()));
    }
}
