//! Words that look like an undertaking and are none: not made, only supposed, asked about, expected of
//! others, or said of the weather.

use crate::event::{Index, Status};
use crate::syntax::Relation;

use super::UndertakingKind;
use super::search::Search;

const CLIMB: usize = 8;

impl Search<'_> {
    /// Whether an undertaking that the words name is not made.
    pub(super) fn is_idle(&self, head: Index, verb: Option<Index>, kind: UndertakingKind) -> bool {
        let carrier = verb.unwrap_or(head);
        let status = self.kit.status.of_cue(self.grammar, head, verb);
        let called = status == Status::CalledFor
            && !matches!(kind, UndertakingKind::Demand | UndertakingKind::Expectation);
        let polite = status == Status::Hypothetical && self.is_polite(carrier);
        let unmade = matches!(status, Status::Negated | Status::Denied | Status::Hypothetical)
            && !polite
            || called;
        let own = kind == UndertakingKind::Condition;
        unmade && !own
            || self.is_asked(head)
            || !own && (self.is_denied(carrier) || self.is_denied(head))
            || self.is_supposed(carrier)
            || self.is_thought(carrier)
    }

    /// "would like", "would urge": said by being supposed.
    fn is_polite(&self, verb: Index) -> bool {
        let would = |kid: &Index| {
            self.grammar.relation(*kid) == Relation::Aux
                && matches!(self.grammar.word(*kid).lemma.as_str(), "would" | "should" | "'d")
        };
        self.is(verb, self.kit.known.polite)
            && self.grammar.kids(verb).iter().any(would)
            && !self.kit.status.is_negated(self.grammar, verb)
    }

    /// In a question, unless the question ends a sentence of which this is no part.
    pub(super) fn is_asked(&self, token: Index) -> bool {
        let (_, end) = self.sentence(token);
        let mark = (token..end).find(|at| matches!(self.form(*at), "?" | ";"));
        mark.is_some_and(|at| self.form(at) == "?")
    }

    /// "nobody promised", "neither side offered", "at no point did he demand", "rather than threaten".
    pub(super) fn is_denied(&self, verb: Index) -> bool {
        let grammar = self.grammar;
        let no = |token: Index| {
            let lemma = grammar.word(token).lemma.to_lowercase();
            matches!(
                lemma.as_str(),
                "no" | "none"
                    | "nobody"
                    | "nothing"
                    | "neither"
                    | "nor"
                    | "never"
                    | "not"
                    | "n't"
                    | "hardly"
                    | "without"
            )
        };
        let denies = |kid: &Index| match grammar.relation(*kid) {
            Relation::Nsubj | Relation::NsubjPass => {
                no(*kid) || grammar.kids(*kid).iter().any(|it| no(*it) && *it < *kid)
            }
            Relation::Obl | Relation::Obj | Relation::Iobj => {
                let (low, _) = grammar.reach(*kid);
                let object = grammar.relation(*kid) != Relation::Obl;
                object && no(*kid)
                    || grammar.kids(*kid).iter().any(|it| {
                        no(*it) && matches!(grammar.relation(*it), Relation::Det | Relation::Advmod)
                    }) && (*kid < verb || low == *kid || grammar.relation(*kid) != Relation::Obl)
            }
            Relation::Advmod | Relation::CcPreconj | Relation::Cc | Relation::Mark => no(*kid),
            Relation::Case | Relation::Fixed => false,
            _ => false,
        };
        grammar.kids(verb).iter().any(denies)
            || self.is_instead(verb)
            || self.is_short_of(verb)
            || self.is_at_no_point(verb)
            || self.is_inverted_denial(verb)
            || self.has_no_object(verb)
    }

    /// "at no point", "under no circumstances" before the verb.
    pub(super) fn is_at_no_point(&self, verb: Index) -> bool {
        let from = verb.saturating_sub(14).max(self.sentence(verb).0);
        let point = |at: Index| {
            matches!(
                self.form(at).to_lowercase().as_str(),
                "point" | "time" | "stage" | "circumstances" | "circumstance"
            )
        };
        (from..verb).any(|at| self.form(at).eq_ignore_ascii_case("no") && point(at + 1))
    }

    /// "Neither in its note nor in his remarks did he promise".
    fn is_inverted_denial(&self, verb: Index) -> bool {
        let (first, _) = self.sentence(verb);
        let opens = matches!(
            self.form(first).to_lowercase().as_str(),
            "neither" | "nor" | "never" | "nowhere" | "hardly" | "not"
        );
        let kids = self.grammar.kids(verb);
        let aux = kids.iter().find(|kid| self.grammar.relation(**kid) == Relation::Aux);
        let subject = self.own_subject(verb);
        opens && aux.zip(subject).is_some_and(|(aux, subject)| *aux < subject)
    }

    /// "gave no assurances": nothing given, though the tree may hang it on as something else.
    fn has_no_object(&self, verb: Index) -> bool {
        self.grammar.kids(verb).iter().any(|kid| {
            verb < *kid
                && self.grammar.is_nominal(*kid)
                && self.grammar.cases(*kid).next().is_none()
                && self
                    .grammar
                    .kids(*kid)
                    .iter()
                    .any(|it| self.form(*it).eq_ignore_ascii_case("no"))
        })
    }

    /// "rather than demand", "instead of offering".
    fn is_instead(&self, verb: Index) -> bool {
        self.grammar.kids(verb).iter().any(|kid| {
            matches!(self.grammar.relation(*kid), Relation::Mark | Relation::Case | Relation::Cc)
                && matches!(
                    self.form(*kid).to_lowercase().as_str(),
                    "rather" | "instead" | "without"
                )
        })
    }

    /// "stopped short of threatening".
    fn is_short_of(&self, verb: Index) -> bool {
        let before = verb.saturating_sub(3)..verb;
        let words: Vec<_> = before.map(|at| self.form(at).to_lowercase()).collect();
        words.windows(2).any(|pair| pair[0] == "short" && pair[1] == "of")
    }

    /// Inside a clause that is only supposed: "if they offer", "had they offered", "anyone who offers".
    pub(super) fn is_supposed(&self, token: Index) -> bool {
        let mut at = token;
        for _ in 0..CLIMB {
            let kids = self.grammar.kids(at);
            let opener = kids.iter().copied().find(|kid| {
                let form = self.form(*kid).to_lowercase();
                match form.as_str() {
                    "if" | "unless" | "whether" | "lest" => {
                        matches!(self.grammar.relation(*kid), Relation::Mark | Relation::Advmod)
                    }
                    "should" | "were" | "had" => self.inverts(*kid, at),
                    // "as long as they ask"
                    "as" => kid.checked_sub(1).is_some_and(|it| self.form(it) == "long"),
                    _ => false,
                }
            });
            if opener.is_some() || self.is_of_anybody(at) {
                return true;
            }
            match self.grammar.relation(at) {
                Relation::Xcomp
                | Relation::Conj
                | Relation::Ccomp
                | Relation::Acl
                | Relation::AclRelcl
                | Relation::Obj
                | Relation::Advcl
                | Relation::Nsubj => {}
                _ => return false,
            }
            let Some(head) = self.grammar.head(at) else { return false };
            at = head;
        }
        false
    }

    fn inverts(&self, auxiliary: Index, verb: Index) -> bool {
        let subject = self.own_subject(verb);
        subject.is_some_and(|subject| {
            auxiliary < subject && !(auxiliary + 1..subject).any(|at| self.form(at) == ",")
        }) && (auxiliary == self.sentence(auxiliary).0
            || self.grammar.relation(verb) == Relation::Advcl)
    }

    /// "any premier who promised", "anyone who offers".
    fn is_of_anybody(&self, verb: Index) -> bool {
        // "anyone who offers", and not "anyone who comes will be shot", read as two such clauses.
        let relative = self.own_subject(verb).is_some_and(|it| self.grammar.word(it).xpos == "WP");
        if self.grammar.relation(verb) != Relation::AclRelcl || !relative {
            return false;
        }
        let Some(noun) = self.grammar.head(verb) else { return false };
        let any = |token: Index| {
            matches!(
                self.grammar.word(token).lemma.to_lowercase().as_str(),
                "any" | "anyone" | "anybody" | "whoever"
            )
        };
        any(noun) || self.grammar.kids(noun).iter().any(|kid| any(*kid))
    }

    /// What others think that somebody will undertake: "diplomats believe that they will pledge", "is
    /// about to propose".
    pub(super) fn is_thought(&self, token: Index) -> bool {
        let grammar = self.grammar;
        let mut at = token;
        for step in 0..CLIMB {
            let Some(head) = grammar.head(at) else { return false };
            let relation = grammar.relation(at);
            let content = matches!(
                relation,
                Relation::Ccomp
                    | Relation::Xcomp
                    | Relation::Advcl
                    | Relation::Parataxis
                    | Relation::CsubjPass
                    | Relation::Csubj
                    | Relation::Obj
            );
            let speaks = self.is(head, self.kit.known.belief);
            if content && speaks {
                return true;
            }
            if relation == Relation::Xcomp && grammar.word(head).lemma == "about" {
                return true;
            }
            let passes = content || matches!(relation, Relation::Conj | Relation::Acl);
            if !passes || step > 4 {
                return false;
            }
            at = head;
        }
        false
    }

    /// Whether a noun is of the weather or of those who only forecast.
    pub(super) fn is_no_party(&self, token: Index) -> bool {
        self.grammar.speaks_of(token, &|it| self.is(it, self.kit.known.weather))
    }

    /// "analysts", "markets", "economists": what they expect is a forecast.
    pub(super) fn is_forecaster(&self, token: Index) -> bool {
        let known = &self.kit.known;
        self.grammar.speaks_of(token, &|it| self.is(it, known.forecaster | known.weather))
    }
}
