//! One key for each actor of the story: garbled and variant spellings of one name are merged where
//! more than the letters says so.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::mention::{ActorKind, MentionForm, Sector};
use chancery_text::{RowId, Span};

use super::told::Told;
use crate::frequency;
use crate::record::{ActorMerge, Evidence};
use crate::spelling::skeleton;
use crate::words::{stem, words};

/// The actors of a story under one key each.
#[derive(Debug, Default)]
pub(super) struct Names {
    into: BTreeMap<String, String>,
    known: BTreeMap<String, Who>,
}

/// What the reports of the story say of one key.
#[derive(Debug, Clone)]
pub(super) struct Who {
    /// The name in its most reports.
    pub name: String,
    pub kind: ActorKind,
    pub country: Option<String>,
    /// Stems of the words of its roles.
    roles: BTreeSet<String>,
    /// Stems of the words of an office that has no name, without its country.
    office: BTreeSet<String>,
    /// Stems of the group that a role belongs to.
    body: BTreeSet<String>,
    /// The roles as written.
    pub stated: BTreeSet<String>,
    pub official: bool,
    lexical: bool,
    /// Reports that name it.
    reports: BTreeSet<usize>,
    /// Last parts of its full names, as the reports spell them.
    lasts: BTreeSet<String>,
    /// Its first mention by name.
    mention: Option<(usize, Span, RowId)>,
}

impl Names {
    /// The story's key of a report's key.
    pub(super) fn key<'a>(&'a self, key: &'a str) -> &'a str {
        self.into.get(key).map_or(key, String::as_str)
    }

    pub(super) fn who(&self, key: &str) -> Option<&Who> {
        self.known.get(key)
    }

    /// A name to print.
    pub(super) fn name(&self, key: &str) -> String {
        self.known.get(key).map_or_else(|| key.to_owned(), |who| who.name.clone())
    }

    /// The story's keys of some mentions of a report, sorted, each once.
    pub(super) fn keys(&self, told: &Told<'_>, mentions: &[RowId]) -> Vec<String> {
        let keys: BTreeSet<_> = mentions
            .iter()
            .filter_map(|id| told.mention(*id)?.actor.as_deref())
            .map(|key| self.key(key).to_owned())
            .collect();
        keys.into_iter().collect()
    }

    /// Whether two keys are surely two voices: two persons, or a person and an office of a country or
    /// group that he is not said to hold. A bare "the official" may be anybody, and who speaks for a
    /// body may be its member.
    pub(super) fn rivals(&self, left: &str, right: &str) -> bool {
        let (Some(a), Some(b)) = (self.who(left), self.who(right)) else { return false };
        let sure = |who: &Who| match who.kind {
            ActorKind::Person => true,
            ActorKind::Role => who.country.is_some() || !who.body.is_empty(),
            _ => false,
        };
        let person = a.kind == ActorKind::Person || b.kind == ActorKind::Person;
        let spelling = a.kind == b.kind && spelt_alike(&a.name, &b.name);
        sure(a) && sure(b) && person && !spelling && !self.compatible(left, right)
    }

    /// Whether two keys are of one country.
    pub(super) fn compatriots(&self, left: &str, right: &str) -> bool {
        let country = |key: &str| self.who(key).and_then(|who| who.country.clone());
        country(left).is_some() && country(left) == country(right)
    }

    /// Whether two keys can stand for one actor: the same, or a state and one who acts for it.
    pub(super) fn compatible(&self, left: &str, right: &str) -> bool {
        if left == right {
            return true;
        }
        let (Some(a), Some(b)) = (self.who(left), self.who(right)) else { return false };
        let people = |a: &Who, b: &Who| {
            a.kind == ActorKind::People
                && b.kind == ActorKind::State
                && a.country.is_some()
                && a.country == b.country
        };
        stands_for(a, b)
            || stands_for(b, a)
            || described(a, b)
            || described(b, a)
            || people(a, b)
            || people(b, a)
    }
}

