use super::*;
use crate::Kit;
use crate::segment;
use crate::syntax::parse;
use chancery_text::Report;

/// The names of a text that lie in no other: `class name`.
fn told(text: &str, as_in: Option<Convention>) -> Vec<String> {
    let mut end = 0;
    let outer = read(text, as_in).into_iter().filter(|(span, ..)| {
        let outer = end <= span.start;
        end = end.max(span.end);
        outer
    });
    outer.map(|(span, class, _)| format!("{class} {}", span.slice(text))).collect()
}

/// The names of a text, those within others too: `kind name`.
fn kinds(text: &str) -> Vec<String> {
    let names = read(text, None).into_iter();
    names.map(|(span, _, kind)| format!("{kind} {}", span.slice(text))).collect()
}

fn read(text: &str, as_in: Option<Convention>) -> Vec<(Span, NameClass, NameKind)> {
    let report = Report::from_text("a.txt", text);
    let sentences = segment::sentences(&report, &[Span::of(0..text.len())]);
    let tokens = segment::tokens(&report, &sentences);
    let syntax = parse(&report, &sentences, &tokens, &Kit::embedded().syntax);
    let text = Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
    let names = find(text, &NameKit::embedded(), as_in);
    names.into_iter().map(|name| (name.span, name.class, name.kind)).collect()
}

#[test]
fn names_lie_in_names() {
    let text = "The Chinese Foreign Ministry thanked the President of the United States.";
    let found = kinds(text);
    assert!(found.contains(&"organisation Chinese Foreign Ministry".to_owned()), "{found:?}");
    assert!(found.contains(&"people Chinese".to_owned()), "{found:?}");
    assert!(found.contains(&"state United States".to_owned()), "{found:?}");
}

#[test]
fn events_laws_and_facilities_are_told_by_their_heads() {
    let text = "Ana Lo signed the Treaty of Trieste at Ostend Airport after the Battle of Verdun and \
                the 1994 Austrian general election.";
    let found = kinds(text);
    for name in [
        "law Treaty of Trieste",
        "facility Ostend Airport",
        "event Battle of Verdun",
        "event 1994 Austrian general election",
        "people Austrian",
    ] {
        assert!(found.contains(&name.to_owned()), "{name}: {found:?}");
    }
}

#[test]
fn a_year_alone_makes_no_event() {
    let text = "In 1994 prices rose, and in 1995 the elections in Austria were put off.";
    assert_eq!(kinds(text), ["state Austria"]);
}

#[test]
fn persons_organisations_and_places_are_told_apart() {
    let text = "Maria Keller joined the Green Party in Austria.";
    let names = ["person Maria Keller", "organisation Green Party", "place Austria"];
    assert_eq!(told(text, None), names);
    assert_eq!(told(text, Some(Convention::Crossner)), names);
}

#[test]
fn words_in_lower_case_alone_are_no_names() {
    assert!(told("the ministers met again and agreed on nothing.", None).is_empty());
    assert!(told("", None).is_empty());
}

#[test]
fn names_are_apart_or_one_within_the_other_and_hold_their_tokens() {
    let text = "The Bank of England warned Henry Orme, mayor of Leeds, and the BBC in London.";
    let report = Report::from_text("a.txt", text);
    let sentences = segment::sentences(&report, &[Span::of(0..text.len())]);
    let tokens = segment::tokens(&report, &sentences);
    let syntax = parse(&report, &sentences, &tokens, &Kit::embedded().syntax);
    let text = Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
    let names = find(text, &NameKit::embedded(), None);
    assert!(3 < names.len());
    for (at, name) in names.iter().enumerate() {
        let apart = |other: &Name| name.span.end <= other.span.start;
        assert!(names[at + 1..].iter().all(|other| apart(other) || name.span.contains(other.span)));
    }
    for name in names {
        let (first, last) = (name.tokens.start as usize, name.tokens.end as usize - 1);
        assert_eq!(name.span, tokens[first].span.cover(tokens[last].span));
    }
}

#[test]
fn a_word_hears_how_the_same_word_is_read_elsewhere() {
    let word = |lower| Candidate {
        token: 0,
        lower,
        brief: 0,
        keys: [0; FEATURES],
        facets: [0; reader::FACETS],
        marks: [0; gazetteer::GROUPS],
    };
    let candidates = Candidates {
        words: vec![word(4), word(5), word(4), word(4)],
        runs: std::iter::once(0..4).collect(),
        ..Candidates::default()
    };
    let unit = label(Part::Unit, NameClass::Place);
    let ballot = ballot(&candidates, &[unit, unit, OUTSIDE, unit]);
    assert_eq!(ballot[1], Vote { own: unit, most: OUTSIDE, count: 0, against: 0 });
    assert_eq!(ballot[2], Vote { own: OUTSIDE, most: unit, count: 2, against: 0 });
    assert_eq!(ballot[0].count, 2);
    assert_eq!(ballot[0].against, 1);
}

#[test]
fn a_bundle_of_another_kind_is_refused() {
    assert!(NameKit::read(include_bytes!("../../../../data/models/english.roles")).is_err());
    assert!(NameKit::read(&[]).is_err());
    let mut weights = reader::Weights::zeros(32, 32, 32, 1);
    let bundle = write(&Clusters::default(), &mut weights, &[(3, vec![(1, 5)])]);
    assert!(NameKit::read(&bundle).is_ok());
    assert!(NameKit::read(&bundle[..bundle.len() - 9]).is_err());
}
