//! A clause as rules see it: who, whom, with which prepositions, around a verb or a noun.
//!
//! Works on whatever tree it is given: a missing relation only leaves a slot empty. Climbing and
//! descending are bounded, so that no tree can make a report slow.

use chancery_text::Span;

use crate::Read;
use crate::mention::{Mention, MentionKind};
use crate::syntax::{Relation, Upos, Word};

use super::words::{Mask, NONE, Symbol, Words};

/// How far a search climbs or descends.
const DEPTH: u32 = 6;

/// How many dependents of one word are looked at.
const BREADTH: usize = 64;

/// A token of the report.
pub(crate) type Index = u32;

/// The trees of a report with their dependents, and the symbol of each token.
pub(crate) struct Grammar<'a> {
    /// What is read.
    pub(crate) text: Read<'a>,
    /// The lexicon that the symbols are of.
    pub(crate) words: &'a Words,
    known: Known,
    symbols: Vec<Symbol>,
    /// Classes that tokens have as heads of mentions, whatever their word.
    named: Vec<Mask>,
    first: Vec<u32>,
    kids: Vec<Index>,
}

/// Classes and words that grammar itself asks for.
struct Known {
    light: Mask,
    occur: Mask,
    container: Mask,
    relative: Mask,
    subject_control: Mask,
    headline: Mask,
    time: Mask,
    particle: Mask,
    minded: Mask,
    around: Mask,
    talks: Mask,
    document: Mask,
    by: Symbol,
    of: Symbol,
}

/// The slots of one clause.
#[derive(Debug, Default, Clone)]
pub(crate) struct Clause {
    /// The verb or noun it is about.
    pub(crate) head: Index,
    /// Whether `head` is a noun.
    pub(crate) nominal: bool,
    /// The verb that carries tense and negation: `head`, or the light verb over a noun.
    pub(crate) verb: Option<Index>,
    /// Logical subjects.
    pub(crate) subjects: Vec<Index>,
    /// Logical objects.
    pub(crate) objects: Vec<Index>,
    /// Indirect objects.
    pub(crate) indirect: Vec<Index>,
    /// Prepositional dependents, with their preposition.
    pub(crate) preps: Vec<(Symbol, Index)>,
    /// Verb particles.
    pub(crate) particles: Vec<Symbol>,
    /// Open complement.
    pub(crate) xcomp: Option<Index>,
    /// Clausal complement.
    pub(crate) ccomp: Option<Index>,
    /// Modifiers of a noun: compounds, adjectives.
    pub(crate) modifiers: Vec<Index>,
}

impl Clause {
    fn clear(&mut self) {
        self.subjects.clear();
        self.objects.clear();
        self.indirect.clear();
        self.preps.clear();
        self.particles.clear();
        self.modifiers.clear();
        (self.xcomp, self.ccomp, self.verb, self.nominal) = (None, None, None, false);
    }
}

fn symbols(text: Read<'_>, words: &Words) -> Vec<Symbol> {
    let tokens = text.tokens.iter().zip(&text.syntax.words);
    let symbol = |(token, word): (&crate::segment::Token, &Word)| {
        let form = || text.report.slice(token.span);
        if goes_on_with_verb(text, word)
            && let Some(verb) = words.verb_of_past(form())
        {
            return verb;
        }
        match words.symbol(&word.lemma) {
            NONE if word.upos != Upos::Punct => words.symbol_of_form(form()),
            symbol => symbol,
        }
    };
    tokens.map(symbol).collect()
}

/// Whether the tree has a word as an adjective beside a verb: "five were killed and 20 wounded".
fn goes_on_with_verb(text: Read<'_>, word: &Word) -> bool {
    let verb = |head: u32| text.syntax.words[head as usize].upos == Upos::Verb;
    word.upos == Upos::Adj && word.relation == Relation::Conj && word.head.is_some_and(verb)
}

