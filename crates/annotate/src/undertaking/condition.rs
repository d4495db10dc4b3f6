//! On what an undertaking depends: "if the siege ends", "in exchange for aid", "were they to leave".
//!
//! Parsers hang such a phrase on whatever word is near, so that it is found by the words that open it,
//! and by whether it hangs on a word that stands above or below the undertaking.

use chancery_text::Span;

use crate::event::{Grammar, Index};
use crate::syntax::{Relation, Upos};

use super::search::Search;

/// What a condition does to the undertaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearing {
    /// "if", "unless", "in exchange for".
    Open,
    /// "only if", "only after": nothing before.
    Only,
    /// "until", "before", "without": a condition only of what is not done.
    Negative,
    /// "while": how long something is not done.
    During,
}

/// A condition found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proviso {
    pub(super) span: Span,
    pub(super) bearing: Bearing,
    /// The head of the clause or phrase.
    pub(super) head: Index,
}

/// How many tokens before and after a cue its condition may stand.
const WINDOW: Index = 80;

/// Words that open a condition, the longest first where one begins another.
const OPENERS: [(&str, Bearing); 45] = [
    ("but only if", Bearing::Only),
    ("if and only if", Bearing::Only),
    ("only if", Bearing::Only),
    ("only when", Bearing::Only),
    ("only after", Bearing::Only),
    ("only once", Bearing::Only),
    ("only with", Bearing::Only),
    ("when , and only when", Bearing::Only),
    ("if , and only if", Bearing::Only),
    ("only in exchange for", Bearing::Only),
    ("only in return for", Bearing::Only),
    ("only on condition", Bearing::Only),
    ("not until", Bearing::Only),
    ("not before", Bearing::Only),
    ("for as long as", Bearing::Open),
    ("as long as", Bearing::Open),
    ("so long as", Bearing::Open),
    ("on the condition that", Bearing::Open),
    ("on condition that", Bearing::Open),
    ("on condition of", Bearing::Open),
    ("in exchange for", Bearing::Open),
    ("in return for", Bearing::Open),
    ("subject to", Bearing::Open),
    ("in the event", Bearing::Open),
    ("in case", Bearing::Open),
    ("the minute", Bearing::Open),
    ("the moment", Bearing::Open),
    ("the instant", Bearing::Open),
    ("the day", Bearing::Open),
    ("as soon as", Bearing::Open),
    ("even if", Bearing::Open),
    ("if", Bearing::Open),
    ("unless", Bearing::Open),
    ("provided", Bearing::Open),
    ("providing", Bearing::Open),
    ("assuming", Bearing::Open),
    ("once", Bearing::Open),
    ("should", Bearing::Open),
    ("were", Bearing::Open),
    ("had", Bearing::Open),
    ("until", Bearing::Negative),
    ("till", Bearing::Negative),
    ("before", Bearing::Negative),
    ("without", Bearing::Negative),
    ("while", Bearing::During),
];

/// Words of a report that open a condition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opener {
    at: Index,
    /// How many tokens they are.
    length: Index,
    bearing: Bearing,
}

