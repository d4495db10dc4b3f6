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

/// The sectors of the actors whose mention is just these words.
fn sectors(text: &str, words: &str) -> Vec<super::Sector> {
    let (report, observed) = read(text);
    let mention = observed.mentions.iter().find(|m| report.slice(m.span) == words);
    let key = mention.and_then(|mention| mention.actor.clone());
    let actor = observed.actors.iter().find(|actor| Some(&actor.key) == key.as_ref());
    actor.map_or(Vec::new(), |actor| actor.sectors.clone())
}

#[test]
fn a_noun_of_two_states_is_of_both() {
    let text = "Norwegian and Danish troops left the island.";
    assert_eq!(keys(text, "Norwegian"), ["role:NOR:troop"]);
    assert_eq!(keys(text, "troops"), ["role:DNK:troop"]);
}

#[test]
fn an_army_before_its_things_is_named_too() {
    let text = "Norwegian army bases were closed.";
    assert_eq!(sectors(text, "Norwegian army"), [super::Sector::Mil]);
}

#[test]
fn a_member_is_of_the_sector_of_its_body() {
    let text = "A member of the Norwegian parliament resigned.";
    assert_eq!(sectors(text, "member of the Norwegian parliament"), [super::Sector::Leg]);
}

#[test]
fn who_has_left_office_is_of_the_elite() {
    let text = "The former Norwegian minister Tord Velmark spoke.";
    let found = sectors(text, "former Norwegian minister Tord Velmark");
    assert_eq!(found, [super::Sector::Eli, super::Sector::Gov]);
}

#[test]
fn a_surname_alone_is_whom_the_report_names_most_and_no_woman_by_mr() {
    let text = "Tord Velmark left Oslo. Tord Velmark came with Anna Velmark. Velmark spoke. \
                Mr. Velmark left.";
    assert_eq!(keys(text, "Velmark"), ["name:tord velmark", "name:tord velmark"]);
}

#[test]
fn a_given_name_may_go_on_in_lower_case_after_a_hyphen() {
    let text = "President Moon Jae-in met Han Sol-bi. Mr. Moon smiled.";
    assert_eq!(keys(text, "Moon Jae-in"), ["person:moon-jae-in"]);
    assert_eq!(keys(text, "Moon"), ["person:moon-jae-in"]);
}

#[test]
fn what_the_report_writes_in_lower_case_is_no_surname() {
    let text = "\"Tord Velmark Memos are out,\" he said. Tord Velmark wrote the memos.";
    assert_eq!(keys(text, "Tord Velmark"), ["name:tord velmark", "name:tord velmark"]);
}

#[test]
fn the_administration_of_a_leader_is_his_state() {
    let text = "Emmanuel Macron left. The Macron government met. Macron's government met.";
    assert_eq!(keys(text, "government"), ["state:FRA", "state:FRA"]);
}

#[test]
fn a_leader_without_a_name_is_the_one_whom_the_report_names() {
    let text = "Kim Jong Un spoke on Monday. The North Korean leader smiled.";
    assert_eq!(keys(text, "leader"), ["person:kim-jong-un"]);
}

#[test]
fn the_north_is_a_state_where_the_report_names_that_state() {
    let text =
        "North Korea spoke on Monday. The North Korean army moved. Envoys of the North left.";
    assert_eq!(keys(text, "the North"), ["state:PRK"]);
    assert_eq!(keys(text, "army"), ["role:PRK:army"]);
    assert!(keys("Voters in the North of Norway waited.", "the North").is_empty());
}

