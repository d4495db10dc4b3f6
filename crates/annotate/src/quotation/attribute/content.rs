//! What a verb reports: the clause, the infinitive, the thing or the phrase that it takes.

use super::border::before_remark;
use super::repair::{clause_after, question};
use super::source::is_relative;
use crate::quotation::cue::Cue;
use crate::quotation::tree::Tree;
use crate::syntax::{Relation, Upos};

/// First and last token of what the verb at `at` reports.
pub(super) fn content(
    tree: &Tree<'_>,
    at: usize,
    cue: &Cue,
    passive: bool,
) -> Option<(usize, usize)> {
    let frames = &cue.frames;
    if let Some(extent) = clauses(tree, at).filter(|_| frames.that || frames.quote) {
        return Some(extent);
    }
    if let Some(extent) = question(tree, at).filter(|_| frames.that && !passive) {
        return Some(extent);
    }
    let put_it = cue.lemma == "put" && tree.says(at + 1, "it");
    if let Some(extent) = as_said(tree, at).filter(|_| put_it || (frames.that && frames.quote)) {
        return Some(extent);
    }
    let attributes = frames.quote || is_aside(tree, at);
    if frames.that && attributes && tree.relation(at) == Relation::Parataxis {
        return tree.head(at).map(|head| tree.extent(clause_over(tree, head)));
    }
    let thing = frames.obj
        && !frames.to_whom
        && tree.child(at, Relation::Obj).is_some_and(|object| at < object);
    if let Some(that) = that_after(tree, at).filter(|_| frames.that && !thing) {
        return Some((that, tree.tokens.end - 1));
    }
    if let Some(extent) = infinitive(tree, at, cue, passive) {
        return Some(extent);
    }
    if let Some(extent) = as_something(tree, at).filter(|_| frames.of_as) {
        return Some(extent);
    }
    if let Some(extent) =
        doing(tree, at).filter(|_| (frames.obj || frames.that) && !passive && !frames.clause)
    {
        return Some(extent);
    }
    if frames.obj && !frames.to_whom {
        let object = tree.child(at, Relation::Obj).filter(|_| !passive);
        if let Some(object) = object {
            let (low, high) = tree.extent(object);
            let whom = tree.child(at, Relation::Iobj).filter(|whom| at < *whom && *whom < low);
            let low = whom.map_or(low, |whom| tree.extent(whom).0);
            let high = if at < low { with_rest(tree, at, high) } else { high };
            return Some((low, before_remark(tree, low, high)));
        }
    }
    if let Some(extent) = prepositional(tree, at, &frames.prepositions) {
        return Some(extent);
    }
    if !(frames.that && frames.quote) || passive {
        return clause_after(tree, at).filter(|_| frames.that && !passive);
    }
    let after = tree.child(at, Relation::Parataxis).filter(|child| at < *child);
    let misread = || {
        told_clause(tree, at, cue)
            .or_else(|| clause_after(tree, at))
            .or_else(|| before_attribution(tree, at))
    };
    after.map(|child| tree.extent(child)).or_else(misread)
}

/// "The road, drivers believe, is closed": subject and verb alone after a comma.
fn is_aside(tree: &Tree<'_>, at: usize) -> bool {
    let subject = tree.child(at, Relation::Nsubj).filter(|subject| *subject < at);
    let low = subject.map(|subject| tree.extent(subject).0);
    let filler = |low: usize| ["i", "we", "you"].iter().any(|word| tree.says(low, word));
    let comma = |low: usize| tree.tokens.start < low && tree.says(low - 1, ",");
    let apart = low.is_some_and(|low| comma(low) && !filler(low));
    apart && tree.tag(at + 1) == Upos::Punct
}

