//! From a cue to its source and its content, by the tree; by word order where there is no tree.

use chancery_text::Span;

use super::cue::{Cue, QuotationKit};
use super::tree::Tree;
use crate::syntax::{Relation, Upos};

/// Most words of what is said that are searched for another cue: longer sentences are rare, and many
/// cues in one must not cost more than the sentence.
const LONGEST: usize = 80;

/// A quotation in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub source: Option<Span>,
    pub cue: Option<Span>,
    pub contents: Vec<Span>,
    pub addressee: Option<Span>,
    pub denied: bool,
    /// Whether words in quotation marks may be its content.
    pub takes_quote: bool,
    /// Whether its subject was dropped, so that whoever spoke last speaks on.
    pub dropped: bool,
    /// A post.
    pub post: bool,
    /// Whether it tells what somebody backs, sees or prefers.
    pub attitude: bool,
    /// Whether its content came by the tree.
    pub by_tree: bool,
    /// Whether the source stands beside another verb that shares it.
    pub shared: bool,
    /// The token of the next cue of the same source, where its content ends: "said …, adding …".
    pub next: Option<usize>,
    /// Whether the words between the cue and words in quotation marks are said too: "called him “a
    /// fool”".
    pub leads_on: bool,
    /// Whether only a colon lets words in quotation marks follow: the verb has an object.
    pub needs_colon: bool,
}

impl Draft {
    /// From the first to the last character of source, cue and addressee.
    pub fn group(&self) -> Option<Span> {
        let source = self.source.filter(|_| !self.shared);
        [source, self.cue, self.addressee].into_iter().flatten().reduce(Span::cover)
    }
}

/// The drafts of one sentence, in the order of their cues.
pub(super) fn drafts(tree: &Tree<'_>, kit: &QuotationKit) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for at in tree.tokens.clone() {
        let mut draft = if tree.says(at, "according") && tree.says(at + 1, "to") {
            according(tree, at)
        } else if !tree.read {
            kit.verb(tree.slice(at)).and_then(|cue| flat(tree, at, cue))
        } else {
            match tree.tag(at) {
                Upos::Verb | Upos::Aux => {
                    kit.verb(tree.slice(at)).and_then(|cue| verb(tree, at, cue, kit))
                }
                Upos::Noun => kit.noun(tree.slice(at)).and_then(|cue| noun(tree, at, cue)),
                Upos::Adj => kit.adjective(tree.slice(at)).and_then(|cue| adjective(tree, at, cue)),
                _ => None,
            }
        };
        let before = drafts.iter().find(|before| before.next == Some(at));
        if let (Some(draft), Some(before)) = (&mut draft, before) {
            (draft.source, draft.shared, draft.dropped) = (before.source, true, false);
        }
        drafts.extend(draft);
    }
    drafts
}

// ---- verbs, by the tree ------------------------------------------------------------------------

fn verb(tree: &Tree<'_>, at: usize, cue: &Cue, kit: &QuotationKit) -> Option<Draft> {
    if tree.relation(at) == Relation::Amod || is_auxiliary(tree, at) || is_purpose(tree, at) {
        return None;
    }
    if cue.frames.light && has_noun_cue(tree, at, kit) {
        return None;
    }
    let passive = tree.child(at, Relation::AuxPass).is_some()
        || (tree.relation(at) == Relation::Acl && tree.word(at).is_some_and(|w| w.xpos == "VBN"));
    let quoted_as = quoted_as(tree, at, kit);
    let source = match (passive, quoted_as) {
        (_, Some(over)) => Source::by(tree, over, tree.child(over, Relation::NsubjPass)),
        (true, None) => Source { span: agent(tree, at), ..Source::NONE },
        (false, None) => {
            let subject = subject(tree, at).or_else(|| beside_verb(tree, at));
            aside_source(tree, at, &subject).unwrap_or(subject)
        }
    };
    let first = quoted_as.unwrap_or(at);
    let mut draft = Draft {
        source: source.span,
        cue: cue_span(tree, first, at),
        denied: cue.denies,
        attitude: cue.attitude,
        takes_quote: cue.frames.quote,
        dropped: source.dropped,
        shared: source.shared,
        leads_on: !cue.frames.to_whom && !cue.frames.urge && !passive,
        needs_colon: !cue.frames.to_whom
            && !cue.frames.urge
            && !cue.frames.obj
            && tree.child(at, Relation::Obj).is_some(),
        ..Draft::default()
    };
    draft.addressee = addressee(tree, at, cue);
    if let Some(contents) = raised(tree, at, cue, passive) {
        draft.contents = contents;
        draft.source = draft.source.filter(|_| passive);
        (draft.by_tree, draft.dropped, draft.takes_quote) = (true, false, false);
        return Some(draft);
    }
    if let Some((low, high)) = content(tree, at, cue, passive) {
        let (low, high) = whole_clause(tree, at, cue, (low, high));
        let (high, next) = until_next_cue(tree, at, (low, high), kit);
        draft.next = next;
        let title = title_before(tree, at, &source, (low, high));
        draft.contents = match title.or_else(|| long_source(tree, at, &source, (low, high))) {
            Some((span, rest)) => {
                draft.source = Some(span);
                tree.span(rest.0, rest.1).into_iter().collect()
            }
            None => around(tree, (low, high), at, &source),
        };
        draft.by_tree = !draft.contents.is_empty();
    }
    if let Some(led) = draft.source.and_then(|source| before_aside(tree, at, source)) {
        let new = !draft.contents.iter().any(|content| content.overlaps(led));
        draft.contents.extend(Some(led).filter(|_| draft.by_tree && new));
        draft.contents.sort();
    }
    let form = tree.word(at).map_or("_", |word| word.xpos);
    draft.dropped &= matches!(form, "VBD" | "VBZ" | "VBN");
    let nobody = draft.source.is_none() && !draft.dropped;
    if nobody && draft.by_tree && !draft.takes_quote && !reports_anyway(tree, at, passive) {
        return None;
    }
    if nobody && form == "VB" {
        return None;
    }
    let attributes = draft.by_tree || draft.takes_quote;
    attributes.then_some(draft)
}

