//! Happenings: event mentions of one act, from all reports, merged.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::event::{Event as Told1, EventType, Status};
use chancery_annotate::mention::ActorKind;
use chancery_annotate::place::PlaceKind;
use chancery_text::{Interval, Kind, RowId};

use super::actors::Names;
use super::told::{Told, listed};
use super::{Case, made_of};
use crate::record::Event;
use crate::words::stem;

/// Clusters under one key that a mention is compared with.
const NEAR: usize = 64;

/// An event and the mentions it was made of.
pub(super) struct Happening {
    pub row: Event,
    pub members: Vec<Member>,
}

/// One mention, with what comparison looks at.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Index of the report.
    pub report: usize,
    /// Index of the event among the report's.
    pub event: usize,
    pub id: RowId,
    pub plover: EventType,
    pub status: Status,
    pub sources: Vec<String>,
    pub targets: Vec<String>,
    pub place: Option<(String, String)>,
    place_kind: Option<PlaceKind>,
    pub when: Interval,
    /// Stem of the trigger's first word.
    pub trigger: String,
    /// Stems of the clause's content words.
    pub content: BTreeSet<u64>,
}

impl Member {
    fn same_trigger(&self, other: &Self) -> bool {
        !self.trigger.is_empty() && self.trigger == other.trigger
    }

    /// Words of content in both clauses, and their share of the shorter one.
    pub(super) fn shares(&self, other: &Member) -> (usize, f64) {
        let shared = self.content.intersection(&other.content).count();
        let shorter = self.content.len().min(other.content.len()).max(1);
        (shared, shared as f64 / shorter as f64)
    }
}

/// Events, sorted by id.
pub(super) fn find(case: Case<'_>) -> Vec<Happening> {
    let members = members(case.told, case.names);
    let mut happenings: Vec<_> =
        clusters(case, members).into_iter().map(|members| happening(case, members)).collect();
    happenings.sort_by_key(|happening| happening.row.id);
    happenings
}