/// Stems of what anybody in office may be called.
const ANYONE: &[&str] = &["authority", "official"];

/// Whether a role without a name may be what a named person is: "the Chinese foreign minister" and
/// Wang Yi, "the Taliban delegation" and its head. A bare "the ambassador" may be anybody's.
fn described(role: &Who, person: &Who) -> bool {
    if role.kind != ActorKind::Role || !matches!(person.kind, ActorKind::Person | ActorKind::Role) {
        return false;
    }
    // "Chinese" alone does not make the spokesperson the minister.
    let words = &role.office;
    let anyone = |stem: &String| ANYONE.contains(&stem.as_str());
    if role.country.is_some() && role.country == person.country && words.iter().all(anyone) {
        return person.kind == ActorKind::Person && person.official && !words.is_empty();
    }
    let shared = words.intersection(&person.roles).count();
    let same_country = role.country.is_some() && role.country == person.country;
    let same_body = !role.body.is_empty()
        && (role.body == person.body || role.body.iter().all(|stem| person.roles.contains(stem)));
    // A minister may be the foreign minister.
    let wider = person.kind == ActorKind::Role && words.is_subset(&person.office);
    let fits = 0 < shared && words.len() <= shared + 1 || wider && !words.is_empty();
    (same_country && fits) || same_body
}

/// The office that a role's key names last: `role:CHN:foreign-minister`.
fn office(key: &str) -> BTreeSet<String> {
    let mut parts = key.split(':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("role"), Some(_), Some(office)) => stems(&office.replace('-', " ")),
        _ => BTreeSet::new(),
    }
}

/// The group that a role belongs to, as its key says: `role:taliban:delegation`.
fn body(key: &str) -> BTreeSet<String> {
    let mut parts = key.split(':');
    let group = match (parts.next(), parts.next(), parts.next()) {
        (Some("role"), Some(group), Some(_)) => group,
        _ => return BTreeSet::new(),
    };
    if group.chars().any(char::is_uppercase) {
        BTreeSet::new()
    } else {
        stems(&group.replace('-', " "))
    }
}

/// Whether `agent` acts for `body`: the minister for the state, the spokesman for the group.
fn stands_for(body: &Who, agent: &Who) -> bool {
    let acts = matches!(agent.kind, ActorKind::Person | ActorKind::Organisation | ActorKind::Role);
    match body.kind {
        ActorKind::State => {
            acts && agent.official && body.country.is_some() && body.country == agent.country
        }
        ActorKind::Group | ActorKind::Organisation => {
            let acts = matches!(agent.kind, ActorKind::Person | ActorKind::Role);
            let name: Vec<_> = stems(&body.name).into_iter().collect();
            let named = stems(&agent.name);
            let called = |stem: &String| {
                agent.roles.contains(stem)
                    || (agent.kind == ActorKind::Role && named.contains(stem))
            };
            acts && !name.is_empty() && name.iter().all(called)
        }
        ActorKind::Person | ActorKind::People | ActorKind::Role => false,
    }
}

