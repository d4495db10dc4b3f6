//! Phrases to mentions and actors, within one report.

mod name;
mod person;
mod role;

use std::collections::HashMap;

use chancery_text::{Interval, Kind, RowId, Span};

use super::cast::{self, Cast};
use super::fold::fold_name;
use super::lexicon::class;
use super::phrase::{Naming, Owner, Phrase, Pronoun, is_government};
use super::scan::{Scan, Shape, is_called_a_place};
use super::spelling;
use super::{ActorKind, Found, Mention, MentionForm, MentionKind, Sector, joint};
use crate::date::office::Tenure;
use crate::name::NameClass;

/// What a phrase was concluded to be.
#[derive(Debug, Clone, Copy)]
struct Concluded {
    member: Option<usize>,
    basis: &'static str,
    kind: MentionKind,
    form: MentionForm,
}

struct Resolver<'a> {
    scan: Scan<'a>,
    when: Interval,
    phrases: &'a [Phrase],
    cast: Cast,
    concluded: Vec<Concluded>,
    /// Members by each word of their name.
    by_word: HashMap<String, Vec<usize>>,
    /// Names that "(ETIM)" gives: acronym to member.
    acronyms: HashMap<String, usize>,
    /// What a name without a lexicon row is, by the report as a whole.
    votes: HashMap<String, Votes>,
    /// How often the report names each state, by name, adjective, people or seat.
    states: HashMap<u32, u32>,
    /// The state that the report is mostly about.
    focus: Option<u32>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Votes {
    person: u32,
    place: u32,
    organisation: u32,
    /// How often the model takes it alone for a person's name.
    surname: u32,
}

/// Resolves the phrases of a report.
pub(crate) fn resolve(scan: Scan<'_>, when: Interval, phrases: &[Phrase]) -> Found {
    let mut resolver = Resolver {
        scan,
        when,
        phrases,
        cast: Cast::default(),
        concluded: Vec::with_capacity(phrases.len()),
        by_word: HashMap::new(),
        acronyms: HashMap::new(),
        votes: HashMap::new(),
        states: HashMap::new(),
        focus: None,
    };
    resolver.vote();
    resolver.weigh_states();
    resolver.meet_people();
    for number in 0..phrases.len() {
        let concluded = resolver.conclude(number);
        if let Some(member) = concluded.member {
            resolver.cast.members[member].last = Some(number);
        }
        resolver.concluded.push(concluded);
    }
    resolver.link_appositions();
    let shared = resolver.share_offices();
    resolver.found(&shared)
}

