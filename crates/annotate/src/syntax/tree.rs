//! Questions to a sentence's tree: who the subject is, what is negated, which words hang on which.
//!
//! ```
//! use chancery_annotate::syntax::{Relation, SyntaxKit, Tree, parse};
//! use chancery_annotate::segment;
//! use chancery_text::{Report, Span};
//!
//! let report = Report::from_text("a.txt", "On Monday the envoy did not meet the ministers.");
//! let sentences = segment::sentences(&report, &[Span::of(0..report.text.len())]);
//! let tokens = segment::tokens(&report, &sentences);
//! let syntax = parse(&report, &sentences, &tokens, &SyntaxKit::embedded());
//!
//! let tree = Tree::new(&syntax, &sentences[0]);
//! let meet = tree.root().unwrap();
//! let lemma = |token: u32| tree.word(token).lemma.as_str();
//! assert_eq!(lemma(meet), "meet");
//! assert_eq!(tree.subjects(meet).into_iter().map(lemma).collect::<Vec<_>>(), ["envoy"]);
//! assert_eq!(tree.objects(meet).into_iter().map(lemma).collect::<Vec<_>>(), ["minister"]);
//! assert!(tree.negated(meet));
//! let oblique = &tree.obliques(meet)[0];
//! assert_eq!((lemma(oblique.token), oblique.case.as_str()), ("Monday", "on"));
//! assert_eq!(tree.find_child(meet, Relation::Obj), tree.objects(meet).first().copied());
//! ```

use std::ops::Range;

use super::{Relation, Syntax, Upos, Word};
use crate::segment::Sentence;

/// A sentence's words with an index of dependents. Tokens are named by their index in the report.
/// Making one is linear in the sentence; a question costs what it gives back, unless it says
/// otherwise.
#[derive(Debug, Clone)]
pub struct Tree<'a> {
    words: &'a [Word],
    first: u32,
    /// Dependents of all words, those of word `i` from `starts[i]` to `starts[i + 1]`, in order.
    dependents: Vec<u32>,
    starts: Vec<u32>,
    /// First token and one past the last token below each word.
    hulls: Vec<(u32, u32)>,
}

/// A nominal that hangs on a verb or noun by a preposition, or by none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oblique {
    /// The nominal's head.
    pub token: u32,
    /// The preposition in lower case, words parted by a space ("because of"); empty if none.
    pub case: String,
    /// Its relation to the head: `obl`, `obl:agent`, `obl:unmarked`, `nmod`, …
    pub relation: Relation,
}

/// When and how a verb says that something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerbForm<'a> {
    /// What the first verb of the group says of time.
    pub tense: Tense,
    /// Lemma of the modal: "will", "could", "must".
    pub modal: Option<&'a str>,
    /// With "have": "has met".
    pub perfect: bool,
    /// With "be" and -ing: "is meeting".
    pub progressive: bool,
    /// After "to", or bare: "to meet", "let it go".
    pub infinitive: bool,
    /// A participle with no auxiliary: "meeting the envoy, …", "sanctions imposed by …".
    pub participle: bool,
}

/// Grammatical tense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tense {
    /// The words do not say: infinitives, participles, modals other than "will" and "shall".
    #[default]
    None,
    /// "met", "was meeting".
    Past,
    /// "meets", "has met".
    Present,
    /// "will meet", "is going to meet".
    Future,
}

impl<'a> Tree<'a> {
    /// The tree of one sentence.
    pub fn new(syntax: &'a Syntax, sentence: &Sentence) -> Self {
        let words = &syntax.words[sentence.indices()];
        let first = sentence.tokens.start;
        let mut tree = Self {
            words,
            first,
            dependents: vec![0; words.len()],
            starts: vec![0; words.len() + 2],
            hulls: (0..).zip(words).map(|(at, _)| (first + at, first + at + 1)).collect(),
        };
        tree.index();
        tree.measure();
        tree
    }

