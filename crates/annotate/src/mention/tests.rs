//! The stage on small invented texts.

use crate::name::{Name, NameClass, NameKind};
use crate::syntax::Upos;
use chancery_text::{Interval, Report};
use proptest::prelude::*;

use super::{Found, MentionForm, MentionKind};
use crate::date::ReportDate;
use crate::{Kit, Observed, annotate};

fn read(text: &str) -> (Report, Observed) {
    let report = Report::from_text("a.txt", text);
    let observed = annotate(&report, Kit::embedded()).observed;
    (report, observed)
}

/// The keys that stand behind a stretch of text, in order.
fn keys(text: &str, head: &str) -> Vec<String> {
    let (report, observed) = read(text);
    let mentions = observed.mentions.iter().filter(|m| report.slice(m.head_span) == head);
    mentions.filter_map(|m| m.actor.clone()).collect()
}

#[test]
fn role_demonym_and_name_are_one_mention() {
    let (report, observed) = read("Chinese Foreign Minister Wang Yi met the envoy in Doha.");
    let named = observed.mentions.iter().find(|m| report.slice(m.head_span) == "Wang Yi").unwrap();
    assert_eq!(report.slice(named.span), "Chinese Foreign Minister Wang Yi");
    assert_eq!(named.actor.as_deref(), Some("person:wang-yi"));
    let nested = observed.mentions.iter().find(|m| m.form == MentionForm::Demonym).unwrap();
    assert_eq!(
        (report.slice(nested.span), nested.actor.as_deref()),
        ("Chinese", Some("state:CHN"))
    );
}

#[test]
fn an_unknown_person_has_the_country_and_sector_of_the_role() {
    let (_, observed) = read("Norwegian army commander Tord Velmark said troops had left.");
    let actor = observed.actors.iter().find(|a| a.key == "name:tord velmark").unwrap();
    assert_eq!(actor.country.as_deref(), Some("NOR"));
    assert!(actor.sectors.contains(&super::Sector::Mil));
}

#[test]
fn a_short_name_is_the_full_name_of_the_report() {
    let text = "Ilmar Sundvik met reporters. Sundvik said talks would go on.";
    assert_eq!(keys(text, "Sundvik"), ["name:ilmar sundvik"]);
}

#[test]
fn an_acronym_in_parentheses_is_the_body_before_it() {
    let text = "The Varnian People's Council (VPC) met on Monday. The VPC rejected the plan.";
    let found = keys(text, "VPC");
    assert_eq!(found, vec![found[0].clone(); 2]);
}

#[test]
fn two_spellings_of_a_ministry_are_one() {
    let text =
        "The Chinese Ministry of Foreign Affairs replied. The Chinese Foreign Ministry said so.";
    assert_eq!(keys(text, "Chinese Ministry of Foreign Affairs"), ["org:CHN:foreign-ministry"]);
    assert!(
        keys(text, "Chinese Foreign Ministry").contains(&"org:CHN:foreign-ministry".to_owned())
    );
}

#[test]
fn a_garbled_name_with_its_office_is_the_holder() {
    let found = keys("US Secretary of State Antonny Blinkan warned Kabul.", "Antonny Blinkan");
    assert_eq!(found, ["person:antony-blinken"]);
}

#[test]
fn a_capital_that_speaks_is_its_state_and_one_that_is_visited_is_not() {
    assert_eq!(keys("Beijing said it would wait.", "Beijing"), ["state:CHN"]);
    assert_eq!(keys("The envoy arrived in Beijing.", "Beijing"), Vec::<String>::new());
}

#[test]
fn the_backer_of_a_government_is_not_that_government() {
    let (report, observed) = read("The US-backed Afghan government fell.");
    let government = observed.mentions.iter().find(|m| report.slice(m.head_span) == "government");
    assert_eq!(government.unwrap().actor.as_deref(), Some("state:AFG"));
}

#[test]
fn a_clause_in_quotation_marks_does_not_become_the_speakers_role() {
    let text = "“He met the security coordinator of the Taliban,” said Tord Velmark.";
    let (_, observed) = read(text);
    let actor = observed.actors.iter().find(|a| a.key == "name:tord velmark").unwrap();
    assert_eq!(actor.roles, Vec::<String>::new());
}

