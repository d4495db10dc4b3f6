//! Whether two mentions tell one act.

use std::collections::BTreeSet;

use chancery_annotate::event::{EventType, Status};
use chancery_annotate::place::PlaceKind;

use super::super::actors::Names;
use super::Member;

/// Types that one act may be given by the words of one report or another: to sign a deal agrees,
/// supports or cooperates.
pub(super) const fn kin(plover: EventType) -> u8 {
    match plover {
        EventType::Agree | EventType::Support | EventType::Cooperate => EventType::Agree as u8,
        other => other as u8,
    }
}

/// Whether two mentions tell one act.
pub(in crate::story) fn one_act(names: &Names, left: &Member, right: &Member) -> bool {
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
        || done_once(names, left, right)
}

/// Whether two mentions tell an act that nobody does twice in the same days: to cut ties, to leave, to yield.
/// Same code, one doer, and nobody else it is done to; one of them may leave out to whom.
fn done_once(names: &Names, left: &Member, right: &Member) -> bool {
    use EventType::{Concede, Mobilize, Retreat, Sanction};
    let once = matches!(left.plover, Concede | Mobilize | Retreat | Sanction);
    let bounded = left.when.first.is_some() && left.when.last.is_some();
    let same = !left.cameo.is_empty() && left.cameo == right.cameo && left.when == right.when;
    once && bounded
        && same
        && meets(names, &left.sources, &right.sources)
        && sides_agree(names, &left.targets, &right.targets)
}

/// Whether two mentions of a mutual act name the same parties, however they are put: two on one
/// side, or one on each.
pub(super) fn parties(names: &Names, left: &Member, right: &Member) -> bool {
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

pub(super) fn same_days(left: &Member, right: &Member) -> bool {
    let historical = |member: &Member| member.status == Status::Historical;
    if historical(left) != historical(right) && left.when.single_day() != right.when.single_day() {
        return false;
    }
    left.when.meets(right.when)
}

/// Whether one act can be at both: in one town, or in a town and the land or by the sea around it.
pub(super) fn same_place(left: &Member, right: &Member) -> bool {
    let wide =
        |member: &Member| matches!(member.place_kind, Some(PlaceKind::Natural | PlaceKind::Region));
    match (&left.place, &right.place) {
        (Some((a, _)), Some((b, _))) => {
            a == b || left.place_kind != right.place_kind || wide(left) || wide(right)
        }
        _ => true,
    }
}

pub(super) fn actors_agree(names: &Names, left: &Member, right: &Member) -> bool {
    sides_agree(names, &left.sources, &right.sources)
        && sides_agree(names, &left.targets, &right.targets)
        && (meets(names, &left.sources, &right.sources)
            || meets(names, &left.targets, &right.targets))
}

pub(super) fn crossed(names: &Names, left: &Member, right: &Member) -> bool {
    sides_agree(names, &left.sources, &right.targets)
        && sides_agree(names, &left.targets, &right.sources)
        && (meets(names, &left.sources, &right.targets)
            || meets(names, &left.targets, &right.sources))
}

/// Whether one side is silent or both name somebody who can be one.
pub(super) fn sides_agree(names: &Names, left: &[String], right: &[String]) -> bool {
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