/// The clause that the verb has, with what the parser hung beside it: "said the road is open, that
/// the bridge is not". A participle after a comma tells what else the speaker did.
fn clauses(tree: &Tree<'_>, at: usize) -> Option<(usize, usize)> {
    let participle = |child: usize| {
        let (low, _) = tree.extent(child);
        tree.form(child) == "VBG" && (tree.says(low, ",") || 0 < low && tree.says(low - 1, ","))
    };
    let mut all = tree.children(at).filter(|child| {
        tree.relation(*child) == Relation::Ccomp && !(at < *child && participle(*child))
    });
    let (low, mut high) = tree.extent(all.next()?);
    for child in tree.children(at) {
        let (next, end) = tree.extent(child);
        let reach = match tree.relation(child) {
            Relation::Ccomp if !participle(child) => 2,
            Relation::Parataxis | Relation::Advmod => 1,
            _ => 0,
        };
        let around = reach == 2 && next < low && at < next && high < end;
        if at < low && (around || (high < next && next <= high + reach)) {
            high = end;
        }
    }
    Some((low, high))
}

/// "As Olmo said, the road is closed": the sentence without its first clause.
fn as_said(tree: &Tree<'_>, at: usize) -> Option<(usize, usize)> {
    let (low, high) = tree.extent(at);
    let main = tree.head(at).filter(|_| tree.relation(at) == Relation::Advcl)?;
    let opens = low == tree.tokens.start && tree.says(low, "as");
    let last = tree.tokens.end - 1;
    let comma = (at + 1..=high + 1).find(|at| tree.says(*at, ","))?;
    (opens && high <= comma && comma < main && comma < last).then_some((comma + 1, last))
}

/// The "that" which opens what is said, past whom it was said to and where: "said in an interview
/// that …".
fn that_after(tree: &Tree<'_>, at: usize) -> Option<usize> {
    let reach = (at + 1..tree.tokens.end.min(at + 14)).take_while(|at| {
        tree.tag(*at) != Upos::Verb
            && !tree.is_finite(*at)
            && !matches!(tree.slice(*at), "“" | "\"" | "''" | ";" | ":")
    });
    let mut reach = reach.filter(|at| tree.says(*at, "that"));
    let that = reach.find(|that| {
        tree.tag(*that) == Upos::Sconj || *that == at + 1 || opens_clause(tree, *that)
    })?;
    (that + 2 < tree.tokens.end).then_some(that)
}

/// Whether a "that" read as a relative pronoun is followed by a clause with a subject: "said in a
/// message that the truck was late".
fn opens_clause(tree: &Tree<'_>, that: usize) -> bool {
    let verb = tree.head(that).filter(|verb| that < *verb);
    let subject = verb.and_then(|verb| tree.child(verb, Relation::Nsubj));
    subject.is_some_and(|subject| that < subject)
}

