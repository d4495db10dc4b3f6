//! Where what is said starts and ends, where the tree cuts it short or lets it run on.

use crate::quotation::cue::{Cue, QuotationKit};
use crate::quotation::tree::Tree;
use crate::syntax::{Relation, Upos};

/// Most words of what is said that are searched for another cue: longer sentences are rare, and many
/// cues in one must not cost more than the sentence.
const LONGEST: usize = 80;

/// A clause that starts right after its verb takes the words between, which the parser gave the
/// verb as an object; and a verb after it that lost its subject to it.
pub(super) fn whole_clause(
    tree: &Tree<'_>,
    at: usize,
    cue: &Cue,
    (low, high): (usize, usize),
) -> (usize, usize) {
    if low <= at {
        return (low, high);
    }
    if !cue.frames.that {
        return (from_thing(tree, at, low), high);
    }
    let low = past_day(tree, from_that(tree, at, low), high);
    if cue.frames.to_whom {
        let high = high.max(coordinate(tree, at, low, high)).max(reason(tree, at, high));
        return (past_addressee(tree, low, high), high);
    }
    if cue.frames.urge {
        return (past_asked(tree, low, high), high);
    }
    let low = if cue.frames.obj { from_subject(tree, at, low) } else { from_object(tree, at, low) };
    let mut high = high;
    if high < tree.tokens.end && tree.says(high + 1, ",") && is_condition(tree, low) {
        high = tree.tokens.end - 1;
    }
    high = high.max(coordinate(tree, at, low, high)).max(reason(tree, at, high));
    let high = with_orphans(tree, low, high);
    (low, before_contrast(tree, low, high))
}

/// "told Fox that …": from the "that" where the parser put whom it was told to into the clause.
fn past_addressee(tree: &Tree<'_>, low: usize, high: usize) -> usize {
    let named =
        (low..=high).take(8).take_while(|at| !matches!(tree.tag(*at), Upos::Verb | Upos::Aux));
    let mut named = named.filter(|at| tree.says(*at, "that") && tree.tag(*at) == Upos::Sconj);
    named.next().filter(|_| !tree.says(low, "that")).unwrap_or(low)
}

/// "asked drivers if …": from the question where the parser put whom it was asked into the clause.
fn past_asked(tree: &Tree<'_>, low: usize, high: usize) -> usize {
    let named = |at: &usize| {
        matches!(tree.tag(*at), Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj | Upos::Pron)
            && !is_question(tree, *at)
    };
    let after = (low..=high).take(6).take_while(named).last().map_or(low, |last| last + 1);
    if after <= high && is_question(tree, after) { after } else { low }
}

fn is_question(tree: &Tree<'_>, at: usize) -> bool {
    ["if", "whether", "how", "why", "what", "when", "where"].iter().any(|word| tree.says(at, word))
}

/// "said Wednesday that …", where the parser put the day into the clause.
fn past_day(tree: &Tree<'_>, low: usize, high: usize) -> usize {
    let day = tree.tag(low) == Upos::Propn && tree.slice(low).ends_with("day");
    let clause = low < high && (tree.says(low + 1, "that") || tree.tag(low + 1) == Upos::Pron);
    low + usize::from(day && clause)
}

/// "said it was closed because it was unsafe", where the reason hangs on the verb of saying: the last
/// token of a clause that goes on without a comma.
fn reason(tree: &Tree<'_>, at: usize, high: usize) -> usize {
    let goes_on = |child: &usize| {
        tree.relation(*child) == Relation::Advcl
            && tree.extent(*child).0 == high + 1
            && ["because", "until", "unless", "if"].iter().any(|word| tree.says(high + 1, word))
    };
    tree.children(at).find(goes_on).map_or(high, |clause| tree.extent(clause).1)
}