#[test]
fn an_adviser_to_a_government_is_of_its_country() {
    let (_, observed) =
        read("“It is late,” said Orin Feltas, a former adviser to the Afghan government.");
    let actor = observed.actors.iter().find(|a| a.key == "name:orin feltas").unwrap();
    assert_eq!(actor.country.as_deref(), Some("AFG"));
}

#[test]
fn a_possessive_that_lost_its_apostrophe_is_still_the_state() {
    assert_eq!(keys("Syrias president left.", "Syria"), ["state:SYR"]);
}

#[test]
fn dated_roles_follow_the_reports_date() {
    let when = |day: &str| day.parse::<Interval>().unwrap();
    let lexicon = super::lexicon::Lexicon::embedded();
    let biden = lexicon.actors.iter().find(|a| a.key == "person:joe-biden").unwrap();
    let office = |day| super::cast::office_at(biden, when(day)).unwrap().role;
    assert_eq!((office("2012-05-01"), office("2022-05-01")), ("vice president", "president"));
}

#[test]
fn a_name_that_no_lexicon_has_is_what_the_model_says() {
    let text = "Fighters left Velmark Orthun on Sunday.";
    let report = Report::from_text("a.txt", text);
    let sentences = crate::segment::sentences(&report, &[chancery_text::Span::of(0..text.len())]);
    let tokens = crate::segment::tokens(&report, &sentences);
    let syntax = crate::syntax::Syntax::unread(&tokens);
    let read =
        crate::Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
    let mut verb = syntax.clone();
    (verb.words[2].upos, verb.words[2].xpos) = (Upos::Verb, "VBZ");
    let kind_in = |syntax: &crate::syntax::Syntax, class: NameClass| {
        let read = crate::Read { syntax, ..read };
        let span = tokens[2].span.cover(tokens[3].span);
        let name = Name { span, tokens: 2..4, class, kind: NameKind::Other };
        let found = super::find(read, &[name], &ReportDate::default(), &Kit::embedded().actors);
        let held = found.mentions.into_iter().find(|mention| mention.span.overlaps(span));
        held.map(|mention| mention.kind)
    };
    let kind = |class: NameClass| kind_in(&syntax, class);
    assert_ne!(kind_in(&verb, NameClass::Organisation), Some(MentionKind::Organisation));
    assert_eq!(kind(NameClass::Organisation), Some(MentionKind::Organisation));
    assert_eq!(kind(NameClass::Place), Some(MentionKind::Place));
    assert_eq!(kind(NameClass::Person), Some(MentionKind::Person));
}

#[test]
fn every_word_can_be_x() {
    let report = Report::from_text("a.txt", "Russian President Tord Velmark met NATO in Oslo.");
    let whole = [chancery_text::Span::of(0..report.text.len())];
    let sentences = crate::segment::sentences(&report, &whole);
    let tokens = crate::segment::tokens(&report, &sentences);
    let syntax = crate::syntax::Syntax::unread(&tokens);
    let text =
        crate::Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
    let Found { mentions, .. } =
        super::find(text, &[], &ReportDate::default(), &Kit::embedded().actors);
    assert!(mentions.iter().any(|m| m.kind == MentionKind::Person));
}

proptest! {
    #[test]
    fn any_text_gives_spans_that_slice(text in "(\\PC|[A-Z][a-z]{2,5} |the |of |, |President |U\\.S\\. |’s |-|\\(|#){0,60}") {
        let (report, observed) = read(&text);
        for mention in &observed.mentions {
            prop_assert!(mention.span.contains(mention.head_span));
            prop_assert!(report.text.get(mention.span.range()).is_some());
            prop_assert!(report.text.get(mention.head_span.range()).is_some());
            if let Some(key) = &mention.actor {
                prop_assert!(observed.actors.iter().any(|actor| &actor.key == key));
            }
        }
        for place in &observed.places {
            prop_assert!(report.text.get(place.span.range()).is_some());
        }
        prop_assert!(observed.actors.windows(2).all(|pair| pair[0].key < pair[1].key));
    }
}
