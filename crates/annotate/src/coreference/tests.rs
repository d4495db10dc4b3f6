use chancery_text::{Report, Span};

use super::*;
use crate::{Kit, Read, segment, syntax};

fn read<T>(text: &str, ask: impl FnOnce(Read<'_>) -> T) -> T {
    let report = Report::from_text("a.txt", text);
    let sentences = segment::sentences(&report, &[Span::of(0..text.len())]);
    let tokens = segment::tokens(&report, &sentences);
    let syntax = syntax::parse(&report, &sentences, &tokens, &Kit::embedded().syntax);
    ask(Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax })
}

fn phrases(text: &str) -> Vec<&str> {
    read(text, mention::mentions).iter().map(|mention| mention.span.slice(text)).collect()
}

/// The chains of a text, the mentions of each joined by " = ".
fn told(text: &str) -> Vec<String> {
    let chains = read(text, |read| find(read, &Kit::embedded().coreference));
    let line = |chain: &Chain| {
        chain.mentions.iter().map(|m| m.span.slice(text)).collect::<Vec<_>>().join(" = ")
    };
    chains.iter().map(line).collect()
}

#[test]
fn possessors_and_the_parts_of_a_pair_are_mentions_too() {
    assert_eq!(phrases("She sold her car."), ["She", "her car", "her"]);
    let pair = phrases("The mayor and the envoys left.");
    assert_eq!(pair, ["The mayor and the envoys", "The mayor", "the envoys"]);
}

#[test]
fn a_relative_clause_is_inside_and_a_preposition_is_not() {
    let found = phrases("He spoke to the farmer who owns the well.");
    assert!(found.contains(&"the farmer who owns the well"), "{found:?}");
    assert!(!found.iter().any(|phrase| phrase.starts_with("to ")), "{found:?}");
}

#[test]
fn an_apposition_is_a_mention_of_its_own() {
    let found = phrases("Bela Rusk, a farmer, left.");
    assert!(found.contains(&"Bela Rusk") && found.contains(&"a farmer"), "{found:?}");
}

#[test]
fn pronouns_mean_the_one_they_agree_with() {
    let told = told("John Arlen met Mary Pelm in the town. He thanked her.");
    assert_eq!(told, ["John Arlen = He", "Mary Pelm = her"]);
}

#[test]
fn a_thing_named_again_is_the_same_and_another_is_not() {
    let told = told("The army shelled Pelm. The town of Arlen was spared. The army left Pelm.");
    assert!(told.iter().any(|chain| chain == "The army = The army"), "{told:?}");
    assert!(told.iter().any(|chain| chain == "Pelm = Pelm"), "{told:?}");
    assert!(!told.iter().any(|chain| chain.contains("Arlen")), "{told:?}");
}

#[test]
fn a_text_without_mentions_has_no_chains() {
    assert!(told("").is_empty() && told("Stop!").is_empty());
}

#[test]
fn a_bundle_of_another_kind_is_refused() {
    let syntax = include_bytes!("../../../../data/models/english.syntax");
    assert!(CoreferenceKit::read(syntax).is_err());
    assert!(CoreferenceKit::read(&[]).is_err());
}

#[test]
fn a_long_text_is_read_in_time_that_grows_with_its_length() {
    let text = "The mayor met him. ".repeat(500);
    let counts = read(&text, |read| {
        let kit = &Kit::embedded().coreference;
        let scene = scene::Scene::of(read, &kit.0.vectors);
        (0..scene.mentions.len()).map(|at| scene.antecedents(at).count()).max()
    });
    assert!(counts.is_some_and(|most| most <= 50), "{counts:?}");
}