/// "said half were closed, while others had reopened": a contrast at the end is the reporter's.
fn before_contrast(tree: &Tree<'_>, low: usize, high: usize) -> usize {
    let high = (low..=high).rev().find(|at| tree.tag(*at) != Upos::Punct).unwrap_or(high);
    let while_clause = (low + 3..high).rev().find(|at| {
        let clause = tree.head(*at).filter(|head| at < head);
        tree.says(*at, "while")
            && tree.says(at - 1, ",")
            && clause.is_some_and(|clause| high <= tree.extent(clause).1)
    });
    while_clause.map_or(high, |at| at - 2)
}

/// Where a thing ends before what only describes it at the end: "opposed the plan, which failed",
/// "backed him, calling it a test".
pub(super) fn before_remark(tree: &Tree<'_>, low: usize, high: usize) -> usize {
    let remark = (low + 1..high).find(|at| {
        let next = at + 1;
        let relative = ["which", "who", "where", "whose", "whom"].iter();
        let describes = relative.clone().any(|word| tree.says(next, word));
        let deed = tree.form(next) == "VBG" && tree.relation(next) == Relation::Advcl;
        let clause = if deed { Some(next) } else { clause_over(tree, next) };
        tree.says(*at, ",")
            && (describes || deed)
            && clause.is_some_and(|clause| high <= tree.extent(clause).1)
            && !(next..high).any(|at| goes_on(tree, at))
    });
    let thing = |end: usize| (low..end).all(|at| !tree.is_finite(at));
    remark.filter(|comma| thing(*comma)).map_or(high, |comma| comma - 1)
}

/// "accused Olmo, who denied it, of theft": what is said goes on after the remark.
fn goes_on(tree: &Tree<'_>, comma: usize) -> bool {
    let leads = ["of", "for", "as", "to"].iter().any(|word| tree.says(comma + 1, word));
    tree.says(comma, ",") && leads
}

/// The relative clause that a pronoun is part of.
fn clause_over(tree: &Tree<'_>, mut at: usize) -> Option<usize> {
    for _ in 0..6 {
        if tree.relation(at) == Relation::AclRelcl {
            return Some(at);
        }
        at = tree.head(at)?;
    }
    None
}

/// From the "that" between the verb and the clause, if there is one.
fn from_that(tree: &Tree<'_>, at: usize, low: usize) -> usize {
    let that = (at + 1..low).find(|at| tree.says(*at, "that") && tree.tag(*at) == Upos::Sconj);
    let beside = at + 1 < low && tree.says(low - 1, "that");
    that.unwrap_or(if beside { low - 1 } else { low })
}

/// From the object that the parser gave the verb, which is the subject of the clause.
fn from_object(tree: &Tree<'_>, at: usize, low: usize) -> usize {
    let low = if starts_at_once(tree, at) { at + 1 } else { low };
    object(tree, at, low).map_or(low, |object| tree.extent(object).0.max(at + 1))
}

/// The object before the clause; a second one is no less its subject where nobody is spoken to.
fn object(tree: &Tree<'_>, at: usize, low: usize) -> Option<usize> {
    let objects = [Relation::Obj, Relation::Iobj].into_iter();
    objects
        .filter_map(|relation| tree.child(at, relation))
        .find(|object| at < *object && *object < low)
}

/// From the thing that a clause with "that" tells of: "dismissed the idea that …".
fn from_thing(tree: &Tree<'_>, at: usize, low: usize) -> usize {
    let thing = object(tree, at, low).map(|thing| tree.extent(thing));
    let set_off = matches!(tree.slice(low), ":" | "“" | "\"" | "''" | "``");
    let thing = thing.filter(|(start, end)| *start == at + 1 && end + 1 == low && !set_off);
    thing.map_or(low, |(start, _)| start)
}

/// From the object right before the clause, which is its subject ("argued the ad made him look weak")
/// or is described by it ("cited remarks he had made").
fn from_subject(tree: &Tree<'_>, at: usize, low: usize) -> usize {
    let extent = object(tree, at, low).map(|object| tree.extent(object));
    let beside = extent.filter(|(start, end)| *start == at + 1 && end + 1 == low);
    let opens =
        matches!(tree.tag(low), Upos::Verb | Upos::Aux | Upos::Propn | Upos::Pron | Upos::Det);
    beside.filter(|_| opens && !tree.says(low, "that")).map_or(low, |(start, _)| start)
}

