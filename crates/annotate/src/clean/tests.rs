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

/// The residue of a page as `(reason, characters)`.
fn residue(text: &str) -> Vec<(ResidueReason, String)> {
    let (report, cleaned) = of(text);
    cleaned
        .residue
        .iter()
        .map(|residue| (residue.reason, report.slice(residue.span).to_owned()))
        .collect()
}

fn prose(text: &str) -> Vec<String> {
    let (report, cleaned) = of(text);
    cleaned.prose.iter().map(|span| report.slice(*span).to_owned()).collect()
}

/// `kind name` of each credit.
fn credits(text: &str) -> Vec<String> {
    of(text).1.credits.iter().map(|credit| format!("{} {}", credit.kind, credit.name)).collect()
}

const BODY: &str = "The envoy of the coast left the capital on Monday, the ministry said, and the talks in the \
                    harbour were put off until the end of the month.";

#[test]
fn prose_that_looks_like_residue_stays() {
    for line in [
        "Read the agreement carefully, the minister told reporters.",
        "Share prices fell on Monday after the envoy left the talks.",
        "Follow-up talks are to be held in the harbour next week.",
        "Advertisements for the party were banned by the court.",
        "Related talks were held in the capital of the coast.",
        "Comments made by the envoy were denied by the ministry.",
        "Photographs of the bridge were shown to the court.",
        "Tags were found on the bodies, the police said.",
        "Copyright law was changed, the minister said.",
        "Sources close to the talks said the envoy had left.",
        "Source: unknown, the report said, and it was not the last time that it had to say so of a leak.",
        "He left.",
        "Published reports of the talks were denied by the ministry.",
        "Sign up to the treaty, the envoy told the three states.",
        "By Monday the talks had ended.",
        "Via the coast, the envoy reached the capital.",
    ] {
        let text = format!("{BODY}\n\n{line}\n\n{BODY} He will be back, he said.");
        assert_eq!(residue(&text), [], "{line}");
    }
}

#[test]
fn a_list_under_a_header_ends_at_the_next_paragraph() {
    let text = format!(
        "{BODY}\n\nKEEP READING:\n\nEnvoy Leaves Capital After Talks\nHarbour Closed by Storm\n\n{BODY} He will be back, he said."
    );
    let related: Vec<_> = residue(&text).into_iter().map(|(_, words)| words).collect();
    assert_eq!(
        related,
        ["KEEP READING:", "Envoy Leaves Capital After Talks", "Harbour Closed by Storm"]
    );
}

#[test]
fn a_teaser_that_breaks_off_after_the_end_is_related() {
    let text = format!(
        "{BODY}\n\nSource link\n\nMore to explorer\n\nSafety on the Road\n\n[ad_1] Road Safety The roads of the coast are the most dangerous of all, with many dying on them. Walkers"
    );
    let found = residue(&text);
    assert_eq!(found.len(), 4);
    assert_eq!(found[0].0, ResidueReason::CreditLine);
    assert!(found[1..].iter().all(|(reason, _)| *reason == ResidueReason::Related));
}

#[test]
fn a_caption_printed_twice_is_no_prose_and_its_photo_is_credited() {
    let text = format!(
        "Envoy leaves the capital after talks\n\nAma Soro and Ola Brenn in Arle (AP)\nAma Soro and Ola Brenn in Arle (AP)\n\n{BODY}"
    );
    assert!(residue(&text).iter().all(|(reason, _)| *reason == ResidueReason::Caption));
    assert_eq!(prose(&text).len(), 2);
    assert_eq!(credits(&text), ["photo AP", "photo AP"]);
}

#[test]
fn a_wire_after_a_sentence_is_cut_off_and_the_sentence_stays() {
    let text = format!("{BODY} (Reuters)");
    assert_eq!(prose(&text), [BODY]);
    assert_eq!(credits(&text), ["agency Reuters"]);
}

