//! What the model sees of a word: itself, the words that are used alike, its clause, who its subject is,
//! and what the rules made of it.

use crate::event::{Index, is_first_person};
use crate::mention::MentionKind;
use crate::name::{Clusters, lower_hash};
use crate::quotation::QuotationKind;
use crate::syntax::weights::{hash, pair};
use crate::syntax::{Relation, Upos};

use super::super::UndertakingKind;
use super::super::search::{Draft, Search};
use super::network::WORD_KEYS;

/// Stands for a word that is not there.
pub(super) const NOTHING: u64 = 7;

/// A word and the words used alike, the nearest last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) lemma: u64,
    pub(super) wide: u64,
    pub(super) near: u64,
    pub(super) nearest: u64,
    pub(super) brown: u64,
}

impl Look {
    pub(super) const NONE: Self =
        Self { lemma: NOTHING, wide: NOTHING, near: NOTHING, nearest: NOTHING, brown: NOTHING };
}

/// A report as the model sees it.
pub(super) struct Sight<'s, 'a> {
    pub(super) search: &'s Search<'a>,
    looks: Vec<Look>,
    /// What the rules made of each token: the kind of which it heads one, is of the cue, or is what.
    headed: Vec<u64>,
    cued: Vec<u64>,
    told: Vec<u64>,
}

fn code(kind: UndertakingKind) -> u64 {
    kind as u64 + 1
}

impl<'s, 'a> Sight<'s, 'a> {
    pub(super) fn new(search: &'s Search<'a>, clusters: &Clusters, drafts: &[Draft]) -> Self {
        let count = search.grammar.len();
        let look = |token: Index| {
            let lower = search.grammar.word(token).lemma.to_lowercase();
            let entry = clusters.get(lower_hash(&lower));
            let [first, second] = entry.clusters;
            Look {
                lemma: hash(lower.as_bytes()),
                wide: first.at(6),
                near: first.at(9),
                nearest: pair(first.at(12), second.at(9)),
                brown: entry.usage.brown_at(10),
            }
        };
        let looks = (0..count as Index).map(look).collect();
        let [mut headed, mut cued, mut told] = [(); 3].map(|()| vec![0; count]);
        for draft in drafts {
            headed[draft.head as usize] = code(draft.kind);
            let (from, last) = (draft.cue.0 as usize, draft.cue.1 as usize);
            cued[from..=last.max(from)].fill(code(draft.kind));
            if let Some(what) = draft.what {
                told[what as usize] = code(draft.kind);
            }
        }
        Self { search, looks, headed, cued, told }
    }

    /// What stands for a word in the network.
    pub(super) fn word_keys(&self, token: Index) -> [u64; WORD_KEYS] {
        let (search, at) = (self.search, token as usize);
        let look = self.looks[at];
        let form = search.form(token);
        let capital = u64::from(form.starts_with(char::is_uppercase));
        let nominal = search.grammar.is_nominal(token);
        let values = [
            hash(form.to_lowercase().as_bytes()),
            look.lemma,
            look.near,
            look.nearest,
            look.brown,
            look.wide,
            self.upos(Some(token)),
            self.xpos(token),
            self.relation(token) << 1 | capital,
            self.headed[at] << 8 | self.cued[at] << 4 | self.told[at],
            self.headed[at],
            self.quoted(token),
            if nominal { self.who(Some(token)) } else { NOTHING },
            if nominal { NOTHING } else { self.doubts(token) },
            self.marker(token),
        ];
        let mut template = 0;
        values.map(|value| {
            template += 1;
            pair(template, value)
        })
    }

    pub(super) fn look(&self, token: Option<Index>) -> Look {
        token.map_or(Look::NONE, |token| self.looks[token as usize])
    }

    pub(super) fn lemma(&self, token: Option<Index>) -> u64 {
        self.look(token).lemma
    }

    /// A token of the same sentence, so many after this one.
    pub(super) fn beside(&self, token: Index, shift: i32) -> Option<Index> {
        let (first, end) = self.search.sentence(token);
        token.checked_add_signed(shift).filter(|at| first <= *at && *at < end)
    }

    pub(super) fn relation(&self, token: Index) -> u64 {
        self.search.grammar.relation(token) as u64
    }

    pub(super) fn upos(&self, token: Option<Index>) -> u64 {
        token.map_or(NOTHING, |token| self.search.grammar.word(token).upos as u64 + 16)
    }

    pub(super) fn xpos(&self, token: Index) -> u64 {
        hash(self.search.grammar.word(token).xpos.as_bytes())
    }

