use chancery_text::{Report, Span};
use proptest::prelude::*;

use super::{Sentence, Token, sentences, tokens};

fn read(text: &str) -> (Report, Vec<Sentence>, Vec<Token>) {
    let report = Report::from_text("a.txt", text);
    let sentences = sentences(&report, &[Span::of(0..text.len())]);
    let tokens = tokens(&report, &sentences);
    (report, sentences, tokens)
}

fn split(text: &str) -> Vec<String> {
    let (report, sentences, _) = read(text);
    sentences.iter().map(|sentence| report.slice(sentence.span).to_owned()).collect()
}

fn words(text: &str) -> String {
    let (report, _, tokens) = read(text);
    let mut line = String::new();
    for token in tokens {
        if !line.is_empty() {
            line.push(if token.joined { '+' } else { ' ' });
        }
        line.push_str(report.slice(token.span));
    }
    line
}

#[test]
fn abbreviations_do_not_end_sentences() {
    for text in [
        "Dr. Aru met Sen. Bly of the U.S. Senate.",
        "They met on Sept. 11 in room No. 5 of the hall.",
        "J. R. Olm spoke at 5 p.m. Tuesday.",
        "Olm Corp. Chairman Bly said no.",
        "Col. Olm and Lt. Gen. Aru flew to St. Bly.",
    ] {
        assert_eq!(split(text), [text]);
    }
}

#[test]
fn an_abbreviation_before_an_opener_ends_its_sentence() {
    assert_eq!(split("He left the U.S. They stayed."), ["He left the U.S.", "They stayed."]);
    assert_eq!(
        split("It began at 5 p.m. The talks ended."),
        ["It began at 5 p.m.", "The talks ended."]
    );
}

#[test]
fn closing_marks_stay_with_their_sentence() {
    assert_eq!(split("“We left.” She agreed."), ["“We left.”", "She agreed."]);
    assert_eq!(split("\"We left.\" \"Why?\" she said."), ["\"We left.\"", "\"Why?\" she said."]);
    assert_eq!(split("They left. . . Olm stayed."), ["They left. . .", "Olm stayed."]);
    assert_eq!(split("(They left.) Olm stayed."), ["(They left.)", "Olm stayed."]);
}

#[test]
fn a_link_after_a_full_stop_is_apart() {
    assert_eq!(split("It is theirs. pic.example.com/Qx"), ["It is theirs.", "pic.example.com/Qx"]);
}

#[test]
fn the_number_of_a_footnote_stays_with_its_sentence() {
    assert_eq!(
        split("He left in 1805.[6][7] She stayed."),
        ["He left in 1805.[6][7]", "She stayed."]
    );
}

#[test]
fn a_sentence_in_lower_case_begins_after_an_ordinary_word() {
    assert_eq!(
        split("who paid? nobody did. they left approx. noon"),
        ["who paid?", "nobody did. they left approx. noon"]
    );
    assert_eq!(split("they stayed there. he left."), ["they stayed there.", "he left."]);
}

#[test]
fn a_missing_space_does_not_hide_an_end() {
    assert_eq!(
        split("It eased the process.Olmia said so."),
        ["It eased the process.", "Olmia said so."]
    );
    assert_eq!(
        split("They left in 2011.The rest stayed."),
        ["They left in 2011.", "The rest stayed."]
    );
    assert_eq!(split("See Example.com or St.Olm now."), ["See Example.com or St.Olm now."]);
}

#[test]
fn blank_lines_and_blocks_part_sentences() {
    assert_eq!(split("Talks resume\n\nThe envoy left."), ["Talks resume", "The envoy left."]);
    assert_eq!(split("Talks resume\nThe envoy left."), ["Talks resume", "The envoy left."]);
    let wrapped =
        "The envoy of the northern states left the capital on the evening before\nOlm arrived.";
    assert_eq!(split(wrapped), [wrapped]);
    let report = Report::from_text("a.txt", "one two");
    assert_eq!(sentences(&report, &[Span::new(0, 3), Span::new(4, 7)]).len(), 2);
}