/// Every event mention of the story, the fullest first.
pub(super) fn members(told: &[Told<'_>], names: &Names) -> Vec<Member> {
    let mut members: Vec<_> = (0..told.len())
        .flat_map(|report| {
            let events = 0..told[report].reading.observed.events.len();
            events.map(move |event| member(&told[report], names, report, event))
        })
        .collect();
    members.sort_by_key(|member| (std::cmp::Reverse(specificity(member)), member.id));
    members
}

/// How much a mention says: the fullest are the seeds of clusters.
fn specificity(member: &Member) -> usize {
    2 * usize::from(!member.sources.is_empty())
        + 2 * usize::from(!member.targets.is_empty())
        + usize::from(member.place.is_some())
        + usize::from(member.when.single_day().is_some())
}

fn member(told: &Told<'_>, names: &Names, report: usize, event: usize) -> Member {
    let mention = &told.reading.observed.events[event];
    let sources = names.keys(told, &mention.sources);
    let targets = names.keys(told, &mention.targets);
    let place = mention.place.and_then(|id| told.place(id)).filter(|place| {
        let acts = |key: &String| names.who(key).is_some_and(|who| who.kind == ActorKind::State);
        let country = |key: &&String| acts(key) && names.name(key) == place.name;
        !sources.iter().chain(&targets).any(|key| country(&key))
    });
    let place_kind = place.map(|place| place.kind);
    let place = place.map(|place| {
        let key = place.key.clone().unwrap_or_else(|| place.name.to_lowercase());
        (key, place.name.clone())
    });
    Member {
        report,
        event,
        id: mention.id,
        plover: mention.plover,
        status: mention.status,
        sources,
        targets,
        place,
        place_kind,
        when: when(told, mention),
        trigger: trigger(told, mention),
        content: told.content(mention.span).into_iter().collect(),
    }
}

/// The days of the mention; what the report tells first, as done and without a time, is its news.
fn when(told: &Told<'_>, mention: &Told1) -> Interval {
    let done = matches!(mention.status, Status::Happened | Status::UnderWay);
    let open = mention.when.first.is_none() && mention.time.is_none();
    let news = || told.news().filter(|_| told.leads(mention.trigger));
    if done && open { news().unwrap_or(mention.when) } else { mention.when }
}

fn trigger(told: &Told<'_>, mention: &Told1) -> String {
    let word = told.slice(mention.trigger).split_whitespace().next().unwrap_or("").to_lowercase();
    let stem = stem(&word);
    let cut = ["ing", "ed"].iter().find_map(|end| stem.strip_suffix(end)).filter(|s| 2 < s.len());
    let cut = cut.unwrap_or(stem);
    match cut {
        "met" | "meet" => "meet".to_owned(),
        _ => cut.trim_end_matches('e').to_owned(),
    }
}

/// Clusters of mentions of one act: each mention joins the first that it agrees with as a whole.
fn clusters(case: Case<'_>, members: Vec<Member>) -> Vec<Vec<Member>> {
    let mut clusters: Vec<Vec<Member>> = Vec::new();
    let mut under: BTreeMap<(u8, String), Vec<usize>> = BTreeMap::new();
    for member in members {
        let keys = keys(case, &member);
        let near: BTreeSet<usize> = keys
            .iter()
            .filter_map(|key| under.get(key))
            .flat_map(|clusters| clusters.iter().rev().take(NEAR).copied())
            .collect();
        let fits = |at: &&usize| joins(case.names, &clusters[**at], &member);
        let at = match near.iter().find(fits) {
            Some(&at) => {
                clusters[at].push(member);
                at
            }
            None => {
                clusters.push(vec![member]);
                clusters.len() - 1
            }
        };
        for key in keys {
            let list = under.entry(key).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
    }
    clusters
}

/// Whether a mention tells the act of a cluster: at least half of the mentions there tell it as one,
/// and none speaks against it.
fn joins(names: &Names, cluster: &[Member], member: &Member) -> bool {
    let near = &cluster[..cluster.len().min(24)];
    let one = near.iter().filter(|other| one_act(names, other, member)).count();
    let against = |other: &Member| {
        let turned = crossed(names, other, member) || parties(names, other, member);
        let sides = sides_agree(names, &other.sources, &member.sources)
            && sides_agree(names, &other.targets, &member.targets);
        !same_days(other, member) || !same_place(other, member) || !(sides || turned)
    };
    near.len() == one || (near.len() <= 2 * one && !near.iter().any(against))
}

/// Keys under which mentions of one act meet: type with each actor, with the actor's country, and
/// with some of the words.
fn keys(case: Case<'_>, member: &Member) -> BTreeSet<(u8, String)> {
    let actors = member.sources.iter().chain(&member.targets);
    let countries = actors.clone().filter_map(|key| case.names.who(key)?.country.clone());
    // The lowest hashes of the clause's words, so that a clause without actors meets its copies.
    let words = member.content.iter().take(4).map(|stem| format!("{stem:x}"));
    // What happens in one town to people of no name meets there.
    let town = member.place.iter().map(|(key, _)| key.clone());
    let keys = actors.cloned().chain(countries).chain(words).chain(town);
    keys.map(|key| (kin(member.plover), key)).collect()
}

/// Types that one act may be given by the words of one report or another: to sign a deal agrees,
/// supports or cooperates.
const fn kin(plover: EventType) -> u8 {
    match plover {
        EventType::Agree | EventType::Support | EventType::Cooperate => EventType::Agree as u8,
        other => other as u8,
    }
}

/// Whether two mentions tell one act.
pub(super) fn one_act(names: &Names, left: &Member, right: &Member) -> bool {
    if kin(left.plover) != kin(right.plover) || !same_days(left, right) || !same_place(left, right)
    {
        return false;
    }
    let signed = left.plover == right.plover || left.same_trigger(right);
    let mutual = kin(left.plover) == EventType::Agree as u8 || left.plover == EventType::Consult;
    let turned = mutual && (crossed(names, left, right) || parties(names, left, right));
    let actors = actors_agree(names, left, right) || turned;
    (signed && actors && told_alike(left, right))
        || retold(names, left, right)
        || pinned_down(names, left, right)
}

/// Whether two mentions of a mutual act name the same parties, however they are put: two on one
/// side, or one on each.
fn parties(names: &Names, left: &Member, right: &Member) -> bool {
    let all = |member: &Member| {
        let both: BTreeSet<_> = member.sources.iter().chain(&member.targets).cloned().collect();
        both
    };
    let (a, b) = (all(left), all(right));
    let in_other = |keys: &BTreeSet<String>, other: &BTreeSet<String>| {
        keys.iter().filter(|a| other.iter().any(|b| names.compatible(a, b))).count()
    };
    let fewer = a.len().min(b.len());
    2 <= fewer && fewer <= in_other(&a, &b).min(in_other(&b, &a))
}

/// Whether day and town are the same and nobody is named who speaks against it: then the same verb,
/// or a few shared words and one doer, are enough.
fn pinned_down(names: &Names, left: &Member, right: &Member) -> bool {
    let town = |member: &Member| {
        member.place.as_ref().map(|(key, _)| key.clone()).filter(|key| !key.starts_with("country:"))
    };
    let same_town = town(left).is_some() && town(left) == town(right);
    let fits = |a: &[String], b: &[String]| {
        let compatriots = || a.iter().any(|a| b.iter().any(|b| names.compatriots(a, b)));
        sides_agree(names, a, b) || compatriots()
    };
    let agree = fits(&left.sources, &right.sources) && fits(&left.targets, &right.targets);
    let day = left.when.single_day().is_some() && left.when == right.when;
    let doer = meets(names, &left.sources, &right.sources);
    let (shared, share) = left.shares(right);
    // A promise not to attack is no attack.
    let real = |member: &Member| {
        !matches!(member.status, Status::Negated | Status::Hypothetical | Status::CalledFor)
    };
    same_town
        && agree
        && real(left)
        && real(right)
        && ((day && left.same_trigger(right)) || (doer && 3 <= shared && 0.3 <= share))
}

/// Whether two clauses tell one act in nearly the same words, whoever they name: neither side may
/// name somebody that the other's cannot be.
fn retold(names: &Names, left: &Member, right: &Member) -> bool {
    let (shared, share) = left.shares(right);
    let same_trigger = left.same_trigger(right);
    let words = (4 <= shared && 0.7 <= share) || (same_trigger && 3 <= shared && 0.6 <= share);
    words
        && sides_agree(names, &left.sources, &right.sources)
        && sides_agree(names, &left.targets, &right.targets)
}

fn same_days(left: &Member, right: &Member) -> bool {
    let historical = |member: &Member| member.status == Status::Historical;
    if historical(left) != historical(right) && left.when.single_day() != right.when.single_day() {
        return false;
    }
    left.when.meets(right.when)
}

/// Whether one act can be at both: in one town, or in a town and the land or by the sea around it.
fn same_place(left: &Member, right: &Member) -> bool {
    let wide =
        |member: &Member| matches!(member.place_kind, Some(PlaceKind::Natural | PlaceKind::Region));
    match (&left.place, &right.place) {
        (Some((a, _)), Some((b, _))) => {
            a == b || left.place_kind != right.place_kind || wide(left) || wide(right)
        }
        _ => true,
    }
}

fn actors_agree(names: &Names, left: &Member, right: &Member) -> bool {
    sides_agree(names, &left.sources, &right.sources)
        && sides_agree(names, &left.targets, &right.targets)
        && (meets(names, &left.sources, &right.sources)
            || meets(names, &left.targets, &right.targets))
}

fn crossed(names: &Names, left: &Member, right: &Member) -> bool {
    sides_agree(names, &left.sources, &right.targets)
        && sides_agree(names, &left.targets, &right.sources)
        && (meets(names, &left.sources, &right.targets)
            || meets(names, &left.targets, &right.sources))
}

/// Whether one side is silent or both name somebody who can be one.
fn sides_agree(names: &Names, left: &[String], right: &[String]) -> bool {
    told(left).next().is_none() || told(right).next().is_none() || meets(names, left, right)
}

fn meets(names: &Names, left: &[String], right: &[String]) -> bool {
    told(left).any(|a| told(right).any(|b| names.compatible(a, b)))
}

/// Those of whom something is told: "killed four people" says of nobody who it was.
fn told(keys: &[String]) -> impl Iterator<Item = &String> {
    keys.iter().filter(|key| *key != "role::people")
}

/// Whether the words say the same act: the same trigger, or clauses that share what they tell.
fn told_alike(left: &Member, right: &Member) -> bool {
    let (shared, share) = left.shares(right);
    let bounded = |member: &Member| member.when.first.is_some() && member.when.last.is_some();
    let full = |member: &Member| !member.sources.is_empty() && !member.targets.is_empty();
    let pinned = bounded(left) && bounded(right) && full(left) && full(right);
    let same_trigger = left.same_trigger(right);
    let day = left.when.single_day().is_some() && left.when == right.when;
    let town =
        |member: &Member| member.place.clone().filter(|(key, _)| !key.starts_with("country:"));
    let same_town = town(left).is_some() && town(left) == town(right);
    match left.plover {
        // Two meetings of the same parties in one town, on days that can be one, are one meeting.
        EventType::Consult if same_town && (full(left) || full(right)) => true,
        // Parties that meet twice on one day are told of it in more words than "met".
        EventType::Consult if day && same_trigger => true,
        // Two meetings of the same parties on the same days are one meeting.
        EventType::Consult if pinned => same_trigger || 0.25 <= share,
        _ if pinned && same_trigger => 0.25 <= share,
        _ if same_trigger => 2 <= shared && 0.4 <= share,
        _ => 3 <= shared && 0.5 <= share,
    }
}

fn happening(case: Case<'_>, mut members: Vec<Member>) -> Happening {
    members.sort_by_key(|member| member.id);
    let told = case.told;
    let best = fullest(&members);
    let mention = &told[best.report].reading.observed.events[best.event];
    let reports: BTreeSet<_> = members.iter().map(|member| member.report).collect();
    let when = members.iter().fold(best.when, |when, m| when.intersection(m.when).unwrap_or(when));
    let (sources, targets) = sides(case, best, &members);
    let place = best.place.clone().or_else(|| members.iter().find_map(|m| m.place.clone()));
    let status = status(case, &members);
    let mut evidence: Vec<_> = members
        .iter()
        .map(|m| {
            let span = told[m.report].reading.observed.events[m.event].span;
            told[m.report].evidence(span, "mention", Some(m.id))
        })
        .collect();
    evidence.sort();
    let contexts: BTreeSet<_> = members
        .iter()
        .flat_map(|m| &told[m.report].reading.observed.events[m.event].contexts)
        .cloned()
        .collect();
    let first = told[members[0].report].report();
    let row = Event {
        id: made_of(Kind::Event, first, members.iter().map(|member| member.id)),
        summary: summary(case, best, (&sources, &targets), status),
        plover: mention.plover,
        mode: mention.mode.clone(),
        contexts: contexts.into_iter().collect(),
        cameo: mention.cameo.clone(),
        quad: mention.plover.quad(),
        score: score(mention.plover),
        status,
        sources,
        targets,
        place: place.map(|(_, name)| name),
        when,
        mentions: members.iter().map(|member| member.id).collect(),
        origins: case.origins_of(reports.iter().copied()),
        reports: reports.iter().map(|&at| told[at].report()).collect(),
        evidence,
    };
    Happening { row, members }
}

/// The mention that says most; among equals the lesser id.
fn fullest(members: &[Member]) -> &Member {
    members
        .iter()
        .min_by_key(|member| (std::cmp::Reverse(specificity(member)), member.id))
        .expect("a cluster holds the mention it was made for")
}

/// Who acted and on whom, by all mentions, turned as the best one has them: of a meeting, one
/// report may name the guest first and another the host.
fn sides(case: Case<'_>, best: &Member, members: &[Member]) -> (Vec<String>, Vec<String>) {
    let (mut sources, mut targets) = (Vec::new(), Vec::new());
    for member in members {
        let straight = actors_agree(case.names, best, member);
        let (from, to) = if straight || !crossed(case.names, best, member) {
            (&member.sources, &member.targets)
        } else {
            (&member.targets, &member.sources)
        };
        sources.extend(from);
        targets.extend(to);
    }
    let sources = specific(case, sources.into_iter());
    let mut targets = specific(case, targets.into_iter());
    let same = |a: &str, b: &str| case.names.compatible(a, b);
    targets.retain(|key| !sources.contains(key));
    let kind = |key: &str| case.names.who(key).map(|who| who.kind);
    let doubled =
        |key: &String| targets.iter().any(|target| same(key, target) && kind(target) < kind(key));
    let kept: Vec<_> = sources.iter().filter(|key| !doubled(key)).cloned().collect();
    (if kept.is_empty() { sources } else { kept }, targets)
}

/// The keys, without a state or group for which a named one of them acts.
fn specific<'a>(case: Case<'_>, keys: impl Iterator<Item = &'a String>) -> Vec<String> {
    let keys: BTreeSet<_> = keys.cloned().collect();
    let rank = |key: &String| case.names.who(key).map(|who| who.kind);
    let covered = |key: &&String| {
        keys.iter().any(|other| {
            other != *key && case.names.compatible(key, other) && rank(other) < rank(key)
        })
    };
    keys.iter().filter(|key| !covered(key)).cloned().collect()
}

/// What the latest report says; among reports of one day, what most origins say.
fn status(case: Case<'_>, members: &[Member]) -> Status {
    let day = |member: &Member| {
        let date = case.told[member.report].date;
        date.last.or(date.first)
    };
    let latest = members.iter().map(day).max().flatten();
    let mut voices: BTreeMap<Status, BTreeSet<RowId>> = BTreeMap::new();
    for member in members.iter().filter(|member| latest.is_none() || day(member) == latest) {
        voices.entry(member.status).or_default().extend(case.origins_of([member.report]));
    }
    let loudest =
        voices.iter().max_by_key(|(status, origins)| (origins.len(), std::cmp::Reverse(**status)));
    loudest.map_or(Status::Happened, |(status, _)| *status)
}

/// "Wang Yi met the Taliban delegation in Tianjin": the actors' names around the clause's own words
/// where it runs straight from act to object; the plain verb of the type where both sides have names
/// and no other verb would do; else the clause, quoted.
fn summary(case: Case<'_>, best: &Member, sides: (&[String], &[String]), status: Status) -> String {
    let told = &case.told[best.report];
    let mention = &told.reading.observed.events[best.event];
    let names = |keys: &[String]| {
        let names: Vec<_> = keys.iter().take(3).map(|key| case.names.name(key)).collect();
        listed(&names)
    };
    let named = |keys: &[String]| {
        let name =
            |key: &String| case.names.who(key).is_some_and(|who| who.kind != ActorKind::Role);
        !keys.is_empty() && keys.iter().all(name)
    };
    let town = best.place.as_ref().filter(|(key, _)| !key.starts_with("country:"));
    let town = town.map(|(_, name)| format!(" in {name}")).unwrap_or_default();
    if named(sides.0) && best.sources == sides.0 {
        let sources = names(sides.0);
        if let Some(words) = own_words(told, mention, status) {
            return format!("{sources} {words}");
        }
        let plain = matches!(
            best.plover,
            EventType::Consult | EventType::Accuse | EventType::Threaten | EventType::Sanction
        );
        if plain && named(sides.1) {
            return format!("{sources} {} {}{town}", act(best.plover, status), names(sides.1));
        }
    }
    let clause = clause(told, mention);
    let unnamed = sides.0.iter().filter(|key| named(std::slice::from_ref(*key)));
    let unnamed: Vec<_> = unnamed.map(|key| case.names.name(key)).collect();
    let known = |name: &String| name.split(' ').any(|part| clause.contains(part));
    match unnamed.first() {
        Some(name) if !unnamed.iter().any(known) => format!("{name}: “{clause}”"),
        _ => format!("“{clause}”"),
    }
}

/// Words of a clause that a summary quotes.
const QUOTED: usize = 14;

/// The clause of an event without what hangs it onto another, cut around its trigger.
fn clause<'a>(told: &Told<'a>, mention: &Told1) -> String {
    const LINKS: &[&str] = &["and", "but", "that", "which", "who", "whether", "after", "as", "for"];
    let text = told.slice(mention.span);
    let start = mention.trigger.start.saturating_sub(mention.span.start) as usize;
    let before = text.get(..start).map_or(0, |head| head.split_whitespace().count());
    let words: Vec<&str> = text.split_whitespace().collect();
    let link = words.first().is_some_and(|word| LINKS.contains(word)) && 0 < before;
    let from = if before < QUOTED - 4 { usize::from(link) } else { before - 4 };
    let to = words.len().min(from + QUOTED);
    let marks = |c: char| c.is_whitespace() || "“”\"«»,;:".contains(c);
    let body = words[from.min(to)..to].join(" ");
    let (head, tail) = (if usize::from(link) < from { "… " } else { "" }, words.len() > to);
    format!("{head}{}{}", body.trim_matches(marks), if tail { " …" } else { "" })
}

