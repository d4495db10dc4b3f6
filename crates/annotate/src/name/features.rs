//! What the model looks at for one word.

use std::ops::Range;

use super::Convention;
use super::elsewhere::Others;
use super::label::{OUTSIDE, parts};
use super::reader::{self, FACETS};
use super::sight::{NOTHING, Sight};
use crate::syntax::weights::{keys, keys_after, pair, triple};

/// How many features a word has.
pub const FEATURES: usize = 105 + 30 + 14 + 14;
/// How many more it has when the labels of a first reading are known.
pub const VOTES: usize = 6;

/// The words of a sentence, and how it is written.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// What is seen of each.
    pub sights: &'a [Sight],
    /// [`super::sight::style`].
    pub style: u64,
}

impl Line<'_> {
    /// A word, or the edge where there is none.
    pub fn word(&self, at: usize, shift: isize) -> &Sight {
        at.checked_add_signed(shift).and_then(|at| self.sights.get(at)).unwrap_or(&Sight::EDGE)
    }

    /// The words with capitals around a word that has one; the word alone if it has none.
    pub fn stretch(&self, at: usize) -> Range<usize> {
        if !self.sights[at].capital {
            return at..at + 1;
        }
        let capital = |sight: &&Sight| sight.capital;
        let before = self.sights[..at].iter().rev().take_while(capital).count();
        let after = self.sights[at..].iter().take_while(capital).count();
        at - before..at + after
    }
}

/// What the network is told of a word: rows of its facets.
pub fn facets(line: Line<'_>, at: usize, others: Others) -> [u16; FACETS] {
    let how = line.style | u64::from(at == 0) << 4;
    reader::facets(&line.sights[at], how, stretched(line, at), others)
}

/// What the stretch around a word tells of it.
fn stretched(line: Line<'_>, at: usize) -> [u64; 6] {
    let stretch = line.stretch(at);
    let (first, last) = (&line.sights[stretch.start], &line.sights[stretch.end - 1]);
    let (left, right) = (line.word(stretch.start, -1), line.word(stretch.end - 1, 1));
    let (index, rest) = ((at - stretch.start).min(3), (stretch.end - 1 - at).min(3));
    let place = triple(index as u64, rest as u64, line.sights[at].brief);
    [
        place,
        pair(place, first.cluster.at(9)),
        pair(place, last.cluster.at(9)),
        pair(place, last.lower),
        pair(place, left.lower),
        pair(place, right.lower),
    ]
}