/// Collects the actors and merges those that are one.
pub(super) fn find(told: &[Told<'_>]) -> (Names, Vec<ActorMerge>) {
    let mut known = collect(told);
    let mut merges: Vec<ActorMerge> = Vec::new();
    let mut into = BTreeMap::new();
    for (left, right) in candidates(&known) {
        let (Some(a), Some(b)) = (known.get(&left), known.get(&right)) else { continue };
        let Some(reason) = one(a, b) else { continue };
        let (kept, dropped) =
            if rank(&left, a) <= rank(&right, b) { (left, right) } else { (right, left) };
        merges.push(merge(told, &known, &dropped, &kept, reason));
        unite(&mut known, &dropped, &kept);
        into.insert(dropped, kept);
    }
    for (short, full, reason) in last_names(&known) {
        merges.push(merge(told, &known, &short, &full, reason));
        unite(&mut known, &short, &full);
        into.insert(short, full);
    }
    let resolved = into.keys().map(|key| (key.clone(), last(&into, key))).collect();
    merges.sort();
    (Names { into: resolved, known }, merges)
}

/// Gives all that is said of one key to another.
fn unite(known: &mut BTreeMap<String, Who>, dropped: &str, kept: &str) {
    let gone = known.remove(dropped);
    if let (Some(who), Some(gone)) = (known.get_mut(kept), gone) {
        who.reports.extend(gone.reports);
        who.roles.extend(gone.roles);
        who.stated.extend(gone.stated);
        who.official |= gone.official;
        who.lasts.extend(gone.lasts);
        who.country = who.country.take().or(gone.country);
    }
}

/// Persons whom their reports call by a last name alone, with the one person of the story who has it.
fn last_names(known: &BTreeMap<String, Who>) -> Vec<(String, String, String)> {
    let mut full: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    let mut short = Vec::new();
    for (key, who) in known.iter().filter(|(_, who)| who.kind == ActorKind::Person) {
        match named_parts(&who.name).as_slice() {
            [name] if !who.lexical => short.push((key, name.clone())),
            _ => {}
        }
        for last in &who.lasts {
            full.entry(last.clone()).or_default().push(key);
        }
    }
    let one = |(key, name): (&String, String)| {
        let [bearer] = full.get(&name)?.as_slice() else { return None };
        let (short, full) = (&known[key], &known[*bearer]);
        let clash = matches!((&short.country, &full.country), (Some(a), Some(b)) if a != b);
        let reason = format!(
            "“{}” is the last name of one person of these reports, “{}”",
            short.name, full.name
        );
        let apart = short.reports.is_disjoint(&full.reports) && !clash;
        apart.then(|| (key.clone(), (*bearer).clone(), reason))
    };
    short.into_iter().filter_map(one).collect()
}

fn last(into: &BTreeMap<String, String>, key: &str) -> String {
    let mut key = key;
    while let Some(next) = into.get(key) {
        key = next;
    }
    key.to_owned()
}

/// The kept key: the lexicon's first, then the one that more reports use, then by letters.
fn rank<'a>(key: &'a str, who: &Who) -> (bool, std::cmp::Reverse<usize>, &'a str) {
    (!who.lexical, std::cmp::Reverse(who.reports.len()), key)
}

