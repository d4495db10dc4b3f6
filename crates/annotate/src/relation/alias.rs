//! Names in brackets after a name: "the Islamic State of Iraq and the Levant (ISIL)".

use crate::event::Index;
use crate::mention::{Mention, MentionForm, MentionKind};

use super::RelationKind;
use super::rule::Phase;
use super::search::{Draft, Search, Stated};

/// Pairs of names of which the second stands in brackets right after the first.
pub(super) fn find(search: &Search<'_>) -> Vec<Draft> {
    let mentions = &search.observed.mentions;
    let mut drafts = Vec::new();
    for (at, first) in mentions.iter().enumerate().filter(|(_, first)| names(first)) {
        let next = mentions[at + 1..].iter().enumerate().take(8);
        let second = next.filter(|(_, second)| names(second)).find(|(_, second)| {
            first.tokens.end + 1 == second.tokens.start && is_bracketed(search, second)
        });
        let Some((beyond, second)) = second else { continue };
        if is_same_name(search, first, second) {
            drafts.push(draft(first.tokens.end, at as u32, (at + 1 + beyond) as u32));
        }
    }
    drafts
}

fn names(mention: &Mention) -> bool {
    mention.form == MentionForm::Name
        && matches!(mention.kind, MentionKind::Organisation | MentionKind::Person)
}

fn draft(bracket: Index, subject: u32, object: u32) -> Draft {
    Draft {
        by: Stated::Brackets,
        kind: RelationKind::SameAs,
        phase: Phase::Holds,
        subject,
        object,
        head: bracket,
        trigger: (bracket, bracket),
        negated: false,
        ended: false,
    }
}

fn is_bracketed(search: &Search<'_>, mention: &Mention) -> bool {
    let form = |at: Index| {
        let token = search.grammar.text.tokens.get(at as usize);
        token.map_or("", |token| search.grammar.text.report.slice(token.span))
    };
    let before = mention.tokens.start.checked_sub(1).map_or("", form);
    matches!(before, "(" | "[") && matches!(form(mention.tokens.end), ")" | "]" | "," | ";")
}

/// Whether two names are taken for one actor, or one is made of the other's capitals.
fn is_same_name(search: &Search<'_>, first: &Mention, second: &Mention) -> bool {
    let text = |mention: &Mention| search.grammar.text.report.slice(mention.head_span);
    let same = first.actor.is_some() && first.actor == second.actor;
    same || is_made_of(text(second), text(first)) || is_made_of(text(first), text(second))
}

/// "ISIL" is made of "Islamic State of Iraq and the Levant": its letters begin words of it, in order.
fn is_made_of(short: &str, long: &str) -> bool {
    let letters = short.chars().filter(|letter| letter.is_alphanumeric());
    let capitals = short.chars().filter(|letter| letter.is_uppercase()).count();
    let words: Vec<&str> = long.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let mut starts = words.iter().filter_map(|word| word.chars().next());
    let mut initials = letters.filter(|letter| letter.is_uppercase());
    1 < capitals
        && 1 < words.len()
        && !short.contains(' ')
        && initials.all(|letter| starts.any(|start| start.to_uppercase().eq(letter.to_uppercase())))
}
