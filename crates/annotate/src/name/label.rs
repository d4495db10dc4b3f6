//! Labels of words: outside, or begin, inside, last, unit of a name of a class; and the best row of
//! them that makes whole names.

use super::NameClass;

/// How many labels there are.
pub const LABELS: usize = 1 + 4 * NameClass::ALL.len();
/// Not in a name.
pub const OUTSIDE: u8 = 0;

/// Where in a name a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first of several.
    Begin,
    /// Between the first and the last.
    Inside,
    /// The last of several.
    Last,
    /// The only one.
    Unit,
}

/// The label of a part of a name.
pub const fn label(part: Part, class: NameClass) -> u8 {
    1 + 4 * class as u8 + part as u8
}

/// What a label says, `None` for [`OUTSIDE`].
pub fn parts(label: u8) -> Option<(Part, NameClass)> {
    let rest = label.checked_sub(1)?;
    let part = match rest % 4 {
        0 => Part::Begin,
        1 => Part::Inside,
        2 => Part::Last,
        _ => Part::Unit,
    };
    Some((part, *NameClass::ALL.get(usize::from(rest / 4))?))
}

/// Whether a word with this label leaves a name open.
pub const fn is_open(label: usize) -> bool {
    0 < label && (label - 1) % 4 < 2
}

/// The labels that may stand before each label: of open ones those of the same name, of others all
/// that end one.
pub const BEFORE: [&[usize]; LABELS] = {
    const CLOSED: [usize; 9] = [0, 3, 4, 7, 8, 11, 12, 15, 16];
    const OPEN: [[usize; 2]; 4] = [[1, 2], [5, 6], [9, 10], [13, 14]];
    let mut before: [&[usize]; LABELS] = [&CLOSED; LABELS];
    let mut class = 0;
    while class < 4 {
        before[2 + 4 * class] = &OPEN[class];
        before[3 + 4 * class] = &OPEN[class];
        class += 1;
    }
    before
};

/// Whole steps of score for one unit of either model.
pub const UNIT: i32 = 256;
/// Scores of one word's labels.
pub type Row = [i32; LABELS];
/// Scores of each label after each.
pub type Steps = [Row; LABELS];

/// What the search needs, kept from run to run.
#[derive(Debug, Default)]
pub struct Room {
    best: Vec<Row>,
    back: Vec<[u8; LABELS]>,
}

/// The labels of the best row of whole names (Viterbi 1967). Before and after the words is what is
/// outside. Linear in the words.
pub fn best(rows: &[Row], steps: &Steps, room: &mut Room, labels: &mut Vec<u8>) {
    const NEVER: i32 = i32::MIN / 2;
    room.best.clear();
    room.back.clear();
    let mut last = [NEVER; LABELS];
    last[usize::from(OUTSIDE)] = 0;
    for row in rows {
        let (mut now, mut back) = ([NEVER; LABELS], [0; LABELS]);
        for (label, before) in BEFORE.iter().enumerate() {
            for &from in *before {
                let score = last[from] + steps[from][label];
                if now[label] < score {
                    (now[label], back[label]) = (score, from as u8);
                }
            }
            now[label] += row[label];
        }
        room.best.push(now);
        room.back.push(back);
        last = now;
    }
    let ends = (0..LABELS).filter(|label| !is_open(*label));
    let end = ends.max_by_key(|&label| (last[label] + steps[label][0], std::cmp::Reverse(label)));
    trace(&room.back, end.unwrap_or(0) as u8, labels);
}

fn trace(back: &[[u8; LABELS]], end: u8, labels: &mut Vec<u8>) {
    labels.clear();
    let mut label = end;
    for back in back.iter().rev() {
        labels.push(label);
        label = back[usize::from(label)];
    }
    labels.reverse();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_what_it_was_made_of() {
        for class in NameClass::ALL {
            for part in [Part::Begin, Part::Inside, Part::Last, Part::Unit] {
                assert_eq!(parts(label(part, *class)), Some((part, *class)));
            }
        }
        assert_eq!(parts(OUTSIDE), None);
    }

    #[test]
    fn names_are_whole_however_the_words_score() {
        let (begin, unit) =
            (label(Part::Begin, NameClass::Person), label(Part::Unit, NameClass::Place));
        let last = label(Part::Last, NameClass::Person);
        let inside = label(Part::Inside, NameClass::Person);
        let mut rows = [[0; LABELS]; 3];
        rows[2][usize::from(last)] = 3;
        rows[0][usize::from(begin)] = 9;
        rows[1][usize::from(unit)] = 5;
        let mut labels = Vec::new();
        best(&rows, &[[0; LABELS]; LABELS], &mut Room::default(), &mut labels);
        assert_eq!(labels, [begin, inside, last]);
        rows[1][usize::from(unit)] = 13;
        best(&rows, &[[0; LABELS]; LABELS], &mut Room::default(), &mut labels);
        assert_eq!(labels, [0, unit, 0]);
    }
}
