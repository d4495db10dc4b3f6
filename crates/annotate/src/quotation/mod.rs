//! Who said what: quotations with their source, cue and content, by PolNeAR's terms.

use chancery_text::{Kind, RowId, Span};
use rustc_hash::FxHashMap;

use crate::Read;
use crate::lexicon::{LexiconFault, Table};
use crate::mention::Mention;

mod adopt;
mod attribute;
mod cue;
mod gather;
mod heading;
mod marks;
mod post;
mod speaker;
mod transcript;
mod tree;

pub use cue::QuotationKit;

use attribute::Draft;
use gather::{Gathered, gather};
use marks::Marked;

/// One quotation or reported saying.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// Identity.
    pub id: RowId,
    /// Who is said to say it: "Chinese Foreign Minister Wang Yi". `None` if the text gives nobody.
    pub source: Option<Span>,
    /// The words that attribute: "said", "according to".
    pub cue: Option<Span>,
    /// What is said, in order; several if interrupted. Quotation marks are inside.
    pub contents: Vec<Span>,
    /// Direct, indirect or mixed.
    pub kind: QuotationKind,
    /// The mention that the source is, if one was found.
    pub speaker: Option<RowId>,
    /// The mention spoken to, if one was found.
    pub addressee: Option<RowId>,
    /// Whether the cue denies the content: "denied that".
    pub denied: bool,
    /// Quotation that this one stands inside, if any.
    pub within: Option<RowId>,
}

impl Quotation {
    /// Whether somebody said it: an attitude is read off deeds, votes and moods as well, so what
    /// asks on whose word a thing is told passes it over.
    pub fn is_said(&self) -> bool {
        self.kind != QuotationKind::Attitude
    }
}

chancery_text::named_enum! {
    /// How a quotation is given.
    pub enum QuotationKind {
        /// In quotation marks.
        Direct = "direct",
        /// In the reporter's words.
        Indirect = "indirect",
        /// In the reporter's words with some in quotation marks.
        Mixed = "mixed",
        /// A post on a social network.
        Post = "post",
        /// What somebody backs, sees or prefers, of which nobody need have said a word.
        Attitude = "attitude",
    }
}

/// Finds quotations, in the order of the text.
pub fn find(text: Read<'_>, mentions: &[Mention], kit: &QuotationKit) -> Vec<Quotation> {
    let Gathered { mut drafts, marked } = gather(text, kit);
    let posts = post::find(text);
    drafts.retain(|draft| !posts.iter().any(|post| post.contents == draft.contents));
    drafts.extend(posts);
    drafts.extend(heading::find(text, mentions));
    let turns = transcript::find(text);
    drafts.retain(|draft| !is_told_in(draft, &turns));
    drafts.extend(turns);
    drafts.sort_by_key(|draft| (first_of(draft), draft.cue));
    let mut quotations: Vec<Quotation> = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let speaker = draft.source.and_then(|source| speaker::of(mentions, source));
        let before = quotations.last().filter(|_| draft.dropped).and_then(|last| last.speaker);
        quotations.push(Quotation {
            id: id(text, draft),
            source: draft.source,
            cue: draft.cue,
            contents: draft.contents.clone(),
            kind: kind(draft, &marked),
            speaker: speaker.or(before),
            addressee: draft.addressee.and_then(|span| speaker::of(mentions, span)),
            denied: draft.denied,
            within: None,
        });
    }
    nest(&mut quotations);
    leave_out_nested_attitudes(quotations)
}

/// Drops what a speaker says of somebody's views and wishes: it adds nothing to what the speaker
/// said, and hides who said it from what looks for the innermost quotation.
fn leave_out_nested_attitudes(mut quotations: Vec<Quotation>) -> Vec<Quotation> {
    let nested = |q: &Quotation| q.kind == QuotationKind::Attitude && q.within.is_some();
    let dropped: FxHashMap<RowId, Option<RowId>> =
        quotations.iter().filter(|q| nested(q)).map(|q| (q.id, q.within)).collect();
    quotations.retain(|q| !nested(q));
    for quotation in &mut quotations {
        while let Some(above) = quotation.within.and_then(|within| dropped.get(&within)) {
            quotation.within = *above;
        }
    }
    quotations
}

