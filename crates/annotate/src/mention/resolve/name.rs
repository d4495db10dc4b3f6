//! Names of the lexicon, of states and peoples, and of bodies.

use super::role::ministry;
use super::*;

impl Resolver<'_> {
    pub(super) fn lexicon_actor(&mut self, actor: u32, phrase: &Phrase) -> Concluded {
        let row = &self.scan.lexicon.actors[actor as usize];
        let person = row.kind == ActorKind::Person;
        if person && phrase.head.len() == 1 {
            let word = fold_name(self.name(phrase));
            let in_office = !self.when.is_open() && cast::is_in_office(row, self.when);
            let bearer = self.by_short_name(&word, phrase);
            // "Norrin" is who rules now, not the father whom the report also names.
            if let Some(member) = bearer.filter(|&member| !(in_office && self.has_left(member))) {
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

    /// Whether a member is of the lexicon and out of every office when the report was written.
    fn has_left(&self, member: usize) -> bool {
        let (actor, lexicon) = (&self.cast.members[member].actor, self.scan.lexicon);
        let country = actor.country.as_deref().filter(|_| actor.known).unwrap_or_default();
        let mut rows = lexicon.people_of(country).map(|row| &lexicon.actors[row as usize]);
        let row = rows.find(|row| row.key == actor.key);
        row.is_some_and(|row| !cast::is_in_office(row, self.when))
    }

    pub(super) fn state(&mut self, state: u32, form: MentionForm, kind: MentionKind) -> Concluded {
        somebody(self.state_member(state), "lexicon", kind, form)
    }

    pub(super) fn state_member(&mut self, state: u32) -> usize {
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

    pub(super) fn people(&mut self, state: u32) -> Concluded {
        let member = self.people_member(state);
        somebody(member, "lexicon", MentionKind::People, MentionForm::Name)
    }

    pub(super) fn people_member(&mut self, state: u32) -> usize {
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
    pub(super) fn place_or_person(&mut self, phrase: &Phrase) -> Concluded {
        let start = phrase.head.start;
        let located =
            start > 0 && self.scan.is(start - 1, class::LOCATIVE) && self.scan.joins(start);
        let folded = fold_name(self.name(phrase));
        let member = self.by_short_name(&folded, phrase).filter(|_| !located);
        match member {
            Some(member) => somebody(member, "short-name", MentionKind::Person, MentionForm::Name),
            None => nobody(MentionKind::Place),
        }
    }

    /// Who a surname alone stands for: of those who bear it, the one that the report names most in full
    /// or that is known, then the last one named; "Mr." is no woman.
    pub(super) fn by_short_name(&self, word: &str, phrase: &Phrase) -> Option<usize> {
        let members = self.by_word.get(word)?;
        let female = self.female(phrase);
        let fits = |&&index: &&usize| {
            let member = &self.cast.members[index];
            let words = &member.words;
            let clash = matches!((member.female, female), (Some(a), Some(b)) if a != b);
            // By the first name only those who were named before, or whose family name it is.
            let first = words[0] == word && (member.last.is_some() || family_first(member));
            !clash
                && words.len() > 1
                && (words.last().is_some_and(|w| w == word)
                    || first
                    || words.len() > 2
                    || member.spelt.iter().any(|last| last == word))
        };
        let surname = |index: &usize| {
            let member = &self.cast.members[*index];
            let end = if family_first(member) { member.words.first() } else { member.words.last() };
            let weight = member.named + 2 * usize::from(member.actor.known);
            (end.is_some_and(|w| w == word), weight, member.last, std::cmp::Reverse(*index))
        };
        members.iter().filter(fits).copied().max_by_key(surname)
    }

    /// Whether the words before a name say that it is a woman's: "Mrs.", "spokesman".
    pub(super) fn female(&self, phrase: &Phrase) -> Option<bool> {
        phrase.roles.iter().find_map(|&role| self.scan.lexicon.roles[role as usize].female)
    }

    pub(super) fn note_acronym(&mut self, phrase: &Phrase, member: usize) {
        let end = phrase.atoms.end;
        let Some(atom) = self.scan.atoms.get(end) else { return };
        let defines = atom.after(crate::mention::atom::before::OPEN)
            || atom.after(crate::mention::atom::before::COMMA)
                && self.scan.slice(end..end + 1) == "or";
        let at = if atom.after(crate::mention::atom::before::OPEN) { end } else { end + 1 };
        let Some(acronym) = self.scan.atoms.get(at) else { return };
        if defines && acronym.is(crate::mention::atom::shape::ALL_CAPITALS) {
            self.acronyms.insert(fold_name(self.scan.slice(at..at + 1)), member);
        }
    }

    pub(super) fn shape(&mut self, shape: Shape, phrase: &Phrase) -> Concluded {
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
            // A report may have no more than a last name, but not by a slip of the model.
            Shape::Unknown if 1 < votes.surname && votes.place + votes.organisation == 0 => {
                Shape::Person
            }
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
    pub(super) fn single(&mut self, shape: Shape, phrase: &Phrase, folded: &str) -> Concluded {
        if let Some(member) = self.by_short_name(folded, phrase) {
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
    pub(super) fn by_role_and_name(&self, phrase: &Phrase, folded: &str) -> Option<u32> {
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
    pub(super) fn body(&mut self, phrase: &Phrase, name: &str, folded: &str) -> usize {
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
    pub(super) fn last_ministry(&self, ministry: &str) -> Option<usize> {
        self.concluded.iter().rev().take(200).find_map(|concluded| {
            let member = concluded.member?;
            let key = &self.cast.members[member].actor.key;
            let rest = key.strip_prefix("org:")?.split_once(':')?.1;
            (rest == ministry).then_some(member)
        })
    }

    pub(super) fn ministry_name(&self, ministry: &str, country: &str) -> String {
        let adjective = self
            .scan
            .lexicon
            .state(country)
            .map_or(country, |state| self.scan.lexicon.states[state as usize].adjective);
        format!("{adjective} {}", ministry.replace('-', " "))
    }

    /// The country that a body's name gives, and its folded words without it.
    pub(super) fn body_words(&self, phrase: &Phrase) -> (Option<String>, Vec<String>) {
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

    pub(super) fn state_named(&self, atoms: std::ops::Range<usize>) -> Option<u32> {
        use crate::mention::lexicon::Sense;
        let mut node = 0;
        let capitals =
            |atom: &crate::mention::atom::Atom| atom.is(crate::mention::atom::shape::ALL_CAPITALS);
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

    pub(super) fn body_sectors(&self, phrase: &Phrase) -> Vec<Sector> {
        let mut sectors = Vec::new();
        for at in phrase.head.clone().rev() {
            if self.scan.is(at, class::HEAD) {
                let word = self.scan.atoms[at].word;
                cast::add_sectors(&mut sectors, self.scan.lexicon.head_sectors(word));
            }
        }
        sectors
    }
}

/// Whether a person's family name comes first.
fn family_first(member: &cast::Member) -> bool {
    let country = member.actor.country.as_deref().unwrap_or_default();
    matches!(country, "CHN" | "KOR" | "PRK" | "TWN" | "VNM" | "HKG" | "KHM")
}
