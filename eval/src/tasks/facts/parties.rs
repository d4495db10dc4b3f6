use std::cell::RefCell;
use std::collections::HashMap;

use chancery_annotate::mention::{Actor, ActorKind, Mention};
use chancery_annotate::{Kit, Observed};
use chancery_text::RowId;

use super::fold;
use crate::gold::Document;
use crate::line::read_document;
use crate::tasks::actors::actors_at;

/// Compares the gold's parties with the record's.
pub struct Parties<'a> {
    kit: &'a Kit,
    known: RefCell<HashMap<String, Vec<Actor>>>,
}

/// A party of the record: an actor, as it was named.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// What the record knows of it, if it is an actor.
    pub actor: Option<Actor>,
    /// The words.
    pub text: String,
}

/// The parties that these mentions are.
pub fn candidates(observed: &Observed, text: &str, ids: &[RowId]) -> Vec<Candidate> {
    let of = |mention: &&Mention| Candidate {
        actor: actor(observed, mention.actor.as_deref()).cloned(),
        text: mention.span.slice(text).to_owned(),
    };
    observed.mentions.iter().filter(|mention| ids.contains(&mention.id)).map(|m| of(&m)).collect()
}

/// The actor of this key.
pub fn actor<'a>(observed: &'a Observed, key: Option<&str>) -> Option<&'a Actor> {
    observed.actors.iter().find(|actor| Some(actor.key.as_str()) == key)
}

impl<'a> Parties<'a> {
    pub fn new(kit: &'a Kit) -> Self {
        Self { kit, known: RefCell::default() }
    }

    /// Whether every party that the gold names is among the record's. Gold that names nobody asks for
    /// nothing.
    pub fn agree(&self, gold: Option<&str>, found: &[Candidate]) -> bool {
        gold.is_none_or(|gold| {
            gold.split(';').all(|name| found.iter().any(|one| self.same(name.trim(), one)))
        })
    }

    /// Whether a name of the gold, as "Wang Yi (Chinese FM)", is this party: by the actor's key as the
    /// kit knows the name, by the whole name, by the last name of a person, by a government for its
    /// state, or by all words of the shorter name.
    pub fn same(&self, name: &str, found: &Candidate) -> bool {
        let plain = name.split('(').next().unwrap_or(name).trim();
        let gold = fold(plain);
        let names: Vec<_> = std::iter::once(found.text.as_str())
            .chain(found.actor.iter().map(|actor| actor.name.as_str()))
            .map(fold)
            .collect();
        if names.contains(&gold) {
            return true;
        }
        let known = self.known(plain);
        found.actor.as_ref().is_some_and(|actor| {
            known.iter().any(|one| one.key == actor.key || governs(one, actor))
                || actor.kind == ActorKind::Person
                    && names.iter().any(|name| !name.is_empty() && name.last() == gold.last())
        }) || names.iter().any(|name| within(name, &gold) || within(&gold, name))
    }

    /// The actors that the kit sees in a name.
    fn known(&self, name: &str) -> Vec<Actor> {
        if let Some(known) = self.known.borrow().get(name) {
            return known.clone();
        }
        let text = format!("On Monday {name} said that the talks had ended.");
        let observed = read_document(&Document::from_text("name", &text), self.kit).observed;
        let span = chancery_text::Span::of(10..10 + name.len());
        let whole: Vec<Actor> = actors_at(&observed, span).into_iter().take(1).cloned().collect();
        self.known.borrow_mut().insert(name.to_owned(), whole.clone());
        whole
    }
}

/// A state stands for its government and its organs, and they for it.
fn governs(gold: &Actor, found: &Actor) -> bool {
    let organ = |actor: &Actor| {
        matches!(actor.kind, ActorKind::State | ActorKind::Organisation | ActorKind::Role)
    };
    let state = gold.kind == ActorKind::State || found.kind == ActorKind::State;
    state && organ(gold) && organ(found) && gold.country.is_some() && gold.country == found.country
}

/// Whether all words of a name are in the other, one of them telling.
fn within(short: &[String], long: &[String]) -> bool {
    !short.is_empty()
        && short.iter().all(|word| long.contains(word))
        && short.iter().any(|word| 4 <= word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> Candidate {
        let actor = Actor {
            key: format!("name:{name}"),
            name: name.into(),
            kind: ActorKind::Person,
            country: None,
            sectors: Vec::new(),
            roles: Vec::new(),
            known: false,
        };
        Candidate { actor: Some(actor), text: "he".into() }
    }

    #[test]
    fn a_person_is_known_by_the_last_name_and_without_accents() {
        let parties = Parties::new(Kit::embedded());
        assert!(parties.same("Petra Vöhl (spokeswoman)", &person("Vohl")));
        assert!(!parties.same("Petra Vöhl (spokeswoman)", &person("Petra Lo")));
        assert!(parties.agree(None, &[]));
        assert!(!parties.agree(Some("Petra Vöhl; Ana Lo"), &[person("Vohl")]));
    }

    #[test]
    fn all_words_of_the_shorter_name_must_agree() {
        let words = |text: &str| fold(text);
        assert!(within(&words("Tesk Front"), &words("the Tesk Liberation Front")));
        assert!(!within(&words("Tesk Army"), &words("the Tesk Liberation Front")));
        assert!(!within(&words("the"), &words("the Tesk Liberation Front")));
    }
}