/// "voiced concern that …", "made the claim that …": the noun attributes, and the verb with it.
fn has_noun_cue(tree: &Tree<'_>, at: usize, kit: &QuotationKit) -> bool {
    tree.child(at, Relation::Obj).is_some_and(|object| {
        let cue = kit.noun(tree.slice(object));
        at < object && cue.is_some_and(|cue| complement(tree, object, cue).is_some())
    })
}

/// "Olmo is expected to resign", "Dorn seems to gain", "she was praised for it": what is said is the
/// subject with what follows the cue.
fn raised(tree: &Tree<'_>, at: usize, cue: &Cue, passive: bool) -> Option<Vec<Span>> {
    let frames = &cue.frames;
    let subject = match (passive, frames.raise) {
        (true, _) => tree.child(at, Relation::NsubjPass)?,
        (false, true) => tree.child(at, Relation::Nsubj)?,
        _ => return None,
    };
    let quoted_as = tree.says(at + 1, "as") && tree.word(at + 2).is_some_and(|w| w.xpos == "VBG");
    let clause = quoted_as || tree.child(at, Relation::Ccomp).is_some();
    if clause || at < subject || tree.says(subject, "it") {
        return None;
    }
    let rest = match tree.child(at, Relation::Xcomp).filter(|rest| at < *rest) {
        Some(rest) if frames.raise || frames.inf || frames.that || frames.obj => {
            Some(tree.extent(rest))
        }
        _ => after_passive(tree, at).filter(|_| frames.obj || frames.of_as),
    };
    if rest.is_none() && !(passive && frames.obj && !frames.to_whom) {
        return None;
    }
    let (low, high) = tree.extent(subject);
    let subject = tree.span(low, high.min(at - 1));
    let rest = rest.and_then(|(low, high)| tree.span(low, high));
    Some(subject.into_iter().chain(rest).collect())
}

/// "was accused of theft", "is seen as weak": what follows the participle.
fn after_passive(tree: &Tree<'_>, at: usize) -> Option<(usize, usize)> {
    let high = with_rest(tree, at, at);
    (at < high).then_some((at + 1, high))
}

/// The last token of what goes on from `high` and hangs on the verb: "for …", "as …", "to …". Where,
/// when and how it was said do not count.
fn with_rest(tree: &Tree<'_>, at: usize, mut high: usize) -> usize {
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
        Relation::Obl | Relation::Advcl => leads(),
        _ => false,
    }
}

/// "it was announced that …", "he is expected to …": sayings of nobody named.
fn reports_anyway(tree: &Tree<'_>, at: usize, passive: bool) -> bool {
    let clause = tree.child(at, Relation::Ccomp).or_else(|| tree.child(at, Relation::Xcomp));
    passive && clause.is_some_and(|clause| at < clause)
}

fn is_auxiliary(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.relation(at), Relation::Aux | Relation::AuxPass | Relation::Cop)
}

/// "the right to decide", "in order to say": nobody says it.
fn is_purpose(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.relation(at), Relation::Acl | Relation::Advcl)
        && tree.word(at).is_some_and(|word| word.xpos == "VB")
}

