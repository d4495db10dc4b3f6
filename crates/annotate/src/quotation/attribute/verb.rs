//! Verbs that attribute: "Olmo said that …".

use chancery_text::Span;

use super::addressee::addressee;
use super::around::{after_aside, around, before_aside, long_source, past_opening, title_before};
use super::asked::asked;
use super::beside::{beside_verb, renamed};
use super::border::{until_next_cue, whole_clause};
use super::content::content;
use super::draft::Draft;
use super::noun::carried;
use super::participle::author;
use super::raised::{over_saying, raised};
use super::relative::extracted;
use super::repair::inverted;
use super::source::{Source, agent, aside_source, subject};
use crate::quotation::cue::{Cue, QuotationKit};
use crate::quotation::tree::Tree;
use crate::syntax::Relation;

/// The draft of the verb at `at`.
pub(super) fn verb(tree: &Tree<'_>, at: usize, cue: &Cue, kit: &QuotationKit) -> Option<Draft> {
    let leads = leads_as(tree, at, kit) || (cue.frames.light && has_noun_cue(tree, at, kit));
    if leads || !may_attribute(tree, at, cue) {
        return None;
    }
    let passive = is_passive(tree, at);
    if over_saying(tree, at, cue, passive, kit) {
        return None;
    }
    if let Some((low, high)) = asked(tree, at, cue) {
        return Some(Draft {
            source: agent(tree, at),
            cue: cue_span(tree, at, at),
            contents: tree.span(low, high).into_iter().collect(),
            by_tree: true,
            ..Draft::default()
        });
    }
    if let Some((source, contents)) = inverted(tree, at, cue) {
        return Some(Draft {
            source: source.span,
            cue: cue_span(tree, at, at),
            contents,
            takes_quote: true,
            by_tree: true,
            ..Draft::default()
        });
    }
    let quoted_as = quoted_as(tree, at, kit);
    let source = source_of(tree, at, passive, quoted_as);
    let (source, relative) = extracted(tree, at, cue, source);
    let mut draft = without_content(tree, at, cue, passive);
    draft.relative = relative.filter(|_| !passive);
    draft.cue = cue_span(tree, quoted_as.unwrap_or(at), at);
    (draft.source, draft.dropped, draft.shared) = (source.span, source.dropped, source.shared);
    if let Some(contents) = raised(tree, at, cue, passive) {
        draft.contents = contents;
        draft.source = draft.source.filter(|_| passive);
        (draft.by_tree, draft.dropped, draft.takes_quote) = (true, false, false);
        return Some(draft);
    }
    if let Some(extent) = content(tree, at, cue, passive) {
        take_content(tree, at, cue, &source, extent, kit, &mut draft);
    }
    take_what_led(tree, at, cue, &mut draft);
    draft.goes_on = tree.form(at) == "VBG" && follows_comma(tree, at);
    let form = tree.form(at);
    draft.dropped &= matches!(form, "VBD" | "VBZ" | "VBN");
    (draft.by_tree || draft.takes_quote)
        .then_some(draft)
        .filter(|draft| has_sayer(tree, at, passive, draft))
}

/// "…,” saying that …": a participle after a comma says what follows, never what stands before.
fn follows_comma(tree: &Tree<'_>, at: usize) -> bool {
    let before = (tree.tokens.start..at)
        .rev()
        .find(|at| !matches!(tree.slice(*at), "”" | "\"" | "''" | "’" | "'"));
    before.is_some_and(|before| tree.says(before, ","))
}

/// Who says it, by what kind of verb it is.
fn source_of(tree: &Tree<'_>, at: usize, passive: bool, quoted_as: Option<usize>) -> Source {
    match (passive, quoted_as) {
        (_, Some(over)) => Source::by(tree, over, tree.child(over, Relation::NsubjPass)),
        (true, None) => Source { span: agent(tree, at), ..Source::NONE },
        (false, None) => {
            let found = || {
                let subject = subject(tree, at);
                let renamed = if subject.span.is_none() { renamed(tree, at) } else { None };
                renamed.unwrap_or_else(|| subject.or_else(|| beside_verb(tree, at)))
            };
            let subject = author(tree, at).unwrap_or_else(found);
            aside_source(tree, at, &subject).unwrap_or(subject)
        }
    }
}

/// What the cue alone tells of the draft.
fn without_content(tree: &Tree<'_>, at: usize, cue: &Cue, passive: bool) -> Draft {
    let frames = &cue.frames;
    let to_people = frames.to_whom || frames.urge;
    let has_object = tree.child(at, Relation::Obj).is_some();
    Draft {
        denied: cue.denies,
        attitude: cue.attitude,
        takes_quote: frames.quote,
        leads_on: !to_people && !passive,
        needs_colon: !to_people && !frames.obj && has_object,
        addressee: addressee(tree, at, cue),
        ..Draft::default()
    }
}

fn take_content(
    tree: &Tree<'_>,
    at: usize,
    cue: &Cue,
    source: &Source,
    extent: (usize, usize),
    kit: &QuotationKit,
    draft: &mut Draft,
) {
    let Some(extent) = past_opening(tree, at, source, extent) else { return };
    let (low, high) = whole_clause(tree, at, cue, extent);
    let (high, next) = until_next_cue(tree, at, (low, high), kit);
    draft.next = next;
    let title = title_before(tree, at, source, (low, high));
    draft.contents = match title.or_else(|| long_source(tree, at, source, (low, high))) {
        Some((span, rest)) => {
            draft.source = Some(span);
            tree.span(rest.0, rest.1).into_iter().collect()
        }
        None => around(tree, (low, high), at, source),
    };
    draft.by_tree = !draft.contents.is_empty();
}

