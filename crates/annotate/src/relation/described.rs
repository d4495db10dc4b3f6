//! Whom a noun describes: "Hassan, the **leader** of X", "X **leader** Hassan", "Hassan is the **leader** of
//! X", "Hassan was elected **leader** of X".

use crate::event::Index;
use crate::mention::MentionForm;
use crate::syntax::Relation as Dependency;

use super::search::Search;

/// Relations by which a title hangs on the name after it.
const TITLE: [Dependency; 4] =
    [Dependency::NmodDesc, Dependency::Compound, Dependency::NmodUnmarked, Dependency::Flat];

/// The heads of whom a noun describes.
pub(super) fn find(search: &Search<'_>, noun: Index) -> Vec<Index> {
    let grammar = search.grammar;
    if grammar.kid(noun, &[Dependency::Cop]).is_some() {
        return grammar.subject(noun).into_iter().collect();
    }
    if let Some(name) = search.name_of_title(noun) {
        return grammar.head_of_mention(search.mention(name)).into_iter().collect();
    }
    if let Some(name) = name_after(search, noun) {
        return vec![name];
    }
    match (grammar.relation(noun), grammar.head(noun)) {
        (Dependency::Appos, Some(head)) => apposed(search, noun, head),
        (Dependency::Conj, Some(head)) if head < noun && search.headed_by_role(head) => {
            find(search, head)
        }
        _ => named_in_apposition(search, noun)
            .or_else(|| verb_over(search, noun).and_then(|verb| of_verb(search, verb, noun)))
            .into_iter()
            .collect(),
    }
}

/// "X, leader of Y"; of a list only the last name that the phrase can be about.
fn apposed(search: &Search<'_>, noun: Index, head: Index) -> Vec<Index> {
    let grammar = search.grammar;
    let before = grammar.kids(head).iter().copied().rev().skip_while(|kid| noun <= *kid);
    let last = before.into_iter().find(|kid| grammar.relation(*kid) == Dependency::Conj);
    vec![last.unwrap_or(head)]
}

/// The name that a title stands before, hanging on it.
fn name_after(search: &Search<'_>, noun: Index) -> Option<Index> {
    let grammar = search.grammar;
    let head = grammar.head(noun).filter(|head| noun < *head)?;
    let titled = TITLE.contains(&grammar.relation(noun));
    let after = |number: u32| search.span(noun).end <= search.mention(number).head_span.start;
    let named = search.is_name(head) && search.headed(head).is_some_and(after);
    (titled && named && !is_parted(search, noun, head)).then_some(head)
}

/// Whether a mark of punctuation other than a hyphen stands between.
fn is_parted(search: &Search<'_>, from: Index, to: Index) -> bool {
    (from + 1..to).any(|at| matches!(search.grammar.word(at).xpos, "," | ":" | "." | "-LRB-"))
}

/// "its leader, Hassan", and names that the tree hangs on the title.
fn named_in_apposition(search: &Search<'_>, noun: Index) -> Option<Index> {
    let grammar = search.grammar;
    let after = [Dependency::Appos, Dependency::Flat, Dependency::NmodDesc];
    let mut kids = grammar.kids(noun).iter().copied();
    kids.find(|kid| noun < *kid && after.contains(&grammar.relation(*kid)) && search.is_name(*kid))
}

/// The verb that makes a noun a description: "became leader", "served as minister", "elected him head".
pub(super) fn verb_over(search: &Search<'_>, noun: Index) -> Option<Index> {
    let (grammar, known) = (search.grammar, &search.kit.known);
    let verb = grammar.head(noun).filter(|head| grammar.is_verbal(*head))?;
    let under = [Dependency::Xcomp, Dependency::Obj, Dependency::Obl, Dependency::Advcl];
    let with_as = grammar.kids(noun).iter().any(|kid| grammar.word(*kid).lemma == "as");
    let any = known.turn_into | known.appoint;
    let with = known.serve | known.resign | known.appoint;
    let part = matches!(grammar.word(noun).lemma.as_str(), "member" | "part");
    let means = search.is(verb, any) && !with_as || (part || search.is(verb, with)) && with_as;
    (means && under.contains(&grammar.relation(noun))).then_some(verb)
}

fn of_verb(search: &Search<'_>, verb: Index, noun: Index) -> Option<Index> {
    let grammar = search.grammar;
    let known = &search.kit.known;
    let appointed = search.is(verb, known.appoint) && !search.is(verb, known.turn_into);
    if !appointed || grammar.is_passive(verb) {
        return grammar.subject(verb).filter(|it| *it != noun);
    }
    let objects = grammar
        .kids(verb)
        .iter()
        .copied()
        .filter(|kid| matches!(grammar.relation(*kid), Dependency::Obj | Dependency::Iobj));
    objects.filter(|kid| *kid != noun).find(|kid| *kid < noun)
}

/// What stands around a title and its name: "Iraq's Prime Minister Haider", "Minister Brandt of Poland".
pub(super) fn around_title(search: &Search<'_>, noun: Index) -> Vec<Index> {
    let grammar = search.grammar;
    if let Some(name) = search.name_of_title(noun) {
        return before_title(search, noun, name);
    }
    let Some(name) = name_after(search, noun) else { return Vec::new() };
    let parts = grammar.kids(name).iter().copied();
    let parts = parts.filter(|kid| grammar.relation(*kid) == Dependency::Flat);
    let kids = std::iter::once(name).chain(parts);
    let kids = kids.flat_map(|part| grammar.kids(part).iter().copied());
    let owner = |kid: &Index| {
        let before = *kid < noun;
        match grammar.relation(*kid) {
            Dependency::NmodPoss
            | Dependency::Amod
            | Dependency::Compound
            | Dependency::NmodDesc => before,
            Dependency::Nmod => {
                grammar.kids(*kid).iter().any(|case| grammar.word(*case).lemma == "of")
            }
            _ => false,
        }
    };
    let named = |kid: &Index| {
        let number = search.headed(*kid);
        number.is_some_and(|number| search.mention(number).form != MentionForm::Pronoun)
    };
    kids.filter(owner).filter(named).collect()
}

/// The name nearest before a title inside its phrase, or what is right before the phrase as its owner;
/// else what hangs on the name by "of".
fn before_title(search: &Search<'_>, noun: Index, name: u32) -> Vec<Index> {
    let (grammar, phrase) = (search.grammar, &search.mention(name).tokens);
    let owner = |at: &Index| phrase.contains(at) || grammar.relation(*at) == Dependency::NmodPoss;
    let inside = (phrase.start.saturating_sub(3)..noun).rev().filter(owner);
    let named = |at: &Index| {
        let owner = search.headed(*at).filter(|number| *number != name);
        owner.is_some_and(|number| search.mention(number).form != MentionForm::Pronoun)
    };
    if let Some(at) = inside.into_iter().find(named) {
        return vec![at];
    }
    let of = |kid: &Index| grammar.kids(*kid).iter().any(|case| grammar.word(*case).lemma == "of");
    let kids = phrase.clone().flat_map(|at| grammar.kids(at).iter().copied());
    kids.filter(|kid| phrase.end <= *kid && of(kid)).take(1).collect()
}