#[test]
fn words_split_by_universal_dependencies() {
    for (text, want) in [
        ("I don't; cannot; it's.", "I do+n't ; can+not ; it+'s ."),
        ("The Olmites’ plan, Olmia’s plan", "The Olmites+’ plan , Olmia+’s plan"),
        ("‘the Olmites’ left", "‘ the Olmites ’ left"),
        ("$ 4.4 million, $4bn, 82,000 at 5:49", "$ 4.4 million , $ 4 bn , 82,000 at 5:49"),
        (
            "U.S.-led anti-war war-torn 18-year-long",
            "U.S. - led anti-war war - torn 18 - year - long",
        ),
        (
            "@envoy_x #talks http://a.example/b?c=d. x@y.example",
            "@envoy_x #talks http://a.example/b?c=d . x@y.example",
        ),
        ("pic.example.com/GVQ said", "pic.example.com/GVQ said"),
        ("2002-2003 555-0134 11/20/2000", "2002 - 2003 555-0134 11/20/2000"),
        ("process.China said", "process . China said"),
        ("the 1990s, the 20th, '90s, 5km", "the 1990s , the 20th , '90s , 5 km"),
        ("He said no.", "He said no ."),
        ("No. 5 left the U.S.", "No. 5 left the U.S."),
        ("(and/or) [sic] ...", "( and / or ) [ sic ] ..."),
        ("O'Olm d'Aru AT&T rock'n'roll", "O'Olm d'Aru AT&T rock'n'roll"),
        ("", ""),
    ] {
        assert_eq!(words(text), want);
    }
}

#[test]
fn a_sentence_without_an_end_is_cut() {
    for unit in ["<form>", "a/", "x.Y", "word "] {
        let text = format!("The group left.\n{}", unit.repeat(5000));
        let (report, sentences, tokens) = read(&text);
        let longest = sentences.iter().map(|sentence| sentence.tokens.len()).max();
        assert!(longest.unwrap() <= super::LONGEST + 2, "{unit}: {longest:?}");
        let black: usize = tokens.iter().map(|token| report.slice(token.span).len()).sum();
        assert_eq!(black, text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count());
    }
}

#[test]
fn hostile_text_takes_linear_time() {
    for unit in [
        "a.", "a-", "'", "\"", "a@", "http://(", ".", "x.Y", "1-", "a_", "\u{301}", "\n", "U.S.",
        "ab.Cd", "ab.”",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let (_, sentences, tokens) = read(&text);
        assert!(sentences.len() <= text.len() && tokens.len() <= text.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn tokens_and_sentences_slice_the_text_in_order(text in "(\\PC|[ \n.'’\"“”a-cA-C0-9@#/:$-]){0,60}") {
        let (report, sentences, tokens) = read(&text);
        let mut at = 0;
        let mut next = 0;
        for sentence in &sentences {
            prop_assert!(at <= sentence.span.start && !sentence.span.is_empty());
            prop_assert_eq!(sentence.span.trim(&report.text), sentence.span);
            prop_assert_eq!(sentence.tokens.start, next);
            prop_assert!(sentence.tokens.start < sentence.tokens.end);
            for token in &tokens[sentence.indices()] {
                prop_assert!(at <= token.span.start && sentence.span.contains(token.span) && !token.span.is_empty());
                let gap = Span::new(at.max(sentence.span.start), token.span.start);
                prop_assert!(gap.slice(&report.text).chars().all(super::chunk::is_blank));
                report.slice(token.span);
                at = token.span.end;
            }
            prop_assert_eq!(at, sentence.span.end);
            next = sentence.tokens.end;
        }
        prop_assert_eq!(next as usize, tokens.len());
        let outside: usize = tokens.iter().map(|token| token.span.len() as usize).sum();
        let black: usize = text.chars().filter(|c| !super::chunk::is_blank(*c)).map(char::len_utf8).sum();
        prop_assert_eq!(outside, black);
    }
}