/// Whether a draft is a turn of a transcript, or a part of one without a cue of its own.
fn is_told_in(draft: &Draft, turns: &[Draft]) -> bool {
    let inside = |content: &Span| {
        turns.iter().any(|turn| turn.contents.iter().any(|told| told.overlaps(*content)))
    };
    let turn = || turns.iter().any(|turn| turn.cue == draft.cue);
    if draft.cue.is_some() { turn() } else { draft.contents.iter().any(inside) }
}

fn first_of(draft: &Draft) -> (u32, u32) {
    let first = draft.contents.iter().min().copied().unwrap_or_default();
    (first.start, u32::MAX - first.end)
}

fn id(text: Read<'_>, draft: &Draft) -> RowId {
    let span = draft.contents.iter().copied().reduce(Span::cover).unwrap_or_default();
    let detail = match draft.cue.or(draft.source) {
        Some(by) => format!("{}-{}", by.start, by.end),
        None => String::new(),
    };
    RowId::observed(Kind::Quotation, text.report.id, span, &detail)
}

/// Direct if all of it is in quotation marks, mixed if some is.
fn kind(draft: &Draft, marked: &[Marked]) -> QuotationKind {
    if draft.post {
        return QuotationKind::Post;
    }
    if draft.attitude {
        return QuotationKind::Attitude;
    }
    if draft.verbatim {
        return QuotationKind::Direct;
    }
    let stretches = |content: &Span| {
        let content = *content;
        let first = marked.partition_point(|stretch| stretch.span.end <= content.start);
        marked[first..].iter().take_while(move |stretch| stretch.span.start < content.end)
    };
    let whole = |content: &Span| {
        let inside = stretches(content).filter(|stretch| content.contains(stretch.span));
        let covered: u32 = inside.map(|stretch| stretch.span.len()).sum();
        content.len() <= covered + 3
    };
    if draft.contents.iter().all(whole) {
        QuotationKind::Direct
    } else if draft
        .contents
        .iter()
        .any(|content| stretches(content).any(|s| content.contains(s.span)))
    {
        QuotationKind::Mixed
    } else {
        QuotationKind::Indirect
    }
}

/// Sets `within`: the innermost other quotation that holds the cue and the content.
fn nest(quotations: &mut [Quotation]) {
    let mut contents: Vec<(Span, usize)> = quotations
        .iter()
        .enumerate()
        .flat_map(|(number, q)| q.contents.iter().map(move |content| (*content, number)))
        .collect();
    contents.sort_by_key(|(span, number)| (span.start, std::cmp::Reverse(span.end), *number));
    let mut open: Vec<(Span, usize)> = Vec::new();
    let mut holders = vec![None; quotations.len()];
    for (span, number) in contents {
        while open.last().is_some_and(|(outer, _)| outer.end <= span.start) {
            open.pop();
        }
        let first = quotations[number].contents.first() == Some(&span);
        let cue = quotations[number].cue.unwrap_or(span);
        if first {
            holders[number] = open
                .iter()
                .rev()
                .take(16)
                .find(|(outer, other)| {
                    *other != number && outer.contains(span) && outer.contains(cue)
                })
                .map(|(_, other)| *other);
        }
        open.push((span, number));
    }
    for (number, holder) in holders.into_iter().enumerate() {
        quotations[number].within = holder.map(|holder| quotations[holder].id);
    }
}

/// Faults in `data/quotation`.
pub fn check() -> Vec<LexiconFault> {
    match Table::parse("quotation/cues.tsv", cue::CUES) {
        Ok(table) => table.check_form().into_iter().chain(QuotationKit::read().err()).collect(),
        Err(fault) => vec![fault],
    }
}

#[cfg(test)]
mod tests;