/// The clause from its past-tense trigger on, as written.
fn own_words(told: &Told<'_>, mention: &Told1, status: Status) -> Option<String> {
    let told_as_done = matches!(status, Status::Happened | Status::Historical);
    let trigger = told.slice(mention.trigger);
    let verb = trigger.split_whitespace().next().unwrap_or("");
    if !told_as_done || mention.status != status || !past(verb) {
        return None;
    }
    let spans =
        |ids: &[RowId]| ids.iter().filter_map(|id| told.mention(*id)).map(|m| m.span).collect();
    let (sources, targets): (Vec<_>, Vec<_>) = (spans(&mention.sources), spans(&mention.targets));
    if sources.iter().any(|source| mention.trigger.end <= source.start) {
        return None;
    }
    let object = targets.iter().filter(|target| mention.trigger.end <= target.start).min();
    let before = targets.iter().any(|target| target.end <= mention.trigger.start);
    match object {
        Some(object) if 40 < object.start - mention.trigger.end => return None,
        None if before || targets.is_empty() && !trigger.contains(' ') => return None,
        _ => {}
    }
    let end = mention.span.end.max(mention.trigger.end);
    let words = told.slice(chancery_text::Span::new(mention.trigger.start, end));
    let all: Vec<&str> = words.split_whitespace().collect();
    let kept = all[..all.len().min(QUOTED - 2)].join(" ");
    let tail = if QUOTED - 2 < all.len() { " …" } else { "" };
    Some(format!("{}{tail}", kept.trim_end_matches([',', ';', ':', '“', '”'])))
}