/// Adds what stands before an attribution between commas, and the verb that goes on after it.
fn take_what_led(tree: &Tree<'_>, at: usize, cue: &Cue, draft: &mut Draft) {
    let Some(source) = draft.source.filter(|_| draft.by_tree) else { return };
    let led = before_aside(tree, at, source);
    let rest = after_aside(tree, at, source).filter(|_| cue.frames.that);
    for beside in [led, rest].into_iter().flatten() {
        if !draft.contents.iter().any(|content| content.overlaps(beside)) {
            draft.contents.push(beside);
        }
    }
    draft.contents.sort();
}

/// Whether somebody says it, or it is a saying of nobody named.
fn has_sayer(tree: &Tree<'_>, at: usize, passive: bool, draft: &Draft) -> bool {
    let somebody = draft.source.is_some() || draft.dropped;
    let told = !draft.by_tree || draft.takes_quote || reports_anyway(tree, at, passive);
    somebody || (told && tree.form(at) != "VB")
}

/// Whether a verb may attribute where it stands.
fn may_attribute(tree: &Tree<'_>, at: usize, cue: &Cue) -> bool {
    tree.relation(at) != Relation::Amod
        && !is_auxiliary(tree, at)
        && (!is_purpose(tree, at) || says_something(tree, at, cue))
}

/// "went there to say that …", "to denounce the plan": said, though it is the purpose of something.
fn says_something(tree: &Tree<'_>, at: usize, cue: &Cue) -> bool {
    let after = |relation| tree.child(at, relation).is_some_and(|child| at < child);
    (cue.frames.that && after(Relation::Ccomp))
        || (cue.frames.quote && cue.frames.obj && !cue.frames.to_whom && after(Relation::Obj))
}

fn is_passive(tree: &Tree<'_>, at: usize) -> bool {
    let auxiliary = tree.child(at, Relation::AuxPass);
    auxiliary.is_some_and(|auxiliary| !is_has(tree, at, auxiliary))
        || (tree.relation(at) == Relation::Acl && tree.form(at) == "VBN")
}

/// "he's said that …": has, which the parser took for is.
fn is_has(tree: &Tree<'_>, at: usize, auxiliary: usize) -> bool {
    let told = [Relation::Obj, Relation::Ccomp].into_iter();
    matches!(tree.slice(auxiliary), "'s" | "’s")
        && told.filter_map(|told| tree.child(at, told)).any(|told| at < told)
}

/// "was quoted as saying that …": the participle attributes, and this verb with it.
fn leads_as(tree: &Tree<'_>, at: usize, kit: &QuotationKit) -> bool {
    quoted_as(tree, at + 2, kit) == Some(at)
}

/// "voiced concern that …", "made the claim that …": the noun attributes, and the verb with it.
fn has_noun_cue(tree: &Tree<'_>, at: usize, kit: &QuotationKit) -> bool {
    tree.child(at, Relation::Obj).is_some_and(|object| {
        let cue = kit.noun(tree.slice(object));
        at < object && cue.is_some_and(|cue| carried(tree, object, cue).is_some())
    })
}

/// "it was announced that …", "he is expected to …": sayings of nobody named.
fn reports_anyway(tree: &Tree<'_>, at: usize, passive: bool) -> bool {
    let clause = tree.child(at, Relation::Ccomp).or_else(|| tree.child(at, Relation::Xcomp));
    passive && clause.is_some_and(|clause| at < clause)
}

pub(super) fn is_auxiliary(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.relation(at), Relation::Aux | Relation::AuxPass | Relation::Cop)
}

/// "the right to decide", "in order to say": nobody says it.
fn is_purpose(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.relation(at), Relation::Acl | Relation::Advcl)
        && tree.word(at).is_some_and(|word| word.xpos == "VB")
}

/// "was quoted as saying": the verb over "saying".
pub(super) fn quoted_as(tree: &Tree<'_>, at: usize, kit: &QuotationKit) -> Option<usize> {
    let over = tree.head(at)?;
    kit.verb(tree.slice(at))?;
    let quotes = matches!(kit.verb(tree.slice(over))?.lemma, "quote" | "cite" | "report");
    (quotes && over < at && at <= over + 3 && tree.says(at - 1, "as")).then_some(over)
}

/// The cue with its auxiliaries and what negates it.
pub(super) fn cue_span(tree: &Tree<'_>, first: usize, last: usize) -> Option<Span> {
    let mut low = first;
    while tree.tokens.start < low {
        let before = low - 1;
        let mine = tree.head(before) == Some(first);
        let kind =
            matches!(tree.relation(before), Relation::Aux | Relation::AuxPass | Relation::Advmod)
                && (tree.relation(before) != Relation::Advmod || is_light(tree, before));
        if !(mine && kind) {
            break;
        }
        low = before;
    }
    tree.span(low, last)
}

fn is_light(tree: &Tree<'_>, at: usize) -> bool {
    matches!(
        tree.slice(at).to_ascii_lowercase().as_str(),
        "not" | "n't" | "also" | "never" | "repeatedly" | "previously" | "recently" | "earlier"
    )
}