fn collect(told: &[Told<'_>]) -> BTreeMap<String, Who> {
    let mut known: BTreeMap<String, Who> = BTreeMap::new();
    let mut names: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (at, told) in told.iter().enumerate() {
        for actor in &told.reading.observed.actors {
            *names.entry(&actor.key).or_default().entry(&actor.name).or_default() += 1;
            let who = known.entry(actor.key.clone()).or_insert_with(|| Who {
                name: String::new(),
                kind: actor.kind,
                country: None,
                roles: BTreeSet::new(),
                office: office(&actor.key),
                body: body(&actor.key),
                stated: BTreeSet::new(),
                official: false,
                lexical: actor.known,
                reports: BTreeSet::new(),
                lasts: BTreeSet::new(),
                mention: None,
            });
            let mut parts = named_parts(&actor.name);
            who.lasts.extend(parts.pop().filter(|_| !parts.is_empty()));
            who.country = who.country.take().or_else(|| actor.country.clone());
            who.roles.extend(actor.roles.iter().flat_map(|role| stems(role)));
            who.stated.extend(actor.roles.iter().cloned());
            who.official |= actor.sectors.iter().any(|sector| {
                matches!(
                    sector,
                    Sector::Gov | Sector::Mil | Sector::Leg | Sector::Eli | Sector::Spy
                )
            });
            who.official |= actor.roles.iter().any(|role| official(role));
            who.reports.insert(at);
        }
        for mention in &told.reading.observed.mentions {
            if let Some(who) = mention.actor.as_ref().and_then(|key| known.get_mut(key)) {
                let named = mention.form == MentionForm::Name;
                if who.mention.is_none() && named {
                    who.mention = Some((at, mention.span, mention.id));
                }
                if named && who.kind == ActorKind::Person {
                    let mut parts = named_parts(told.slice(mention.head_span));
                    who.lasts.extend(parts.pop().filter(|_| !parts.is_empty()));
                }
            }
        }
    }
    for (key, names) in names {
        let best =
            names.into_iter().max_by_key(|(name, n)| (*n, name.len(), std::cmp::Reverse(*name)));
        if let (Some((name, _)), Some(who)) = (best, known.get_mut(key)) {
            who.name = name.to_owned();
        }
    }
    known
}

fn official(role: &str) -> bool {
    let offices = [
        "minister",
        "president",
        "ambassador",
        "spokes",
        "secretary",
        "envoy",
        "premier",
        "govern",
        "chief",
        "official",
    ];
    let role = role.to_lowercase();
    offices.iter().any(|office| role.contains(office))
        && !role.contains("former")
        && !role.starts_with("ex-")
}

fn stems(text: &str) -> BTreeSet<String> {
    words(text, Span::of(0..text.len()))
        .iter()
        .filter(|word| frequency::content(&word.norm) && !word.number)
        .map(|word| stem(&word.norm).to_owned())
        .collect()
}

/// Pairs of persons whose names may be one name, sorted: they share a word or a skeleton.
fn candidates(known: &BTreeMap<String, Who>) -> BTreeSet<(String, String)> {
    let mut blocks: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for (key, who) in known.iter().filter(|(_, who)| who.kind == ActorKind::Person) {
        let parts = parts(&who.name);
        let keys: BTreeSet<_> = parts.iter().flat_map(|part| block_keys(part)).collect();
        keys.into_iter().for_each(|block| blocks.entry(block).or_default().push(key));
    }
    let mut pairs = BTreeSet::new();
    for keys in blocks.values().filter(|keys| keys.len() <= 64) {
        for (at, left) in keys.iter().enumerate() {
            pairs.extend(keys[at + 1..].iter().map(|right| ((*left).clone(), (*right).clone())));
        }
    }
    pairs
}

/// A name part's skeleton, and its skeleton without each one consonant, so that one slip still
/// meets.
fn block_keys(part: &str) -> Vec<String> {
    let skeleton: Vec<char> = skeleton(part).chars().collect();
    let without = |skip: usize| {
        skeleton.iter().enumerate().filter(|(at, _)| *at != skip).map(|(_, c)| *c).collect()
    };
    let mut keys: Vec<String> = vec![skeleton.iter().collect()];
    if 3 <= skeleton.len() {
        keys.extend((0..skeleton.len()).map(without));
    }
    keys
}

fn parts(name: &str) -> Vec<String> {
    words(name, Span::of(0..name.len())).into_iter().map(|word| word.norm).collect()
}

/// Why two persons are one, as a plain sentence; `None` if nothing but letters says so.
fn one(left: &Who, right: &Who) -> Option<String> {
    let together = !left.reports.is_disjoint(&right.reports);
    let clash = matches!((&left.country, &right.country), (Some(a), Some(b)) if a != b);
    if together || clash {
        return None;
    }
    // A well-known man and his son both have a name of their own.
    let generations = generation(&left.name) == generation(&right.name);
    let told_apart = (left.lexical || right.lexical) && !generations;
    if told_apart {
        return None;
    }
    if but_for_an_initial(&left.name, &right.name) {
        let (a, b) = (&left.name, &right.name);
        return Some(format!("“{a}” and “{b}” are one name but for an initial or “Jr.”"));
    }
    if !spelt_alike(&left.name, &right.name) {
        return None;
    }
    let shared: Vec<_> = left.roles.intersection(&right.roles).cloned().collect();
    let compatriots = left.country.is_some() && left.country == right.country;
    let told = || {
        left.stated
            .iter()
            .chain(&right.stated)
            .find(|role| stems(role).iter().any(|s| shared.contains(s)))
    };
    let role = match shared.len() {
        0 => return None,
        1 if !compatriots && !distinctive(&shared[0]) => return None,
        _ => told()?,
    };
    Some(format!(
        "“{}” and “{}” are spelt alike and both are called “{role}”",
        left.name, right.name
    ))
}

/// Whether two full names differ only in an initial or in "Jr." that one of them lacks: "Pavel T. Norrin".
/// A father and a son whom one report names are kept apart as two names of one report.
fn but_for_an_initial(left: &str, right: &str) -> bool {
    let initials = |name: &str| {
        let all = parts(name).into_iter();
        all.filter(|part| part.chars().count() == 1).collect::<Vec<_>>()
    };
    let whole = |name: &str| {
        let mut parts = named_parts(name);
        parts.retain(|part| 1 < part.chars().count());
        parts
    };
    let numbers = (generation(left), generation(right));
    whole(left) == whole(right)
        && 1 < whole(left).len()
        && (initials(left).is_empty() || initials(right).is_empty())
        && (numbers.0.is_none() || numbers.1.is_none() || numbers.0 == numbers.1)
}

/// What tells a son from his father at the end of a name.
const GENERATIONS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

fn generation(name: &str) -> Option<String> {
    parts(name).pop().filter(|part| GENERATIONS.contains(&part.as_str()))
}

/// The parts of a name without "Jr.".
fn named_parts(name: &str) -> Vec<String> {
    let mut parts = parts(name);
    if 1 < parts.len() && generation(name).is_some() {
        parts.pop();
    }
    parts
}

/// Whether one role word alone says who is meant: a name such as "Taliban", not "minister".
fn distinctive(stem: &str) -> bool {
    7.0 <= frequency::rarity(stem)
}

/// Whether the last names are one name spelt in two ways, and no given name speaks against it.
pub(super) fn spelt_alike(left: &str, right: &str) -> bool {
    let (left, right) = (parts(left), parts(right));
    let (Some(a), Some(b)) = (left.last(), right.last()) else { return false };
    if !part_alike(a, b) {
        return false;
    }
    let (a, b) = (&left[..left.len() - 1], &right[..right.len() - 1]);
    let (fewer, more) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    fewer.iter().all(|part| more.iter().any(|other| given_alike(part, other)))
}

fn given_alike(left: &str, right: &str) -> bool {
    let initial = left.chars().count() == 1 || right.chars().count() == 1;
    (initial && left.chars().next() == right.chars().next()) || part_alike(left, right)
}

fn part_alike(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    let longest = left.chars().count().max(right.chars().count());
    let skeletons = (skeleton(left), skeleton(right));
    let sound = 2 <= skeletons.0.len() && skeletons.0 == skeletons.1;
    let slips = if longest < 5 {
        0
    } else if longest < 9 {
        1
    } else {
        2
    };
    sound || distance(left, right) <= slips
}

/// Levenshtein distance in characters; names are short.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().take(40).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let change = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}

fn merge(
    told: &[Told<'_>],
    known: &BTreeMap<String, Who>,
    dropped: &str,
    kept: &str,
    reason: String,
) -> ActorMerge {
    let mut evidence: Vec<Evidence> = [dropped, kept]
        .into_iter()
        .filter_map(|key| known.get(key)?.mention)
        .map(|(at, span, id)| told[at].evidence(span, "mention", Some(id)))
        .collect();
    evidence.sort();
    ActorMerge { from: dropped.to_owned(), into: kept.to_owned(), reason, evidence }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn merged(readings: [Sample; 2]) -> Vec<(String, String)> {
        let readings = readings.map(Sample::reading);
        let told: Vec<_> = readings.iter().map(Told::new).collect();
        find(&told).1.into_iter().map(|merge| (merge.from, merge.into)).collect()
    }

    #[test]
    fn a_garbled_name_with_the_same_office_is_merged_into_the_known_one() {
        let left = Sample::new("Secretary Pavel Norrin spoke.").person(
            "Pavel Norrin",
            "person:pavel-norrin",
            "RUV",
            "Ruvanian Foreign Secretary",
        );
        let right = Sample::new("Secretary Pawel Lorrin spoke too.").person(
            "Pawel Lorrin",
            "name:pawel lorrin",
            "RUV",
            "Foreign Secretary of Ruvania",
        );
        let pair = ("name:pawel lorrin".to_owned(), "person:pavel-norrin".to_owned());
        assert_eq!(merged([left, right]), [pair]);
    }

    #[test]
    fn a_like_name_without_a_like_role_is_kept_apart() {
        let left = Sample::new("Pavel Norrin spoke.").person(
            "Pavel Norrin",
            "name:pavel norrin",
            "",
            "striker",
        );
        let right = Sample::new("Pavel Norrim spoke too.").person(
            "Pavel Norrim",
            "name:pavel norrim",
            "",
            "judge",
        );
        assert_eq!(merged([left, right]), []);
    }

    #[test]
    fn a_middle_initial_makes_no_other_person() {
        assert!(but_for_an_initial("Pavel T. Norrin", "Pavel Norrin"));
        assert!(!but_for_an_initial("Pavel T. Norrin", "Pavel R. Norrin"));
        assert!(!but_for_an_initial("P. Norrin", "Norrin"));
        assert!(but_for_an_initial("Pavel T. Norrin III", "Pavel Norrin"));
        assert!(!but_for_an_initial("Pavel Norrin Jr.", "Pavel Norrin Sr."));
    }

    #[test]
    fn the_son_of_a_known_man_is_not_the_father_across_reports() {
        let known = Sample::new("Pavel Norrin spoke.").person(
            "Pavel Norrin",
            "person:pavel-norrin",
            "RUV",
            "president",
        );
        let son = |key| {
            Sample::new("Pavel Norrin Jr. spoke.").person("Pavel Norrin Jr.", key, "", "president")
        };
        assert_eq!(merged([known, son("name:pavel norrin jr")]), []);
        let unknown =
            Sample::new("Pavel Norrin spoke.").person("Pavel Norrin", "name:pavel norrin", "", "");
        assert_eq!(merged([unknown, son("name:pavel norrin jr")]).len(), 1);
    }

    #[test]
    fn a_last_name_alone_is_the_one_person_of_the_story_who_has_it() {
        let short = || Sample::new("Norrin spoke.").person("Norrin", "name:norrin", "", "");
        let full = |first: &str| {
            let (name, key) = (format!("{first} Norrin"), format!("name:{first} norrin"));
            Sample::new(&format!("{name} spoke.")).person(&name, &key, "", "")
        };
        let pair = ("name:norrin".to_owned(), "name:Pavel norrin".to_owned());
        assert_eq!(merged([short(), full("Pavel")]), [pair]);
        let both = Sample::new("Pavel Norrin met Anna Norrin.")
            .person("Pavel Norrin", "name:pavel norrin", "", "")
            .person("Anna Norrin", "name:anna norrin", "", "");
        assert_eq!(merged([short(), both]), []);
    }

    #[test]
    fn two_names_of_one_report_are_two_people() {
        let both = Sample::new("Ministers Pavel Norrin and Pavel Lorrin spoke.")
            .person("Pavel Norrin", "name:pavel norrin", "RUV", "foreign minister")
            .person("Pavel Lorrin", "name:pavel lorrin", "RUV", "foreign minister");
        assert_eq!(merged([both, Sample::new("Nobody.")]), []);
    }

    #[test]
    fn transliterations_are_spelt_alike() {
        assert!(spelt_alike("Mohamed Naim", "Mohammad Naeem"));
        assert!(!spelt_alike("Wang Yi", "Wang Yu") || part_alike("yi", "yu"));
        assert!(!part_alike("yi", "yu"));
    }

    #[test]
    fn an_office_of_the_same_country_is_no_other_office() {
        assert_eq!(office("role:RUV:foreign-minister"), stems("foreign minister"));
        assert!(!office("role:RUV:spokesperson").contains("ruvanian"));
    }
}
