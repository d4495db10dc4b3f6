//! What a report tells of a word in the other places where it stands: "Player" is met as the last word
//! of "Ben Player", "Harrison" between "left" and "at".

use rustc_hash::FxHashMap;

use super::features::Line;
use super::sight::Sight;
use crate::syntax::weights::{pair, triple};

/// What one other place tells.
pub const TOLD: usize = 5;
/// Other places that are looked at.
pub const OTHERS: usize = 3;

/// What other places tell; `None` where there are no more.
pub type Others = [Option<[u64; TOLD]>; OTHERS];

/// A word in one place.
#[derive(Debug, Clone, Copy)]
struct Around {
    sentence: u32,
    at: u32,
    /// Words of its stretch.
    length: u32,
    told: [u64; TOLD],
}

/// The places of each word of a report, the longest stretches and the first first.
#[derive(Debug, Default)]
pub struct Elsewhere(FxHashMap<u64, Vec<Around>>);

impl Elsewhere {
    /// Notes the words with capitals of a sentence.
    pub fn note(&mut self, sentence: usize, line: Line<'_>) {
        for (at, sight) in line.sights.iter().enumerate().filter(|(_, sight)| sight.capital) {
            let (length, told) = around(line, at, sight);
            let around = Around { sentence: sentence as u32, at: at as u32, length, told };
            let places = self.0.entry(sight.lower).or_default();
            let place = places.partition_point(|other| length <= other.length);
            if place <= OTHERS {
                places.truncate(OTHERS);
                places.insert(place, around);
            }
        }
    }

    /// What the other places tell of a word.
    pub fn told(&self, sentence: usize, at: usize, sight: &Sight) -> Others {
        let places = self.0.get(&sight.lower).filter(|_| sight.capital);
        let own = |place: &&Around| (place.sentence, place.at) == (sentence as u32, at as u32);
        let mut others = places.into_iter().flatten().filter(|place| !own(place));
        std::array::from_fn(|_| others.next().map(|place| place.told))
    }
}

fn around(line: Line<'_>, at: usize, sight: &Sight) -> (u32, [u64; TOLD]) {
    let stretch = line.stretch(at);
    let (first, last) = (&line.sights[stretch.start], &line.sights[stretch.end - 1]);
    let (left, right) = (line.word(stretch.start, -1), line.word(stretch.end - 1, 1));
    let (index, rest) = ((at - stretch.start).min(3) as u64, (stretch.end - 1 - at).min(3) as u64);
    let place = pair(index, rest);
    let told = [
        triple(place, first.known.within, first.known.class),
        pair(index, left.lower),
        pair(rest, right.lower),
        triple(rest, last.cluster.at(12), sight.brief),
        triple(last.relation, last.head_cluster.at(9), place),
    ];
    (stretch.len() as u32, told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sights(words: &[&str]) -> Vec<Sight> {
        words.iter().map(|word| Sight::of(word, &mut String::new())).collect()
    }

    #[test]
    fn a_word_is_told_of_its_other_places_the_longest_first() {
        let sentences = [sights(&["Lo", "left"]), sights(&["then", "Ana", "Lo", "came"])];
        let line = |at: usize| Line { sights: &sentences[at], style: 3 };
        let mut elsewhere = Elsewhere::default();
        (0..2).for_each(|at| elsewhere.note(at, line(at)));
        let of =
            |sentence: usize, at: usize| around(line(sentence), at, &sentences[sentence][at]).1;
        assert_eq!(elsewhere.told(0, 0, &sentences[0][0]), [Some(of(1, 2)), None, None]);
        assert_eq!(elsewhere.told(1, 2, &sentences[1][2]), [Some(of(0, 0)), None, None]);
        assert_eq!(elsewhere.told(1, 3, &sentences[1][3]), [None; OTHERS]);
        elsewhere.note(2, line(0));
        assert_eq!(elsewhere.told(2, 0, &sentences[0][0]), [Some(of(1, 2)), Some(of(0, 0)), None]);
    }
}