/// A clause that starts right after its verb takes the words between, which the parser gave the
/// verb as an object; and a verb after it that lost its subject to it.
fn whole_clause(
    tree: &Tree<'_>,
    at: usize,
    cue: &Cue,
    (low, high): (usize, usize),
) -> (usize, usize) {
    let (mut low, mut high) = (low, high);
    if !cue.frames.that || low <= at {
        return (low, high);
    }
    let that = (at + 1..low).find(|at| tree.says(*at, "that") && tree.tag(*at) == Upos::Sconj);
    if let Some(that) = that {
        low = that;
    } else if at + 1 < low && tree.says(low - 1, "that") {
        low -= 1;
    }
    if cue.frames.to_whom || cue.frames.urge {
        return (low, high);
    }
    if starts_at_once(tree, at) && !cue.frames.obj {
        low = at + 1;
    }
    if high < tree.tokens.end && tree.says(high + 1, ",") && is_condition(tree, low) {
        high = tree.tokens.end - 1;
    }
    let object = tree.child(at, Relation::Obj).filter(|object| at < *object && *object < low);
    if let Some(object) = object.filter(|_| !cue.frames.obj) {
        low = tree.extent(object).0.max(at + 1);
    }
    high = high.max(coordinate(tree, at, low, high));
    for _ in 0..3 {
        let next = high + 1;
        let verb = tree.tokens.contains(&next) && matches!(tree.tag(next), Upos::Verb | Upos::Aux);
        if !(verb && tree.says(low, "that")) {
            break;
        }
        let over = tree.head(next).filter(|head| high < *head && *head < next + 6).unwrap_or(next);
        high = tree.extent(over).1.max(next);
    }
    (low, high)
}

/// Where what is said ends because another cue goes on: "said that …, adding that …", "said … and
/// called …" (the same speaker's; its token), "said … and the other said …" (another's).
fn until_next_cue(
    tree: &Tree<'_>,
    at: usize,
    (low, high): (usize, usize),
    kit: &QuotationKit,
) -> (usize, Option<usize>) {
    if low <= at {
        return (high, None);
    }
    let form = |at: usize| tree.word(at).map_or("_", |word| word.xpos);
    let mut open = false;
    for next in low..=high.min(low + LONGEST) {
        match tree.slice(next) {
            "“" | "``" => open = true,
            "”" => open = false,
            "\"" | "''" => open = !open,
            _ => {}
        }
        let speech = || kit.verb(tree.slice(next)).is_some_and(|cue| cue.frames.quote);
        if open || next < low + 3 || tree.tag(next) != Upos::Verb || !speech() {
            continue;
        }
        let mut start = next;
        while low < start && matches!(tree.tag(start - 1), Upos::Adv | Upos::Aux) {
            start -= 1;
        }
        if tree.says(start - 1, ",") && form(next) == "VBG" {
            return (start - 2, Some(next));
        }
        if tree.relation(next) != Relation::Conj || form(next) != form(at) {
            continue;
        }
        let own = tree.child(next, Relation::Nsubj).map(|own| tree.extent(own).0);
        let first = own.map_or(start, |own| own.min(start));
        if low + 1 < first && matches!(tree.tag(first - 1), Upos::Cconj | Upos::Sconj) {
            return (first - 2, Some(next).filter(|_| own.is_none()));
        }
    }
    (high, None)
}

/// "Veterans asked at rallies, including Olmo, said they had no doubt": a long source that the parser
/// took for what is said. Gives it, and the words after the verb.
fn long_source(
    tree: &Tree<'_>,
    at: usize,
    source: &Source,
    (low, high): (usize, usize),
) -> Option<(Span, (usize, usize))> {
    let rest = (at + 1, tree.tokens.end - 1);
    let clause = (rest.0..=rest.1).any(|at| is_finite(tree, at));
    let own = tree.span(low, high)?;
    let apart = source.span.is_some_and(|source| !own.overlaps(source));
    let goes_on = high < at && at < high + 3 && rest.0 + 2 < rest.1;
    let verb_next = !matches!(tree.tag(at + 1), Upos::Punct | Upos::Adp | Upos::Propn);
    (goes_on && clause && verb_next && !apart).then_some((own, rest))
}

fn is_finite(tree: &Tree<'_>, at: usize) -> bool {
    tree.word(at).is_some_and(|word| matches!(word.xpos, "VBD" | "VBZ" | "VBP" | "MD"))
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
    let form = |at: usize| tree.word(at).map_or("_", |word| word.xpos);
    let verb = |clause: usize| {
        let first = tree.children(clause).find(|child| {
            matches!(tree.relation(*child), Relation::Aux | Relation::AuxPass | Relation::Cop)
        });
        form(first.unwrap_or(clause))
    };
    let says = |clause: usize| tree.child(clause, Relation::Ccomp).is_some();
    let told = clause.filter(|clause| !says(*clause)).filter(|clause| {
        let subject = tree.child(*clause, Relation::Nsubj);
        let comma = tree.says(high + 1, ",");
        let own = subject.is_some_and(|subject| high < subject) && !comma;
        let other = matches!(form(at), "VBD" | "VBZ" | "VBP") && verb(*clause) != form(at);
        at < low && (own || other)
    });
    told.map_or(high, |clause| tree.extent(clause).1)
}