/// With the verbs after a clause with "that" that have no subject left: "that the road that he built
/// is closed", cut before "is".
fn with_orphans(tree: &Tree<'_>, low: usize, mut high: usize) -> usize {
    for _ in 0..3 {
        let next = high + 1;
        let verb = tree.tokens.contains(&next) && matches!(tree.tag(next), Upos::Verb | Upos::Aux);
        if !(verb && tree.says(low, "that")) {
            break;
        }
        let over = tree.head(next).filter(|head| high < *head && *head < next + 6).unwrap_or(next);
        high = tree.extent(over).1.max(next);
    }
    high
}

/// Where what is said ends because another cue goes on: "said that …, adding that …", "said … and
/// called …" (the same speaker's; its token), "said … and the other said …" (another's).
pub(super) fn until_next_cue(
    tree: &Tree<'_>,
    at: usize,
    (low, high): (usize, usize),
    kit: &QuotationKit,
) -> (usize, Option<usize>) {
    if low <= at {
        return (high, None);
    }
    let mut open = false;
    for next in low..=high.min(low + LONGEST) {
        match tree.slice(next) {
            "“" | "``" => open = true,
            "”" => open = false,
            "\"" | "''" => open = !open,
            _ => {}
        }
        let says = !open
            && low + 3 <= next
            && (tree.tag(next) == Upos::Verb || is_participle(tree, next))
            && kit
                .verb(tree.slice(next))
                .is_some_and(|cue| cue.frames.quote || (!cue.attitude && tree.form(next) == "VBG"));
        if let Some(end) =
            Some(next).filter(|_| says).and_then(|next| before_cue(tree, at, low, next))
        {
            return end;
        }
    }
    (high, None)
}

/// Where what is said ends if the cue at `next` goes on from the one at `at`; and `next` if the same
/// speaker says it.
fn before_cue(
    tree: &Tree<'_>,
    at: usize,
    low: usize,
    next: usize,
) -> Option<(usize, Option<usize>)> {
    let light = |at: usize| matches!(tree.tag(at), Upos::Adv | Upos::Aux);
    let start = (low..next).rev().find(|at| !light(*at)).map_or(low, |at| at + 1);
    let comma = comma_before(tree, start).filter(|comma| 0 < *comma);
    if let Some(comma) = comma.filter(|_| is_participle(tree, next)) {
        return Some((comma - 1, Some(next)));
    }
    let own = tree.child(next, Relation::Nsubj).map(|own| tree.extent(own).0);
    if is_aside_of_another(tree, next, own) {
        return Some((tree.extent(next).0 - 1, None)).filter(|(end, _)| low + 1 < *end);
    }
    if tree.relation(next) != Relation::Conj || finite_form(tree, next) != finite_form(tree, at) {
        return None;
    }
    let first = own.map_or(start, |own| own.min(start));
    let joins =
        |at: usize| matches!(tree.tag(at), Upos::Cconj | Upos::Sconj) && !tree.says(at, "that");
    let joined = low + 1 < first && joins(first - 1);
    joined.then(|| (first - 2, Some(next).filter(|_| own.is_none())))
}

/// A comma or a dash right before a token, which closing quotation marks may follow.
fn comma_before(tree: &Tree<'_>, at: usize) -> Option<usize> {
    let mark = at.checked_sub(1)?;
    let closed = matches!(tree.slice(mark), "”" | "\"" | "''" | "’" | "'");
    let mark = if closed { mark.checked_sub(1)? } else { mark };
    let apart = |at: usize| {
        let tokens = &tree.text.tokens;
        at.checked_sub(1).is_some_and(|before| tokens[before].span.end < tokens[at].span.start)
    };
    let dash = matches!(tree.slice(mark), "–" | "—" | "-" | "--" | "―") && apart(mark);
    (dash || tree.says(mark, ",")).then_some(mark)
}

