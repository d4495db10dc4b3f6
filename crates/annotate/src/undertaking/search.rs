//! The search: from cues to undertakings.

use chancery_text::{Kind, RowId, Span};

use crate::event::Status;
use crate::event::{Cast, Clause, Grammar, Index, Slot, follow, head_of};
use crate::syntax::{Relation, Upos};
use crate::{Observed, Read};

use super::kit::{Cue, UndertakingKit};
use super::{Undertaking, UndertakingKind, spoken};

/// A cue and the clause it fires in.
pub(super) struct Firing<'k> {
    pub(super) cue: &'k Cue,
    pub(super) clause: Clause,
}

/// Everything that one report's search looks at.
pub(super) struct Search<'a> {
    pub(super) grammar: &'a Grammar<'a>,
    pub(super) kit: &'a UndertakingKit,
    pub(super) observed: &'a Observed,
    pub(super) cast: Cast<'a>,
}

/// An undertaking before its ids and spans are made.
pub(super) struct Draft {
    pub(super) kind: UndertakingKind,
    /// The verb or noun whose clause it is.
    pub(super) head: Index,
    /// First and last token of the cue.
    pub(super) cue: (Index, Index),
    pub(super) by: Vec<u32>,
    pub(super) to: Vec<u32>,
    /// The head of what is undertaken; `None` for the clause as a whole.
    pub(super) what: Option<Index>,
    pub(super) negated: bool,
    pub(super) condition: Option<Span>,
}

pub(super) fn find(text: Read<'_>, observed: &Observed, kit: &UndertakingKit) -> Vec<Undertaking> {
    let grammar = Grammar::new(text, &kit.words);
    let cast = Cast::new(&grammar, observed, &kit.words);
    let search = Search { grammar: &grammar, kit, observed, cast };
    let firings = fire(&grammar, kit);
    let consumed = consumed(&grammar, &firings);
    let free = firings.into_iter().filter(|(firing, _)| !consumed[firing.clause.head as usize]);
    let mut drafts: Vec<Draft> = free.filter_map(|(firing, _)| search.draft(firing)).collect();
    spoken::find(&search, &mut drafts);
    let mut found: Vec<Undertaking> =
        drafts.into_iter().map(|draft| search.finish(draft)).collect();
    found.sort_by_key(|it| (it.cue, it.span, it.kind));
    found.dedup_by(|next, last| next.cue.overlaps(last.cue) && next.kind == last.kind);
    found
}

/// Nouns that only complete another cue: the "promise" of "made a promise".
fn consumed(grammar: &Grammar<'_>, firings: &[(Firing<'_>, Upos)]) -> Vec<bool> {
    let mut consumed = vec![false; grammar.len()];
    for (Firing { cue, clause }, _) in firings {
        for token in cue.frame.completed(grammar, clause) {
            consumed[token as usize] = token != clause.head;
        }
    }
    consumed
}

/// The best cue of every token, with its part of speech.
pub(super) fn fire<'k>(grammar: &Grammar<'_>, kit: &'k UndertakingKit) -> Vec<(Firing<'k>, Upos)> {
    let mut firings = Vec::new();
    let mut clause = Clause::default();
    for head in 0..grammar.len() as Index {
        let cues = kit.cues_of(grammar.symbol(head));
        if cues.is_empty() {
            continue;
        }
        let hidden = grammar.is_hidden_verb(head);
        let upos = if hidden { Upos::Verb } else { grammar.word(head).upos };
        let admitted = |upos: Upos| cues.iter().any(|cue| cue.part.admits(upos));
        let like_adjective = !admitted(upos) && grammar.is_bare_predicate(head);
        let upos = if like_adjective { Upos::Adj } else { upos };
        if !admitted(upos) {
            continue;
        }
        grammar.read_clause(head, &mut clause);
        let best = cues
            .iter()
            .filter(|cue| cue.part.admits(upos) && cue.frame.fits(grammar, &clause))
            .max_by_key(|cue| (cue.frame.weight, std::cmp::Reverse(cue.line)));
        if let Some(cue) = best {
            firings.push((Firing { cue, clause: std::mem::take(&mut clause) }, upos));
        }
    }
    firings
}