/// "The plan, she said, is sound": what stands before an attribution between commas.
fn before_aside(tree: &Tree<'_>, at: usize, source: Span) -> Option<Span> {
    let first = tree.tokens.clone().find(|at| tree.text.tokens[*at].span.start == source.start)?;
    let aside = first + 6 > at
        && tree.says(at + 1, ",")
        && tree.tokens.start + 1 < first
        && tree.says(first - 1, ",");
    let start = tree.tokens.start;
    let clause = (start..first).any(|at| is_finite(tree, at));
    let tells_where = tree.tag(start) == Upos::Adp && !clause;
    if aside && !tells_where { tree.span(start, first - 2) } else { None }
}

/// "Taliban spokesman Naim said that …" read as if the spokesman were what is said: gives the whole
/// source and the words after the verb.
fn title_before(
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

/// "was quoted as saying": the verb over "saying".
fn quoted_as(tree: &Tree<'_>, at: usize, kit: &QuotationKit) -> Option<usize> {
    let over = tree.head(at)?;
    let quotes = matches!(kit.verb(tree.slice(over))?.lemma, "quote" | "cite" | "report");
    (quotes && over < at && at <= over + 3 && tree.says(at - 1, "as")).then_some(over)
}

struct Source {
    span: Option<Span>,
    token: Option<usize>,
    dropped: bool,
    shared: bool,
}

impl Source {
    const NONE: Self = Self { span: None, token: None, dropped: false, shared: false };

    /// Another source if this one names nobody and carries nobody on.
    fn or_else(self, other: impl FnOnce() -> Option<Self>) -> Self {
        if self.span.is_some() || self.dropped { self } else { other().unwrap_or(self) }
    }

    /// The phrase of `token`, kept on its side of the verb `at`.
    fn by(tree: &Tree<'_>, at: usize, token: Option<usize>) -> Self {
        let Some(token) = token else { return Self::NONE };
        let (low, high) = tree.extent(token);
        let (low, high) =
            if token < at { (low, high.min(at - 1)) } else { (low.max(at + 1), high) };
        let span = tree.span(low.min(token), high.max(token));
        let span = after_dateline(tree, at, token).or(span);
        Self { span, token: Some(token), ..Self::NONE }
    }
}

/// Where the subject is the dateline ("DORN – Mayor Olmo on Monday said"): the words after its dash.
fn after_dateline(tree: &Tree<'_>, at: usize, token: usize) -> Option<Span> {
    let first = tree.tokens.start;
    let dash = (first + 1..at.min(first + 9))
        .find(|at| matches!(tree.slice(*at), "–" | "—" | "-" | "--"))?;
    let capitals =
        tree.slice(first).len() > 2 && tree.slice(first).chars().all(|c| !c.is_lowercase());
    if !(capitals && token < dash && dash + 1 < at) {
        return None;
    }
    let end = (dash + 2..at).find(|at| tree.says(*at, "on") || tree.says(*at, ",")).unwrap_or(at);
    tree.span(dash + 1, end - 1)
}

/// The subject, own or shared, or the noun that the verb's clause describes.
fn subject(tree: &Tree<'_>, at: usize) -> Source {
    let mut verb = at;
    for _ in 0..4 {
        let own = tree.children(verb).find(|child| {
            matches!(
                tree.relation(*child),
                Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter
            ) && !is_day(tree, *child)
        });
        if let Some(own) = own {
            if is_relative(tree, own) && tree.relation(verb) == Relation::AclRelcl {
                return antecedent(tree, verb, own);
            }
            return Source { shared: verb != at, ..Source::by(tree, verb, Some(own)) };
        }
        match (tree.relation(verb), tree.head(verb)) {
            (Relation::Acl | Relation::AclRelcl, Some(head)) if head < verb => {
                return noun_before(tree, head, verb);
            }
            (Relation::Ccomp, Some(head)) if head < verb && follows_comma(tree, verb) => {
                verb = head
            }
            (
                Relation::Conj | Relation::Xcomp | Relation::Advcl | Relation::Parataxis,
                Some(head),
            ) if verb == at
                || matches!(
                    tree.relation(verb),
                    Relation::Conj | Relation::Xcomp | Relation::Advcl
                ) =>
            {
                if tree.relation(verb) == Relation::Parataxis {
                    return Source { dropped: true, ..Source::NONE };
                }
                verb = head;
            }
            _ => break,
        }
    }
    let starts = (tree.tokens.start..at).all(|before| {
        matches!(tree.tag(before), Upos::Adv | Upos::Punct | Upos::Cconj | Upos::Aux)
    });
    Source { dropped: starts, ..Source::NONE }
}

/// "Olmo said, referring to …": a participle that goes on from the verb before it.
fn follows_comma(tree: &Tree<'_>, at: usize) -> bool {
    tree.word(at).is_some_and(|word| word.xpos == "VBG")
        && (at - tree.tokens.start).min(2) == 2
        && (tree.says(at - 1, ",") || tree.says(at - 2, ","))
}

/// "The question, she said, is open": the words between the comma and the cue, where the parser took
/// the subject of the sentence for that of the cue.
fn aside_source(tree: &Tree<'_>, at: usize, subject: &Source) -> Option<Source> {
    let wrong = subject.span?;
    let beside = beside_verb(tree, at)?;
    let start = beside.span?.start;
    let first = (tree.tokens.start..at).find(|at| tree.text.tokens[*at].span.start == start)?;
    let opens = |at: usize| matches!(tree.slice(at), "," | "”" | "\"" | "''" | "’");
    let closes = opens(at + 1) || matches!(tree.slice(at + 1), "." | "“" | "``" | "");
    let apart = wrong.end <= start && tree.tokens.start < first && opens(first - 1);
    (apart && closes).then_some(beside)
}

/// Whether a word is the name of a day, which says nothing.
fn is_day(tree: &Tree<'_>, at: usize) -> bool {
    let (low, high) = tree.extent(at);
    low == high && tree.tag(at) == Upos::Propn && tree.slice(at).ends_with("day")
}

/// The words right before a finite verb whose subject the parser hung elsewhere: "In interviews,
/// several threatened to leave".
fn beside_verb(tree: &Tree<'_>, at: usize) -> Option<Source> {
    let finite = tree.word(at).is_some_and(|word| matches!(word.xpos, "VBD" | "VBZ" | "VBP"));
    let light = |at: usize| matches!(tree.tag(at), Upos::Adv | Upos::Aux | Upos::Part);
    let nominal = |at: usize| {
        matches!(
            tree.tag(at),
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::Adj
        ) || matches!(tree.slice(at), "of" | "in" | "for" | "'s" | "’s" | "." | "-")
    };
    let mut end = at;
    while tree.tokens.start < end && light(end - 1) {
        end -= 1;
    }
    if end == tree.tokens.start {
        return None;
    }
    let start = tree.tokens.start;
    if tree.says(end - 1, ",") && start + 2 < end && end < start + 40 && nominal(start) {
        // "Olmo, who had come late, said": all that stands before is the source.
        let span = tree.span(start, end - 1);
        return span.filter(|_| finite).map(|span| Source { span: Some(span), ..Source::NONE });
    }
    let mut low = end;
    while start < low && nominal(low - 1) && end < low + 12 {
        low -= 1;
    }
    let named = (low..end).any(|at| {
        matches!(tree.tag(at), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj)
    });
    if !(finite && named) {
        return None;
    }
    tree.span(low, end - 1).map(|span| Source {
        span: Some(span),
        token: Some(end - 1),
        ..Source::NONE
    })
}

fn is_relative(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.slice(at).to_ascii_lowercase().as_str(), "who" | "which" | "that")
}