    /// Which relations a token's dependents have.
    pub(super) fn frame(&self, token: Index) -> u64 {
        let kids = self.search.grammar.kids(token).iter();
        let telling = kids.map(|kid| self.search.grammar.relation(*kid)).filter(|relation| {
            !matches!(
                relation,
                Relation::Punct | Relation::Conj | Relation::Cc | Relation::Det | Relation::Advmod
            )
        });
        telling.fold(0, |all, relation| all | 1u64 << (relation as u64 & 63))
    }

    /// The preposition, conjunction or possessive mark of a token.
    pub(super) fn marker(&self, token: Index) -> u64 {
        self.lemma(self.search.grammar.kid(token, &[Relation::Case, Relation::Mark]))
    }

    /// The rules' kinds for a token: as head, in a cue, as what.
    pub(super) fn ruled(&self, token: Option<Index>) -> u64 {
        let Some(token) = token.map(|token| token as usize) else { return NOTHING };
        self.headed[token] | self.cued[token] << 4 | self.told[token] << 8
    }

    pub(super) fn modal(&self, token: Index) -> Option<Index> {
        let grammar = self.search.grammar;
        let modal = |kid: &&Index| {
            grammar.relation(**kid) == Relation::Aux && grammar.word(**kid).xpos == "MD"
        };
        grammar.kids(token).iter().find(modal).copied()
    }

    pub(super) fn is_negated(&self, token: Index) -> bool {
        self.search.kit.status.is_negated(self.search.grammar, token)
    }

    /// In what sort of quotation a token is.
    pub(super) fn quoted(&self, token: Index) -> u64 {
        self.search.cast.moments.quotation(token).map_or(0, |quotation| match quotation.kind {
            QuotationKind::Direct => 1,
            QuotationKind::Mixed => 2,
            QuotationKind::Indirect => 3,
            _ => 4,
        })
    }

    /// Who a noun or pronoun is, in general.
    pub(super) fn who(&self, token: Option<Index>) -> u64 {
        let Some(token) = token else { return 0 };
        let (search, known) = (self.search, &self.search.kit.known);
        if is_first_person(search.grammar, token) {
            return 1;
        }
        let word = search.grammar.word(token);
        let denied = |kid: &Index| search.grammar.word(*kid).lemma == "no";
        if search.grammar.kids(token).iter().any(denied) || word.lemma == "nobody" {
            return 2;
        }
        if word.upos == Upos::Pron {
            return match word.lemma.to_lowercase().as_str() {
                "you" => 3,
                "it" | "they" => 4,
                "he" | "she" => 5,
                "that" | "which" | "who" => 6,
                _ => 7,
            };
        }
        if let Some(number) = search.heads[token as usize] {
            return match search.observed.mentions[number as usize].kind {
                MentionKind::Person => 8,
                MentionKind::Organisation => 9,
                MentionKind::People => 10,
                MentionKind::Place => 11,
                _ => 12,
            };
        }
        let classes = [known.weather, known.forecaster, known.body, known.thing];
        if let Some(at) = classes.iter().position(|class| search.is(token, *class)) {
            return 13 + at as u64;
        }
        if search.is_person_noun(token) { 17 } else { 18 + u64::from(search.timed[token as usize]) }
    }

    /// What speaks against an undertaking: asked, supposed, thought by others, denied.
    pub(super) fn doubts(&self, token: Index) -> u64 {
        let search = self.search;
        u64::from(search.is_asked(token))
            | u64::from(search.is_supposed(token)) << 1
            | u64::from(search.is_thought(token)) << 2
            | u64::from(search.is_denied(token)) << 3
    }

    /// The form of what a token is about: infinitive, gerund, "that" clause, other clause, object, none.
    pub(super) fn content(&self, token: Index) -> (u64, Option<Index>) {
        let grammar = self.search.grammar;
        let kid = |relations: &[Relation]| grammar.kid(token, relations);
        let kinds: [&[Relation]; 4] = [
            &[Relation::Xcomp],
            &[Relation::Ccomp],
            &[Relation::Acl, Relation::AclRelcl, Relation::Advcl],
            &[Relation::Obj, Relation::NsubjPass],
        ];
        let found = (1..).zip(kinds).find_map(|(number, kind)| Some((number, kid(kind)?)));
        let Some((number, content)) = found else { return (0, None) };
        let gerund = u64::from(grammar.word(content).xpos == "VBG");
        (pair(pair(number, gerund), self.marker(content)), Some(content))
    }
}
