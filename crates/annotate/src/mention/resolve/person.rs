//! People: who is one, by which names, of which country and office.

use super::*;

impl Resolver<'_> {
    /// Full names first, so that a short name before the full one is resolved too.
    pub(super) fn meet_people(&mut self) {
        let mut full: Vec<usize> = (0..self.phrases.len())
            .filter(|&i| self.is_full(&self.phrases[i]) && self.is_person(&self.phrases[i]))
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
            self.note_spelling(member, phrase);
            self.cast.members[member].named += 1;
        }
    }

    /// Keeps a last name that the lexicon spells otherwise, so that it stands for the person alone too.
    fn note_spelling(&mut self, member: usize, phrase: &Phrase) {
        let folded = fold_name(self.name(phrase));
        let last = folded.rsplit(' ').next().unwrap_or_default();
        let known = &self.cast.members[member];
        if !known.words.iter().chain(&known.spelt).any(|word| word == last) {
            self.cast.members[member].spelt.push(last.to_owned());
            self.by_word.entry(last.to_owned()).or_default().push(member);
        }
    }

    /// Several words, or one with the office that the lexicon gives who is known by it: "President
    /// Norrin".
    fn is_full(&self, phrase: &Phrase) -> bool {
        let lexicon = self.scan.lexicon;
        let held = |row| {
            let role = |&role: &u32| lexicon.roles[role as usize].phrase;
            phrase.roles.iter().map(role).any(|role| cast::holds(row, role, self.when))
        };
        match phrase.naming {
            _ if phrase.head.len() > 1 => true,
            Naming::Actor(actor) => held(&lexicon.actors[actor as usize]),
            _ => false,
        }
    }

    pub(super) fn is_person(&self, phrase: &Phrase) -> bool {
        match phrase.naming {
            Naming::Actor(actor) => {
                self.scan.lexicon.actors[actor as usize].kind == ActorKind::Person
            }
            Naming::Shape(Shape::Person) => self.stays_person(phrase),
            _ => false,
        }
    }

    pub(super) fn stays_person(&self, phrase: &Phrase) -> bool {
        let votes = self.votes.get(&fold_name(self.name(phrase))).copied().unwrap_or_default();
        votes.person >= votes.place.max(votes.organisation)
    }

    pub(super) fn known(&mut self, actor: u32) -> usize {
        let (row, when) = (&self.scan.lexicon.actors[actor as usize], self.when);
        let index = self.cast.member(row.key, || cast::known(row, when));
        self.index_words(index);
        index
    }

    pub(super) fn index_words(&mut self, index: usize) {
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
    pub(super) fn full_name(&mut self, phrase: &Phrase) -> usize {
        let name = self.name(phrase).to_owned();
        let folded = fold_name(&name);
        if let Some(member) = self.within(&folded) {
            return member;
        }
        if let Some(actor) = self.misspelled(phrase, &folded) {
            return self.known(actor);
        }
        let key = format!("name:{folded}");
        let index = self.cast.member(&key, || cast::own(key.clone(), name, ActorKind::Person));
        self.index_words(index);
        index
    }

    /// A longer name of the report that has all these words, in order.
    pub(super) fn within(&self, folded: &str) -> Option<usize> {
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
    pub(super) fn misspelled(&self, phrase: &Phrase, folded: &str) -> Option<u32> {
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

    pub(super) fn country(&self, owners: &[Owner]) -> Option<String> {
        owners.iter().find_map(|owner| match owner {
            Owner::State(state) => Some(self.scan.lexicon.states[*state as usize].code.to_owned()),
            Owner::Actor(actor) => {
                let country = self.scan.lexicon.actors[*actor as usize].country;
                (!country.is_empty()).then(|| country.to_owned())
            }
        })
    }

    /// Writes into a member what a phrase says of it.
    pub(super) fn enrich(&mut self, index: usize, phrase: &Phrase) {
        let country = self.country(&phrase.owners);
        let sectors = self.sectors(phrase);
        let words = phrase.role_words.clone().map(|words| self.role_text(words, phrase));
        let female = self.female(phrase);
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

    pub(super) fn role_text(&self, words: std::ops::Range<usize>, phrase: &Phrase) -> String {
        let untitled =
            phrase.roles.iter().any(|&r| !self.scan.lexicon.roles[r as usize].only_title);
        if !untitled {
            return String::new();
        }
        let text = self.scan.slice(words);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Sectors that roles give, or else those of whom the role belongs to.
    pub(super) fn sectors(&self, phrase: &Phrase) -> Vec<Sector> {
        let mut sectors = Vec::new();
        for &role in phrase.roles.iter().rev() {
            cast::add_sectors(&mut sectors, &self.scan.lexicon.roles[role as usize].sectors);
        }
        if sectors.is_empty() {
            for &role in &phrase.body {
                cast::add_sectors(&mut sectors, &self.scan.lexicon.roles[role as usize].sectors);
            }
        }
        if self.has_left_office(phrase) && sectors.iter().any(|s| RULING.contains(s)) {
            sectors.insert(0, Sector::Eli);
        }
        for owner in &phrase.owners {
            if let Owner::Actor(actor) = owner {
                let row = &self.scan.lexicon.actors[*actor as usize];
                // Kurdish fighters are no civilians.
                if sectors.is_empty() || row.kind != ActorKind::People {
                    cast::add_sectors(&mut sectors, &row.sectors);
                }
            } else if sectors.is_empty() && !phrase.roles.is_empty() {
                sectors.push(Sector::Gov);
            }
        }
        sectors
    }

    /// "the ousted president", "a former minister".
    fn has_left_office(&self, phrase: &Phrase) -> bool {
        const LEFT: &[&str] =
            &["former", "ousted", "deposed", "toppled", "overthrown", "exiled", "onetime", "ex"];
        phrase.role_words.clone().is_some_and(|words| {
            words.into_iter().any(|at| {
                LEFT.iter().any(|left| self.scan.slice(at..at + 1).eq_ignore_ascii_case(left))
            })
        })
    }
}

/// Sectors that one who leaves office leaves.
const RULING: &[Sector] = &[Sector::Gov, Sector::Leg];