impl<'a> Grammar<'a> {
    /// Reads the trees of a report. Linear in its tokens.
    pub(crate) fn new(text: Read<'a>, words: &'a Words) -> Self {
        let all = &text.syntax.words;
        let count = all.len();
        let mut first = vec![0u32; count + 2];
        let heads = || all.iter().map(|word| word.head.filter(|head| (*head as usize) < count));
        for head in heads().flatten() {
            first[head as usize + 2] += 1;
        }
        for at in 2..first.len() {
            first[at] += first[at - 1];
        }
        let mut kids = vec![0; first[count + 1] as usize];
        for (token, head) in heads().enumerate() {
            if let Some(head) = head {
                let slot = &mut first[head as usize + 1];
                kids[*slot as usize] = token as Index;
                *slot += 1;
            }
        }
        let symbols = symbols(text, words);
        let known = Known {
            light: words.class("light"),
            occur: words.class("occur"),
            container: words.class("container"),
            relative: words.class("relative"),
            subject_control: words.class("subject-control"),
            headline: words.class("headline-passive"),
            time: words.class("time"),
            particle: words.class("particle"),
            minded: words.class("minded"),
            around: words.class("around"),
            talks: words.class("talks"),
            document: words.class("document"),
            by: words.symbol("by"),
            of: words.symbol("of"),
        };
        let named = vec![0; symbols.len()];
        Self { text, words, known, symbols, named, first, kids }
    }

    /// Lets rules see what the mentions are: who is named is `@somebody` or `@body`, a place
    /// is `@territory`.
    pub(crate) fn with_mentions(mut self, mentions: &[Mention]) -> Self {
        let class = |name| self.words.class(name);
        let (somebody, body, place) = (class("somebody"), class("body"), class("territory"));
        for mention in mentions {
            let class = match mention.kind {
                MentionKind::Person | MentionKind::People => somebody,
                MentionKind::Organisation => body,
                MentionKind::Place => place,
                _ => continue,
            };
            if let Some(head) = self.head_of_mention(mention) {
                self.named[head as usize] |= class;
            }
        }
        self
    }

    /// The token of a mention whose head lies outside it.
    pub(crate) fn head_of_mention(&self, mention: &Mention) -> Option<Index> {
        let count = self.len() as Index;
        let tokens = mention.tokens.start.min(count)..mention.tokens.end.min(count);
        let outside = |token: &Index| self.head(*token).is_none_or(|head| !tokens.contains(&head));
        tokens.clone().take(40).find(outside)
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.symbols.len()
    }