#[test]
fn a_dateline_is_a_credit_and_the_rest_of_its_line_is_prose() {
    for (dateline, place) in [
        ("ISLAMABAD – ", "dateline Islamabad"),
        ("Kabul: ", "dateline Kabul"),
        ("GENEVA, March 3 (Xinhua) -- ", "agency Xinhua"),
        ("DAMASCUS (AFP) - ", "agency AFP"),
        ("CAIRO, 10 March (Cobble Street News) – ", "agency Cobble Street News"),
    ] {
        let text = format!("{dateline}{BODY}");
        assert_eq!(prose(&text), [BODY], "{dateline}");
        assert!(
            credits(&text).iter().any(|credit| credit == place),
            "{dateline} {:?}",
            credits(&text)
        );
    }
    assert_eq!(prose(&format!("Analysis: {BODY}")).len(), 1);
}

#[test]
fn a_headline_printed_again_and_its_outlet_are_residue() {
    let text = format!(
        "Envoy leaves the capital after talks | Harbour Courier\n\nEnvoy leaves the capital after talks\n\n{BODY}"
    );
    let (report, cleaned) = of(&text);
    assert_eq!(
        cleaned.title.map(|title| report.slice(title)),
        Some("Envoy leaves the capital after talks")
    );
    let reasons: Vec<_> = cleaned.residue.iter().map(|residue| residue.reason).collect();
    assert_eq!(reasons, [ResidueReason::CreditLine, ResidueReason::Repeated]);
}

#[test]
fn the_words_of_a_post_stay_and_its_stamp_is_credited() {
    let text = format!(
        "{BODY}\nWe met the envoy in Arle. pic.twitter.com/Ab12Cd34Ef\n— Coast Ministry (@coastmin) July 28, 2021\n{BODY} He left."
    );
    assert_eq!(prose(&text)[1], "We met the envoy in Arle.");
    assert_eq!(credits(&text), ["post @coastmin"]);
}

#[test]
fn outlets_that_prose_quotes_are_credited_known_or_not() {
    for (sentence, credit) in [
        (
            "He said so in an interview with Ekho Moskvy radio station on Monday.",
            "quoting Ekho Moskvy",
        ),
        (
            "In an interview from Arle with the public broadcaster Coast 24, the envoy denied it.",
            "quoting Coast 24",
        ),
        ("The envoy told Russian media that the bridge was down.", "quoting Russian media"),
        (
            "The bridge was down, according to the Wall Street Journal.",
            "quoting The Wall Street Journal",
        ),
        (
            "The Harbour Press news agency reported that the bridge was down.",
            "quoting Harbour Press",
        ),
        ("Sputnik quoting Ama Soro tweet reported.", "post Ama Soro"),
        (
            "The envoy left, a Coastal foreign ministry readout had said.",
            "readout Coastal Foreign Ministry",
        ),
    ] {
        assert!(
            credits(sentence).iter().any(|found| found == credit),
            "{sentence} {:?}",
            credits(sentence)
        );
    }
}

#[test]
fn what_structure_marks_is_residue_unless_nothing_is_left() {
    let text = format!("Home\nWorld\n{BODY}\nAll about the harbour");
    let mut report = Report::from_text("a.html", &text);
    let aside = text.find("All about").unwrap();
    let whole = chancery_text::Furniture {
        span: Span::of(0..text.len()),
        reason: "outside-article".into(),
    };
    report.furniture = vec![chancery_text::Furniture {
        span: Span::of(aside..text.len()),
        reason: "aside".into(),
    }];
    assert!(
        clean(&report, kit())
            .residue
            .iter()
            .any(|residue| residue.reason == ResidueReason::Structure)
    );
    report.furniture = vec![whole];
    assert_eq!(clean(&report, kit()).prose.len(), 2);
}

#[test]
fn a_long_page_of_one_line_is_cleaned_in_time() {
    let text = "told the newspaper (@ (AFP) ©, read more. ".repeat(20_000);
    let (report, cleaned) = of(&text);
    holds_laws(&report, &cleaned).unwrap();
}
