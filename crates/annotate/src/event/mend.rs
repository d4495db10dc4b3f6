//! Clauses that a parser misreads, read again from the order of the words.
//!
//! In news the past tense is often taken for a participle: "rebels seized control" as control that
//! was seized, "the army bulldozers demolished homes" as bulldozers that were demolished. A passive
//! participle has no object, and nouns do not stand before adjectives; so a "participle" between
//! two noun phrases is the verb between its subject and its object.

use crate::syntax::{Relation, Upos};

use super::grammar::{Clause, Grammar, Index};

/// How far back a subject is looked for over an aside between commas.
const ASIDE: u32 = 20;

impl Grammar<'_> {
    /// Whether a token is a verb although it is not tagged as one: a form in the past tense right
    /// after a noun, or one that goes on with a verb ("five were killed and 20 wounded").
    pub(crate) fn is_hidden_verb(&self, token: Index) -> bool {
        let tag = self.word(token).upos;
        matches!(tag, Upos::Adj | Upos::Noun)
            && (self.goes_on_as_past(token)
                || self.is_past_form(token) && self.noun_before(token).is_some())
            && self.phrase_after(token).is_none_or(|after| after != token)
    }

    /// Whether a token is a noun by its tag that stands as adjectives do: "aid is contingent on a truce".
    pub(crate) fn is_bare_predicate(&self, token: Index) -> bool {
        let own = [Relation::Det, Relation::Nummod, Relation::Amod, Relation::Compound];
        self.word(token).xpos == "NN"
            && self.kid(token, &[Relation::Cop]).is_some()
            && self.kid(token, &own).is_none()
            && self.kid(token, &[Relation::NmodPoss]).is_none()
    }

    /// Fills the subject and object that the tree does not give, where the order of words does.
    pub(crate) fn mend(&self, verb: Index, passive: bool, clause: &mut Clause) {
        clause.subjects.retain(|subject| !self.is(*subject, self.time()));
        clause.objects.retain(|object| !self.is(*object, self.time()));
        self.mend_particle(verb, clause);
        if passive {
            return;
        }
        let misread = self.is_misread(verb);
        if misread {
            clause.subjects.clear();
            clause.objects.clear();
        }
        if let Some(subject) = self.subject_after_conjunction(verb) {
            clause.subjects = vec![subject];
        }
        if clause.subjects.is_empty() && (misread || self.is_finite(verb)) {
            clause.subjects.extend(self.noun_before(verb));
        }
        if clause.objects.is_empty() {
            clause.objects.extend(self.bare_oblique(verb));
        }
        if clause.objects.is_empty() && (misread || clause.xcomp.is_none() && self.is_finite(verb))
        {
            let after = self.phrase_after(verb);
            clause.objects.extend(after.filter(|after| !self.is(*after, self.time())));
        }
    }

    /// "Wheat fell after Torvia and Sallet signed a deal": a conjunction read as the preposition of the
    /// subject, the verb as one more beside that of the main clause.
    fn subject_after_conjunction(&self, verb: Index) -> Option<Index> {
        const CONJUNCTIONS: [&str; 6] = ["after", "before", "since", "until", "as", "while"];
        let beside = self.relation(verb) == Relation::Conj && self.is_finite(verb);
        let own = [Relation::Cc, Relation::Nsubj, Relation::NsubjPass, Relation::Mark];
        if !beside || self.kid(verb, &own).is_some() {
            return None;
        }
        let mut first = self.noun_before(verb)?;
        for _ in 0..4 {
            match self.head(first) {
                Some(head) if self.relation(first) == Relation::Conj => first = head,
                _ => break,
            }
        }
        let by = |kid: &Index| {
            self.relation(*kid) == Relation::Case
                && CONJUNCTIONS.contains(&self.word(*kid).lemma.as_str())
        };
        let hangs = matches!(self.relation(first), Relation::Obl | Relation::Nmod);
        (hangs && self.kids(first).iter().any(by)).then_some(first)
    }

    /// "called off the strike": an object read as an oblique, though no preposition stands before it.
    fn bare_oblique(&self, verb: Index) -> Option<Index> {
        let bare = |kid: &Index| {
            verb < *kid
                && self.relation(*kid) == Relation::Obl
                && self.cases(*kid).next().is_none()
                && (self.word(*kid).upos == Upos::Noun
                    || self.kid(*kid, &[Relation::Nummod]).is_some())
                && !self.is(*kid, self.time())
        };
        self.kids(verb).iter().copied().find(bare)
    }

    /// "handed over the hostages": a particle read as a preposition, its noun as an oblique.
    fn mend_particle(&self, verb: Index, clause: &mut Clause) {
        let next = verb + 1;
        if self.len() as Index <= next
            || !self.same_sentence(verb, next)
            || !self.is(next, self.particle())
        {
            return;
        }
        let symbol = self.symbol(next);
        if !clause.particles.contains(&symbol) {
            clause.particles.push(symbol);
        }
        let noun = self
            .head(next)
            .filter(|noun| self.relation(next) == Relation::Case && self.head(*noun) == Some(verb));
        if let (Some(noun), true) = (noun, clause.objects.is_empty()) {
            let lone = self.cases(noun).count() == 1;
            clause.objects.extend(lone.then_some(noun));
        }
    }

    /// A "participle" that modifies a noun although an object follows it.
    fn is_misread(&self, verb: Index) -> bool {
        let hanging =
            matches!(self.relation(verb), Relation::Acl | Relation::Amod | Relation::Compound)
                || self.is_hidden_verb_tag(verb);
        let form = matches!(self.word(verb).xpos, "VBN" | "VBD") || self.is_past_form(verb);
        let plain = hanging && form && self.noun_before(verb).is_some();
        plain && (self.phrase_after(verb).is_some() || self.is_all_there_is(verb))
    }

    /// "Students rallied in the capital": a participle under a noun that heads the sentence is its
    /// verb, unless headlines use it so ("three killed in raid") or an agent follows.
    fn is_all_there_is(&self, verb: Index) -> bool {
        let heads = |noun: &Index| self.relation(*noun) == Relation::Root;
        let by = |kid: &Index| self.cases(*kid).any(|case| case == self.by());
        self.relation(verb) == Relation::Acl
            && self
                .head(verb)
                .is_some_and(|noun| heads(&noun) && self.noun_before(verb) == Some(noun))
            && !self.is(verb, self.headline())
            && !self.kids(verb).iter().any(by)
    }

    fn is_hidden_verb_tag(&self, verb: Index) -> bool {
        matches!(self.word(verb).upos, Upos::Adj | Upos::Noun)
    }

    /// Whether a verb has a tense.
    pub(super) fn is_finite(&self, verb: Index) -> bool {
        let modal = |kid: &Index| {
            self.relation(*kid) == Relation::Aux
                && matches!(self.word(*kid).xpos, "MD" | "VBD" | "VBZ" | "VBP")
        };
        matches!(self.word(verb).xpos, "VBD" | "VBZ" | "VBP") || self.kids(verb).iter().any(modal)
    }

    /// The noun that ends right before a verb group, over adverbs, dates and an aside.
    fn noun_before(&self, verb: Index) -> Option<Index> {
        let mut at = verb.checked_sub(1)?;
        for _ in 0..6 {
            let word = self.word(at);
            let skipped = matches!(word.upos, Upos::Aux | Upos::Adv | Upos::Part)
                || self.is(at, self.time())
                || word.upos == Upos::Adp && self.is(at + 1, self.time());
            if !skipped {
                break;
            }
            at = at.checked_sub(1)?;
        }
        if self.form(at) == "," {
            at = self.before_aside(at)?;
        }
        let word = self.word(at);
        let beside = |kid: &Index| self.relation(*kid) != Relation::Appos;
        let whose = self.kids(at).iter().any(|kid| *kid < verb && at < *kid && beside(kid));
        let plain = self.is_nominal(at) && !whose || word.upos == Upos::Pron && word.xpos == "PRP";
        (plain && self.same_sentence(at, verb)).then_some(at)
    }

    /// The token before an aside that ends at this comma.
    fn before_aside(&self, comma: Index) -> Option<Index> {
        let from = comma.saturating_sub(ASIDE);
        let open = (from..comma).rev().find(|at| self.form(*at) == ",")?;
        open.checked_sub(1)
    }

    /// The head of the noun phrase that starts right after a verb.
    fn phrase_after(&self, verb: Index) -> Option<Index> {
        let mut last = None;
        for at in verb + 1..(verb + 8).min(self.len() as Index) {
            if !self.same_sentence(at, verb) {
                break;
            }
            match self.word(at).upos {
                Upos::Det | Upos::Adj | Upos::Num if last.is_none() => {}
                Upos::Adj | Upos::Num if last.is_some() => {}
                Upos::Noun | Upos::Propn => last = Some(at),
                Upos::Pron if last.is_none() && at == verb + 1 => return Some(at),
                _ => break,
            }
        }
        last
    }

    fn same_sentence(&self, one: Index, other: Index) -> bool {
        let sentences = self.text.sentences;
        let after = sentences.partition_point(|sentence| sentence.tokens.end <= one);
        sentences
            .get(after)
            .is_some_and(|it| it.tokens.contains(&one) && it.tokens.contains(&other))
    }

    fn form(&self, token: Index) -> &str {
        self.text.report.slice(self.text.tokens[token as usize].span)
    }
}