#[test]
fn a_person_may_be_called_again_by_the_same_words() {
    let text = "Former bank director Tord Velmark left. The former bank director waved.";
    assert_eq!(keys(text, "director").last(), Some(&"name:tord velmark".to_owned()));
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

#[test]
fn a_seat_of_power_acts_where_it_is_a_party() {
    for text in [
        "The parliament wants normal ties with Tehran.",
        "Brussels wants Tehran to open the strait.",
        "The sanctions on Tehran were kept in place.",
        "Differences between Paris and Tehran remain.",
        "It spoke with Seoul rather than with Tehran.",
        "Rebels close to Tehran took the hill.",
        "Tehran-backed rebels took the hill.",
        "The minister questioned Tehran's claims.",
    ] {
        assert_eq!(keys(text, "Tehran"), ["state:IRN"], "{text}");
    }
}

#[test]
fn a_seat_of_power_is_a_city_where_something_is() {
    for text in [
        "Shops in Paris and Tehran were shut.",
        "Tehran's mayor closed the schools.",
        "The envoys flew to Tehran.",
        "Crowds gathered outside Tehran's old bazaar.",
        "Tehran was hit by two missiles.",
    ] {
        assert_eq!(keys(text, "Tehran"), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_son_is_not_his_father() {
    let text = "Lawyers for Donald Trump Jr. met Donald Trump. Trump Jr. was silent.";
    assert_eq!(keys(text, "Donald Trump Jr."), ["name:donald trump jr"]);
    assert_eq!(keys(text, "Trump Jr."), ["name:donald trump jr"]);
    assert_eq!(keys(text, "Donald Trump"), ["person:donald-trump"]);
}

#[test]
fn a_last_name_is_who_holds_the_office_at_the_time() {
    let text = "DAMASCUS, August 3, 2013 - Assad spoke on Friday. \
                His father Hafez al-Assad had ruled for three decades. Assad thanked the army.";
    assert_eq!(keys(text, "Assad"), ["person:bashar-al-assad", "person:bashar-al-assad"]);
}

#[test]
fn where_somebody_is_based_does_nothing() {
    assert_eq!(keys("The Norway-based monitor counted ten ships.", "Norway"), Vec::<String>::new());
    assert_eq!(keys("The Norway-backed rebels counted ten ships.", "Norway"), ["state:NOR"]);
}

#[test]
fn the_rebels_are_the_group_that_a_report_is_about() {
    let text = "The Taliban took Kunduz. The Taliban said on Monday that al-Qaeda had left. Aid workers said the \
                Taliban had closed a road. On Tuesday the rebels freed two men.";
    assert_eq!(keys(text, "rebels"), ["group:taliban"]);
    let both =
        "The Taliban took Kunduz. Al-Qaeda held the road. On Tuesday the rebels freed two men.";
    assert_ne!(keys(both, "rebels"), ["group:taliban"]);
}

/// Whom a phrase of a text means together.
fn together(text: &str, phrase: &str) -> Vec<String> {
    let (report, observed) = read(text);
    let mentions = observed.mentions.iter();
    let joint = mentions.filter(|m| m.basis == super::joint::BASIS);
    let mut keys: Vec<_> =
        joint.filter(|m| report.slice(m.span) == phrase).filter_map(|m| m.actor.clone()).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn a_phrase_for_two_means_those_who_stood_together() {
    let both = ["state:FRA", "state:POL"];
    let told = |rest: &str| format!("France and Poland signed a treaty on Monday. {rest}");
    assert_eq!(together(&told("The two countries will train troops."), "The two countries"), both);
    assert_eq!(together(&told("It binds both sides for ten years."), "both sides"), both);
    assert_eq!(together(&told("They agreed to train troops."), "They"), both);
}

#[test]
fn hosts_are_not_the_two_who_met() {
    let text = "France and Poland have quarrelled for years. Oman and Qatar hosted talks between the \
                two countries. France hopes that Poland will sign.";
    assert_eq!(together(text, "the two countries"), ["state:FRA", "state:POL"]);
}

#[test]
fn two_men_are_the_persons_last_named() {
    let text = "France and Poland are allies. Torek Farhadi met Ilmar Sundvik in Oslo. The two men \
                shook hands.";
    assert_eq!(together(text, "The two men"), ["name:ilmar sundvik", "name:torek farhadi"]);
    assert_eq!(
        together("The two sides of the road were wet in France and Poland.", "The two sides"),
        [""; 0]
    );
}

#[test]
fn the_ministers_of_two_states_are_two() {
    let text = "The foreign ministers of France and Poland met in Oslo.";
    let (report, observed) = read(text);
    let of = |m: &&super::Mention| report.slice(m.head_span) == "foreign ministers";
    let keys: Vec<_> =
        observed.mentions.iter().filter(of).filter_map(|m| m.actor.as_deref()).collect();
    assert_eq!(keys, ["role:FRA:foreign-minister", "role:POL:foreign-minister"]);
}

#[test]
fn a_body_with_fighters_is_an_armed_group() {
    let text = "Fighters of the Varnian Liberation Front left the town. The Varnian Liberation Front said \
                so on Monday.";
    let (_, observed) = read(text);
    let front = observed.actors.iter().find(|a| a.name.contains("Liberation Front")).unwrap();
    assert_eq!(
        (front.kind, &front.sectors[..]),
        (super::ActorKind::Group, &[super::Sector::Reb][..])
    );
}

#[test]
fn a_capital_before_a_misread_verb_is_its_government() {
    let text = "It was the first meeting since Paris severed ties with Warsaw in 2016.";
    assert_eq!(keys(text, "Paris"), ["state:FRA"]);
}