fn antecedent(tree: &Tree<'_>, verb: usize, relative: usize) -> Source {
    match tree.head(verb) {
        Some(head) if head < relative => noun_before(tree, head, relative),
        _ => Source::by(tree, verb, Some(relative)),
    }
}

/// The phrase of the noun `head`, up to `end`.
fn noun_before(tree: &Tree<'_>, head: usize, end: usize) -> Source {
    let (low, high) = tree.extent(head);
    Source { span: tree.span(low, high.min(end - 1).max(head)), token: Some(head), ..Source::NONE }
}

fn agent(tree: &Tree<'_>, at: usize) -> Option<Span> {
    let agent = tree.children(at).find(|child| {
        tree.relation(*child) == Relation::OblAgent
            || (tree.relation(*child) == Relation::Obl
                && tree.children(*child).any(|case| tree.says(case, "by")))
    })?;
    let (low, high) = tree.extent(agent);
    let low = low + usize::from(tree.says(low, "by"));
    tree.span(low, high)
}

/// The cue with its auxiliaries and what negates it.
fn cue_span(tree: &Tree<'_>, first: usize, last: usize) -> Option<Span> {
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

fn addressee(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<Span> {
    let object = |relation| tree.child(at, relation).filter(|child| tree.tag(*child) != Upos::Verb);
    let spoken_to = if cue.frames.to_whom || cue.frames.urge {
        object(Relation::Iobj).or_else(|| object(Relation::Obj))
    } else {
        None
    };
    let to = || {
        tree.children(at).find(|child| {
            tree.relation(*child) == Relation::Obl
                && at < *child
                && tree
                    .children(*child)
                    .any(|case| tree.relation(case) == Relation::Case && tree.says(case, "to"))
        })
    };
    let token = match spoken_to {
        Some(token) => token,
        None if cue.frames.that => to()?,
        None => return None,
    };
    let (low, high) = tree.extent(token);
    let low = low + usize::from(tree.says(low, "to"));
    let high = clause_start(tree, token, high);
    tree.span(low.min(token), high.max(token))
}

/// The last token of the phrase of `token` before a clause or a quotation in it starts.
fn clause_start(tree: &Tree<'_>, token: usize, high: usize) -> usize {
    let marks = (token + 1..=high).find(|at| {
        matches!(tree.slice(*at), "“" | "\"" | "''" | "``" | "," | ":" | "that")
            || tree.tag(*at) == Upos::Verb
    });
    marks.map_or(high, |at| at - 1)
}

/// First and last token of what the verb at `at` reports.
fn content(tree: &Tree<'_>, at: usize, cue: &Cue, passive: bool) -> Option<(usize, usize)> {
    let frames = &cue.frames;
    let clause = |relation| tree.child(at, relation).map(|child| tree.extent(child));
    if let Some(extent) = clause(Relation::Ccomp).filter(|_| frames.that || frames.quote) {
        return Some(extent);
    }
    if frames.that && frames.quote && tree.relation(at) == Relation::Parataxis {
        return tree.head(at).map(|head| tree.extent(clause_over(tree, head)));
    }
    let thing = frames.obj && tree.child(at, Relation::Obj).is_some_and(|object| at < object);
    if let Some(that) = that_after(tree, at).filter(|_| frames.that && !thing) {
        return Some((that, tree.tokens.end - 1));
    }
    if let Some(extent) = infinitive(tree, at, cue, passive) {
        return Some(extent);
    }
    if let Some(extent) = as_something(tree, at).filter(|_| frames.of_as) {
        return Some(extent);
    }
    if frames.obj && !frames.to_whom {
        let object = tree.child(at, Relation::Obj).filter(|_| !passive);
        if let Some(object) = object {
            let (low, high) = tree.extent(object);
            return Some((low, if at < low { with_rest(tree, at, high) } else { high }));
        }
    }
    if let Some(extent) = prepositional(tree, at, &frames.prepositions) {
        return Some(extent);
    }
    if !(frames.that && frames.quote) || passive {
        return None;
    }
    let after = tree.child(at, Relation::Parataxis).filter(|child| at < *child);
    let misread = || told_clause(tree, at, cue).or_else(|| before_attribution(tree, at));
    after.map(|child| tree.extent(child)).or_else(misread)
}

/// The "that" which opens what is said, past whom it was said to and where: "said in an interview
/// that …".
fn that_after(tree: &Tree<'_>, at: usize) -> Option<usize> {
    let reach = (at + 1..tree.tokens.end.min(at + 14)).take_while(|at| {
        !is_finite(tree, *at) && !matches!(tree.slice(*at), "“" | "\"" | "''" | ";" | ":")
    });
    let mut reach = reach.filter(|at| tree.says(*at, "that"));
    let that = reach.find(|that| tree.tag(*that) == Upos::Sconj || *that == at + 1)?;
    (that + 2 < tree.tokens.end).then_some(that)
}

/// "said families of the dead sue", "told the Post he had come", where the parser took the clause for
/// a thing or for a description of whom it was told to.
fn told_clause(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<(usize, usize)> {
    let objects = [Relation::Obj, Relation::Iobj];
    let object = objects.into_iter().find_map(|relation| tree.child(at, relation));
    let object = object.filter(|object| at < *object)?;
    let (low, high) = tree.extent(object);
    if !cue.frames.to_whom {
        let clause = (low..tree.tokens.end).any(|at| is_finite(tree, at));
        return Some((low.max(at + 1), if clause { tree.tokens.end - 1 } else { high }));
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
    let clause = || (start..low).any(|at| is_finite(tree, at));
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
fn infinitive(tree: &Tree<'_>, at: usize, cue: &Cue, passive: bool) -> Option<(usize, usize)> {
    let open = tree.children(at).find(|child| {
        matches!(tree.relation(*child), Relation::Xcomp | Relation::Ccomp | Relation::Advcl)
            && tree.children(*child).any(|mark| tree.says(mark, "to") && mark < *child)
    })?;
    let fits = cue.frames.inf || cue.frames.urge || (passive && cue.frames.that);
    let (low, high) = tree.extent(open);
    let whom = [Relation::Obj, Relation::Iobj].into_iter().find_map(|whom| tree.child(at, whom));
    let whom = whom.filter(|whom| at < *whom && *whom < low && !cue.frames.to_whom);
    fits.then(|| (whom.map_or(low, |whom| tree.extent(whom).0.max(at + 1)), high))
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
        _ => None,
    }
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

/// The content without the words of the attribution, which may stand inside it.
fn around(tree: &Tree<'_>, (low, high): (usize, usize), at: usize, source: &Source) -> Vec<Span> {
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

// ---- nouns and "according to" ------------------------------------------------------------------

/// "the claim that …", "her call for …", with whose they are.
fn noun(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<Draft> {
    let (low, high) = complement(tree, at, cue)?;
    let source = match owner(tree, at, low) {
        Some(owner) => possessor(tree, owner),
        None => verb_over(tree, at),
    };
    let content = tree.span(low.max(at + 1), high)?;
    Some(Draft {
        source,
        cue: tree.span(at, at),
        contents: vec![content],
        denied: cue.denies,
        attitude: cue.attitude,
        by_tree: true,
        ..Draft::default()
    })
}

/// "Olmo is confident that …", "they are critical of …".
fn adjective(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<Draft> {
    let copula = tree.child(at, Relation::Cop).filter(|copula| *copula < at)?;
    let (low, high) = complement(tree, at, cue)?;
    let source = subject(tree, at);
    let content = tree.span(low, high)?;
    Some(Draft {
        source: source.span.filter(|_| !source.token.is_some_and(|token| tree.says(token, "it"))),
        cue: tree.span(copula, at),
        contents: vec![content],
        denied: cue.denies,
        attitude: cue.attitude,
        shared: source.shared,
        by_tree: true,
        ..Draft::default()
    })
}

/// What a noun or an adjective carries: a clause with "that", an infinitive, or what follows one of
/// its prepositions.
fn complement(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<(usize, usize)> {
    tree.children(at).filter(|child| at < *child).find_map(|child| {
        let (low, high) = tree.extent(child);
        let marked = |word: &str| {
            tree.children(child)
                .any(|mark| tree.relation(mark) == Relation::Mark && tree.says(mark, word))
        };
        let carried = |word: &&str| tree.says(low, word) && low < high;
        match tree.relation(child) {
            Relation::Acl
            | Relation::Ccomp
            | Relation::AclRelcl
            | Relation::Advcl
            | Relation::Xcomp
                if (cue.frames.that && marked("that")) || (cue.frames.inf && marked("to")) =>
            {
                Some((low, high))
            }
            Relation::Ccomp if cue.frames.that => Some((low, high)),
            Relation::Nmod | Relation::Obl | Relation::Acl | Relation::Advcl => {
                cue.frames.prepositions.iter().find(|word| carried(word)).map(|_| (low + 1, high))
            }
            _ => None,
        }
    })
}

/// The token of whose it is: "Olmo's claim", "claims by Olmo".
fn owner(tree: &Tree<'_>, at: usize, content: usize) -> Option<usize> {
    let by = |child: &usize| {
        tree.relation(*child) == Relation::Nmod
            && (*child < content || tree.extent(*child).0 + 1 != content)
            && tree.children(*child).any(|case| tree.says(case, "by") || tree.says(case, "from"))
    };
    tree.child(at, Relation::NmodPoss).or_else(|| tree.children(at).find(by))
}

/// The owner's phrase without "by" and "'s".
fn possessor(tree: &Tree<'_>, owner: usize) -> Option<Span> {
    let (low, high) = tree.extent(owner);
    let case = ["by", "from"].iter().any(|word| tree.says(low, word));
    let ends = high > owner && matches!(tree.slice(high), "'s" | "’s" | "'" | "’");
    tree.span(low + usize::from(case), high - usize::from(ends))
}

/// Whose claim it is where a verb has it: "they voiced concern that …", "they spoke in support of …".
fn verb_over(tree: &Tree<'_>, at: usize) -> Option<Span> {
    let had = matches!(tree.relation(at), Relation::Obj | Relation::Obl);
    let verb = tree.head(at).filter(|_| had)?;
    subject(tree, verb).span
}

/// "according to X": the sentence's other words are X's.
fn according(tree: &Tree<'_>, at: usize) -> Option<Draft> {
    let first = at + 2;
    let end = source_end(tree, at, first)?;
    let source = tree.span(first, end)?;
    let (from, to) = (tree.tokens.start, tree.tokens.end - 1);
    let before = if from < at { tree.span(from, at - 1) } else { None };
    let leads = before.is_none() || at < from + 3;
    let content = if leads { if end < to { tree.span(end + 1, to) } else { None } } else { before };
    let mut contents: Vec<Span> = content.into_iter().collect();
    if !leads && end < to && tree.says(end + 1, ",") && end + 6 < to {
        contents.extend(tree.span(end + 1, to));
    }
    (!contents.is_empty()).then(|| Draft {
        source: Some(source),
        cue: tree.span(at, at + 1),
        contents,
        takes_quote: true,
        by_tree: true,
        ..Draft::default()
    })
}

/// The last token of the phrase that starts at `first`: by the tree, else up to a comma.
fn source_end(tree: &Tree<'_>, at: usize, first: usize) -> Option<usize> {
    if tree.tokens.end <= first {
        return None;
    }
    let stops = |at: usize| {
        matches!(tree.slice(at), "." | ";" | "“" | "”" | "\"" | "—" | ":")
            || (tree.says(at, "on") && tree.slice(at + 1).starts_with(char::is_uppercase))
            || (at > first
                && tree
                    .word(at)
                    .is_some_and(|word| matches!(word.xpos, "VBD" | "VBZ" | "VBP" | "MD")))
    };
    let stop = (first + 1..tree.tokens.end).find(|at| stops(*at)).unwrap_or(tree.tokens.end);
    let comma = (first + 1..stop).find(|at| tree.slice(*at) == ",").unwrap_or(stop);
    let head = tree.head(at).filter(|head| first <= *head);
    let high = head.map(|head| tree.extent(head).1).filter(|high| first <= *high && *high < stop);
    Some(match high {
        Some(high) if high < comma + 12 => high,
        _ => comma - 1,
    })
}

// ---- without a tree ----------------------------------------------------------------------------

/// "X said that …", "…, said X", by word order.
fn flat(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<Draft> {
    let finite = tree.slice(at).ends_with("ed")
        || tree.slice(at).ends_with('s')
        || matches!(tree.slice(at), "said" | "told" | "wrote" | "say" | "swore" | "spoke");
    if !finite
        || !(cue.frames.that || cue.frames.quote)
        || tree.tokens.start == at && tree.slice(at) == "says"
    {
        return None;
    }
    let boundary = |at: usize| {
        matches!(
            tree.slice(at),
            "," | ";"
                | ":"
                | "."
                | "”"
                | "“"
                | "\""
                | "?"
                | "!"
                | "and"
                | "but"
                | "that"
                | "when"
                | "while"
                | "as"
                | "after"
                | "who"
                | "which"
        )
    };
    let light = |at: usize| {
        matches!(
            tree.slice(at),
            "has"
                | "have"
                | "had"
                | "also"
                | "later"
                | "on"
                | "Monday"
                | "Tuesday"
                | "Wednesday"
                | "Thursday"
                | "Friday"
                | "Saturday"
                | "Sunday"
                | "not"
                | "then"
        )
    };
    let mut high = at;
    while tree.tokens.start < high && light(high - 1) {
        high -= 1;
    }
    let mut low = high;
    while tree.tokens.start < low && !boundary(low - 1) && high - low < 12 {
        low -= 1;
    }
    let inverted = low == high
        && at > tree.tokens.start
        && matches!(tree.slice(at - 1), "”" | "\"" | "," | "’");
    let (source, rest) = if inverted {
        let end = (at + 1..tree.tokens.end.min(at + 14))
            .find(|at| boundary(*at) || light(*at))
            .unwrap_or(tree.tokens.end.min(at + 14));
        (if at + 1 < end { tree.span(at + 1, end - 1) } else { None }, end)
    } else {
        (if low < high { tree.span(low, high - 1) } else { None }, at + 1)
    };
    let mut draft = Draft {
        source,
        cue: tree.span(at, at),
        denied: cue.denies,
        takes_quote: cue.frames.quote,
        dropped: source.is_none() && at == tree.tokens.start,
        ..Draft::default()
    };
    if cue.frames.that
        && !inverted
        && rest < tree.tokens.end
        && !matches!(tree.slice(rest), "." | "," | "by" | "of")
    {
        let start = (rest..tree.tokens.end.min(rest + 8))
            .find(|at| tree.slice(*at) == "that")
            .unwrap_or(rest);
        draft.contents = tree.span(start, tree.tokens.end - 1).into_iter().collect();
        draft.by_tree = !draft.contents.is_empty();
    }
    (draft.by_tree || draft.takes_quote).then_some(draft)
}