    fn index(&mut self) {
        let at = |head: u32| (head - self.first) as usize;
        for head in self.words.iter().filter_map(|word| word.head) {
            self.starts[at(head) + 2] += 1;
        }
        for slot in 2..self.starts.len() {
            self.starts[slot] += self.starts[slot - 1];
        }
        for (token, word) in (self.first..).zip(self.words) {
            if let Some(head) = word.head {
                let slot = &mut self.starts[at(head) + 1];
                self.dependents[*slot as usize] = token;
                *slot += 1;
            }
        }
    }

    /// Widens each word's hull to its dependents', leaves first.
    fn measure(&mut self) {
        let mut order: Vec<u32> =
            self.tokens().filter(|token| self.word(*token).head.is_none()).collect();
        let mut at = 0;
        while at < order.len() {
            let token = order[at];
            order.extend_from_slice(self.children(token));
            at += 1;
        }
        for token in order.into_iter().rev() {
            if let Some(head) = self.word(token).head {
                let (start, end) = self.hulls[(token - self.first) as usize];
                let hull = &mut self.hulls[(head - self.first) as usize];
                *hull = (hull.0.min(start), hull.1.max(end));
            }
        }
    }

    /// The sentence's tokens.
    pub fn tokens(&self) -> Range<u32> {
        self.first..self.first + self.words.len() as u32
    }

