//! The actors of one report: each once, with what the report and the lexicon say of them.

use std::collections::HashMap;

use chancery_text::Interval;

use super::lexicon::{KnownActor, Office};
use super::{Actor, ActorKind, Sector};

/// An actor of the report, while it is being read.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub actor: Actor,
    /// Folded words of a person's or body's name.
    pub words: Vec<String>,
    /// Last names that the report spells otherwise.
    pub spelt: Vec<String>,
    pub female: Option<bool>,
    /// Role nouns that the report gives it, folded.
    pub role_nouns: Vec<u32>,
    /// How many phrases name it in full.
    pub named: usize,
    /// Number of the last phrase that named it.
    pub last: Option<usize>,
}

/// The actors of one report.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub members: Vec<Member>,
    by_key: HashMap<String, usize>,
}

impl Cast {
    /// The member with this key, made by `make` if it is new.
    pub fn member(&mut self, key: &str, make: impl FnOnce() -> Member) -> usize {
        if let Some(&index) = self.by_key.get(key) {
            return index;
        }
        let index = self.members.len();
        self.by_key.insert(key.to_owned(), index);
        self.members.push(make());
        index
    }

    /// The member with this key, if there is one.
    pub fn index(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Actors that some mention names, sorted by key.
    pub fn actors(self, used: &[bool]) -> Vec<Actor> {
        let members = self.members.into_iter().zip(used);
        let mut actors: Vec<_> =
            members.filter(|(_, used)| **used).map(|(member, _)| member.actor).collect();
        actors.sort_by(|a, b| a.key.cmp(&b.key));
        actors
    }
}

/// A member made of the report's own words.
pub(crate) fn own(key: String, name: String, kind: ActorKind) -> Member {
    let words = super::fold::fold_name(&name).split(' ').map(str::to_owned).collect();
    Member {
        actor: Actor {
            key,
            name,
            kind,
            country: None,
            sectors: Vec::new(),
            roles: Vec::new(),
            known: false,
        },
        words,
        spelt: Vec::new(),
        female: None,
        role_nouns: Vec::new(),
        named: 0,
        last: None,
    }
}

/// A member made of a row of the lexicon, as of the report's date.
pub(crate) fn known(actor: &KnownActor, when: Interval) -> Member {
    let office = office_at(actor, when);
    let country = office.map_or(actor.country, |office| office.country);
    let sectors = office.map_or(&actor.sectors, |office| &office.sectors);
    let mut member = own(actor.key.to_owned(), actor.name.to_owned(), actor.kind);
    member.actor.known = true;
    member.actor.country = (!country.is_empty()).then(|| country.to_owned());
    member.actor.sectors.clone_from(sectors);
    for office in actor.offices.iter().filter(|_| when.is_open()) {
        add_sectors(&mut member.actor.sectors, &office.sectors);
    }
    member.female = actor.female;
    if actor.kind == ActorKind::Person && after_all_offices(actor, when) {
        member.actor.sectors.insert(0, Sector::Eli);
    }
    member
}

/// The office held when the report was written, or else the last one begun before.
pub(crate) fn office_at(actor: &KnownActor, when: Interval) -> Option<&Office> {
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
    let (first, last) = (day(when.first), day(when.last));
    let holds = |office: &&Office| {
        let begun = last.as_deref().is_none_or(|last| office.from <= last);
        let ended =
            first.as_deref().is_some_and(|first| !office.to.is_empty() && office.to < first);
        begun && !ended
    };
    let begun = |office: &&Office| last.as_deref().is_none_or(|last| office.from <= last);
    let latest =
        |a: &&Office, b: &&Office| (a.to.is_empty(), a.from).cmp(&(b.to.is_empty(), b.from));
    actor
        .offices
        .iter()
        .filter(holds)
        .max_by(latest)
        .or_else(|| actor.offices.iter().filter(begun).max_by_key(|office| office.from))
        .or_else(|| actor.offices.first())
}

/// Whether the actor held any office when the report was written.
pub(crate) fn is_in_office(actor: &KnownActor, when: Interval) -> bool {
    actor.offices.iter().any(|office| holds(actor, office.role, when))
}

fn after_all_offices(actor: &KnownActor, when: Interval) -> bool {
    let Some(first) = when.first.map(|date| date.to_string()) else { return false };
    !actor.offices.is_empty()
        && actor.offices.iter().all(|office| !office.to.is_empty() && office.to < first.as_str())
}

/// Whether the actor held an office with this role and country when the report was written.
pub(crate) fn holds(actor: &KnownActor, role: &str, when: Interval) -> bool {
    let (first, last) = (when.first.map(|d| d.to_string()), when.last.map(|d| d.to_string()));
    actor.offices.iter().any(|office| {
        same_role(office.role, role)
            && last.as_deref().is_none_or(|last| office.from <= last)
            && first.as_deref().is_none_or(|first| office.to.is_empty() || first <= office.to)
    })
}

/// Whether two names of a role mean the same office.
pub(crate) fn same_role(office: &str, role: &str) -> bool {
    let plain = |role: &str| {
        role.replace("defence", "defense")
            .replace("spokeswoman", "spokesman")
            .replace("spokesperson", "spokesman")
            .replace("minister of foreign affairs", "foreign minister")
            .replace("external affairs minister", "foreign minister")
            .replace("minister of defense", "defense minister")
            .replace("secretary of defense", "defense secretary")
    };
    let (office, role) = (plain(office), plain(role));
    office == role
        || office.ends_with(&role) && matches!(role.as_str(), "spokesman" | "secretary general")
        || office.starts_with(&role) && matches!(role.as_str(), "ambassador" | "leader")
        || office.starts_with("acting ") && office[7..] == *role
}

/// Sectors for an actor: its own first, then more.
pub(crate) fn add_sectors(to: &mut Vec<Sector>, more: &[Sector]) {
    for sector in more {
        if !to.contains(sector) {
            to.push(*sector);
        }
    }
}
