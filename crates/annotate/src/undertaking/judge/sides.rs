//! Features of a word that may be a party, the matter or the condition of an undertaking.

use crate::event::Index;
use crate::syntax::Relation;
use crate::syntax::weights::{keys, pair, triple};

use super::super::UndertakingKind;
use super::network::PAIR_KEYS;
use super::sight::{NOTHING, Sight};

/// How many features a side has.
pub const SIDE_KEYS: usize = 68;

/// Steps of a path on either side.
const STEPS: usize = 5;

/// What is known of a word beside its tree.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Standing {
    /// The side that the rules gave it, counted from 1; 0 for none.
    pub(super) ruled: u64,
    /// Whether the rules made the undertaking.
    pub(super) by_rule: bool,
    /// 1 for who says the clause, 2 for who is told, 4 for who is met or dealt with in it.
    pub(super) speech: u64,
    /// What it is to the condition that the rules see: 1 a part, 2 the head, 3 the subject.
    pub(super) proviso: u64,
    /// Whether it stands for somebody at all.
    pub(super) party: bool,
    /// Who the subject of the clause is and who says it, in general.
    pub(super) rivals: u64,
}

impl Sight<'_, '_> {
    /// The features of a word as a side of an undertaking of a kind, counted from 1.
    pub(super) fn side_keys(
        &self,
        anchor: Index,
        kind: u64,
        token: Index,
        standing: Standing,
    ) -> [u32; SIDE_KEYS] {
        let grammar = self.search.grammar;
        let (of, look) = (self.look(Some(anchor)), self.look(Some(token)));
        let path = self.path(anchor, token);
        let Standing { ruled, by_rule, speech, proviso, party, rivals } = standing;
        let given = ruled << 1 | u64::from(by_rule);
        let given_kind = pair(given, kind);
        let marker = self.marker(token);
        let (relation, upos, xpos) =
            (self.relation(token), self.upos(Some(token)), self.xpos(token));
        let who = self.who(Some(token));
        let standing = pair(speech << 4 | proviso << 1 | u64::from(party), who);
        let passive = u64::from(grammar.is_passive(anchor));
        let anchor_pos = pair(self.upos(Some(anchor)), passive);
        let above = grammar.head(token);
        let over = self.look(above);
        let side = u64::from(distance(anchor, token)) << 1 | u64::from(token < anchor);
        let frame = self.frame(anchor);
        let within = self.frame(token);
        let modal = self.lemma(self.modal(anchor));
        let quoted = self.quoted(anchor) << 3 | self.quoted(token);
        let is_subject = u64::from(grammar.subject(anchor) == Some(token))
            | u64::from(self.search.own_subject(token).is_some()) << 1
            | u64::from(grammar.head(anchor) == Some(token)) << 2;
        let part = is_subject << 3 | speech;
        let opener = self.lemma(Some(grammar.reach(token).0));
        let content = self.content(anchor);
        let is_content = u64::from(content.1 == Some(token)) + 1;
        let under_content = content.1.is_some_and(|it| self.search.is_under(token, it));
        let depth = pair(is_content, u64::from(under_content));
        let subject_of_content =
            u64::from(content.1.and_then(|it| self.search.own_subject(it)) == Some(token));
        keys([
            kind,
            pair(kind, path),
            pair(path, of.lemma),
            pair(path, of.near),
            pair(path, of.nearest),
            triple(path, kind, anchor_pos),
            triple(path, kind, frame),
            triple(path, kind, marker),
            triple(path, of.lemma, marker),
            triple(path, of.near, marker),
            triple(path, kind, who),
            triple(path, kind, xpos),
            triple(path, kind, look.near),
            path,
            pair(path, marker),
            pair(path, who),
            pair(path, quoted),
            given_kind,
            pair(given_kind, path),
            pair(given_kind, who),
            pair(given_kind, relation),
            pair(given_kind, marker),
            pair(given_kind, side),
            pair(given_kind, standing),
            pair(given_kind, anchor_pos),
            triple(given, of.lemma, marker),
            triple(given_kind, modal, who),
            pair(given_kind, upos),
            standing,
            pair(kind, standing),
            triple(kind, standing, quoted),
            triple(kind, standing, side),
            triple(kind, standing, modal),
            triple(kind, standing, relation),
            triple(kind, standing, is_subject),
            triple(kind, speech, path),
            pair(marker, relation),
            triple(kind, marker, relation),
            triple(kind, marker, who),
            triple(kind, relation, who),
            triple(kind, relation, side),
            triple(relation, over.lemma, kind),
            triple(marker, over.near, kind),
            pair(look.lemma, kind),
            pair(look.near, kind),
            triple(look.near, marker, kind),
            triple(opener, kind, relation),
            pair(opener, proviso),
            pair(opener, marker),
            triple(opener, within, kind),
            pair(is_subject, kind),
            triple(is_subject, kind, anchor_pos),
            triple(is_subject, kind, modal),
            triple(is_subject, who, of.near),
            pair(depth, kind),
            triple(depth, kind, xpos),
            triple(depth, kind, of.near),
            triple(depth, kind, marker),
            pair(subject_of_content, kind),
            triple(subject_of_content, kind, who),
            triple(side, xpos, kind),
            triple(side, who, kind),
            triple(within, relation, kind),
            triple(self.ruled(above), relation, kind),
            triple(kind, part, rivals),
            triple(part, rivals, given),
            triple(part, rivals, of.near),
            triple(part, rivals, modal),
        ])
    }