impl Search<'_> {
    fn draft(&self, firing: Firing<'_>) -> Option<Draft> {
        let Firing { cue, clause } = firing;
        let head = clause.head;
        let status = self.kit.status.of_cue(self.grammar, head, clause.verb);
        let idle = matches!(status, Status::Negated | Status::Denied | Status::Hypothetical);
        if idle && cue.kind != UndertakingKind::Condition {
            return None;
        }
        let by = self.first(&clause, &cue.roles.sources);
        let mut to = self.first(&clause, &cue.roles.targets);
        to.retain(|number| !by.contains(number));
        let open = matches!(cue.kind, UndertakingKind::Expectation | UndertakingKind::Condition);
        if by.is_empty() && (to.is_empty() || !self.is_passive(&clause)) && !open {
            return None;
        }
        let what = self.first_token(&clause, &cue.what).filter(|what| *what != head);
        let negated = what.is_some_and(|what| self.kit.status.is_negated(self.grammar, what));
        let condition = self.condition(cue, &clause, what);
        if open && by.is_empty() && condition.is_none() && what.is_none() {
            return None;
        }
        Some(Draft { kind: cue.kind, head, cue: (head, head), by, to, what, negated, condition })
    }

    fn is_passive(&self, clause: &Clause) -> bool {
        !clause.nominal && self.grammar.is_passive(clause.head)
    }

    fn first(&self, clause: &Clause, paths: &[Vec<Slot>]) -> Vec<u32> {
        let (mut tokens, mut found) = (Vec::new(), Vec::new());
        for path in paths {
            tokens.clear();
            follow(self.grammar, clause, path, &mut tokens);
            for token in tokens.iter().take(8) {
                self.cast.of(self.grammar, *token, &mut found);
            }
            if !found.is_empty() {
                break;
            }
        }
        if found.is_empty() && clause.nominal && !paths.is_empty() {
            for modifier in &clause.modifiers {
                self.cast.of(self.grammar, *modifier, &mut found);
            }
        }
        found
    }

    fn first_token(&self, clause: &Clause, paths: &[Vec<Slot>]) -> Option<Index> {
        let mut tokens = Vec::new();
        for path in paths {
            follow(self.grammar, clause, path, &mut tokens);
            if !tokens.is_empty() {
                break;
            }
        }
        tokens.first().copied()
    }

    /// For a cue of condition, the phrase that it leans on; for any other, an "if" or "unless".
    fn condition(&self, cue: &Cue, clause: &Clause, what: Option<Index>) -> Option<Span> {
        let preps = |names: &[&str]| {
            let is = |case: u32| names.iter().any(|name| self.kit.words.symbol(name) == case);
            clause.preps.iter().find(|prep| is(prep.0)).map(|prep| self.whole(prep.1))
        };
        if cue.kind == UndertakingKind::Condition {
            return preps(&["on", "upon", "to"]);
        }
        let heads = [Some(clause.head), what];
        heads.into_iter().flatten().find_map(|head| self.proviso(head))
    }

    /// The "if", "unless" or "on condition that" clause under a head.
    pub(super) fn proviso(&self, head: Index) -> Option<Span> {
        let kids = self.grammar.kids(head).iter().copied();
        let clauses = [Relation::Advcl, Relation::Obl, Relation::Xcomp];
        let marked = |kid: Index| {
            self.grammar.kids(kid).iter().any(|mark| {
                let relation = self.grammar.relation(*mark);
                matches!(
                    relation,
                    Relation::Mark | Relation::Case | Relation::Advmod | Relation::Fixed
                ) && self.grammar.is(*mark, self.kit.known.conditional)
            }) || self.grammar.word(kid).lemma == "condition"
                && self.grammar.relation(kid) == Relation::Obl
        };
        kids.filter(|kid| clauses.contains(&self.grammar.relation(*kid)))
            .find(|kid| marked(*kid))
            .map(|kid| self.whole(kid))
    }

    /// Everything under a head.
    pub(super) fn whole(&self, head: Index) -> Span {
        let (low, high) = self.grammar.reach(head);
        self.span(low).cover(self.span(high))
    }

    pub(super) fn span(&self, token: Index) -> Span {
        self.grammar.text.tokens[token as usize].span
    }

    fn finish(&self, draft: Draft) -> Undertaking {
        let cue = self.span(draft.cue.0).cover(self.span(draft.cue.1));
        let clause = self.whole(draft.head).cover(cue);
        let what =
            draft.what.map_or(clause, |what| self.without(self.whole(what), draft.condition));
        let span = clause.cover(what);
        let ids =
            |numbers: &[u32]| numbers.iter().map(|at| self.cast.actors.mention(*at).id).collect();
        let detail = format!("{} {}", draft.kind, cue.start);
        Undertaking {
            id: RowId::observed(
                Kind::UndertakingMention,
                self.grammar.text.report.id,
                span,
                &detail,
            ),
            span,
            cue,
            kind: draft.kind,
            by: ids(&draft.by),
            to: ids(&draft.to),
            what,
            negated: draft.negated,
            condition: draft.condition,
            deadline: self.deadline(span),
            quotation: self.cast.moments.quotation(draft.cue.0).map(|quotation| quotation.id),
        }
    }

    /// `what` without the condition at its end or start.
    fn without(&self, what: Span, condition: Option<Span>) -> Span {
        let text = &self.grammar.text.report.text;
        match condition {
            Some(it) if what.start < it.start && what.end <= it.end && it.start < what.end => {
                let kept = Span::new(what.start, it.start).trim(text);
                Span::of(
                    kept.start as usize
                        ..kept.start as usize + kept.slice(text).trim_end_matches([',', ' ']).len(),
                )
            }
            Some(it) if it.start <= what.start && it.end < what.end && what.start < it.end => {
                let slice = &text[it.end as usize..what.end as usize];
                let lead = slice.len() - slice.trim_start_matches([',', ' ']).len();
                Span::new(it.end + lead as u32, what.end)
            }
            _ => what,
        }
    }

    /// A time in the clause under "by", "within", "before" or "until".
    fn deadline(&self, span: Span) -> Option<RowId> {
        let times = &self.observed.times;
        let from = times.partition_point(|time| time.span.start < span.start);
        let inside = times[from..].iter().take_while(|time| time.span.end <= span.end).take(16);
        inside.into_iter().find(|time| self.is_deadline(time.span)).map(|time| time.id)
    }

    fn is_deadline(&self, time: Span) -> bool {
        let Some(head) = head_of(self.grammar, time) else { return false };
        self.grammar
            .cases(head)
            .any(|case| self.kit.words.mask(case) & self.kit.known.deadline != 0)
    }
}