/// Stretches of words that may be in names: those with capitals, and what stands between or next to
/// them as parts of names do. Nothing else is looked at.
pub fn runs(sights: &[Sight]) -> Vec<Range<usize>> {
    const REACH: usize = 3;
    let near = |words: &[Sight]| words.iter().any(|sight| sight.capital);
    let within = |at: usize| {
        let before = &sights[at.saturating_sub(REACH)..at];
        let after = &sights[at + 1..sights.len().min(at + 1 + REACH)];
        near(before) && near(after)
    };
    // "un" of "Kim Jong-un".
    let joined = |at: usize| {
        let hyphen = |at: usize| sights[at].is_hyphen() && 0 < at && sights[at - 1].capital;
        hyphen(at) && at + 1 < sights.len() || 0 < at && hyphen(at - 1)
    };
    let may = |at: usize| {
        sights[at].capital
            || joined(at)
            || sights.get(at + 1).is_some_and(|next| next.capital)
            || sights[at].digit && 0 < at && sights[at - 1].capital
            || within(at)
    };
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in (0..sights.len()).filter(|at| may(*at)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The features of a word, whatever the labels of the others.
pub fn features(line: Line<'_>, at: usize) -> [u32; FEATURES] {
    let word = |shift: isize| line.word(at, shift);
    let (this, before, before2) = (word(0), word(-1), word(-2));
    let (after, after2) = (word(1), word(2));
    let stretch = line.stretch(at);
    let (first, last) = (&line.sights[stretch.start], &line.sights[stretch.end - 1]);
    let (left, right) = (line.word(stretch.start, -1), line.word(stretch.end - 1, 1));
    let (left2, right2) = (line.word(stretch.start, -2), line.word(stretch.end - 1, 2));
    let whole = line.sights[stretch.clone()].iter().fold(0, |sum, sight| pair(sum, sight.lower));
    let (index, rest) = ((at - stretch.start).min(4), (stretch.end - 1 - at).min(4));
    let place = triple(index as u64, rest as u64, this.brief);
    let start = u64::from(stretch.start == 0) | u64::from(at == 0) << 1;
    let how = triple(line.style, start, this.brief);
    let (known, class) = (this.known.all, this.known.class);
    let within = this.known.within;
    let mark = |group: usize| u64::from(this.known.marks[group]);
    let doing = pair(this.relation, this.head);
    let case = |sight: &Sight| u64::from(sight.usage.case);
    keys([
        // How it is written, and what stands around.
        0,
        this.shape,
        this.brief,
        triple(before.brief, this.brief, after.brief),
        how,
        pair(how, this.elsewhere),
        this.acronym,
        triple(before.acronym, this.acronym, place),
        before.lower,
        after.lower,
        before2.lower,
        after2.lower,
        pair(before.lower, after.lower),
        pair(before.lower, this.brief),
        pair(after.lower, this.brief),
        triple(before2.lower, before.lower, this.brief),
        triple(after2.lower, after.lower, this.brief),
        pair(before.suffixes[2], this.brief),
        pair(after.suffixes[2], this.brief),
        pair(before.form, before.brief),
        pair(after.form, after.brief),
        place,
        pair(place, left.lower),
        pair(place, right.lower),
        pair(left.lower, right.lower),
        triple(place, left2.lower, left.lower),
        triple(place, right.lower, right2.lower),
        triple(place, left.form, right.form),
        // The word.
        this.form,
        this.lower,
        this.prefixes[0],
        this.prefixes[1],
        this.prefixes[2],
        this.suffixes[0],
        this.suffixes[1],
        this.suffixes[2],
        this.suffixes[3],
        pair(before.lower, this.lower),
        pair(this.lower, after.lower),
        pair(place, last.lower),
        pair(place, first.lower),
        triple(place, last.suffixes[2], last.brief),
        triple(index as u64, last.lower, left.lower),
        pair(place, whole),
        // What the lexicon knows.
        mark(0),
        mark(1),
        mark(2),
        mark(3),
        mark(4),
        mark(5),
        mark(6),
        mark(7),
        mark(8),
        known,
        pair(before.known.all, known),
        pair(known, after.known.all),
        triple(before.known.all, known, after.known.all),
        pair(known, this.brief),
        pair(known, before.lower),
        pair(known, after.lower),
        pair(known, class),
        pair(known, this.xpos),
        pair(known, place),
        pair(this.elsewhere, known),
        triple(before2.known.all, before.known.all, this.brief),
        triple(after2.known.all, after.known.all, this.brief),
        class,
        pair(how, class),
        pair(before.known.class, class),
        pair(class, after.known.class),
        triple(before.known.class, class, after.known.class),
        pair(before.known.class, this.brief),
        pair(after.known.class, this.brief),
        within,
        pair(within, class),
        pair(before.known.within, within),
        pair(within, after.known.within),
        pair(within, place),
        this.known.sectors,
        pair(before.known.sectors, this.brief),
        pair(after.known.sectors, this.brief),
        triple(place, last.known.class, last.known.sectors),
        pair(place, first.known.class),
        pair(place, last.known.all),
        pair(place, first.known.all),
        triple(place, left.known.class, left.known.all),
        triple(place, left.lower, left2.known.sectors),
        triple(place, left.lower, pair(left2.known.all, left2.known.class)),
        triple(place, right.lower, pair(right2.known.all, right2.known.class)),
        triple(place, first.known.class, last.known.class),
        triple(place, first.known.within, last.known.within),
        // Tags and tree.
        this.xpos,
        pair(this.xpos, this.suffixes[2]),
        pair(before.xpos, this.xpos),
        pair(this.xpos, after.xpos),
        triple(before.xpos, this.xpos, after.xpos),
        triple(before2.upos, before.upos, this.upos),
        triple(this.upos, after.upos, after2.upos),
        this.relation,
        doing,
        pair(this.relation, this.xpos),
        pair(this.relation, before.relation),
        triple(place, right.known.class, right.xpos),
        pair(last.relation, last.head),
        triple(place, last.relation, left.upos),
        // Clusters.
        this.cluster.at(12),
        this.cluster.at(9),
        this.cluster.at(6),
        before.cluster.at(12),
        before.cluster.at(9),
        after.cluster.at(12),
        after.cluster.at(9),
        before2.cluster.at(9),
        after2.cluster.at(9),
        pair(this.cluster.at(12), place),
        pair(this.cluster.at(9), place),
        pair(this.cluster.at(6), how),
        pair(before.cluster.at(9), this.cluster.at(9)),
        pair(this.cluster.at(9), after.cluster.at(9)),
        triple(before.cluster.at(6), this.cluster.at(6), after.cluster.at(6)),
        pair(before.cluster.at(12), this.brief),
        pair(after.cluster.at(12), this.brief),
        triple(before2.cluster.at(6), before.cluster.at(9), this.brief),
        triple(after.cluster.at(9), after2.cluster.at(6), this.brief),
        pair(place, last.cluster.at(12)),
        pair(place, last.cluster.at(9)),
        pair(place, first.cluster.at(9)),
        triple(place, first.cluster.at(6), last.cluster.at(6)),
        pair(place, left.cluster.at(12)),
        pair(place, right.cluster.at(12)),
        triple(place, left.cluster.at(6), right.cluster.at(6)),
        triple(this.cluster.at(9), this.xpos, 0),
        triple(this.relation, this.head_cluster.at(9), this.brief),
        triple(place, last.relation, last.head_cluster.at(9)),
        pair(this.cluster.rank.into(), how),
        // The other clusters.
        this.other.at(12),
        this.other.at(9),
        before.other.at(12),
        after.other.at(12),
        pair(this.other.at(12), place),
        pair(this.other.at(9), place),
        pair(before.other.at(9), this.other.at(9)),
        pair(this.other.at(9), after.other.at(9)),
        pair(place, last.other.at(12)),
        pair(place, last.other.at(9)),
        pair(place, first.other.at(9)),
        pair(place, left.other.at(12)),
        pair(place, right.other.at(12)),
        triple(place, left.other.at(6), right.other.at(6)),
        // What other texts show of it.
        case(this),
        pair(case(this), how),
        pair(place, case(last)),
        pair(place, case(first)),
        this.usage.brown_at(7),
        this.usage.brown_at(10),
        this.usage.brown_at(16),
        before.usage.brown_at(16),
        after.usage.brown_at(16),
        pair(this.usage.brown_at(7), how),
        pair(place, last.usage.brown_at(16)),
        pair(place, last.usage.brown_at(10)),
        pair(place, first.usage.brown_at(10)),
        pair(place, this.usage.brown_at(16)),
    ])
}

/// What a first reading says of a word: its own label, and what the same word has elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Vote {
    /// Its own label.
    pub own: u8,
    /// The label that most of the others have.
    pub most: u8,
    /// How many others there are, and how many of them are not in a name of that class: 0 to 3.
    pub count: u8,
    /// As `count`.
    pub against: u8,
}

/// The features of a word that has others like it in the report.
pub fn votes(this: Vote, before: Vote, after: Vote, sight: u64) -> [u32; VOTES] {
    let class = |label: u8| parts(label).map_or(NOTHING, |(_, class)| class as u64);
    let whole = |vote: Vote| triple(vote.most.into(), vote.count.into(), vote.against.into());
    let own = u64::from(this.own);
    let most = if this.count == 0 { NOTHING << 8 } else { class(this.most) };
    keys_after(
        FEATURES,
        [
            whole(this),
            pair(most, own),
            triple(most, this.against.into(), own),
            pair(own, triple(before.own.into(), after.own.into(), most)),
            pair(whole(this), sight),
            triple(most, class(before.most), class(after.most)),
        ],
    )
}

/// The feature of the label before.
pub fn step(from: u8) -> u32 {
    keys_after(FEATURES + VOTES, [u64::from(from)])[0]
}

/// A convention's own copy of a feature (Daumé 2007).
#[inline]
pub fn copy(key: u32, convention: Convention) -> u32 {
    let mark = (convention as u32 + 1).wrapping_mul(0x9E37_79B9);
    let mixed = (key ^ mark).wrapping_mul(0x85EB_CA6B);
    mixed ^ mixed >> 15
}

/// Whether a vote tells anything but what the first reading knew.
pub fn tells(vote: Vote) -> bool {
    0 < vote.count && (vote.most != OUTSIDE || vote.own != OUTSIDE)
}
