//! What is said before and after an attribution that stands inside it, and what the parser took for
//! it though it is part of the source.

use chancery_text::Span;

use super::content::tells_where_said;
use super::source::Source;
use crate::quotation::tree::Tree;
use crate::syntax::{Relation, Upos};

/// The content without the words of the attribution, which may stand inside it.
pub(super) fn around(
    tree: &Tree<'_>,
    (low, high): (usize, usize),
    at: usize,
    source: &Source,
) -> Vec<Span> {
    let attribution = [Some(at), source.token].into_iter().flatten();
    let inside: Vec<usize> = attribution.filter(|token| (low..=high).contains(token)).collect();
    let (Some(first), Some(last)) = (inside.iter().min(), inside.iter().max()) else {
        return tree.span(low, high).into_iter().collect();
    };
    let start = source
        .token
        .filter(|token| inside.contains(token))
        .map_or(*first, |token| tree.extent(token).0.max(low))
        .min(*first);
    let end = source
        .token
        .filter(|token| inside.contains(token))
        .map_or(*last, |token| if at < token { tree.extent(token).1.min(high) } else { at })
        .max(*last);
    let end = modifiers_after(tree, at, end);
    let before = (low < start).then(|| tree.span(low, start - 1)).flatten();
    let after = (end < high).then(|| tree.span(end + 1, high)).flatten();
    before.into_iter().chain(after).collect()
}

/// Past "on Monday", "in an interview" that hang on the cue.
fn modifiers_after(tree: &Tree<'_>, at: usize, mut end: usize) -> usize {
    for child in tree.children(at) {
        let (low, high) = tree.extent(child);
        let hangs = matches!(
            tree.relation(child),
            Relation::Obl
                | Relation::OblUnmarked
                | Relation::Advmod
                | Relation::Obj
                | Relation::Iobj
        );
        if hangs && end < low && low <= end + 1 {
            end = high;
        }
    }
    end
}

/// "The plan, she said, is sound", "The plan, she told them on Friday, is sound": what stands before
/// an attribution between commas.
pub(super) fn before_aside(tree: &Tree<'_>, at: usize, source: Span) -> Option<Span> {
    let first = tree.tokens.clone().find(|at| tree.text.tokens[*at].span.start == source.start)?;
    let start = tree.tokens.start;
    let end = told_when(tree, at);
    let led = start + 1 < first && tree.says(first - 1, ",");
    let aside = first + 6 > at && tree.says(end + 1, ",") && led;
    let light = |at: usize| matches!(tree.tag(at), Upos::Adv | Upos::Cconj | Upos::Punct);
    let clause = (start..first).any(|at| tree.is_finite(at));
    let place = |at: usize| tells_where_said(tree, at);
    let told = (start..first).any(place);
    let tells_where = tree.tag(start) == Upos::Adp && !clause && told;
    let joins = (end != at && ((start..first).all(light) || opens_quote(tree, end)))
        || opens_sentence(tree, end);
    let whole = aside && !tells_where && !joins;
    if whole { tree.span(start, first - 2) } else { None }
}

/// "Riding alone, she said, can be hard": the verb that goes on after an attribution between commas.
pub(super) fn after_aside(tree: &Tree<'_>, at: usize, source: Span) -> Option<Span> {
    let first = tree.tokens.clone().find(|at| tree.text.tokens[*at].span.start == source.start)?;
    let end = told_when(tree, at);
    let verb = end + 2;
    let aside = tree.tokens.start < first
        && first < at
        && tree.says(first - 1, ",")
        && tree.says(end + 1, ",");
    let goes_on = tree.tokens.contains(&verb) && tree.is_finite(verb);
    if aside && goes_on { tree.span(verb, tree.tokens.end - 1) } else { None }
}