    /// What the network is told of a word as a side of an undertaking of a kind, counted from 0.
    pub(super) fn pair_keys(
        &self,
        anchor: Index,
        kind: UndertakingKind,
        token: Index,
        standing: Standing,
    ) -> [u8; PAIR_KEYS] {
        let grammar = self.search.grammar;
        let own = grammar.subject(anchor) == Some(token);
        let object = grammar.kid(anchor, &[Relation::Obj, Relation::NsubjPass]) == Some(token);
        let over = grammar.head(anchor) == Some(token);
        let tree = u8::from(own) | u8::from(object) << 1 | u8::from(over) << 2;
        let far = distance(anchor, token);
        [
            kind as u8,
            (standing.ruled as u8) << 1 | u8::from(standing.by_rule),
            standing.speech as u8 & 7 | u8::from(standing.party) << 3,
            standing.proviso as u8 & 7,
            far << 1 | u8::from(token < anchor),
            tree,
        ]
    }

    /// The relations between two words: up from one and down to the other.
    fn path(&self, from: Index, to: Index) -> u64 {
        let grammar = self.search.grammar;
        let mut downs = [to; STEPS];
        let mut count = 1;
        while count < STEPS
            && let Some(head) = grammar.head(downs[count - 1])
        {
            downs[count] = head;
            count += 1;
        }
        let (mut at, mut key) = (from, 0);
        for _ in 0..STEPS {
            if let Some(down) = downs[..count].iter().position(|word| *word == at) {
                let steps = downs[..down].iter().rev();
                return steps.fold(key, |key, word| pair(key, 2 * self.step(*word) + 3));
            }
            key = pair(key, 2 * self.step(at) + 4);
            match grammar.head(at) {
                Some(head) => at = head,
                None => return NOTHING,
            }
        }
        NOTHING
    }

    /// A relation as a step of a path: what a passive has as its subject is what the active has as its
    /// object.
    fn step(&self, token: Index) -> u64 {
        match self.search.grammar.relation(token) {
            Relation::NsubjPass => Relation::Obj as u64,
            relation => relation as u64,
        }
    }
}

/// How far two words are apart, in eight classes.
fn distance(one: Index, other: Index) -> u8 {
    match one.abs_diff(other) {
        near @ 0..=3 => near as u8,
        4..=6 => 4,
        7..=12 => 5,
        13..=24 => 6,
        _ => 7,
    }
}
