//! Phrases to mentions and actors, within one report.

use std::collections::HashMap;

use chancery_text::{Interval, Kind, RowId, Span};

use super::cast::{self, Cast};
use super::fold::fold_name;
use super::lexicon::class;
use super::phrase::{Naming, Owner, Phrase, Pronoun};
use super::scan::{Scan, Shape};
use super::spelling;
use super::{ActorKind, Found, Mention, MentionForm, MentionKind, Sector};

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
    resolver.found()
}

impl Resolver<'_> {
    fn name(&self, phrase: &Phrase) -> &str {
        self.scan.slice(phrase.head.clone())
    }

    fn vote(&mut self) {
        for phrase in self.phrases {
            let Naming::Shape(shape) = phrase.naming else { continue };
            let votes = self.votes.entry(fold_name(self.name(phrase))).or_default();
            match shape {
                Shape::Person => votes.person += 1 + u32::from(!phrase.roles.is_empty()),
                Shape::Place => votes.place += 1,
                Shape::Organisation => votes.organisation += 1,
                _ => {}
            }
        }
    }

    fn weigh_states(&mut self) {
        let lexicon = self.scan.lexicon;
        for phrase in self.phrases {
            let state = match phrase.naming {
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

    /// Full names first, so that a short name before the full one is resolved too.
    fn meet_people(&mut self) {
        let mut full: Vec<usize> = (0..self.phrases.len())
            .filter(|&i| self.phrases[i].head.len() > 1 && self.is_person(&self.phrases[i]))
            .collect();
        // Longer names first, so that "Ghani Baradar" finds "Abdul Ghani Baradar".
        full.sort_by_key(|&i| (std::cmp::Reverse(self.phrases[i].head.len()), i));
        for number in full {
            let phrase = &self.phrases[number];
            let member = match phrase.naming {
                Naming::Actor(actor) => self.known(actor),
                _ => self.full_name(phrase),
            };
            self.enrich(member, phrase);
        }
    }

    fn is_person(&self, phrase: &Phrase) -> bool {
        match phrase.naming {
            Naming::Actor(actor) => {
                self.scan.lexicon.actors[actor as usize].kind == ActorKind::Person
            }
            Naming::Shape(Shape::Person) => self.stays_person(phrase),
            _ => false,
        }
    }

    fn stays_person(&self, phrase: &Phrase) -> bool {
        let votes = self.votes.get(&fold_name(self.name(phrase))).copied().unwrap_or_default();
        votes.person >= votes.place.max(votes.organisation)
    }

    fn known(&mut self, actor: u32) -> usize {
        let (row, when) = (&self.scan.lexicon.actors[actor as usize], self.when);
        let index = self.cast.member(row.key, || cast::known(row, when));
        self.index_words(index);
        index
    }

    fn index_words(&mut self, index: usize) {
        let member = &self.cast.members[index];
        if member.actor.kind != ActorKind::Person {
            return;
        }
        for word in &member.words {
            let list = self.by_word.entry(word.clone()).or_default();
            if !list.contains(&index) {
                list.push(index);
            }
        }
    }

    /// A person by a name of several words that no lexicon has.
    fn full_name(&mut self, phrase: &Phrase) -> usize {
        let name = self.name(phrase).to_owned();
        let folded = fold_name(&name);
        if let Some(member) = self.within(&folded) {
            return member;
        }
        if let Some(actor) = self.misspelled(phrase, &folded) {
            let member = self.known(actor);
            return member;
        }
        let key = format!("name:{folded}");
        let index = self.cast.member(&key, || cast::own(key.clone(), name, ActorKind::Person));
        self.index_words(index);
        index
    }

    /// A longer name of the report that has all these words, in order.
    fn within(&self, folded: &str) -> Option<usize> {
        let words: Vec<_> = folded.split(' ').filter(|word| word.len() > 1).collect();
        let last = words.last()?;
        let members = self.by_word.get(*last)?;
        let fits = |&&index: &&usize| {
            let have = &self.cast.members[index].words;
            let mut have = have.iter();
            have.len() >= words.len() && words.iter().all(|word| have.any(|other| other == word))
        };
        members.iter().find(fits).copied()
    }

    /// A person of the lexicon with the same role and country and nearly this name.
    fn misspelled(&self, phrase: &Phrase, folded: &str) -> Option<u32> {
        if phrase.roles.is_empty() || folded.len() < 6 {
            return None;
        }
        let country = self.country(&phrase.owners)?;
        let mut near = self.scan.lexicon.people_of(&country).filter(|&actor| {
            let row = &self.scan.lexicon.actors[actor as usize];
            spelling::near(folded, &fold_name(row.name))
                && phrase.roles.iter().any(|&role| {
                    cast::holds(row, self.scan.lexicon.roles[role as usize].phrase, self.when)
                })
        });
        let first = near.next()?;
        near.next().is_none().then_some(first)
    }

    fn country(&self, owners: &[Owner]) -> Option<String> {
        owners.iter().find_map(|owner| match owner {
            Owner::State(state) => Some(self.scan.lexicon.states[*state as usize].code.to_owned()),
            Owner::Actor(actor) => {
                let country = self.scan.lexicon.actors[*actor as usize].country;
                (!country.is_empty()).then(|| country.to_owned())
            }
        })
    }

    /// Writes into a member what a phrase says of it.
    fn enrich(&mut self, index: usize, phrase: &Phrase) {
        let country = self.country(&phrase.owners);
        let sectors = self.sectors(phrase);
        let words = phrase.role_words.clone().map(|words| self.role_text(words, phrase));
        let female = phrase.roles.iter().find_map(|&r| self.scan.lexicon.roles[r as usize].female);
        let first = phrase.head.start;
        let female = female.or_else(|| self.scan.is(first, class::FEMALE).then_some(true));
        let member = &mut self.cast.members[index];
        if member.actor.country.is_none() {
            member.actor.country = country;
        }
        if member.actor.sectors.is_empty() || !member.actor.known {
            cast::add_sectors(&mut member.actor.sectors, &sectors);
        }
        member.female = member.female.or(female);
        for role in &phrase.roles {
            if !member.role_nouns.contains(role) {
                member.role_nouns.push(*role);
            }
        }
        if let Some(words) = words.filter(|words| !words.is_empty())
            && !member.actor.roles.contains(&words)
        {
            member.actor.roles.push(words);
        }
    }

    fn role_text(&self, words: std::ops::Range<usize>, phrase: &Phrase) -> String {
        let untitled =
            phrase.roles.iter().any(|&r| !self.scan.lexicon.roles[r as usize].only_title);
        if !untitled {
            return String::new();
        }
        let text = self.scan.slice(words);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Sectors that roles give, or else those of whom the role belongs to.
    fn sectors(&self, phrase: &Phrase) -> Vec<Sector> {
        let mut sectors = Vec::new();
        for &role in phrase.roles.iter().rev() {
            cast::add_sectors(&mut sectors, &self.scan.lexicon.roles[role as usize].sectors);
        }
        for owner in &phrase.owners {
            if let Owner::Actor(actor) = owner {
                let row = &self.scan.lexicon.actors[*actor as usize];
                cast::add_sectors(&mut sectors, &row.sectors);
            } else if sectors.is_empty() && !phrase.roles.is_empty() {
                sectors.push(Sector::Gov);
            }
        }
        sectors
    }

    fn conclude(&mut self, number: usize) -> Concluded {
        let phrase = &self.phrases[number];
        match phrase.naming {
            Naming::Role if phrase.possessed && phrase.owners.is_empty() => {
                let mut owned = phrase.clone();
                owned.owners.extend(self.possessor(number).map(Owner::State));
                self.role(number, &owned)
            }
            Naming::Actor(actor) => self.lexicon_actor(actor, phrase),
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

    fn lexicon_actor(&mut self, actor: u32, phrase: &Phrase) -> Concluded {
        let row = &self.scan.lexicon.actors[actor as usize];
        let person = row.kind == ActorKind::Person;
        if person && phrase.head.len() == 1 {
            let word = fold_name(self.name(phrase));
            if let Some(member) = self.by_short_name(&word) {
                self.enrich(member, phrase);
                return somebody(member, "short-name", MentionKind::Person, MentionForm::Name);
            }
        }
        let member = self.known(actor);
        if person {
            self.enrich(member, phrase);
        }
        self.note_acronym(phrase, member);
        let kind = match row.kind {
            ActorKind::Person => MentionKind::Person,
            ActorKind::People => MentionKind::People,
            _ => MentionKind::Organisation,
        };
        somebody(member, "lexicon", kind, MentionForm::Name)
    }

    fn state(&mut self, state: u32, form: MentionForm, kind: MentionKind) -> Concluded {
        somebody(self.state_member(state), "lexicon", kind, form)
    }

    fn state_member(&mut self, state: u32) -> usize {
        let row = &self.scan.lexicon.states[state as usize];
        let key = format!("state:{}", row.code);
        self.cast.member(&key, || {
            let mut member = cast::own(key.clone(), row.name.to_owned(), ActorKind::State);
            member.actor.country = Some(row.code.to_owned());
            member.actor.sectors.push(Sector::Gov);
            member.actor.known = true;
            member
        })
    }

    fn people(&mut self, state: u32) -> Concluded {
        let member = self.people_member(state);
        somebody(member, "lexicon", MentionKind::People, MentionForm::Name)
    }

    fn people_member(&mut self, state: u32) -> usize {
        let row = &self.scan.lexicon.states[state as usize];
        let key = format!("people:{}", row.code);
        self.cast.member(&key, || {
            let name = format!("{} people", row.adjective);
            let mut member = cast::own(key.clone(), name, ActorKind::People);
            member.actor.country = Some(row.code.to_owned());
            member.actor.sectors.push(Sector::Cvl);
            member.actor.known = true;
            member
        })
    }

    /// "Clinton" is a place, unless the report names a person so.
    fn place_or_person(&mut self, phrase: &Phrase) -> Concluded {
        let start = phrase.head.start;
        let located =
            start > 0 && self.scan.is(start - 1, class::LOCATIVE) && self.scan.joins(start);
        let folded = fold_name(self.name(phrase));
        let member = self.by_short_name(&folded).filter(|_| !located);
        match member {
            Some(member) => somebody(member, "short-name", MentionKind::Person, MentionForm::Name),
            None => nobody(MentionKind::Place),
        }
    }

    fn by_short_name(&self, word: &str) -> Option<usize> {
        let members = self.by_word.get(word)?;
        let fits = |&&index: &&usize| {
            let words = &self.cast.members[index].words;
            words.len() > 1
                && (words.last().is_some_and(|w| w == word) || words[0] == word || words.len() > 2)
        };
        let surname = |index: &usize| {
            let member = &self.cast.members[*index];
            let asian = member.actor.country.as_deref().is_some_and(|c| {
                matches!(c, "CHN" | "KOR" | "PRK" | "TWN" | "VNM" | "HKG" | "KHM")
            });
            let end = if asian { member.words.first() } else { member.words.last() };
            (member.last, end.is_some_and(|w| w == word), std::cmp::Reverse(*index))
        };
        members.iter().filter(fits).copied().max_by_key(surname)
    }

    fn note_acronym(&mut self, phrase: &Phrase, member: usize) {
        let end = phrase.atoms.end;
        let Some(atom) = self.scan.atoms.get(end) else { return };
        let defines = atom.after(super::atom::before::OPEN)
            || atom.after(super::atom::before::COMMA) && self.scan.slice(end..end + 1) == "or";
        let at = if atom.after(super::atom::before::OPEN) { end } else { end + 1 };
        let Some(acronym) = self.scan.atoms.get(at) else { return };
        if defines && acronym.is(super::atom::shape::ALL_CAPITALS) {
            self.acronyms.insert(fold_name(self.scan.slice(at..at + 1)), member);
        }
    }

    fn shape(&mut self, shape: Shape, phrase: &Phrase) -> Concluded {
        let name = self.name(phrase).to_owned();
        let folded = fold_name(&name);
        if let Some(&member) = self.acronyms.get(&folded) {
            let kind = MentionKind::Organisation;
            return somebody(member, "short-name", kind, MentionForm::Name);
        }
        let votes = self.votes.get(&folded).copied().unwrap_or_default();
        let shape = match shape {
            Shape::Person if votes.person < votes.place.max(votes.organisation) => Shape::Place,
            Shape::Unknown | Shape::Other if votes.person > 0 => Shape::Person,
            other => other,
        };
        match shape {
            Shape::Person | Shape::Unknown if phrase.head.len() == 1 => {
                self.single(shape, phrase, &folded)
            }
            Shape::Person => {
                let member = self.full_name(phrase);
                self.enrich(member, phrase);
                let own = !self.cast.members[member].actor.known;
                let basis = match own {
                    true => "own-name",
                    false
                        if self.cast.members[member].words
                            == folded.split(' ').collect::<Vec<_>>() =>
                    {
                        "lexicon"
                    }
                    false if self.within(&folded).is_some() => "short-name",
                    false => "spelling",
                };
                somebody(member, basis, MentionKind::Person, MentionForm::Name)
            }
            Shape::Organisation => {
                let member = self.body(phrase, &name, &folded);
                self.note_acronym(phrase, member);
                somebody(member, "own-name", MentionKind::Organisation, MentionForm::Name)
            }
            Shape::Place => nobody(MentionKind::Place),
            Shape::Unknown | Shape::Other => nobody(MentionKind::Other),
        }
    }

    /// One capitalised word: a short name, or a person by a role in front.
    fn single(&mut self, shape: Shape, phrase: &Phrase, folded: &str) -> Concluded {
        if let Some(member) = self.by_short_name(folded) {
            self.enrich(member, phrase);
            return somebody(member, "short-name", MentionKind::Person, MentionForm::Name);
        }
        if shape != Shape::Person {
            return nobody(MentionKind::Other);
        }
        if let Some(actor) = self.by_role_and_name(phrase, folded) {
            let member = self.known(actor);
            self.enrich(member, phrase);
            return somebody(member, "role", MentionKind::Person, MentionForm::Name);
        }
        let key = format!("name:{folded}");
        let name = self.name(phrase).to_owned();
        let member = self.cast.member(&key, || cast::own(key.clone(), name, ActorKind::Person));
        self.index_words(member);
        self.enrich(member, phrase);
        somebody(member, "own-name", MentionKind::Person, MentionForm::Name)
    }

    /// "Chinese diplomacy spokeswoman Hua": the one of that country and role with this name.
    fn by_role_and_name(&self, phrase: &Phrase, folded: &str) -> Option<u32> {
        let country = self.country(&phrase.owners)?;
        let lexicon = self.scan.lexicon;
        let mut fits = lexicon.people_of(&country).filter(|&actor| {
            let row = &lexicon.actors[actor as usize];
            let role =
                |&role: &u32| cast::holds(row, lexicon.roles[role as usize].phrase, self.when);
            fold_name(row.name).split(' ').any(|word| word == folded)
                && phrase.roles.iter().any(role)
        });
        let first = fits.next()?;
        fits.next().is_none().then_some(first)
    }

    /// An organisation by the report's own words; ministries by what they are for.
    fn body(&mut self, phrase: &Phrase, name: &str, folded: &str) -> usize {
        let (country, words) = self.body_words(phrase);
        let ministry = ministry(&words);
        if let (Some(ministry), None) = (&ministry, &country)
            && let Some(member) = self.last_ministry(ministry)
        {
            return member;
        }
        let (key, known) = match (&ministry, &country) {
            (Some(ministry), Some(country)) => (format!("org:{country}:{ministry}"), true),
            _ => (format!("name:{folded}"), false),
        };
        let sectors = self.body_sectors(phrase);
        let display = match (&ministry, &country) {
            (Some(ministry), Some(country)) => self.ministry_name(ministry, country),
            _ => name.to_owned(),
        };
        self.cast.member(&key, || {
            let mut member = cast::own(key.clone(), display, ActorKind::Organisation);
            member.actor.country = country;
            member.actor.known = known;
            member.actor.sectors = sectors;
            if member.actor.sectors.iter().any(|s| matches!(s, Sector::Pty | Sector::Reb)) {
                member.actor.kind = ActorKind::Group;
            }
            member
        })
    }

    /// "the Foreign Ministry": the one of that name that the report named last.
    fn last_ministry(&self, ministry: &str) -> Option<usize> {
        self.concluded.iter().rev().take(200).find_map(|concluded| {
            let member = concluded.member?;
            let key = &self.cast.members[member].actor.key;
            let rest = key.strip_prefix("org:")?.split_once(':')?.1;
            (rest == ministry).then_some(member)
        })
    }

    fn ministry_name(&self, ministry: &str, country: &str) -> String {
        let adjective = self
            .scan
            .lexicon
            .state(country)
            .map_or(country, |state| self.scan.lexicon.states[state as usize].adjective);
        format!("{adjective} {}", ministry.replace('-', " "))
    }

    /// The country that a body's name gives, and its folded words without it.
    fn body_words(&self, phrase: &Phrase) -> (Option<String>, Vec<String>) {
        let (mut country, mut words) = (self.country(&phrase.owners), Vec::new());
        let mut at = phrase.head.start;
        while at < phrase.head.end {
            let long = (at + 1..=phrase.head.end.min(at + 4)).rev().find_map(|to| {
                let state = self.state_named(at..to)?;
                Some((to, state))
            });
            match long {
                Some((to, state)) => {
                    country.get_or_insert_with(|| {
                        self.scan.lexicon.states[state as usize].code.to_owned()
                    });
                    at = to;
                }
                None => {
                    words.push(fold_name(self.scan.slice(at..at + 1)));
                    at += 1;
                }
            }
        }
        (country, words)
    }

    fn state_named(&self, atoms: std::ops::Range<usize>) -> Option<u32> {
        use super::lexicon::Sense;
        let mut node = 0;
        let capitals = |atom: &super::atom::Atom| atom.is(super::atom::shape::ALL_CAPITALS);
        let acronym = self.scan.atoms[atoms.clone()].iter().all(capitals);
        for atom in &self.scan.atoms[atoms] {
            node = self.scan.lexicon.step(node, atom.word)?;
        }
        self.scan.lexicon.entries(node).find_map(|entry| match entry.sense {
            Sense::State(state) | Sense::Adjective(state) if acronym || !entry.capitals => {
                Some(state)
            }
            _ => None,
        })
    }

    fn body_sectors(&self, phrase: &Phrase) -> Vec<Sector> {
        let mut sectors = Vec::new();
        for at in phrase.head.clone().rev() {
            if self.scan.is(at, class::HEAD) {
                let word = self.scan.atoms[at].word;
                cast::add_sectors(&mut sectors, self.scan.lexicon.head_sectors(word));
            }
        }
        sectors
    }

    fn role(&mut self, number: usize, phrase: &Phrase) -> Concluded {
        let lexicon = self.scan.lexicon;
        let last = &lexicon.roles[phrase.roles[phrase.roles.len() - 1] as usize];
        let form = MentionForm::Nominal;
        let kind = if last.collective { MentionKind::Organisation } else { MentionKind::Person };
        if phrase.same_as.is_some() {
            return Concluded { member: None, basis: "role", kind, form };
        }
        if let Some(member) = self.government(phrase, last.phrase) {
            return somebody(member, "role", MentionKind::Organisation, form);
        }
        if let (Some(Owner::Actor(actor)), true) =
            (phrase.owners.first(), is_same_group(last.phrase))
        {
            let kind = lexicon.actors[*actor as usize].kind;
            if kind != ActorKind::Person && phrase.roles.len() == 1 && !phrase.plural {
                let member = self.known(*actor);
                return somebody(member, "role", MentionKind::Organisation, form);
            }
        }
        if phrase.plural || last.collective && !is_anaphor(last.phrase) {
            return match self.role_actor(phrase) {
                Some(member) => somebody(member, "role", kind, form),
                None => Concluded { member: None, basis: "role", kind, form },
            };
        }
        if phrase.definite
            && phrase.owners.is_empty()
            && let Some(member) = self.anaphor(number, phrase, last.phrase)
        {
            return somebody(member, "role", kind, form);
        }
        if !phrase.plural
            && (phrase.definite || !phrase.owners.is_empty())
            && let Some(member) = self.holder(phrase)
        {
            return somebody(member, "role", MentionKind::Person, form);
        }
        match self.role_actor(phrase) {
            Some(member) => somebody(member, "role", kind, form),
            None => Concluded { member: None, basis: "role", kind, form },
        }
    }

    /// "the Afghan government", "Chinese authorities", "the Chinese people".
    fn government(&mut self, phrase: &Phrase, role: &str) -> Option<usize> {
        let plain = phrase.definite
            && phrase.role_words.as_ref().is_some_and(|words| words.len() == 1)
            && matches!(role, "government" | "regime" | "authority");
        let state = match phrase.owners.first().copied() {
            Some(Owner::State(state)) => state,
            Some(Owner::Actor(_)) => return None,
            None => self.focus.filter(|_| plain)?,
        };
        match role {
            "government" | "regime" | "administration" | "leadership" | "authority"
            | "monarchy" => (phrase.roles.len() == 1).then(|| self.state_member(state)),
            "people" | "citizen" | "national" | "population" | "public" => {
                Some(self.people_member(state))
            }
            _ => None,
        }
    }

    /// "the group", "the spokeswoman": the last one named that fits.
    fn anaphor(&self, number: usize, phrase: &Phrase, role: &str) -> Option<usize> {
        let from = number.saturating_sub(60);
        if matches!(role, "country" | "nation" | "state") {
            return self.country_spoken_of(number, phrase);
        }
        if role == "group" {
            return self.group_spoken_of(number, phrase);
        }
        (from..number).rev().find_map(|earlier| {
            let member = self.concluded[earlier].member?;
            let other = &self.cast.members[member];
            let named = self.concluded[earlier].form == MentionForm::Name;
            let fits = match role {
                "group" | "movement" | "faction" | "organization" | "organisation" | "bloc" => {
                    named && other.actor.kind == ActorKind::Group
                        || named && role != "group" && other.actor.kind == ActorKind::Organisation
                }
                "party" => named && other.actor.sectors.contains(&Sector::Pty),
                "country" | "nation" | "state" => named && other.actor.kind == ActorKind::State,
                "ministry" | "agency" | "council" | "commission" | "committee" => {
                    named
                        && other.actor.kind == ActorKind::Organisation
                        && other.words.iter().any(|word| word == role)
                }
                _ => {
                    other.actor.kind == ActorKind::Person
                        && phrase.roles.iter().all(|role| other.role_nouns.contains(role))
                        && phrase.sentence >= self.phrases[earlier].sentence
                }
            };
            fits.then_some(member)
        })
    }

    /// "the country": the state named most of those in the last sentences.
    fn country_spoken_of(&self, number: usize, phrase: &Phrase) -> Option<usize> {
        let recent = (number.saturating_sub(40)..number).rev();
        let recent = recent.take_while(|&i| self.phrases[i].sentence + 3 >= phrase.sentence);
        let named = recent.filter_map(|i| match self.phrases[i].naming {
            Naming::State(s) | Naming::Adjective(s) => Some((self.states.get(&s).copied(), i)),
            _ => None,
        });
        let (_, number) = named.max()?;
        self.concluded[number].member
    }

    /// "the group": the group named most of those in the last sentences.
    fn group_spoken_of(&self, number: usize, phrase: &Phrase) -> Option<usize> {
        let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
        for i in (number.saturating_sub(60)..number).rev() {
            if self.phrases[i].sentence + 5 < phrase.sentence {
                break;
            }
            let Some(member) = self.concluded[i].member else { continue };
            let named = self.concluded[i].form == MentionForm::Name;
            if named && self.cast.members[member].actor.kind == ActorKind::Group {
                let entry = counts.entry(member).or_insert((0, i));
                entry.0 += 1 + usize::from(self.phrases[i].subject);
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(member, _)| member)
    }

    /// The lexicon's people whom the report names and who held the office.
    fn named_holder(&self, country: &str, role: &str) -> Option<usize> {
        let lexicon = self.scan.lexicon;
        let mut holders = lexicon.people_of(country).filter_map(|actor| {
            let row = &lexicon.actors[actor as usize];
            let index = self.cast.index(row.key)?;
            cast::holds(row, role, self.when).then_some(index)
        });
        let first = holders.next()?;
        holders.next().is_none().then_some(first)
    }

    /// Who held the office: somebody the report has given the role, or the lexicon at its date.
    fn holder(&mut self, phrase: &Phrase) -> Option<usize> {
        let lexicon = self.scan.lexicon;
        let roles: Vec<&str> =
            phrase.roles.iter().map(|&r| lexicon.roles[r as usize].phrase).collect();
        let country = self.country(&phrase.owners)?;
        if roles.len() != 1 || self.mentions_former(phrase) {
            return None;
        }
        let in_report = self.cast.members.iter().position(|member| {
            member.actor.kind == ActorKind::Person
                && member.actor.country.as_deref() == Some(&country)
                && member.role_nouns.contains(&phrase.roles[0])
        });
        let in_report = in_report.or_else(|| self.named_holder(&country, roles[0]));
        if in_report.is_some() {
            return in_report;
        }
        let unique = matches!(
            roles[0],
            "president"
                | "prime minister"
                | "premier"
                | "chancellor"
                | "foreign minister"
                | "foreign secretary"
                | "secretary of state"
                | "defense minister"
                | "defence minister"
                | "defense secretary"
                | "defence secretary"
                | "vice president"
                | "king"
                | "emir"
                | "crown prince"
                | "supreme leader"
        );
        if !unique || self.when.is_open() {
            return None;
        }
        let fits = |&actor: &u32| cast::holds(&lexicon.actors[actor as usize], roles[0], self.when);
        let mut holders = lexicon.people_of(&country).filter(fits);
        let first = holders.next()?;
        if holders.next().is_some() {
            return None;
        }
        Some(self.known(first))
    }

    fn mentions_former(&self, phrase: &Phrase) -> bool {
        phrase.role_words.clone().is_some_and(|words| {
            words.into_iter().any(|at| {
                let word = self.scan.slice(at..at + 1);
                ["former", "ex", "then", "late", "deputy", "vice", "next", "new", "first", "acting"]
                    .iter()
                    .any(|other| word.eq_ignore_ascii_case(other))
            })
        })
    }

    /// Somebody by role only.
    fn role_actor(&mut self, phrase: &Phrase) -> Option<usize> {
        let lexicon = self.scan.lexicon;
        let last = &lexicon.roles[phrase.roles[phrase.roles.len() - 1] as usize];
        let weak = lexicon.class(lexicon.word(last.phrase)) & class::WEAK != 0;
        if weak && phrase.owners.is_empty() {
            return None;
        }
        let mut owners = phrase.owners.clone();
        if owners.is_empty() && self.is_of_the_focus(phrase, last) {
            owners.extend(self.focus.map(Owner::State));
        }
        let owner = owners.first().map(|owner| match owner {
            Owner::State(state) => {
                let row = &lexicon.states[*state as usize];
                (row.code, row.adjective)
            }
            Owner::Actor(actor) => {
                let row = &lexicon.actors[*actor as usize];
                (row.key.split_once(':').map_or(row.key, |key| key.1), row.name)
            }
        });
        let noun = phrase
            .roles
            .iter()
            .map(|&role| lexicon.roles[role as usize].phrase)
            .collect::<Vec<_>>()
            .join(" ");
        let (slug, adjective) = owner.unwrap_or(("", ""));
        let country = self.country(&owners);
        if let (Some(ministry), None, 1) = (ministry_of(last.phrase), &country, phrase.roles.len())
            && let Some(member) = self.last_ministry(ministry)
        {
            return Some(member);
        }
        if let (Some(ministry), Some(country)) = (ministry_of(last.phrase), &country)
            && phrase.roles.len() == 1
        {
            return Some(self.ministry_member(ministry, country));
        }
        let key = format!("role:{slug}:{}", noun.replace(' ', "-"));
        let name = format!("{adjective} {noun}").trim().to_owned();
        let sectors = self.sectors(phrase);
        Some(self.cast.member(&key, || {
            let mut member = cast::own(key.clone(), name, ActorKind::Role);
            member.actor.country = country;
            member.actor.sectors = sectors;
            member
        }))
    }

    /// "the army", "rebels" in a report about one country are that country's.
    fn is_of_the_focus(&self, phrase: &Phrase, role: &super::lexicon::Role) -> bool {
        const ELSEWHERE: &[&str] = &[
            "foreign",
            "international",
            "regional",
            "neighboring",
            "neighbouring",
            "other",
            "western",
            "global",
            "coalition",
            "allied",
        ];
        const HERE: &[&str] = &[
            "rebel",
            "rebel group",
            "rebel fighter",
            "rebel force",
            "insurgent",
            "opposition",
            "opposition activist",
            "opposition group",
            "opposition leader",
            "government forces",
            "government troops",
            "regime forces",
            "army",
            "military",
            "police",
            "riot police",
            "security forces",
            "armed forces",
            "parliament",
            "lawmaker",
            "supreme court",
            "air force",
            "president",
            "prime minister",
            "foreign minister",
            "interior minister",
            "state media",
            "state television",
            "state tv",
            "protester",
            "demonstrator",
            "civilian",
        ];
        let elsewhere = |mut words: std::ops::Range<usize>| {
            words.any(|at| {
                let word = self.scan.slice(at..at + 1);
                ELSEWHERE.iter().any(|other| word.eq_ignore_ascii_case(other))
            })
        };
        (phrase.definite || phrase.plural || role.plural)
            && HERE.contains(&role.phrase)
            && !phrase.role_words.clone().is_some_and(elsewhere)
    }

    fn ministry_member(&mut self, ministry: &str, country: &str) -> usize {
        let key = format!("org:{country}:{ministry}");
        let name = self.ministry_name(ministry, country);
        let country = country.to_owned();
        self.cast.member(&key, || {
            let mut member = cast::own(key.clone(), name, ActorKind::Organisation);
            member.actor.country = Some(country);
            member.actor.known = true;
            member.actor.sectors.push(Sector::Gov);
            member
        })
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
                matches!(member.actor.kind, ActorKind::Group | ActorKind::People)
                    || member.actor.kind == ActorKind::Role && (phrase.plural || !person)
            }
        }
    }

    fn link_appositions(&mut self) {
        for number in 0..self.phrases.len() {
            let Some(same) = self.phrases[number].same_as else { continue };
            let member = self.concluded[same].member;
            self.concluded[number].member = member;
            self.concluded[number].kind = MentionKind::Person;
        }
    }

    fn found(self) -> Found {
        let mut used = vec![false; self.cast.members.len()];
        let mut mentions = Vec::with_capacity(self.phrases.len());
        for (phrase, concluded) in self.phrases.iter().zip(&self.concluded) {
            let pronoun = concluded.form == MentionForm::Pronoun;
            if pronoun && concluded.member.is_none() {
                continue;
            }
            if let Some(member) = concluded.member {
                used[member] = true;
            }
            let actor = concluded.member.map(|member| self.cast.members[member].actor.key.clone());
            mentions.push(mention(self.scan, phrase, concluded, actor));
        }
        mentions.dedup_by(|b, a| a.id == b.id);
        Found { actors: self.cast.actors(&used), mentions }
    }
}

fn mention(
    scan: Scan<'_>,
    phrase: &Phrase,
    concluded: &Concluded,
    actor: Option<String>,
) -> Mention {
    let span = |atoms: &std::ops::Range<usize>| {
        Span::new(scan.atoms[atoms.start].start, scan.atoms[atoms.end - 1].end)
    };
    let (whole, head) = (span(&phrase.atoms), span(&phrase.head));
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

/// "the Taliban group" is the Taliban.
fn is_same_group(role: &str) -> bool {
    matches!(
        role,
        "group"
            | "movement"
            | "organization"
            | "organisation"
            | "militia"
            | "faction"
            | "party"
            | "rebel group"
            | "militant group"
            | "insurgent group"
            | "terrorist group"
            | "armed group"
            | "jihadist group"
            | "islamist group"
            | "extremist group"
            | "news agency"
            | "newspaper"
            | "broadcaster"
    )
}

fn is_anaphor(role: &str) -> bool {
    matches!(
        role,
        "group"
            | "movement"
            | "faction"
            | "organization"
            | "organisation"
            | "bloc"
            | "party"
            | "country"
            | "nation"
            | "state"
            | "ministry"
            | "agency"
            | "council"
            | "commission"
            | "committee"
    )
}

fn ministry_of(role: &str) -> Option<&'static str> {
    match role {
        "foreign ministry" => Some("foreign-ministry"),
        "defense ministry" | "defence ministry" => Some("defense-ministry"),
        "interior ministry" => Some("interior-ministry"),
        _ => None,
    }
}

/// "ministry of foreign affairs" and "foreign ministry" are one: `foreign-ministry`.
fn ministry(words: &[String]) -> Option<String> {
    words.iter().position(|word| word == "ministry")?;
    let topic: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !matches!(*word, "ministry" | "of" | "for" | "the" | "affairs" | "s"))
        .map(|word| match word {
            "defence" => "defense",
            "external" => "foreign",
            other => other,
        })
        .collect();
    (!topic.is_empty()).then(|| format!("{}-ministry", topic.join("-")))
}