/// "adding", or what the tagger took for a noun: ", warning that …".
fn is_participle(tree: &Tree<'_>, at: usize) -> bool {
    let noun = tree.tag(at) == Upos::Noun && tree.slice(at).ends_with("ing");
    tree.form(at) == "VBG"
        || (noun && 0 < at && tree.says(at - 1, ",") && tree.says(at + 1, "that"))
}

/// The form of a verb, or of its first auxiliary: "is telling" goes with "says".
fn finite_form(tree: &Tree<'_>, at: usize) -> &'static str {
    let auxiliary = tree.children(at).find(|child| {
        matches!(tree.relation(*child), Relation::Aux | Relation::AuxPass) && *child < at
    });
    tree.form(auxiliary.unwrap_or(at))
}

/// Whether the word after the verb belongs to what is said, and not to where, when or how.
fn starts_at_once(tree: &Tree<'_>, at: usize) -> bool {
    let next = at + 1;
    let beside = tree.children(at).find(|child| {
        let (low, high) = tree.extent(*child);
        (low..=high).contains(&next)
    });
    let fits = |child| {
        matches!(
            tree.relation(child),
            Relation::Obj | Relation::Nsubj | Relation::Ccomp | Relation::Xcomp | Relation::Advcl
        )
    };
    beside.is_some_and(fits) && !matches!(tree.tag(next), Upos::Adp | Upos::Punct | Upos::Adv)
}

/// "if she wins, …": a clause that another must follow.
fn is_condition(tree: &Tree<'_>, low: usize) -> bool {
    let low = low + usize::from(tree.says(low, "that"));
    ["if", "because", "while", "although", "though", "since", "when", "unless", "once", "as"]
        .iter()
        .any(|word| tree.says(low, word))
}

/// "said she had won a grant, but her parents paid": the last token of a clause with a subject of its
/// own that the parser hung beside the verb of saying, if it attributes to nobody.
fn coordinate(tree: &Tree<'_>, at: usize, low: usize, high: usize) -> usize {
    let clause = tree.children(at).find(|child| {
        let start = tree.extent(*child).0;
        tree.relation(*child) == Relation::Conj && high < start && start <= high + 2
    });
    let verb = |clause: usize| {
        let first = tree.children(clause).find(|child| {
            matches!(tree.relation(*child), Relation::Aux | Relation::AuxPass | Relation::Cop)
        });
        tree.form(first.unwrap_or(clause))
    };
    let says = |clause: usize| tree.child(clause, Relation::Ccomp).is_some();
    let told = clause.filter(|clause| !says(*clause)).filter(|clause| {
        let subject = tree.child(*clause, Relation::Nsubj);
        let comma = tree.says(high + 1, ",");
        let own = subject.is_some_and(|subject| high < subject) && !comma;
        let other =
            matches!(tree.form(at), "VBD" | "VBZ" | "VBP") && verb(*clause) != tree.form(at);
        at < low && (own || other)
    });
    told.map_or(high, |clause| tree.extent(clause).1)
}

/// ", which he called “a trap”", ", while most said that …": another saying, hung on the one before.
fn is_aside_of_another(tree: &Tree<'_>, next: usize, own: Option<usize>) -> bool {
    let (low, _) = tree.extent(next);
    let comma = tree.says(low, ",") || tree.says(low - 1, ",");
    let first = if tree.says(low, ",") { low + 1 } else { low };
    let opens = match tree.relation(next) {
        Relation::AclRelcl | Relation::AdvclRelcl => {
            tree.says(first, "which") || tree.says(first, "whom")
        }
        Relation::Advcl => tree.says(first, "while"),
        _ => false,
    };
    comma && opens && own.is_some_and(|own| first < own)
}
