//! What the network makes of a report's sentences, each when it is first asked for: most hold nothing that
//! is worth asking.

use std::cell::OnceCell;

use crate::event::Index;
use crate::{Kit, Read};

use super::network::{Network, PAIR_KEYS, Sense};
use super::sight::Sight;
use super::{Choice, KIND_LABELS, SCALE_BITS, SIDE_LABELS, Site};

pub(super) struct Senses<'a> {
    network: &'a Network,
    sight: &'a Sight<'a, 'a>,
    kit: &'a Kit,
    read: Vec<OnceCell<Sense>>,
}

impl<'a> Senses<'a> {
    /// `None` where the parser read nothing that the network could go on from.
    pub(super) fn new(
        network: Option<&'a Network>,
        sight: &'a Sight<'a, 'a>,
        kit: &'a Kit,
    ) -> Option<Self> {
        let text = sight.search.grammar.text;
        let read = text.sentences.iter().map(|_| OnceCell::new()).collect();
        let known = text.syntax.context.width != 0;
        network.filter(|_| known).map(|network| Self { network, sight, kit, read })
    }

    /// Scores of a site for no kind and each kind.
    pub(super) fn kinds(&self, site: &Site) -> Option<[i32; KIND_LABELS]> {
        let (sense, first) = self.sentence(site.token)?;
        let words = ((site.token - first) as usize, site.over.map(|over| (over - first) as usize));
        Some(self.network.kinds(sense, words, SCALE_BITS))
    }

    /// Scores of a word for no side and each side of a site.
    pub(super) fn sides(&self, site: Index, choice: &Choice) -> Option<[i32; SIDE_LABELS]> {
        let ((own, first), (other, start)) = (self.sentence(site)?, self.sentence(choice.token)?);
        let pair: &[u8; PAIR_KEYS] = &choice.pair;
        let (site, word) = ((site - first) as usize, (choice.token - start) as usize);
        Some(self.network.sides((own, site), (other, word), pair, SCALE_BITS))
    }

    /// The sentence of a token, and its first token.
    fn sentence(&self, token: Index) -> Option<(&Sense, Index)> {
        let text = self.sight.search.grammar.text;
        let at = text.sentences.partition_point(|sentence| sentence.tokens.end <= token);
        let words = text.sentences.get(at)?.tokens.clone();
        let sense = self.read[at].get_or_init(|| {
            let seen = seen(text, words.start as usize..words.end as usize, self.kit);
            let keys: Vec<_> = words.clone().map(|token| self.sight.word_keys(token)).collect();
            self.network.sense(&seen, &keys)
        });
        Some((sense, words.start))
    }
}

/// What the parser's network has of each word by itself, and what it makes of it in its sentence.
pub(super) fn seen(text: Read<'_>, words: std::ops::Range<usize>, kit: &Kit) -> Vec<i16> {
    let context = &text.syntax.context;
    let looks = kit.syntax.looks(text.report, &text.tokens[words.clone()]);
    if context.width == 0 || looks.len() != words.len() * context.width {
        return Vec::new();
    }
    let rows = context.rows(words).chunks_exact(context.width);
    let both = looks.chunks_exact(context.width).zip(rows);
    both.flat_map(|(look, context)| look.iter().chain(context).copied()).collect()
}