impl Resolver<'_> {
    fn name(&self, phrase: &Phrase) -> &str {
        self.scan.slice(phrase.head.clone())
    }

    fn vote(&mut self) {
        for phrase in self.phrases {
            let Naming::Shape(shape) = phrase.naming else { continue };
            let votes = self.votes.entry(fold_name(self.name(phrase))).or_default();
            // "the Sheikh Norrin district" says more than a title does.
            if is_called_a_place(self.scan, phrase.head.start, phrase.head.end) {
                votes.place += 5;
                continue;
            }
            match shape {
                Shape::Person => votes.person += 1 + u32::from(!phrase.roles.is_empty()),
                Shape::Place => votes.place += 1,
                Shape::Organisation => votes.organisation += 1,
                Shape::Unknown if is_whole_name(self.scan, phrase) => votes.surname += 1,
                _ => {}
            }
        }
    }

    fn weigh_states(&mut self) {
        let lexicon = self.scan.lexicon;
        for phrase in self.phrases {
            let state = match phrase.naming {
                Naming::State(_) if self.is_compass(phrase) => None,
                Naming::State(s)
                | Naming::Adjective(s)
                | Naming::People(s)
                | Naming::Seat(s, _) => Some(s),
                Naming::Actor(actor) => lexicon.state(lexicon.actors[actor as usize].country),
                _ => None,
            };
            if let Some(state) = state {
                *self.states.entry(state).or_default() += 1;
            }
        }
        let all: u32 = self.states.values().sum();
        let rank = |&(state, count): &(&u32, &u32)| (*count, std::cmp::Reverse(*state));
        let most = self.states.iter().max_by_key(rank);
        let leads = |&(_, count): &(&u32, &u32)| *count >= 2 && *count * 5 >= all * 2;
        self.focus = most.filter(leads).map(|(state, _)| *state);
    }

    /// "the North" is a state only where the report names that state otherwise.
    fn is_compass(&self, phrase: &Phrase) -> bool {
        matches!(fold_name(self.name(phrase)).as_str(), "the north" | "the south")
    }

    fn conclude(&mut self, number: usize) -> Concluded {
        let phrase = &self.phrases[number];
        match phrase.naming {
            Naming::Role if phrase.owners.is_empty() => {
                let state = match phrase.possessed {
                    true => self.possessor(number),
                    false => self.governor(number),
                };
                let mut owned = phrase.clone();
                owned.owners.extend(state.map(Owner::State));
                self.role(number, &owned)
            }
            Naming::Actor(actor) => self.lexicon_actor(actor, phrase),
            Naming::State(state)
                if self.is_compass(phrase) && !self.states.contains_key(&state) =>
            {
                nobody(MentionKind::Other)
            }
            Naming::State(state) => self.state(state, MentionForm::Name, MentionKind::Place),
            Naming::Adjective(state) => {
                self.state(state, MentionForm::Demonym, MentionKind::People)
            }
            Naming::People(state) => self.people(state),
            Naming::Seat(state, true) => self.state(state, MentionForm::Name, MentionKind::Place),
            Naming::Place if phrase.head.len() == 1 => self.place_or_person(phrase),
            Naming::Seat(_, false) | Naming::Place => nobody(MentionKind::Place),
            Naming::Shape(shape) => self.shape(shape, phrase),
            Naming::Role => self.role(number, phrase),
            Naming::Pronoun(pronoun) => self.pronoun(number, pronoun, phrase.sentence),
        }
    }

    /// The state that "its" in "its ambassador" stands for, or whose citizen "his" does.
    fn possessor(&self, number: usize) -> Option<u32> {
        let start = self.phrases[number].atoms.start;
        let mut near = (number.saturating_sub(3)..number).rev();
        let pronoun = near.find(|&i| self.phrases[i].atoms.end == start)?;
        let member = &self.cast.members[self.concluded[pronoun].member?];
        let fits = matches!(member.actor.kind, ActorKind::State | ActorKind::Person);
        self.scan.lexicon.state(member.actor.country.as_deref()?).filter(|_| fits)
    }

    /// The state of whoever is named right before: "Norrin's government", "the Norrin regime".
    fn governor(&self, number: usize) -> Option<u32> {
        let phrase = &self.phrases[number];
        let role = self.scan.lexicon.roles[*phrase.roles.first()? as usize].phrase;
        let before = number.checked_sub(1).filter(|_| is_government(role))?;
        let adjoins = self.phrases[before].atoms.end == phrase.atoms.start;
        let member = &self.cast.members[self.concluded[before].member.filter(|_| adjoins)?];
        let governs = member.actor.kind == ActorKind::Person
            && member
                .actor
                .sectors
                .iter()
                .any(|sector| matches!(sector, Sector::Gov | Sector::Eli));
        self.scan.lexicon.state(member.actor.country.as_deref()?).filter(|_| governs)
    }

    fn pronoun(&self, number: usize, pronoun: Pronoun, sentence: usize) -> Concluded {
        let form = MentionForm::Pronoun;
        let mut best: Option<(i32, usize)> = None;
        for earlier in (number.saturating_sub(40)..number).rev() {
            let phrase = &self.phrases[earlier];
            let distance = sentence - phrase.sentence.min(sentence);
            if distance > 3 {
                break;
            }
            let Some(member) = self.concluded[earlier].member else { continue };
            if phrase.atoms.contains(&self.phrases[number].atoms.start)
                || !self.fits(pronoun, member, &self.concluded[earlier], phrase)
            {
                continue;
            }
            let score = 8 - 3 * distance as i32
                + 4 * i32::from(phrase.subject)
                + i32::from(self.concluded[earlier].form == MentionForm::Name)
                - ((number - earlier) as i32).min(20) / 5;
            if best.is_none_or(|(other, _)| score > other) {
                best = Some((score, member));
            }
        }
        let kind = match pronoun {
            Pronoun::He | Pronoun::She => MentionKind::Person,
            Pronoun::It | Pronoun::They => MentionKind::Organisation,
        };
        Concluded { member: best.map(|(_, member)| member), basis: "pronoun", kind, form }
    }

    fn fits(
        &self,
        pronoun: Pronoun,
        member: usize,
        concluded: &Concluded,
        phrase: &Phrase,
    ) -> bool {
        let member = &self.cast.members[member];
        let person = matches!(member.actor.kind, ActorKind::Person)
            || member.actor.kind == ActorKind::Role
                && concluded.kind == MentionKind::Person
                && !phrase.plural;
        match pronoun {
            Pronoun::He => person && member.female != Some(true),
            Pronoun::She => person && member.female != Some(false),
            Pronoun::It => {
                matches!(
                    member.actor.kind,
                    ActorKind::State | ActorKind::Organisation | ActorKind::Group
                ) && concluded.form != MentionForm::Demonym
            }
            Pronoun::They => {
                let authorities = member.actor.kind == ActorKind::State
                    && phrase.plural
                    && !phrase.roles.is_empty();
                matches!(member.actor.kind, ActorKind::Group | ActorKind::People)
                    || authorities
                    || member.actor.kind == ActorKind::Role && (phrase.plural || !person)
            }
        }
    }

    /// The office that a phrase gives to one of our people, from his first day in it to his last.
    fn tenure(&self, phrase: &Phrase) -> Option<Tenure> {
        let Naming::Actor(actor) = phrase.naming else { return None };
        let row = &self.scan.lexicon.actors[actor as usize];
        if row.kind != ActorKind::Person || !row.ours || self.mentions_former(phrase) {
            return None;
        }
        let country = self.country(&phrase.owners);
        // "President-elect Norrin" is none yet.
        let elect = |at| self.scan.slice(at..at + 1).eq_ignore_ascii_case("elect");
        if phrase.role_words.clone().is_some_and(|mut words| words.any(elect)) {
            return None;
        }
        let roles = phrase.roles.iter().map(|&role| self.scan.lexicon.roles[role as usize].phrase);
        roles.rev().filter(|role| role::HELD_BY_ONE.contains(role)).find_map(|role| {
            let held = || {
                let held = row.offices.iter().filter(|office| cast::same_role(office.role, role));
                held.filter(|office| country.as_deref().is_none_or(|of| of == office.country))
            };
            let first = held().map(|office| office.from).min()?.parse().ok()?;
            let open = held().any(|office| office.to.is_empty());
            let last = held().map(|office| office.to).max().filter(|_| !open);
            let days = Interval { first: Some(first), last: last.and_then(|day| day.parse().ok()) };
            Some(Tenure {
                span: atoms_span(self.scan, &phrase.atoms),
                name: row.name.to_owned(),
                office: role.to_owned(),
                days,
            })
        })
    }

    fn link_appositions(&mut self) {
        for number in 0..self.phrases.len() {
            let Some(same) = self.phrases[number].same_as else { continue };
            let member = self.concluded[same].member;
            self.concluded[number].member = member;
            self.concluded[number].kind = MentionKind::Person;
        }
    }

    /// "the foreign ministers of Ruvania and Sallet": whoever holds the office of each, by phrase.
    fn share_offices(&mut self) -> Vec<(usize, usize)> {
        let mut shared = Vec::new();
        for number in 0..self.phrases.len() {
            let phrase = &self.phrases[number];
            let of = phrase.head.end < phrase.atoms.end && phrase.plural;
            let ([role], [Owner::State(first)]) = (&phrase.roles[..], &phrase.owners[..]) else {
                continue;
            };
            if phrase.naming != Naming::Role || !of {
                continue;
            }
            let mut states = vec![*first];
            let mut end = phrase.atoms.end;
            for next in &self.phrases[number + 1..] {
                match next.naming {
                    _ if next.atoms.end <= phrase.atoms.end => {}
                    Naming::State(state)
                        if next.atoms.start == end + 1 && self.scan.is(end, class::AND) =>
                    {
                        states.push(state);
                        end = next.atoms.end;
                    }
                    _ => break,
                }
            }
            if states.len() < 2 {
                continue;
            }
            let unique =
                role::HELD_BY_ONE.contains(&self.scan.lexicon.roles[*role as usize].phrase);
            let mut members = Vec::new();
            for state in states {
                let one = Phrase {
                    owners: vec![Owner::State(state)],
                    plural: !unique,
                    definite: true,
                    ..phrase.clone()
                };
                members.extend(self.role(number, &one).member);
            }
            members.dedup();
            if 1 < members.len() {
                self.concluded[number].member = Some(members[0]);
                self.concluded[number].basis = joint::BASIS;
                shared.extend(members[1..].iter().map(|member| (number, *member)));
            }
        }
        shared
    }

    /// The mentions and actors; `shared` are further actors that a phrase means.
    fn found(self, shared: &[(usize, usize)]) -> Found {
        let tenures = self.phrases.iter().filter_map(|phrase| self.tenure(phrase)).collect();
        let mut used = vec![false; self.cast.members.len()];
        let mut mentions = Vec::with_capacity(self.phrases.len());
        for (number, (phrase, concluded)) in self.phrases.iter().zip(&self.concluded).enumerate() {
            let pronoun = concluded.form == MentionForm::Pronoun;
            if pronoun && concluded.member.is_none() {
                continue;
            }
            if let Some(member) = concluded.member {
                used[member] = true;
            }
            let actor = concluded.member.map(|member| self.cast.members[member].actor.key.clone());
            mentions.push(mention(self.scan, phrase, concluded, actor));
            for (_, member) in shared.iter().filter(|(other, _)| *other == number) {
                used[*member] = true;
                let key = self.cast.members[*member].actor.key.clone();
                let mut other = mention(self.scan, phrase, concluded, Some(key.clone()));
                let detail = format!("{} {key}", joint::BASIS);
                other.id =
                    RowId::observed(Kind::Mention, self.scan.text.report.id, other.span, &detail);
                mentions.push(other);
            }
        }
        mentions.dedup_by(|b, a| a.id == b.id);
        Found { actors: self.cast.actors(&used), mentions, tenures }
    }
}