/// The last token of whom and when it was said to: "told them on Friday".
fn told_when(tree: &Tree<'_>, at: usize) -> usize {
    let mut end = at;
    for child in tree.children(at).filter(|child| at < *child) {
        let (low, high) = tree.extent(child);
        let kind = matches!(
            tree.relation(child),
            Relation::Iobj | Relation::Obl | Relation::OblUnmarked | Relation::Advmod
        );
        if kind && low == end + 1 && high < end + 7 {
            end = high;
        }
    }
    end
}

/// Whether a quotation opens right after a token, or after a comma or a colon.
fn opens_quote(tree: &Tree<'_>, at: usize) -> bool {
    let mark = |at: usize| matches!(tree.slice(at), "“" | "\"" | "''" | "``" | "‘" | "'");
    mark(at + 1) || (matches!(tree.slice(at + 1), "," | ":") && mark(at + 2))
}

/// Whether a quotation that starts a sentence of its own opens after a token.
fn opens_sentence(tree: &Tree<'_>, at: usize) -> bool {
    let mark = (at + 1..at + 4)
        .find(|at| opens_quote(tree, at - 1))
        .map(|mark| mark + usize::from(matches!(tree.slice(mark), "," | ":")));
    mark.is_some_and(|mark| tree.slice(mark + 1).starts_with(char::is_uppercase))
}

/// "Veterans asked at rallies, including Olmo, said they had no doubt": a long source that the parser
/// took for what is said. Gives it, and the words after the verb.
pub(super) fn long_source(
    tree: &Tree<'_>,
    at: usize,
    source: &Source,
    (low, high): (usize, usize),
) -> Option<(Span, (usize, usize))> {
    let rest = (at + 1, tree.tokens.end - 1);
    let clause = (rest.0..=rest.1).any(|at| tree.is_finite(at));
    let own = tree.span(low, high)?;
    let apart = source.span.is_some_and(|source| !own.overlaps(source));
    let goes_on = high < at && at < high + 3 && rest.0 + 2 < rest.1;
    let verb_next = !matches!(tree.tag(at + 1), Upos::Punct | Upos::Adp | Upos::Propn);
    (goes_on && clause && verb_next && !apart).then_some((own, rest))
}

/// "Taliban spokesman Naim said that …" read as if the spokesman were what is said: gives the whole
/// source and the words after the verb.
pub(super) fn title_before(
    tree: &Tree<'_>,
    at: usize,
    source: &Source,
    (low, high): (usize, usize),
) -> Option<(Span, (usize, usize))> {
    let token = source.token.filter(|token| high < *token && *token < at)?;
    let start = tree.extent(token).0;
    let verbless =
        (low..=high).all(|at| !matches!(tree.tag(at), Upos::Verb | Upos::Aux | Upos::Punct));
    let rest = (at + 1, tree.tokens.end - 1);
    (high + 1 == start && verbless && rest.0 < rest.1)
        .then(|| tree.span(low, at - 1).map(|span| (span, rest)))
        .flatten()
}

/// "Asked about the road, Olmo said it was open": the words after the verb, where the parser took the
/// opening clause for what is said; nothing where a quotation follows.
pub(super) fn past_opening(
    tree: &Tree<'_>,
    at: usize,
    source: &Source,
    (low, high): (usize, usize),
) -> Option<(usize, usize)> {
    let opening = matches!(tree.form(low), "VBN" | "VBG")
        || ["asked", "pressed", "questioned"].iter().any(|word| tree.says(low, word))
        || ["when", "after", "as", "instead", "while", "before"]
            .iter()
            .any(|word| tree.says(low, word));
    let tells_where = tree.tag(low) == Upos::Adp && !(low..=high).any(|at| tree.is_finite(at));
    let opening = opening || tells_where;
    let subject = source.token.is_some_and(|token| high < token && token < at);
    let after = (at + 1, tree.tokens.end - 1);
    let said = (after.0..=after.1).any(|at| tree.is_finite(at));
    let aside = tree.says(at + 1, ",");
    match (opening && subject, said && !aside) {
        (true, true) => Some(after),
        (true, false) if opens_quote(tree, at) => None,
        _ => Some((low, high)),
    }
}