    /// The word of a token.
    pub(crate) fn word(&self, token: Index) -> &'a Word {
        &self.text.syntax.words[token as usize]
    }

    /// The symbol of a token's lemma.
    pub(crate) fn symbol(&self, token: Index) -> Symbol {
        self.symbols[token as usize]
    }

    /// The classes of a token's lemma.
    pub(crate) fn mask(&self, token: Index) -> Mask {
        self.words.mask(self.symbol(token)) | self.named[token as usize]
    }

    /// Whether a token's lemma is in one of the classes.
    pub(crate) fn is(&self, token: Index, classes: Mask) -> bool {
        self.mask(token) & classes != 0
    }

    /// The dependents of a token, in order. Of very many only the first are given.
    pub(crate) fn kids(&self, token: Index) -> &[Index] {
        let at = token as usize;
        let (from, to) = (self.first[at] as usize, self.first[at + 1] as usize);
        &self.kids[from..to.min(from + BREADTH)]
    }

    /// The head of a token.
    pub(crate) fn head(&self, token: Index) -> Option<Index> {
        self.word(token).head.filter(|head| (*head as usize) < self.len())
    }

    /// The token that heads some words: the first whose head is not among them.
    pub(crate) fn head_among(&self, words: &[Span]) -> Option<Index> {
        let tokens = self.text.tokens;
        let near = |word: &Span| {
            let first = tokens.partition_point(|token| token.span.end <= word.start);
            let last = tokens.partition_point(|token| token.span.start < word.end);
            first as Index..last as Index
        };
        let among: Vec<Index> = words.iter().flat_map(near).collect();
        let heads = |token: &&Index| self.head(**token).is_none_or(|head| !among.contains(&head));
        among.iter().find(heads).copied()
    }

    /// The relation of a token to its head.
    pub(crate) fn relation(&self, token: Index) -> Relation {
        self.word(token).relation
    }

    /// The first dependent with one of the relations.
    pub(crate) fn kid(&self, token: Index, relations: &[Relation]) -> Option<Index> {
        self.kids(token).iter().copied().find(|kid| relations.contains(&self.relation(*kid)))
    }

    /// Whether the token heads a verbal clause.
    pub(crate) fn is_verbal(&self, token: Index) -> bool {
        matches!(self.word(token).upos, Upos::Verb | Upos::Aux)
    }

    /// Whether the token is a noun or a name.
    pub(crate) fn is_nominal(&self, token: Index) -> bool {
        matches!(self.word(token).upos, Upos::Noun | Upos::Propn)
    }

    /// Whether the token is a passive verb. A subject that is only guessed to be passive, with no
    /// auxiliary to show it, counts in the style of headlines: "three killed in raid".
    pub(crate) fn is_passive(&self, token: Index) -> bool {
        let auxiliary = |kid: &Index| match self.relation(*kid) {
            Relation::AuxPass => true,
            Relation::Aux => self.word(*kid).lemma == "be" && self.word(token).xpos == "VBN",
            Relation::Cop => self.goes_on_as_past(token),
            _ => false,
        };
        if self.kids(token).iter().any(auxiliary) {
            return !self.is_state_of_mind(token);
        }
        let shares = matches!(self.relation(token), Relation::Conj | Relation::Xcomp)
            && (self.word(token).xpos == "VBN" || self.goes_on_as_past(token))
            && self.head(token).is_some_and(|head| self.kid(head, &[Relation::AuxPass]).is_some());
        let guessed = self.kid(token, &[Relation::NsubjPass, Relation::CsubjPass]).is_some()
            || self.is_headline_passive(token);
        shares
            || guessed
                && self.kid(token, &[Relation::Obj]).is_none()
                && (self.is(token, self.known.headline)
                    || self.kid(token, &[Relation::OblAgent]).is_some())
    }

    /// "Banker sentenced to three years": a past with nobody after it, of a verb that needs somebody.
    fn is_headline_passive(&self, token: Index) -> bool {
        let complements = [Relation::Obj, Relation::Iobj, Relation::Xcomp, Relation::Ccomp];
        let bare = self.kid(token, &complements).is_none()
            && self.kid(token, &[Relation::Aux, Relation::AuxPass]).is_none();
        let to_or_for = |kid: &Index| {
            self.kids(*kid)
                .iter()
                .any(|case| matches!(self.word(*case).lemma.as_str(), "to" | "for"))
        };
        bare && self.is_past_form(token)
            && self.own_subject(token).is_some()
            && self.kids(token).iter().any(to_or_for)
            && self.is(token, self.known.headline)
    }

    /// "is prepared to leave", "is committed to peace": who is so is the one who acts.
    fn is_state_of_mind(&self, token: Index) -> bool {
        let to = |kid: &Index| {
            self.relation(*kid) == Relation::Xcomp
                || self.kids(*kid).iter().any(|case| self.word(*case).lemma == "to")
        };
        self.is(token, self.known.minded)
            && self.kids(token).iter().any(to)
            && self.kid(token, &[Relation::OblAgent]).is_none()
    }

    /// Words of time, which are neither subject nor object.
    pub(crate) fn time(&self) -> Mask {
        self.known.time
    }

    /// Verbs that headlines use in the passive without an auxiliary.
    pub(crate) fn headline(&self) -> Mask {
        self.known.headline
    }

    /// Verbs that only carry a noun.
    pub(crate) fn light(&self) -> Mask {
        self.known.light
    }

    /// Whether a token is written as a preposition of when, where or why, whatever the tree has it as.
    pub(crate) fn is_around(&self, token: Index) -> bool {
        let form = self.text.report.slice(self.text.tokens[token as usize].span);
        self.words.mask(self.words.symbol(form)) & self.known.around != 0
    }

    /// The preposition of an agent.
    pub(crate) fn by(&self) -> Symbol {
        self.known.by
    }

    /// Words that may be verb particles.
    pub(crate) fn particle(&self) -> Mask {
        self.known.particle
    }

    /// Whether a token that the tree has as an adjective beside a verb is the past of a verb.
    pub(crate) fn goes_on_as_past(&self, token: Index) -> bool {
        let form = self.text.report.slice(self.text.tokens[token as usize].span);
        goes_on_with_verb(self.text, self.word(token)) && self.words.verb_of_past(form).is_some()
    }

    /// Whether the token's form is a past tense that a rule knows.
    pub(crate) fn is_past_form(&self, token: Index) -> bool {
        self.words.is_past(self.text.report.slice(self.text.tokens[token as usize].span))
    }

    /// The prepositions (or markers) over a dependent.
    pub(crate) fn cases(&self, token: Index) -> impl Iterator<Item = Symbol> + '_ {
        let marks = [Relation::Case, Relation::Mark];
        let is = move |kid: &&Index| marks.contains(&self.relation(**kid));
        self.kids(token).iter().filter(is).map(|kid| self.symbol(*kid))
    }

    /// The grammatical subject of a verb, its own or inherited.
    pub(crate) fn subject(&self, verb: Index) -> Option<Index> {
        let mut at = verb;
        for _ in 0..DEPTH {
            if let Some(own) = self.own_subject(at) {
                return Some(self.antecedent(own, at));
            }
            let head = self.head(at)?;
            match self.relation(at) {
                Relation::Acl if self.is_nominal(head) => return Some(head),
                Relation::AclRelcl => return Some(head),
                Relation::Xcomp => {
                    let object = self.kid(head, &[Relation::Obj]);
                    if let Some(object) =
                        object.filter(|_| !self.is(head, self.known.subject_control))
                    {
                        return Some(object);
                    }
                }
                // "said led": what is said has a subject of its own, found or not.
                Relation::Ccomp if head < at && self.is_finite(at) => return None,
                Relation::Conj | Relation::Advcl | Relation::Ccomp | Relation::Parataxis => {}
                _ => return None,
            }
            at = head;
        }
        None
    }

    pub(crate) fn own_subject(&self, verb: Index) -> Option<Index> {
        self.kid(verb, &[Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter])
    }

    /// What a relative pronoun stands for; any other token itself.
    fn antecedent(&self, token: Index, verb: Index) -> Index {
        if self.word(token).upos != Upos::Pron || !self.is(token, self.known.relative) {
            return token;
        }
        let mut at = verb;
        for _ in 0..DEPTH {
            match (self.relation(at), self.head(at)) {
                (Relation::AclRelcl | Relation::Acl, Some(head)) => return head,
                (_, Some(head)) => at = head,
                _ => return token,
            }
        }
        token
    }

    /// Fills the slots of the clause around a verb, adjective or noun.
    pub(crate) fn read_clause(&self, head: Index, clause: &mut Clause) {
        clause.clear();
        clause.head = head;
        if self.is_nominal(head) && !self.is_hidden_verb(head) {
            clause.nominal = true;
            self.read_noun(head, clause);
        } else {
            clause.verb = Some(head);
            self.read_verb(head, clause);
        }
    }

    fn read_verb(&self, verb: Index, clause: &mut Clause) {
        let passive = self.is_passive(verb);
        self.read_dependents(verb, passive, clause);
        // "urged France to leave": whom one has alone is whom one acts on.
        if clause.objects.is_empty() {
            clause.objects.append(&mut clause.indirect);
        }
        if clause.ccomp.is_none() && clause.xcomp.is_none() {
            clause.xcomp = self.purpose(verb);
        }
        if clause.ccomp.is_none() && clause.xcomp.is_none() {
            clause.ccomp = self.stranded_content(verb);
        }
        let head = self.head(verb);
        match (self.relation(verb), head) {
            (Relation::Acl, Some(noun)) if self.is_nominal(noun) => {
                self.read_participle(verb, noun, clause);
            }
            (Relation::AclRelcl, Some(noun)) => self.read_relative(noun, passive, clause),
            _ if clause.subjects.is_empty() && (!passive || clause.objects.is_empty()) => {
                if let Some(subject) = self.subject(verb).filter(|it| *it != verb) {
                    if passive { &mut clause.objects } else { &mut clause.subjects }.push(subject);
                }
            }
            _ => {}
        }
        self.mend(verb, passive, clause);
    }

    fn read_dependents(&self, verb: Index, passive: bool, clause: &mut Clause) {
        for &kid in self.kids(verb) {
            match self.relation(kid) {
                Relation::Nsubj | Relation::NsubjOuter | Relation::NsubjPass => {
                    let slot = if passive { &mut clause.objects } else { &mut clause.subjects };
                    slot.push(self.antecedent(kid, verb));
                }
                Relation::Obj => clause.objects.push(self.antecedent(kid, verb)),
                Relation::Iobj => clause.indirect.push(kid),
                Relation::CompoundPrt => clause.particles.push(self.symbol(kid)),
                Relation::Advmod if self.word(kid).upos != Upos::Adj => {
                    clause.particles.push(self.symbol(kid));
                }
                Relation::Xcomp if !matches!(self.word(kid).xpos, "VBD" | "VBZ" | "VBP") => {
                    clause.xcomp = clause.xcomp.or(Some(kid));
                }
                Relation::Ccomp => clause.ccomp = clause.ccomp.or(Some(kid)),
                Relation::OblAgent => {
                    clause.subjects.push(kid);
                    clause.preps.extend(self.cases(kid).map(|case| (case, kid)));
                }
                Relation::Obl | Relation::Nmod | Relation::Advcl | Relation::OblUnmarked => {
                    self.read_oblique(kid, passive, clause);
                }
                Relation::Acl if self.word(kid).xpos == "VB" => {
                    clause.xcomp = clause.xcomp.or(Some(kid));
                }
                Relation::Case | Relation::Mark if self.word(kid).upos == Upos::Adp => {
                    clause.particles.push(self.symbol(kid));
                }
                _ => {}
            }
        }
    }

    fn read_oblique(&self, kid: Index, passive: bool, clause: &mut Clause) {
        if self.is_bounded_number(kid) {
            return clause.objects.push(kid);
        }
        for case in self.cases(kid) {
            if passive && case == self.known.by && self.is_nominal(kid) {
                clause.subjects.push(kid);
            }
            clause.preps.push((case, kid));
        }
    }

    /// "released at least 19 hostages": a bound read as a preposition.
    fn is_bounded_number(&self, noun: Index) -> bool {
        let bound = |kid: &Index| matches!(self.word(*kid).lemma.as_str(), "least" | "most");
        let at = |kid: &Index| self.word(*kid).lemma == "at" && bound(&(kid + 1));
        let last = self.len() as Index - 1;
        self.kids(noun).iter().any(|kid| *kid < last && at(kid))
    }

    /// "troops stationed there", "the envoy accusing them", "the decision to leave".
    fn read_participle(&self, verb: Index, noun: Index, clause: &mut Clause) {
        match self.word(verb).xpos {
            "VBN" | "VBD" => clause.objects.push(noun),
            "VBG" if clause.subjects.is_empty() => {
                clause.subjects.push(self.author(noun).unwrap_or(noun));
            }
            _ if clause.subjects.is_empty() => self.read_doer(noun, clause),
            _ => {}
        }
    }

    /// Who speaks in a document: "the ministers issued a statement urging Torvia to leave".
    fn author(&self, document: Index) -> Option<Index> {
        let issued =
            self.relation(document) == Relation::Obj && self.is(document, self.known.document);
        self.head(document).filter(|_| issued).and_then(|verb| self.subject(verb))
    }

    fn read_relative(&self, noun: Index, passive: bool, clause: &mut Clause) {
        if clause.subjects.contains(&noun) || clause.objects.contains(&noun) {
            return;
        }
        match (clause.subjects.is_empty(), clause.objects.is_empty(), passive) {
            (true, _, false) => clause.subjects.push(noun),
            (_, true, _) => clause.objects.push(noun),
            _ => {}
        }
    }

    /// "was quoted as assuring them that …": the content hung on the verb above.
    fn stranded_content(&self, verb: Index) -> Option<Index> {
        let above = self.head(verb).filter(|_| self.relation(verb) == Relation::Advcl)?;
        self.kid(above, &[Relation::Ccomp]).filter(|content| verb < *content && above < verb)
    }

    /// An infinitive of purpose right under the verb, where parsers waver between relations.
    fn purpose(&self, verb: Index) -> Option<Index> {
        let infinitive = |kid: &Index| {
            self.relation(*kid) == Relation::Advcl
                && self.word(*kid).xpos == "VB"
                && self.kids(*kid).iter().any(|to| self.word(*to).lemma == "to")
        };
        let under_object = |kid: &Index| {
            self.relation(*kid) == Relation::Acl
                && self.kids(*kid).iter().any(|to| self.word(*to).lemma == "to")
        };
        let objects = || {
            let carries = [Relation::Obj, Relation::Iobj, Relation::Obl];
            self.kids(verb).iter().filter(move |kid| carries.contains(&self.relation(**kid)))
        };
        let own = self.kids(verb).iter().copied().find(infinitive);
        own.or_else(|| {
            objects().find_map(|object| self.kids(*object).iter().copied().find(under_object))
        })
    }

    fn read_noun(&self, noun: Index, clause: &mut Clause) {
        for &kid in self.kids(noun) {
            match self.relation(kid) {
                Relation::NmodPoss => clause.subjects.push(kid),
                Relation::Nmod | Relation::Obl => {
                    self.read_oblique(kid, false, clause);
                    self.read_beyond(kid, clause);
                }
                Relation::Compound
                | Relation::Amod
                | Relation::NmodUnmarked
                | Relation::NmodDesc => {
                    clause.modifiers.push(kid);
                }
                Relation::Acl | Relation::Advcl if self.word(kid).xpos == "VB" => {
                    clause.xcomp = clause.xcomp.or(Some(kid));
                }
                Relation::Acl
                    if self.kids(kid).iter().any(|that| self.word(*that).lemma == "that") =>
                {
                    clause.ccomp = clause.ccomp.or(Some(kid));
                }
                Relation::Acl => self.read_carried_out(kid, clause),
                Relation::Ccomp => clause.ccomp = clause.ccomp.or(Some(kid)),
                _ => {}
            }
        }
        let by = clause.preps.iter().filter(|prep| prep.0 == self.known.by);
        clause.subjects.extend(by.map(|prep| prep.1));
        self.read_governor(noun, clause);
    }

    /// What hangs on a noun's first phrase but may be the noun's own: in "the call of the minister
    /// for talks" parsers hang "for talks" on the minister.
    fn read_beyond(&self, phrase: Index, clause: &mut Clause) {
        for &kid in self.kids(phrase) {
            match self.relation(kid) {
                Relation::Nmod => {
                    let cases = self.cases(kid).filter(|case| *case != self.known.of);
                    clause.preps.extend(cases.map(|case| (case, kid)));
                }
                Relation::Acl if self.word(kid).xpos == "VB" => {
                    clause.xcomp = clause.xcomp.or(Some(kid));
                }
                _ => {}
            }
        }
    }

    /// "an attack carried out by the group", "talks held with the envoy".
    fn read_carried_out(&self, participle: Index, clause: &mut Clause) {
        if !self.is(participle, self.known.light) {
            return;
        }
        for &kid in self.kids(participle) {
            for case in self.cases(kid) {
                clause.preps.push((case, kid));
            }
        }
    }

    /// "launched an attack", "talks took place".
    fn read_governor(&self, noun: Index, clause: &mut Clause) {
        let Some(verb) = self.head(noun).filter(|head| self.is_verbal(*head)) else { return };
        let relation = self.relation(noun);
        let light = self.is(verb, self.known.light);
        let object = matches!(relation, Relation::Obj | Relation::NsubjPass);
        let subject = relation == Relation::Nsubj;
        let carried =
            light && (object || subject && self.is_passive(verb)) || subject && self.occurs(verb);
        if !carried {
            return;
        }
        clause.verb = Some(verb);
        if relation == Relation::Obj {
            clause.subjects.extend(self.doer(verb).filter(|it| *it != noun));
        }
        for &kid in self.kids(verb) {
            if matches!(self.relation(kid), Relation::Obl | Relation::OblAgent | Relation::Nmod) {
                for case in self.cases(kid) {
                    if case == self.known.by && relation != Relation::Obj {
                        clause.subjects.push(kid);
                    } else {
                        clause.preps.push((case, kid));
                    }
                }
            }
        }
    }

    /// The verb whose infinitive a verb is: "urged" over "to make peace".
    fn asking_above(&self, verb: Index) -> Index {
        let asked = [Relation::Advcl, Relation::Ccomp, Relation::Xcomp];
        let to = self.kids(verb).iter().any(|kid| self.word(*kid).xpos == "TO");
        match self.head(verb) {
            Some(head) if to && asked.contains(&self.relation(verb)) => head,
            _ => verb,
        }
    }

    /// "erupted", "took place", but not "took the town".
    fn occurs(&self, verb: Index) -> bool {
        let place = || self.kid(verb, &[Relation::Obj]).map(|object| &self.word(object).lemma);
        self.is(verb, self.known.occur)
            && (self.word(verb).lemma != "take" || place().is_none_or(|place| place == "place"))
    }

    /// The verb of what was done on the occasion that a bare noun of talks names: "urged" over "during a
    /// meeting". Who did it and to whom are those who met.
    pub(crate) fn occasion_of(&self, noun: Index) -> Option<Index> {
        let verb = self.head(noun).filter(|head| self.is_verbal(*head))?;
        let leads = |kid: &Index| {
            self.relation(*kid) == Relation::Case
                && matches!(self.word(*kid).lemma.as_str(), "at" | "during" | "in")
        };
        let met = self.is(noun, self.known.talks)
            && matches!(self.relation(noun), Relation::Obl | Relation::Nmod)
            && self.kids(noun).iter().any(leads);
        met.then(|| self.asking_above(verb))
    }

    /// The logical subject of a verb.
    fn doer(&self, verb: Index) -> Option<Index> {
        if self.is_passive(verb) {
            self.kid(verb, &[Relation::OblAgent])
        } else {
            self.subject(verb)
        }
    }

    /// Who a noun's act belongs to: "its decision", "the decision by the court".
    fn read_doer(&self, noun: Index, clause: &mut Clause) {
        if let Some(owner) = self.kid(noun, &[Relation::NmodPoss]) {
            return clause.subjects.push(owner);
        }
        let by = |kid: &Index| self.cases(*kid).any(|case| case == self.known.by);
        if let Some(agent) = self.kids(noun).iter().copied().find(by) {
            return clause.subjects.push(agent);
        }
        let Some(verb) = self.head(noun).filter(|head| self.is_verbal(*head)) else { return };
        if self.relation(noun) == Relation::Obj {
            clause.subjects.extend(self.doer(verb));
        }
    }

    /// Whether a noun phrase speaks of a word that `holds` accepts: by its head, a compound in it,
    /// one of its conjuncts, or what it is a quantity of.
    pub(crate) fn speaks_of(&self, token: Index, holds: &dyn Fn(Index) -> bool) -> bool {
        self.speaks_of_within(token, holds, 3)
    }

    fn speaks_of_within(&self, token: Index, holds: &dyn Fn(Index) -> bool, depth: u32) -> bool {
        if holds(token) {
            return true;
        }
        let container = self.is(token, self.known.container) || self.word(token).upos == Upos::Num;
        self.kids(token).iter().any(|kid| match self.relation(*kid) {
            Relation::Compound | Relation::NmodUnmarked => holds(*kid),
            Relation::Conj if depth > 0 => self.speaks_of_within(*kid, holds, depth - 1),
            Relation::Nmod if container && depth > 0 => {
                self.cases(*kid).any(|case| case == self.known.of)
                    && self.speaks_of_within(*kid, holds, depth - 1)
            }
            _ => false,
        })
    }

    /// What a quantity is of: the talks of "several rounds of talks".
    pub(crate) fn held_by(&self, container: Index) -> Option<Index> {
        let of = |kid: &Index| {
            self.relation(*kid) == Relation::Nmod
                && self.cases(*kid).any(|case| case == self.known.of)
        };
        let holds = self.is(container, self.known.container);
        self.kids(container).iter().copied().find(of).filter(|_| holds)
    }

    /// The first and last token of the clause under a head, without what hangs on loosely:
    /// conjoined clauses, asides, punctuation at its ends.
    pub(crate) fn extent(&self, head: Index) -> (Index, Index) {
        let (mut low, mut high) = (head, head);
        let mut open = vec![head];
        let mut seen = 0;
        while let Some(token) = open.pop() {
            seen += 1;
            low = low.min(token);
            high = high.max(token);
            if seen > 200 {
                break;
            }
            open.extend(
                self.kids(token).iter().copied().filter(|kid| self.belongs(*kid, token == head)),
            );
        }
        (low, high)
    }

    /// The first and last token of everything under a head, conjuncts included, without the
    /// punctuation at its ends.
    pub(crate) fn reach(&self, head: Index) -> (Index, Index) {
        let (mut low, mut high) = (head, head);
        let mut open = vec![head];
        let mut seen = 0;
        while let Some(token) = open.pop() {
            seen += 1;
            low = low.min(token);
            high = high.max(token);
            if seen > 200 {
                break;
            }
            let loose = [Relation::Punct, Relation::Parataxis, Relation::Discourse];
            let kids = self.kids(token).iter().copied();
            open.extend(kids.filter(|kid| !loose.contains(&self.relation(*kid))));
        }
        (low, high)
    }

    fn belongs(&self, kid: Index, under_head: bool) -> bool {
        match self.relation(kid) {
            Relation::Punct | Relation::Parataxis | Relation::Discourse => false,
            Relation::Cc | Relation::Conj => !under_head || self.is_nominal(kid),
            Relation::Mark | Relation::Advcl | Relation::AdvclRelcl => {
                !under_head || !self.is_late(kid)
            }
            _ => true,
        }
    }

    /// Whether an adverbial clause stands apart with a subject of its own.
    fn is_late(&self, kid: Index) -> bool {
        self.own_subject(kid).is_some()
    }
}