/// Whether the model takes one word for the whole name of a person.
fn is_whole_name(scan: Scan<'_>, phrase: &Phrase) -> bool {
    let name = scan.name(phrase.head.start);
    phrase.head.len() == 1
        && !scan.is(phrase.head.start, class::COMMON)
        && name.is_some_and(|name| name.class == NameClass::Person && name.tokens.len() == 1)
}

fn atoms_span(scan: Scan<'_>, atoms: &std::ops::Range<usize>) -> Span {
    Span::new(scan.atoms[atoms.start].start, scan.atoms[atoms.end - 1].end)
}

fn mention(
    scan: Scan<'_>,
    phrase: &Phrase,
    concluded: &Concluded,
    actor: Option<String>,
) -> Mention {
    let (whole, head) = (atoms_span(scan, &phrase.atoms), atoms_span(scan, &phrase.head));
    let tokens = scan.atoms[phrase.atoms.start].token..scan.atoms[phrase.atoms.end - 1].token + 1;
    let detail = concluded.form.name();
    Mention {
        id: RowId::observed(Kind::Mention, scan.text.report.id, whole, detail),
        span: whole,
        head_span: head,
        tokens,
        form: concluded.form,
        kind: concluded.kind,
        actor,
        basis: concluded.basis,
    }
}

fn somebody(member: usize, basis: &'static str, kind: MentionKind, form: MentionForm) -> Concluded {
    Concluded { member: Some(member), basis, kind, form }
}

fn nobody(kind: MentionKind) -> Concluded {
    Concluded { member: None, basis: "own-name", kind, form: MentionForm::Name }
}