/// What sources ask for: "on condition of anonymity" makes nothing depend on anything.
pub(super) fn is_anonymity(word: &str) -> bool {
    ["anonymity", "confidentiality", "secrecy"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// All openers of a report, in the order of the text.
pub(super) fn openers(grammar: &Grammar<'_>) -> Vec<Opener> {
    let tokens = grammar.text.tokens;
    let form = |at: Index| grammar.text.report.slice(tokens[at as usize].span);
    let mut found = Vec::new();
    for sentence in grammar.text.sentences {
        let end = sentence.tokens.end;
        found.extend(sentence.tokens.clone().filter_map(|at| {
            let opens = |words: &str| {
                let mut next = at..end;
                words
                    .split(' ')
                    .all(|word| next.next().is_some_and(|at| form(at).eq_ignore_ascii_case(word)))
            };
            let (words, bearing) = *OPENERS.iter().find(|(words, _)| opens(words))?;
            let length = words.split(' ').count() as Index;
            let unnamed = (at + length..end).take(2).any(|at| is_anonymity(form(at)));
            (!unnamed).then_some(Opener { at, length, bearing })
        }));
    }
    found
}

impl Search<'_> {
    /// Whether a noun is anonymity, or a condition of it.
    pub(super) fn is_of_anonymity(&self, token: Index) -> bool {
        let names = |token: Index| is_anonymity(&self.grammar.word(token).lemma);
        names(token) || self.grammar.kids(token).iter().any(|kid| names(*kid))
    }

    /// The condition of an undertaking with this cue and this proposition.
    pub(super) fn proviso(&self, cue: Index, what: Option<Index>) -> Option<Proviso> {
        let (first, end) = self.sentence(cue);
        let (mut at, end) = (first.max(cue.saturating_sub(WINDOW)), end.min(cue + WINDOW));
        let from = self.openers.partition_point(|opener| opener.at < at);
        let negated = self.is_not_to_be(what.unwrap_or(cue)) || self.is_not_to_be(cue);
        let mut best: Option<Proviso> = None;
        for opener in self.openers[from..].iter().take_while(|opener| opener.at < end) {
            let (length, bearing) = (opener.length, opener.bearing);
            if opener.at < at || end < opener.at + length {
                continue;
            }
            let loose = matches!(bearing, Bearing::Negative | Bearing::During);
            if !loose || negated && best.is_none() {
                let both = (cue, what.unwrap_or(cue));
                let proviso = self.opened(opener.at, length, bearing, both);
                best = proviso.or(best);
                if proviso.is_some() && !loose {
                    break;
                }
            }
            at = opener.at + length;
        }
        best
    }

    fn opened(
        &self,
        at: Index,
        length: Index,
        bearing: Bearing,
        (cue, what): (Index, Index),
    ) -> Option<Proviso> {
        let head = self
            .constituent(at, length, cue)
            .or_else(|| self.clause_after(at, at + length, cue))?;
        if self.is_of_clause_before(at, head, cue) {
            return None;
        }
        let inverted = matches!(self.form(at).to_lowercase().as_str(), "should" | "were" | "had");
        if inverted && !self.is_inverted(at, head) {
            return None;
        }
        if length == 1 && self.is_plain_word(at, head) {
            return None;
        }
        let moment = self.form(at).eq_ignore_ascii_case("the");
        let clause = [Relation::AclRelcl, Relation::Acl, Relation::Nsubj];
        if moment && self.grammar.kid(head, &clause).is_none() {
            return None;
        }
        if self.is_under(cue, head) && !self.is_under(head, cue) || head == what {
            return None;
        }
        let above = self.grammar.head(head)?;
        let related = self.is_under(above, cue)
            || self.is_under(above, what)
            || self.is_under(cue, above) && !self.is_content_of_other(head, cue);
        if !related {
            return None;
        }
        let (low, high) = self.grammar.reach(head);
        let start = low.min(at).max(at);
        let span = self.span(start).cover(self.span(high.max(at + length - 1)));
        (span.end <= self.span(cue).start || self.span(cue).end <= span.start).then_some(Proviso {
            span,
            bearing,
            head,
        })
    }

    /// Whether a phrase above the cue belongs to a clause that only embeds it: never for an adverbial
    /// clause right above, since what is said leans on "said" as its condition does.
    fn is_content_of_other(&self, head: Index, cue: Index) -> bool {
        let (low, high) = self.grammar.reach(head);
        low <= cue && cue <= high
    }

    /// The head of what follows an opener, where the tree hangs the opener elsewhere.
    fn clause_after(&self, opener: Index, start: Index, cue: Index) -> Option<Index> {
        // A text may end with its opener.
        if self.sentence(cue).1 <= start {
            return None;
        }
        let mut token = start;
        for _ in 0..8 {
            match self.grammar.head(token) {
                Some(head) if opener <= self.grammar.reach(head).0 && !self.is_under(cue, head) => {
                    token = head;
                }
                _ => break,
            }
        }
        let clausal = self.own_subject(token).is_some() || self.grammar.is_nominal(token);
        clausal.then_some(token)
    }

    /// "guaranteed passage as long as the truce held, but would not hear of": a condition of the first
    /// verb is none of the second.
    fn is_of_clause_before(&self, at: Index, head: Index, cue: Index) -> bool {
        self.grammar.head(head).is_some_and(|above| {
            above < at && at < cue && self.is_under(cue, above) && above != cue
        })
    }

    /// The head of the largest phrase that begins at a token and does not hold the cue.
    fn constituent(&self, at: Index, length: Index, cue: Index) -> Option<Index> {
        let grammar = self.grammar;
        let begins = |token: Index| {
            let low = grammar.reach(token).0;
            at <= low && low < at + length || low == at
        };
        let mut best = None;
        let mut token = at;
        for _ in 0..8 {
            if begins(token) && (token != at || length > 1) {
                best = Some(token);
            }
            match grammar.head(token) {
                Some(head) if self.is_under(cue, head) => break,
                Some(head) if best.is_none() || begins(head) => token = head,
                _ => break,
            }
        }
        best.filter(|head| {
            grammar.head(*head).is_some() && at + length <= grammar.reach(*head).1 + 1
        })
    }

    /// "should the boycott go on", "were they to leave", "had they left": no question, and the auxiliary
    /// goes before its subject.
    fn is_inverted(&self, auxiliary: Index, verb: Index) -> bool {
        let grammar = self.grammar;
        let (_, end) = self.sentence(auxiliary);
        let question = self.form(end - 1) == "?";
        let mine = grammar.head(auxiliary) == Some(verb)
            && matches!(grammar.word(auxiliary).upos, Upos::Aux | Upos::Verb);
        let subject = self.own_subject(verb);
        // "were the ledgers not to be produced": the noun is read as what they were.
        let copula = grammar.relation(auxiliary) == Relation::Cop && auxiliary < verb;
        !question && mine && (copula || subject.is_some_and(|subject| auxiliary < subject))
    }

    /// "once" as an adverb, "provided" as a verb, "before" and "while" of mere time.
    fn is_plain_word(&self, at: Index, head: Index) -> bool {
        let grammar = self.grammar;
        match self.form(at).to_lowercase().as_str() {
            "if" | "unless" => false,
            "once" | "provided" | "providing" | "assuming" => {
                let marks = grammar.head(at).is_some_and(|verb| grammar.is_verbal(verb));
                let own = grammar.relation(at) == Relation::Mark
                    || grammar.relation(at) == Relation::Advmod
                    || grammar.relation(at) == Relation::Advcl;
                !(marks && own && self.own_subject(head).is_some())
            }
            "before" | "until" | "till" => {
                !grammar.is_verbal(head) && self.own_subject(head).is_none()
            }
            "while" => self.own_subject(head).is_none(),
            "without" => self.form(at + 1).eq_ignore_ascii_case("so"),
            _ => false,
        }
    }
}