/// Whether a word is a past tense, by its ending or as one of the irregular verbs of news.
fn past(verb: &str) -> bool {
    const IRREGULAR: &[&str] = &[
        "became", "began", "bore", "bought", "broke", "brought", "built", "came", "caught",
        "chose", "cut", "dealt", "did", "drew", "drove", "fell", "fled", "fought", "found", "gave",
        "got", "held", "hit", "kept", "laid", "led", "left", "let", "lost", "made", "met", "paid",
        "put", "ran", "rose", "said", "sat", "saw", "sent", "set", "shot", "shut", "sold",
        "sought", "spoke", "spent", "stood", "struck", "swept", "took", "told", "went", "withdrew",
        "won", "wrote",
    ];
    let lower = verb.to_lowercase();
    lower == verb && (verb.ends_with("ed") || IRREGULAR.binary_search(&verb).is_ok())
}

/// The act in plain words: past, and bare with what the status puts before it.
fn act(plover: EventType, status: Status) -> String {
    let (past, bare) = verbs(plover);
    match status {
        Status::Happened | Status::Historical => past.to_owned(),
        Status::UnderWay => format!("began to {bare}"),
        Status::Planned => format!("to {bare}"),
        Status::Hypothetical => format!("may {bare}"),
        Status::CalledFor => format!("called on to {bare}"),
        Status::Negated => format!("did not {bare}"),
        Status::Denied => format!("said not to {bare}"),
    }
}

