//! Features of a word that may make an undertaking.

use crate::event::Index;
use crate::syntax::Relation;
use crate::syntax::weights::{keys, pair, triple};

use super::sight::{NOTHING, Sight};

/// How many features a site has.
pub const KIND_KEYS: usize = 112;

impl Sight<'_, '_> {
    /// The features of a word for which kind it makes; `ruled` is the kind that the rules gave it,
    /// counted from 1.
    pub(super) fn kind_keys(&self, token: Index, ruled: u64) -> [u32; KIND_KEYS] {
        let (search, grammar) = (self.search, self.search.grammar);
        let look = self.look(Some(token));
        let (word, near, nearest, brown) = (look.lemma, look.near, look.nearest, look.brown);
        let (upos, xpos) = (self.upos(Some(token)), self.xpos(token));
        let relation = self.relation(token);
        let above = grammar.head(token);
        let over = self.look(above);
        let frame = self.frame(token);
        let subject = grammar.subject(token);
        let who = self.who(subject);
        let subject_look = self.look(subject);
        let modal = self.lemma(self.modal(token));
        let not = u64::from(self.is_negated(token)) | u64::from(grammar.is_passive(token)) << 1;
        let (content, inside) = self.content(token);
        let inside_look = self.look(inside);
        let object = grammar.kid(token, &[Relation::Obj, Relation::NsubjPass]);
        let object_look = self.look(object);
        let preps = self.prepositions(token);
        let said = search.saying_verb(token);
        let quoted = self.quoted(token) << 1 | u64::from(said.is_some());
        let doubts = self.doubts(token);
        let proviso = search.proviso(token, inside.or(Some(token)));
        let bearing = proviso.map_or(0, |proviso| proviso.bearing as u64 + 1);
        let (before, after) = (self.beside(token, -1), self.beside(token, 1));
        let (second_before, second_after) = (self.beside(token, -2), self.beside(token, 2));
        let [left, right] = [before, after].map(|it| self.lemma(it));
        let [left_two, right_two] = [second_before, second_after].map(|it| self.lemma(it));
        let around = self.ruled(Some(token));
        let ruled_above = self.ruled(above);
        let ruled_inside = self.ruled(inside);
        let place = self.place(token);
        let own = u64::from(search.own_subject(token).is_some());
        let voice = pair(modal, not);
        let marker = self.marker(token);
        keys([
            0,
            word,
            pair(word, upos),
            pair(word, relation),
            pair(word, xpos),
            pair(word, frame),
            pair(word, content),
            triple(word, content, not),
            pair(word, preps[0]),
            pair(word, preps[1]),
            pair(word, who),
            pair(word, not),
            pair(word, modal),
            pair(word, over.lemma),
            pair(word, object_look.lemma),
            pair(word, object_look.near),
            pair(word, doubts),
            pair(word, left),
            pair(word, right),
            triple(word, right, right_two),
            triple(word, left, left_two),
            triple(word, left, right),
            pair(word, marker),
            pair(word, bearing),
            pair(word, inside_look.near),
            look.wide,
            near,
            nearest,
            brown,
            pair(look.wide, content),
            pair(near, upos),
            pair(near, content),
            triple(near, content, not),
            pair(near, preps[0]),
            pair(near, who),
            triple(near, who, content),
            pair(near, modal),
            pair(near, relation),
            pair(nearest, upos),
            pair(nearest, content),
            pair(nearest, preps[0]),
            pair(nearest, who),
            pair(nearest, relation),
            pair(brown, upos),
            pair(brown, content),
            pair(brown, who),
            pair(brown, relation),
            triple(near, object_look.near, upos),
            pair(object_look.lemma, object_look.near),
            pair(modal, who),
            triple(modal, who, quoted),
            triple(voice, who, quoted),
            triple(voice, who, bearing),
            triple(voice, quoted, bearing),
            pair(voice, near),
            pair(voice, nearest),
            triple(voice, who, near),
            triple(voice, near, quoted),
            triple(voice, who, look.wide),
            pair(modal, subject_look.lemma),
            pair(voice, over.lemma),
            triple(modal, relation, over.near),
            pair(xpos, relation),
            triple(xpos, relation, frame),
            triple(xpos, quoted, place),
            triple(xpos, near, place),
            triple(xpos, who, place),
            pair(marker, near),
            triple(marker, xpos, relation),
            triple(marker, over.lemma, xpos),
            pair(who, content),
            triple(upos, not, content),
            doubts,
            pair(doubts, ruled),
            pair(doubts, near),
            pair(doubts, modal),
            ruled,
            pair(ruled, word),
            pair(ruled, near),
            pair(ruled, content),
            pair(ruled, who),
            pair(ruled, quoted),
            pair(ruled, relation),
            pair(ruled, not),
            triple(ruled, upos, frame),
            triple(ruled, modal, who),
            pair(ruled, over.lemma),
            pair(ruled, place),
            around,
            pair(around, near),
            pair(around, upos),
            ruled_above,
            pair(ruled_above, relation),
            triple(ruled_above, relation, xpos),
            ruled_inside,
            pair(ruled_inside, upos),
            left,
            right,
            pair(left, near),
            pair(right, near),
            pair(right, right_two),
            quoted,
            pair(quoted, xpos),
            bearing,
            triple(bearing, modal, not),
            pair(bearing, near),
            pair(over.near, relation),
            pair(over.lemma, relation),
            triple(over.nearest, relation, xpos),
            triple(own, xpos, place),
            pair(subject_look.near, near),
            pair(preps[0], preps[1]),
        ])
    }

    /// The first two prepositions that hang on a word.
    fn prepositions(&self, token: Index) -> [u64; 2] {
        let grammar = self.search.grammar;
        let hung = [Relation::Obl, Relation::Nmod, Relation::OblAgent, Relation::Advcl];
        let kids = grammar.kids(token).iter().copied();
        let mut found = kids
            .filter(|kid| token < *kid && hung.contains(&grammar.relation(*kid)))
            .map(|kid| self.marker(kid));
        [found.next().unwrap_or(NOTHING), found.next().unwrap_or(NOTHING)]
    }

    /// Where a word stands: at the start of its sentence, and whether that is a headline or a question.
    fn place(&self, token: Index) -> u64 {
        let (first, end) = self.search.sentence(token);
        let last = self.search.form(end - 1);
        let stopped = matches!(last, "." | "!" | "”" | "\"" | "’" | "'");
        let opens = (first..token).all(|at| {
            matches!(self.search.form(at), "“" | "\"" | "'" | "‘" | "," | "please" | "Please")
        });
        u64::from(stopped)
            | u64::from(last == "?") << 1
            | u64::from(last == "!") << 2
            | u64::from(opens) << 3
    }
}
