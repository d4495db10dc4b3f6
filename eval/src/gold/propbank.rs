//! PropBank's `gold_skel` files: predicates and the spans of their arguments, a column for each
//! predicate, with the words masked. They are joined to the treebank they were made over.

use std::collections::BTreeMap;
use std::path::Path;

use crate::EvalError;

/// What a file says of one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Skeleton {
    /// How many words it has.
    pub words: usize,
    /// Its predicates.
    pub frames: Vec<Frame>,
}

/// A predicate and its arguments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// Index of the predicate in the sentence.
    pub predicate: usize,
    /// Its arguments: role, first and last word. The predicate itself, and what only goes on with an
    /// argument (`C-…`), are none.
    pub arguments: Vec<(String, usize, usize)>,
}

/// The sentences of a file, by their number.
pub fn parse(path: &Path, text: &str) -> Result<BTreeMap<usize, Skeleton>, EvalError> {
    let mut sentences: BTreeMap<usize, Vec<Vec<&str>>> = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        let cells: Vec<_> = line.split_whitespace().collect();
        if cells.is_empty() {
            continue;
        }
        let sentence = cells.get(1).and_then(|cell| cell.parse().ok());
        let (Some(sentence), true) = (sentence, 8 <= cells.len()) else {
            return Err(EvalError::form(path, number, "is no row of a skeleton".to_owned()));
        };
        sentences.entry(sentence).or_default().push(cells);
    }
    Ok(sentences.into_iter().map(|(number, rows)| (number, skeleton(&rows))).collect())
}

/// Columns before those of the predicates.
const COLUMNS: usize = 8;

fn skeleton(rows: &[Vec<&str>]) -> Skeleton {
    let predicates = (0..rows.len()).filter(|&row| rows[row][7] != "-");
    let frame = |(column, predicate): (usize, usize)| {
        let cells = rows.iter().map(|row| row.get(COLUMNS + column).copied().unwrap_or("*"));
        Frame { predicate, arguments: arguments(cells) }
    };
    Skeleton { words: rows.len(), frames: predicates.enumerate().map(frame).collect() }
}

/// Reads a column: `(ARG1*`, `*`, `*)`.
fn arguments<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<(String, usize, usize)> {
    let (mut found, mut open) = (Vec::new(), None);
    for (at, cell) in cells.enumerate() {
        if let Some(rest) = cell.strip_prefix('(') {
            let role = rest.split(['*', ')']).next().unwrap_or(rest);
            open = Some((role.to_owned(), at));
        }
        if cell.ends_with(')')
            && let Some((role, first)) = open.take()
            && role != "V"
            && !role.starts_with("C-")
        {
            found.push((role, first, at));
        }
    }
    found
}

/// The head of a span: the first of its words whose own head lies outside.
pub fn head(first: usize, last: usize, head_of: impl Fn(usize) -> Option<usize>) -> usize {
    let outside = |word: &usize| head_of(*word).is_none_or(|head| head < first || last < head);
    (first..=last).find(outside).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "d 0 0 [WORD] NNP (S* - - (ARG0*) (ARG0*)\n\
        d 0 1 [WORD] VBD * say say.01 (V*) *\n\
        d 0 2 [WORD] PRP * - - (ARG1* *\n\
        d 0 3 [WORD] VBD * go go.02 *) (V*)\n\
        d 0 4 [WORD] RP *) - - * (C-V*)\n\n";

    #[test]
    fn predicates_and_spans_are_read() {
        let read = parse(Path::new("a"), ROWS).unwrap();
        let said = &read[&0].frames[0];
        assert_eq!((read[&0].words, said.predicate), (5, 1));
        assert_eq!(said.arguments, [("ARG0".to_owned(), 0, 0), ("ARG1".to_owned(), 2, 3)]);
        assert_eq!(read[&0].frames[1].arguments, [("ARG0".to_owned(), 0, 0)]);
    }

    #[test]
    fn the_head_of_a_span_hangs_outside_it() {
        let heads = [Some(1), None, Some(3), Some(1)];
        assert_eq!(head(2, 3, |word| heads[word]), 3);
        assert_eq!(head(0, 1, |word| heads[word]), 1);
    }

    #[test]
    fn a_row_that_is_none_is_named() {
        assert_eq!(
            parse(Path::new("a"), "x y\n").unwrap_err().to_string(),
            "a:1: is no row of a skeleton"
        );
    }
}