const fn verbs(plover: EventType) -> (&'static str, &'static str) {
    match plover {
        EventType::Agree => ("agreed with", "agree with"),
        EventType::Consult => ("met", "meet"),
        EventType::Support => ("supported", "support"),
        EventType::Concede => ("yielded to", "yield to"),
        EventType::Cooperate => ("cooperated with", "cooperate with"),
        EventType::Aid => ("aided", "aid"),
        EventType::Retreat => ("withdrew from", "withdraw from"),
        EventType::Request => ("made a demand of", "make a demand of"),
        EventType::Accuse => ("accused", "accuse"),
        EventType::Reject => ("rejected", "reject"),
        EventType::Threaten => ("threatened", "threaten"),
        EventType::Protest => ("protested against", "protest against"),
        EventType::Sanction => ("sanctioned", "sanction"),
        EventType::Mobilize => ("mobilised against", "mobilise against"),
        EventType::Coerce => ("coerced", "coerce"),
        EventType::Assault => ("attacked", "attack"),
    }
}

/// A type's score on PLOVER's conflict–cooperation scale.
const fn score(plover: EventType) -> f64 {
    match plover {
        EventType::Agree => 3.0,
        EventType::Consult => 1.0,
        EventType::Support => 4.0,
        EventType::Concede => 5.0,
        EventType::Cooperate => 6.0,
        EventType::Aid => 7.0,
        EventType::Retreat => 5.0,
        EventType::Request => -1.0,
        EventType::Accuse => -2.0,
        EventType::Reject => -4.0,
        EventType::Threaten => -5.0,
        EventType::Protest => -6.0,
        EventType::Sanction => -4.0,
        EventType::Mobilize => -7.0,
        EventType::Coerce => -7.0,
        EventType::Assault => -10.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, sample::Sample};
    use super::*;

    fn met(
        text: &str,
        clause: &str,
        trigger: &str,
        date: &str,
        day: &str,
        status: Status,
    ) -> crate::Reading {
        Sample::new(text)
            .dated(date)
            .person("Ruta Kolm", "person:ruta-kolm", "RUV", "foreign minister")
            .state("Sallet", "SAL")
            .event(clause, trigger, EventType::Consult, ("Ruta Kolm", "Sallet"), day, status)
            .reading()
    }

    #[test]
    fn a_planned_and_a_later_held_meeting_are_one_that_happened() {
        let planned = met(
            "Ruta Kolm will meet envoys of Sallet on Friday.",
            "Ruta Kolm will meet envoys of Sallet",
            "meet",
            "2021-07-01",
            "2021-07-02",
            Status::Planned,
        );
        let held = met(
            "Ruta Kolm met the envoys of Sallet in Tarn.",
            "Ruta Kolm met the envoys of Sallet",
            "met",
            "2021-07-03",
            "2021-07-02",
            Status::Happened,
        );
        let events = resolve(&[planned, held]).events;
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].status, Status::Happened);
        assert_eq!(events[0].reports.len(), 2);
    }

    #[test]
    fn meetings_of_two_days_are_two() {
        let text = ["Ruta Kolm met envoys of Sallet.", "Ruta Kolm met envoys of Sallet again."];
        let on = |text: &str, day: &str| {
            met(text, "Ruta Kolm met envoys of Sallet", "met", day, day, Status::Happened)
        };
        let readings = [on(text[0], "2021-07-02"), on(text[1], "2021-07-03")];
        assert_eq!(resolve(&readings).events.len(), 2);
    }
}