/// "said families of the dead sue", "told the Post he had come", where the parser took the clause for
/// a thing or for a description of whom it was told to.
fn told_clause(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<(usize, usize)> {
    let objects = [Relation::Obj, Relation::Iobj];
    let object = objects.into_iter().find_map(|relation| tree.child(at, relation));
    let object = object.filter(|object| at < *object)?;
    let (low, high) = tree.extent(object);
    if !cue.frames.to_whom {
        let end = tree.tokens.end;
        let reach = if cue.frames.clause { high + 1..end.min(high + 3) } else { low..end };
        let clause = reach.into_iter().any(|at| tree.is_finite(at));
        let thing = clause || !cue.frames.clause;
        return thing.then(|| (low.max(at + 1), if clause { tree.tokens.end - 1 } else { high }));
    }
    let clause = tree.child(object, Relation::AclRelcl)?;
    let subject = tree.child(clause, Relation::Nsubj).filter(|it| !is_relative(tree, *it))?;
    Some((tree.extent(subject).0.max(object + 1), tree.tokens.end - 1))
}

/// "The bridge has been closed, the ministry said on Monday": all that stands before.
fn before_attribution(tree: &Tree<'_>, at: usize) -> Option<(usize, usize)> {
    let subject = tree.child(at, Relation::Nsubj)?;
    let (low, high) = tree.extent(subject);
    let (low, high) =
        if subject < at { (low.max(comma_before(tree, subject)), at) } else { (at, high) };
    let start = tree.tokens.start;
    let closes =
        (high + 1..tree.tokens.end).all(|at| !matches!(tree.tag(at), Upos::Verb | Upos::Aux));
    let open = start + 4 < low && tree.says(low - 1, ",");
    let clause = || (start..low).any(|at| tree.is_finite(at));
    (closes && open && clause()).then(|| (start, low - 2))
}

/// The token after the last comma before `at`.
fn comma_before(tree: &Tree<'_>, at: usize) -> usize {
    (tree.tokens.start..at)
        .rev()
        .find(|at| tree.says(*at, ","))
        .map_or(tree.tokens.start, |at| at + 1)
}

/// The main clause that `at` is part of.
fn clause_over(tree: &Tree<'_>, mut at: usize) -> usize {
    for _ in 0..12 {
        let part =
            !matches!(tree.relation(at), Relation::Root | Relation::Parataxis | Relation::Ccomp);
        match tree.head(at).filter(|_| part) {
            Some(head) => at = head,
            None => break,
        }
    }
    at
}

/// "vowed to leave", "urged them to leave"; "is believed to have left" with its subject.
pub(super) fn infinitive(
    tree: &Tree<'_>,
    at: usize,
    cue: &Cue,
    passive: bool,
) -> Option<(usize, usize)> {
    let open = tree.children(at).find(|child| {
        matches!(tree.relation(*child), Relation::Xcomp | Relation::Ccomp | Relation::Advcl)
            && tree.children(*child).any(|mark| tree.says(mark, "to") && mark < *child)
    })?;
    let fits =
        cue.frames.inf || cue.frames.urge || (passive && cue.frames.that && !cue.frames.clause);
    let (low, high) = tree.extent(open);
    let high = with_infinitives(tree, at, high);
    let whom = [Relation::Obj, Relation::Iobj].into_iter().find_map(|whom| tree.child(at, whom));
    let whom = whom.filter(|whom| at < *whom && *whom < low && !cue.frames.to_whom);
    fits.then(|| (whom.map_or(low, |whom| tree.extent(whom).0.max(at + 1)), high))
}

/// "vowed to mend the road and widen the bridge", where the second verb hangs on that of saying.
fn with_infinitives(tree: &Tree<'_>, at: usize, high: usize) -> usize {
    let bare = |verb: usize| {
        let own = [Relation::Nsubj, Relation::Aux].into_iter();
        tree.form(verb) == "VB" && own.filter_map(|own| tree.child(verb, own)).next().is_none()
    };
    let goes_on = |child: &usize| {
        let low = tree.extent(*child).0;
        let listed = tree.says(high + 1, ",") && tree.tag(low) == Upos::Cconj;
        let near = high < low && low <= high + 2 && !listed;
        tree.relation(*child) == Relation::Conj && near && bare(*child)
    };
    let finite = tree.form(at) != "VB";
    tree.children(at).find(goes_on).filter(|_| finite).map_or(high, |verb| tree.extent(verb).1)
}

/// "opposed cutting the budget", "found Olmo leading": what is done, with who does it.
fn doing(tree: &Tree<'_>, at: usize) -> Option<(usize, usize)> {
    let after = |relation| tree.child(at, relation).filter(|child| at < *child);
    let (low, high) = tree.extent(after(Relation::Xcomp)?);
    let starts = after(Relation::Obj).map(|object| tree.extent(object).0).filter(|own| *own < low);
    let low = starts.unwrap_or(low);
    (at + 1 == low && !tree.says(low, "to")).then_some((low, high))
}

fn as_something(tree: &Tree<'_>, at: usize) -> Option<(usize, usize)> {
    let starts_as = |child: &usize| {
        at < *child && {
            let (low, _) = tree.extent(*child);
            tree.says(low, "as")
        }
    };
    let something = tree.children(at).find(starts_as);
    let object = tree.child(at, Relation::Obj).filter(|object| at < *object);
    match (object, something.or_else(|| tree.child(at, Relation::Xcomp))) {
        (Some(object), Some(something)) => {
            let (low, high) = (tree.extent(object), tree.extent(something));
            Some((low.0.min(high.0), low.1.max(high.1)))
        }
        (None, Some(something)) if has_extracted(tree, at) => Some(tree.extent(something)),
        _ => None,
    }
}

/// "whom she described as …": the object is a relative pronoun before the verb.
fn has_extracted(tree: &Tree<'_>, at: usize) -> bool {
    let mut before = tree.children(at).filter(|child| *child < at);
    before.any(|child| ["which", "what", "whom"].iter().any(|word| tree.says(child, word)))
}

fn prepositional(tree: &Tree<'_>, at: usize, prepositions: &[&str]) -> Option<(usize, usize)> {
    if prepositions.is_empty() {
        return None;
    }
    tree.children(at).filter(|child| at < *child).find_map(|child| {
        let (low, high) = tree.extent(child);
        let carries =
            matches!(tree.relation(child), Relation::Obl | Relation::Advcl | Relation::Nmod)
                && prepositions.iter().any(|word| tree.says(low, word));
        (carries && low < high).then(|| (low + 1, with_infinitive(tree, at, high)))
    })
}

/// "called on the mayor to resign", "referred to it as a war": with what follows.
fn with_infinitive(tree: &Tree<'_>, at: usize, high: usize) -> usize {
    let next = tree.children(at).find(|child| tree.extent(*child).0 == high + 1);
    let next = next.filter(|_| tree.says(high + 1, "to") || tree.says(high + 1, "as"));
    next.map_or(high, |next| tree.extent(next).1)
}

/// The last token of what goes on from `high` and hangs on the verb: "for …", "as …", "to …". Where,
/// when and how it was said do not count.
pub(super) fn with_rest(tree: &Tree<'_>, at: usize, mut high: usize) -> usize {
    for child in tree.children(at).filter(|child| at < *child) {
        let (low, end) = tree.extent(child);
        if low == high + 1 && carries_on(tree, child, low) {
            high = end;
        }
    }
    high
}

fn carries_on(tree: &Tree<'_>, child: usize, low: usize) -> bool {
    let leads = || {
        let word = tree.slice(low).to_ascii_lowercase();
        matches!(
            word.as_str(),
            "for" | "of" | "as" | "to" | "with" | "from" | "against" | "about" | "over" | "because"
        )
    };
    match tree.relation(child) {
        Relation::Xcomp | Relation::Obj => true,
        Relation::Advcl if tree.word(low).is_some_and(|word| word.xpos == "VBG") => true,
        Relation::Obl if matches!(tree.slice(low), "in" | "on" | "at") => {
            !tells_where_said(tree, child)
        }
        Relation::Obl | Relation::Advcl => leads(),
        _ => false,
    }
}

/// "in an interview", "on Monday", "at a rally": where or when it was said.
pub(super) fn tells_where_said(tree: &Tree<'_>, head: usize) -> bool {
    let word = tree.slice(head).to_ascii_lowercase();
    tree.tag(head) == Upos::Num
        || word.ends_with("day")
        || word.starts_with(|c: char| c.is_ascii_digit())
        || tree.child(head, Relation::Nummod).is_some()
        || WHERE_SAID.contains(&word.as_str())
}

/// Nouns of the places and times at which things are said, sorted.
const WHERE_SAID: [&str; 55] = [
    "ad",
    "address",
    "advertisement",
    "april",
    "article",
    "august",
    "blog",
    "book",
    "column",
    "conference",
    "convention",
    "debate",
    "december",
    "email",
    "event",
    "facebook",
    "february",
    "forum",
    "hearing",
    "house",
    "instagram",
    "interview",
    "january",
    "july",
    "june",
    "letter",
    "march",
    "media",
    "meeting",
    "meetings",
    "message",
    "month",
    "november",
    "october",
    "op-ed",
    "post",
    "press",
    "rally",
    "release",
    "remarks",
    "report",
    "september",
    "show",
    "speech",
    "statement",
    "summit",
    "time",
    "times",
    "tweet",
    "twitter",
    "video",
    "week",
    "weeks",
    "year",
    "years",
];
