//! Mentions by role: "the foreign minister", "the group", "the government".

use std::collections::BTreeMap;

use super::*;
use crate::mention::phrase::is_government;

/// Offices that one person of a country holds at a time.
pub(super) const HELD_BY_ONE: &[&str] = &[
    "president",
    "prime minister",
    "premier",
    "chancellor",
    "foreign minister",
    "foreign secretary",
    "secretary of state",
    "defense minister",
    "defence minister",
    "defense secretary",
    "defence secretary",
    "vice president",
    "king",
    "emir",
    "crown prince",
    "supreme leader",
];

/// Those who fight a government.
const REBELS: [&str; 3] = ["rebel", "insurgent", "guerrilla"];

/// A group named so many times as often as any other is the one that a report is about.
const IN_PASSING: usize = 3;

impl Resolver<'_> {
    pub(super) fn role(&mut self, number: usize, phrase: &Phrase) -> Concluded {
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
        self.arm(number, phrase);
        if let Some(member) = self.only_group(number, phrase, last.phrase) {
            return somebody(member, "role", MentionKind::Organisation, form);
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
            && let Some(member) = self.so_called(phrase).or_else(|| self.holder(phrase))
        {
            return somebody(member, "role", MentionKind::Person, form);
        }
        match self.role_actor(phrase) {
            Some(member) => somebody(member, "role", kind, form),
            None => Concluded { member: None, basis: "role", kind, form },
        }
    }

    /// "the Afghan government", "Chinese authorities", "the Chinese people".
    pub(super) fn government(&mut self, phrase: &Phrase, role: &str) -> Option<usize> {
        let plain = phrase.definite
            && phrase.role_words.as_ref().is_some_and(|words| words.len() == 1)
            && matches!(role, "government" | "regime" | "authority");
        let state = match phrase.owners.first().copied() {
            Some(Owner::State(state)) => state,
            Some(Owner::Actor(actor)) => self.governed_by(actor, role)?,
            None => self.focus.filter(|_| plain)?,
        };
        match role {
            "government" | "regime" | "administration" | "leadership" | "authority"
            | "monarchy" => (phrase.roles.len() == 1).then(|| self.state_member(state)),
            // "his country", "the nation of Ruvania"; a neighbouring country is another.
            "country" | "nation" if !phrase.plural => {
                let bare = phrase.role_words.as_ref().is_some_and(|words| words.len() == 1);
                (bare && phrase.roles.len() == 1).then(|| self.state_member(state))
            }
            "people" | "citizen" | "national" | "population" | "public" => {
                Some(self.people_member(state))
            }
            _ => None,
        }
    }

    /// The state of "the Norrin administration".
    fn governed_by(&self, actor: u32, role: &str) -> Option<u32> {
        let row = &self.scan.lexicon.actors[actor as usize];
        let governs = row.kind == ActorKind::Person && is_government(role);
        self.scan.lexicon.state(row.country).filter(|_| governs)
    }

    /// "the group", "the spokeswoman": the last one named that fits.
    pub(super) fn anaphor(&self, number: usize, phrase: &Phrase, role: &str) -> Option<usize> {
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
    pub(super) fn country_spoken_of(&self, number: usize, phrase: &Phrase) -> Option<usize> {
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
    pub(super) fn group_spoken_of(&self, number: usize, phrase: &Phrase) -> Option<usize> {
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

    /// "the rebels", "insurgent leaders", in a report that has named one armed group and no other, and it
    /// more than once. Others may be named in passing, but not of what is called militants: that is said of
    /// all of them.
    fn only_group(&self, number: usize, phrase: &Phrase, role: &str) -> Option<usize> {
        const OF_IT: [&str; 7] =
            ["leader", "commander", "fighter", "force", "forces", "official", "soldier"];
        let (first, rest) = role.split_once(' ').unwrap_or((role, ""));
        let rebels = REBELS.contains(&first) && (rest.is_empty() || OF_IT.contains(&rest));
        let armed = rebels || matches!(role, "militant" | "jihadist");
        let known = phrase.definite || !rest.is_empty();
        let bare = phrase.plural && known && phrase.owners.is_empty();
        if !armed || !bare || phrase.roles.len() != 1 {
            return None;
        }
        let is_group = |member: &usize| {
            let actor = &self.cast.members[*member].actor;
            actor.kind == ActorKind::Group && actor.sectors.contains(&Sector::Reb)
        };
        let named = self.concluded[..number].iter().filter(|it| it.form == MentionForm::Name);
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for member in named.filter_map(|it| it.member).filter(is_group) {
            *counts.entry(member).or_default() += 1;
        }
        let (member, most) = counts.iter().max_by_key(|(_, count)| **count)?;
        let others = counts.iter().filter(|(other, _)| *other != member).map(|(_, count)| *count);
        let next = others.max().unwrap_or(0);
        let alone = next == 0 && 1 < *most;
        let chief = rebels && 0 < next && IN_PASSING * next <= *most;
        (alone || chief).then_some(*member)
    }

    /// "fighters of the Tesk Front": a body that has fighters is an armed group, whatever its name says.
    pub(super) fn arm(&mut self, number: usize, phrase: &Phrase) {
        let of = |&role: &u32| {
            let role = self.scan.lexicon.roles[role as usize].phrase;
            REBELS.contains(&role) || matches!(role, "fighter" | "militant" | "gunman")
        };
        if !phrase.roles.iter().any(of) {
            return;
        }
        let inside = |at: &usize| {
            let atoms = &self.phrases[*at].atoms;
            phrase.atoms.start < atoms.start && atoms.end == phrase.atoms.end
        };
        let Some(body) = (number.saturating_sub(3)..number).rev().find(inside) else { return };
        let Some(member) = self.concluded[body].member else { return };
        let actor = &mut self.cast.members[member].actor;
        if actor.kind == ActorKind::Organisation && !actor.known && actor.sectors.is_empty() {
            actor.kind = ActorKind::Group;
            actor.sectors.push(Sector::Reb);
        }
    }

    /// The lexicon's people whom the report names and who held the office.
    pub(super) fn named_holder(&self, country: &str, role: &str) -> Option<usize> {
        let lexicon = self.scan.lexicon;
        let mut holders = lexicon.people_of(country).filter_map(|actor| {
            let row = &lexicon.actors[actor as usize];
            let index = self.cast.index(row.key)?;
            cast::holds(row, role, self.when).then_some(index)
        });
        let first = holders.next()?;
        holders.next().is_none().then_some(first)
    }

    /// The person last named of those whom the report calls by just these words: "the former head of the
    /// bank", after "Pavel Norrin, the former head of the bank".
    fn so_called(&self, phrase: &Phrase) -> Option<usize> {
        let words = fold_name(&self.role_text(phrase.role_words.clone()?, phrase));
        let called = |member: &&cast::Member| {
            member.actor.kind == ActorKind::Person
                && member.actor.roles.iter().any(|role| fold_name(role) == words)
        };
        let found = self.cast.members.iter().filter(called).max_by_key(|member| member.last)?;
        self.cast.index(&found.actor.key)
    }

    /// "the Ruvanian leader": the one whom the report names of those who lead the country.
    fn named_leader(&self, country: &str, role: &str) -> Option<usize> {
        const LEADERS: &[&str] = &["leader", "dictator", "ruler", "strongman", "head of state"];
        const OFFICES: &[&str] =
            &["supreme leader", "president", "prime minister", "chancellor", "king"];
        let leads = LEADERS.contains(&role);
        OFFICES.iter().filter(|_| leads).find_map(|office| self.named_holder(country, office))
    }

    /// Who held the office: somebody the report has given the role, or the lexicon at its date.
    pub(super) fn holder(&mut self, phrase: &Phrase) -> Option<usize> {
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
        let in_report = in_report
            .or_else(|| self.named_holder(&country, roles[0]))
            .or_else(|| self.named_leader(&country, roles[0]));
        if in_report.is_some() {
            return in_report;
        }
        let unique = HELD_BY_ONE.contains(&roles[0]);
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

    pub(super) fn mentions_former(&self, phrase: &Phrase) -> bool {
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
    pub(super) fn role_actor(&mut self, phrase: &Phrase) -> Option<usize> {
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
    pub(super) fn is_of_the_focus(
        &self,
        phrase: &Phrase,
        role: &crate::mention::lexicon::Role,
    ) -> bool {
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

    pub(super) fn ministry_member(&mut self, ministry: &str, country: &str) -> usize {
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
}

/// "the Taliban group" is the Taliban.
pub(super) fn is_same_group(role: &str) -> bool {
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

pub(super) fn is_anaphor(role: &str) -> bool {
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

pub(super) fn ministry_of(role: &str) -> Option<&'static str> {
    match role {
        "foreign ministry" => Some("foreign-ministry"),
        "defense ministry" | "defence ministry" => Some("defense-ministry"),
        "interior ministry" => Some("interior-ministry"),
        _ => None,
    }
}

/// "ministry of foreign affairs" and "foreign ministry" are one: `foreign-ministry`.
pub(super) fn ministry(words: &[String]) -> Option<String> {
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
