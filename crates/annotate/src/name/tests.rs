use super::*;
use crate::Kit;
use crate::segment;
use crate::syntax::parse;
use chancery_text::Report;

/// The names of a text: `class name`.
fn told(text: &str, as_in: Option<Convention>) -> Vec<String> {
    let report = Report::from_text("a.txt", text);
    let sentences = segment::sentences(&report, &[Span::of(0..text.len())]);
    let tokens = segment::tokens(&report, &sentences);
    let syntax = parse(&report, &sentences, &tokens, &Kit::embedded().syntax);
    let text = Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
    let names = find(text, &NameKit::embedded(), as_in);
    names.into_iter().map(|name| format!("{} {}", name.class, report.slice(name.span))).collect()
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
fn names_do_not_overlap_and_hold_their_tokens() {
    let text = "The Bank of England warned Henry Orme, mayor of Leeds, and the BBC in London.";
    let report = Report::from_text("a.txt", text);
    let sentences = segment::sentences(&report, &[Span::of(0..text.len())]);
    let tokens = segment::tokens(&report, &sentences);
    let syntax = parse(&report, &sentences, &tokens, &Kit::embedded().syntax);
    let text = Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
    let names = find(text, &NameKit::embedded(), None);
    assert!(3 < names.len());
    assert!(names.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
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