    /// The word of a token. Panics if the token is of another sentence.
    pub fn word(&self, token: u32) -> &'a Word {
        &self.words[(token - self.first) as usize]
    }

    /// The token that the sentence hangs on; `None` if the sentence is empty.
    pub fn root(&self) -> Option<u32> {
        self.tokens().find(|token| self.word(*token).head.is_none())
    }

    /// The tokens that hang on this one, in the order of the text.
    pub fn children(&self, token: u32) -> &[u32] {
        let at = (token - self.first) as usize;
        &self.dependents[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// The children with one of these relations, in the order of the text.
    pub fn children_by<'s>(
        &'s self,
        token: u32,
        relations: &'s [Relation],
    ) -> impl Iterator<Item = u32> + 's {
        let is = |child: &u32| relations.contains(&self.word(*child).relation);
        self.children(token).iter().copied().filter(is)
    }

    /// The first child with this relation.
    pub fn find_child(&self, token: u32, relation: Relation) -> Option<u32> {
        self.children_by(token, &[relation]).next()
    }

    /// The head of a token, its head, and so on up to the root.
    pub fn head_chain(&self, token: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.word(token).head, |head| self.word(*head).head)
            .take(self.words.len())
    }

    /// Whether `token` is `above` or hangs below it. Costs the depth of the token.
    pub fn is_below(&self, token: u32, above: u32) -> bool {
        token == above || self.head_chain(token).any(|head| head == above)
    }

    /// The smallest range of tokens that holds all that hangs below a token, and itself.
    pub fn subtree_span(&self, token: u32) -> Range<u32> {
        let (start, end) = self.hulls[(token - self.first) as usize];
        start..end
    }

    /// The token and all that hangs below it, in the order of the text.
    pub fn subtree(&self, token: u32) -> Vec<u32> {
        self.subtree_without(token, &|_| false)
    }

    /// Like [`Tree::subtree`], without the children of `token` itself that `left_out` names, and
    /// what hangs below them.
    pub fn subtree_without(&self, token: u32, left_out: &dyn Fn(u32) -> bool) -> Vec<u32> {
        let mut tokens = vec![token];
        tokens.extend(self.children(token).iter().copied().filter(|child| !left_out(*child)));
        let mut at = 1;
        while at < tokens.len() {
            tokens.extend_from_slice(self.children(tokens[at]));
            at += 1;
        }
        tokens.sort_unstable();
        tokens
    }

    /// The range of a clause: what hangs on its verb without coordinated and side-by-side clauses,
    /// and without the marks at its edges.
    pub fn clause_span(&self, verb: u32) -> Range<u32> {
        use Relation::{Cc, Conj, Discourse, Parataxis, Punct};
        let side = |child: u32| {
            matches!(self.word(child).relation, Conj | Cc | Parataxis | Discourse | Punct)
        };
        let inside = self.children(verb).iter().copied().filter(|child| !side(*child));
        inside.fold(verb..verb + 1, |hull, child| {
            let span = self.subtree_span(child);
            hull.start.min(span.start)..hull.end.max(span.end)
        })
    }

    /// The token's conjuncts, without itself: "ministers" and "envoys" for "presidents" in
    /// "presidents, ministers and envoys".
    pub fn conjuncts(&self, token: u32) -> Vec<u32> {
        let mut found: Vec<u32> = self.children_by(token, &[Relation::Conj]).collect();
        let mut at = 0;
        while at < found.len() {
            found.extend(self.children_by(found[at], &[Relation::Conj]));
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// Whether a verb is passive: "was met", and the participle in "sanctions imposed by".
    pub fn is_passive(&self, verb: u32) -> bool {
        use Relation::{Acl, Advcl, AuxPass, CsubjPass, NsubjPass, OblAgent};
        let signs = [AuxPass, NsubjPass, CsubjPass, OblAgent];
        if self.children_by(verb, &signs).next().is_some() {
            return true;
        }
        let word = self.word(verb);
        let bare = !self.auxiliaries(verb).iter().any(|aux| self.word(*aux).lemma == "have");
        let reduced = matches!(word.relation, Acl | Advcl) && bare;
        word.xpos == "VBN"
            && (reduced || self.shares_auxiliaries(verb).is_some_and(|head| self.is_passive(head)))
    }

    /// The subjects of a predicate with their conjuncts, found where the clause has none of its own:
    /// "He came and **saw**", "asked him to **go**", "the man who **left**", "the man **leaving**".
    /// Those of a passive are what it is done to.
    pub fn subjects(&self, verb: u32) -> Vec<u32> {
        let mut found = Vec::new();
        // The way up is as long as the tree is deep; each step leaves one clause for another.
        let mut at = verb;
        for _ in 0..self.words.len().min(64) {
            if let Some(subject) = self.own_subject(at) {
                found.push(subject);
                break;
            }
            match self.controller(at) {
                Some(Controller::Noun(noun)) => {
                    found.push(noun);
                    break;
                }
                Some(Controller::Clause(clause)) => at = clause,
                None => break,
            }
        }
        self.with_conjuncts(found)
    }

    /// The subject in the clause itself; a relative pronoun is its noun.
    fn own_subject(&self, verb: u32) -> Option<u32> {
        use Relation::{Csubj, CsubjPass, Nsubj, NsubjOuter, NsubjPass};
        let subject = self
            .children_by(verb, &[Nsubj, NsubjPass])
            .next()
            .or_else(|| self.children_by(verb, &[NsubjOuter, Csubj, CsubjPass]).next())?;
        Some(self.antecedent(verb, subject))
    }

    /// The noun that a relative pronoun in the relative clause `verb` stands for; else the token.
    fn antecedent(&self, verb: u32, token: u32) -> u32 {
        let relative = matches!(self.word(token).xpos, "WDT" | "WP")
            || (self.word(token).lemma == "that" && self.word(token).upos == Upos::Pron);
        let word = self.word(verb);
        match word.head {
            Some(noun) if relative && word.relation == Relation::AclRelcl => noun,
            _ => token,
        }
    }

    fn controller(&self, verb: u32) -> Option<Controller> {
        use Relation::{Acl, Advcl, Ccomp, Conj, Xcomp};
        let word = self.word(verb);
        let head = word.head?;
        match word.relation {
            Acl => {
                // "a plan to go": the noun is not who goes.
                let to = self.children_by(verb, &[Relation::Mark]).next().is_some();
                let verbal = matches!(word.xpos, "VBG" | "VBN");
                (verbal && !to).then_some(Controller::Noun(head))
            }
            Conj if self.is_predicate(head) && !self.is_nominal_conjunct(verb) => {
                Some(Controller::Clause(head))
            }
            Xcomp => {
                let object = self.children_by(head, &[Relation::Obj, Relation::Iobj]).next();
                // "promised her to go": the subject goes.
                let promise = matches!(
                    self.word(head).lemma.as_str(),
                    "promise" | "vow" | "pledge" | "threaten"
                );
                match object.filter(|_| !promise) {
                    Some(object) => Some(Controller::Noun(object)),
                    None => Some(Controller::Clause(head)),
                }
            }
            Advcl | Ccomp if !self.is_finite(verb) => Some(Controller::Clause(head)),
            _ => None,
        }
    }

    fn is_nominal_conjunct(&self, token: u32) -> bool {
        matches!(self.word(token).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
            && self.find_child(token, Relation::Cop).is_none()
    }

    fn is_predicate(&self, token: u32) -> bool {
        matches!(self.word(token).upos, Upos::Verb | Upos::Aux)
            || self.find_child(token, Relation::Cop).is_some()
            || self.own_subject(token).is_some()
    }

    fn is_finite(&self, verb: u32) -> bool {
        let finite = |token: u32| matches!(self.word(token).xpos, "VBD" | "VBZ" | "VBP" | "MD");
        finite(verb) || self.auxiliaries(verb).into_iter().any(finite)
    }

    fn with_conjuncts(&self, mut found: Vec<u32>) -> Vec<u32> {
        for at in 0..found.len() {
            found.extend(self.conjuncts(found[at]));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The objects of a verb with their conjuncts: direct ones, the noun of a relative clause that
    /// stands for one ("the deal that they signed"), and those shared with the verb before ("signed
    /// and sealed the deal"). None for most passives: see [`Tree::patients`].
    pub fn objects(&self, verb: u32) -> Vec<u32> {
        let own: Vec<u32> = self
            .children_by(verb, &[Relation::Obj])
            .map(|object| self.antecedent(verb, object))
            .collect();
        if !own.is_empty() {
            return self.with_conjuncts(own);
        }
        let inherited = self.relative_object(verb).or_else(|| self.shared_object(verb));
        self.with_conjuncts(inherited.into_iter().collect())
    }

    /// "the deal they signed": a relative clause with a subject, no pronoun and no object.
    fn relative_object(&self, verb: u32) -> Option<u32> {
        use Relation::{AclRelcl, Ccomp, Nsubj, Xcomp};
        let word = self.word(verb);
        let noun = word.head.filter(|_| word.relation == AclRelcl && word.upos == Upos::Verb)?;
        let subject = self.find_child(verb, Nsubj)?;
        let full = self.children_by(verb, &[Xcomp, Ccomp]).next().is_some();
        let relative = |token: &u32| matches!(self.word(*token).xpos, "WDT" | "WP" | "WRB");
        let gapped = !full && !self.subtree(verb).iter().any(relative);
        let timeless = !matches!(
            self.word(noun).lemma.as_str(),
            "day" | "time" | "year" | "way" | "reason" | "place" | "moment" | "week" | "month"
        );
        (gapped && timeless && self.antecedent(verb, subject) != noun).then_some(noun)
    }

    fn shared_object(&self, verb: u32) -> Option<u32> {
        let word = self.word(verb);
        let head = word.head.filter(|_| word.relation == Relation::Conj)?;
        let object = self.find_child(head, Relation::Obj)?;
        (verb < object && word.upos == Upos::Verb).then_some(object)
    }

    /// Indirect objects with their conjuncts.
    pub fn indirect_objects(&self, verb: u32) -> Vec<u32> {
        self.with_conjuncts(self.children_by(verb, &[Relation::Iobj]).collect())
    }

    /// Who does it in a passive: "by the envoys", with conjuncts.
    pub fn agent(&self, verb: u32) -> Vec<u32> {
        let passive = self.is_passive(verb);
        let by = |token: &u32| {
            let relation = self.word(*token).relation;
            relation == Relation::OblAgent
                || (relation == Relation::Obl && passive && self.case_of(*token) == "by")
        };
        self.with_conjuncts(self.children(verb).iter().copied().filter(by).collect())
    }

    /// Who does it, active or passive.
    pub fn doers(&self, verb: u32) -> Vec<u32> {
        if self.is_passive(verb) { self.agent(verb) } else { self.subjects(verb) }
    }

    /// What it is done to, active or passive.
    pub fn patients(&self, verb: u32) -> Vec<u32> {
        if !self.is_passive(verb) {
            return self.objects(verb);
        }
        let subjects = self.subjects(verb);
        if subjects.is_empty() { self.objects(verb) } else { subjects }
    }

    /// The nominals that hang on a verb by a preposition or bare, in order, without conjuncts.
    pub fn obliques(&self, verb: u32) -> Vec<Oblique> {
        use Relation::{Obl, OblAgent, OblUnmarked};
        self.marked(verb, &[Obl, OblAgent, OblUnmarked])
    }

    /// The nominals that hang on a noun by a preposition or bare, in order, without conjuncts and
    /// possessors.
    pub fn modifiers(&self, noun: u32) -> Vec<Oblique> {
        use Relation::{Nmod, NmodDesc, NmodUnmarked};
        self.marked(noun, &[Nmod, NmodDesc, NmodUnmarked])
    }

    fn marked(&self, head: u32, relations: &[Relation]) -> Vec<Oblique> {
        let oblique = |token: u32| Oblique {
            token,
            case: self.case_of(token),
            relation: self.word(token).relation,
        };
        self.children_by(head, relations).map(oblique).collect()
    }

    /// The preposition of a nominal: "in", "because of"; empty if it has none. A conjunct without
    /// one has its head's.
    pub fn case_of(&self, token: u32) -> String {
        let mut case = String::new();
        let mut add = |lemma: &str| {
            if !case.is_empty() {
                case.push(' ');
            }
            case.push_str(lemma);
        };
        for mark in self.children_by(token, &[Relation::Case]) {
            if self.word(mark).xpos == "POS" {
                continue;
            }
            add(&self.word(mark).lemma);
            self.children_by(mark, &[Relation::Fixed])
                .for_each(|fixed| add(&self.word(fixed).lemma));
        }
        let word = self.word(token);
        match word.head {
            Some(head) if case.is_empty() && word.relation == Relation::Conj => self
                .children_by(head, &[Relation::Case])
                .next()
                .map_or(case, |mark| self.word(mark).lemma.clone()),
            _ => case,
        }
    }

    /// The possessors of a noun: "Olmia’s" plan, with conjuncts.
    pub fn possessors(&self, noun: u32) -> Vec<u32> {
        self.with_conjuncts(self.children_by(noun, &[Relation::NmodPoss]).collect())
    }

    /// Whether a predicate is negated: by "not" or "never", or by "no" or "nobody" as subject or
    /// object ("No talks were held").
    pub fn negated(&self, verb: u32) -> bool {
        use Relation::{Advmod, Cc, CcPreconj, Det, Mark, Nsubj, NsubjPass, Obj};
        let no = |token: u32, words: &[&str]| words.contains(&self.word(token).lemma.as_str());
        let adverb = self
            .children_by(verb, &[Advmod, Relation::Aux, Mark])
            .any(|child| no(child, &["not", "n't", "never", "neither", "nor", "no", "without"]));
        let coordinated = self
            .children_by(verb, &[Cc, CcPreconj])
            .any(|child| child < verb && no(child, &["nor", "neither"]));
        let argument = self.children_by(verb, &[Nsubj, NsubjPass, Obj]).any(|child| {
            no(child, &["nobody", "none", "nothing", "no-one"])
                || self.children_by(child, &[Det, Advmod]).any(|det| no(det, &["no", "neither"]))
        });
        adverb || coordinated || argument
    }

    /// Auxiliaries and copulas of a predicate, in order; those of the verb before where the two
    /// share them ("will meet and **sign**").
    pub fn auxiliaries(&self, verb: u32) -> Vec<u32> {
        let own = |verb| {
            let relations = [Relation::Aux, Relation::AuxPass, Relation::Cop];
            self.children_by(verb, &relations).collect::<Vec<_>>()
        };
        let found = own(verb);
        match self.shares_auxiliaries(verb) {
            Some(head) if found.is_empty() => own(head),
            _ => found,
        }
    }

    /// The verb that a coordinated bare form shares its auxiliaries with.
    fn shares_auxiliaries(&self, verb: u32) -> Option<u32> {
        let word = self.word(verb);
        let head = word.head.filter(|_| word.relation == Relation::Conj)?;
        let bare = matches!(word.xpos, "VB" | "VBN" | "VBG") && word.xpos == self.word(head).xpos;
        let alone = |child: &u32| {
            !matches!(
                self.word(*child).relation,
                Relation::Nsubj | Relation::Aux | Relation::AuxPass | Relation::Mark
            )
        };
        (bare && self.children(verb).iter().all(alone)).then_some(head)
    }

    /// The words that mark a subordinate clause, in lower case: "if", "that", "to", "because".
    pub fn marks(&self, verb: u32) -> impl Iterator<Item = &'a str> + '_ {
        self.children_by(verb, &[Relation::Mark]).map(|mark| self.word(mark).lemma.as_str())
    }

    /// Tense, modal and aspect of a predicate.
    pub fn verb_form(&self, verb: u32) -> VerbForm<'a> {
        let word = self.word(verb);
        let auxiliaries = self.auxiliaries(verb);
        let mut form = VerbForm::default();
        for &aux in &auxiliaries {
            let aux = self.word(aux);
            match aux.lemma.as_str() {
                _ if aux.xpos == "MD" => form.modal = Some(modal(&aux.lemma)),
                "have" => form.perfect = true,
                "be" if word.xpos == "VBG" && aux.relation == Relation::Aux => {
                    form.progressive = true
                }
                _ => {}
            }
        }
        let to = self.children_by(verb, &[Relation::Mark]).any(|mark| self.word(mark).xpos == "TO");
        let first = auxiliaries.first().map_or(word, |&aux| self.word(aux));
        form.infinitive = to || (auxiliaries.is_empty() && word.xpos == "VB");
        form.participle = auxiliaries.is_empty() && matches!(word.xpos, "VBG" | "VBN");
        form.tense = match (form.modal, first.xpos) {
            (Some("will" | "shall"), _) => Tense::Future,
            (None, "VBD") if !to => Tense::Past,
            (None, "VBZ" | "VBP") if !to => Tense::Present,
            _ => Tense::None,
        };
        form
    }
}

enum Controller {
    Noun(u32),
    Clause(u32),
}

/// "'ll" and "wo" are forms of "will" whose lemma a parser may miss.
fn modal(lemma: &str) -> &str {
    match lemma {
        "'ll" | "’ll" | "wo" => "will",
        "ca" => "can",
        "'d" | "’d" => "would",
        lemma => lemma,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Features, Word};
    use proptest::prelude::*;

    /// A tree from "word/lemma/XPOS/head/relation" with heads counted from 1 and 0 for the root.
    fn syntax(lines: &str) -> (Syntax, Sentence) {
        let words = lines.split_whitespace().map(|line| {
            let cells: Vec<_> = line.split('/').collect();
            let xpos = crate::syntax::XPOS.iter().find(|x| **x == cells[1]).copied().unwrap_or("_");
            let upos = match xpos.get(..2) {
                Some("VB") => Upos::Verb,
                Some("WP" | "PR") => Upos::Pron,
                _ => Upos::Noun,
            };
            let head: u32 = cells[2].parse().unwrap();
            Word {
                upos,
                xpos,
                features: Features::default(),
                lemma: cells[0].to_owned(),
                head: head.checked_sub(1).map(|head| head + 10),
                relation: cells[3].parse().unwrap(),
            }
        });
        let filler = Word {
            upos: Upos::X,
            xpos: "_",
            features: Features::default(),
            lemma: String::new(),
            head: None,
            relation: Relation::Root,
        };
        let words: Vec<_> = std::iter::repeat_n(filler, 10).chain(words).collect();
        let end = words.len() as u32;
        (
            Syntax { words, ..Syntax::default() },
            Sentence { span: chancery_text::Span::new(0, 1), tokens: 10..end },
        )
    }

    fn lemmas(tree: &Tree<'_>, tokens: Vec<u32>) -> String {
        tokens
            .into_iter()
            .map(|token| tree.word(token).lemma.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_subject_is_inherited_by_conjuncts_and_controlled_verbs() {
        let (syntax, sentence) = syntax(
            "envoy/NN/2/nsubj come/VBD/0/root and/CC/4/cc ask/VBD/2/conj minister/NN/4/obj to/TO/7/mark leave/VB/4/xcomp",
        );
        let tree = Tree::new(&syntax, &sentence);
        assert_eq!(lemmas(&tree, tree.subjects(13)), "envoy");
        assert_eq!(lemmas(&tree, tree.subjects(16)), "minister");
        assert_eq!(tree.verb_form(13).tense, Tense::Past);
        assert!(tree.verb_form(16).infinitive);
        assert_eq!(tree.subtree_span(13), 12..17);
        assert_eq!(tree.clause_span(11), 10..12);
    }

    #[test]
    fn a_relative_pronoun_is_its_noun() {
        let (syntax, sentence) =
            syntax("man/NN/0/root who/WP/3/nsubj leave/VBD/1/acl:relcl city/NN/3/obj");
        let tree = Tree::new(&syntax, &sentence);
        assert_eq!(lemmas(&tree, tree.subjects(12)), "man");
    }

    #[test]
    fn a_participle_on_a_noun_is_passive_and_done_to_the_noun() {
        let (syntax, sentence) = syntax(
            "sanction/NNS/0/root impose/VBN/1/acl by/IN/4/case state/NN/2/obl and/CC/6/cc bank/NN/4/conj",
        );
        let tree = Tree::new(&syntax, &sentence);
        assert!(tree.is_passive(11));
        assert_eq!(lemmas(&tree, tree.doers(11)), "state bank");
        assert_eq!(lemmas(&tree, tree.patients(11)), "sanction");
    }

    #[test]
    fn no_talks_is_a_negation() {
        let (syntax, sentence) =
            syntax("no/DT/2/det talk/NNS/4/nsubj:pass be/VBD/4/aux:pass hold/VBN/0/root");
        let tree = Tree::new(&syntax, &sentence);
        assert!(tree.negated(13) && tree.is_passive(13));
        assert_eq!(lemmas(&tree, tree.patients(13)), "talk");
    }

    proptest! {
        #[test]
        fn any_tree_answers_without_panic(parents in prop::collection::vec((0usize..100, 0usize..51), 1..30)) {
            let words = parents.iter().enumerate().map(|(at, &(parent, relation))| Word {
                upos: Upos::Verb,
                xpos: "VBN",
                features: Features::default(),
                lemma: "x".to_owned(),
                head: (0 < at).then(|| (parent % at) as u32),
                relation: Relation::ALL[relation % Relation::ALL.len()],
            });
            let syntax = Syntax { words: words.collect(), ..Syntax::default() };
            let end = syntax.words.len() as u32;
            let sentence = Sentence { span: chancery_text::Span::new(0, 1), tokens: 0..end };
            let tree = Tree::new(&syntax, &sentence);
            let total: usize = tree.tokens().map(|token| tree.children(token).len()).sum();
            prop_assert_eq!(total + 1, parents.len());
            for token in tree.tokens() {
                let subtree = tree.subtree(token);
                let span = tree.subtree_span(token);
                prop_assert_eq!(span.start, subtree[0]);
                prop_assert_eq!(span.end, subtree[subtree.len() - 1] + 1);
                prop_assert!(subtree.iter().all(|below| tree.is_below(*below, token)));
                let _ = (tree.doers(token), tree.patients(token), tree.negated(token), tree.verb_form(token));
                let _ = (tree.obliques(token), tree.modifiers(token), tree.clause_span(token), tree.objects(token));
            }
        }
    }
}
