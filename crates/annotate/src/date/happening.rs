//! Happenings whose day everyone knows. "The invasion of Ukraine last week" dates the report that
//! says so, because it ties its own day to one that is known.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use chancery_text::Interval;

use super::relative::{self, Relative, report_days};
use crate::lexicon::{LexiconFault, Table};

const TEXT: &str = include_str!("../../../../data/clean/happenings.tsv");

/// How far from a happening the expression may stand that dates it, in bytes.
const NEAR: usize = 60;

/// The happenings, read once.
#[derive(Debug)]
pub(super) struct Happenings {
    happenings: Vec<Happening>,
    /// The first part of each cue, and which cue it begins.
    automaton: AhoCorasick,
    starts: Vec<(usize, usize)>,
}

#[derive(Debug)]
struct Happening {
    name: &'static str,
    days: Interval,
    /// Alternatives, each of parts in their order.
    cues: Vec<Vec<&'static str>>,
}

/// A happening that a sentence ties its report to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tie {
    pub name: &'static str,
    /// When it happened.
    pub days: Interval,
    /// The days that the report may be of.
    pub report: Interval,
    /// Bytes in the sentence, from the happening to the expression.
    pub range: std::ops::Range<usize>,
}

impl Happenings {
    pub fn embedded() -> &'static Self {
        static HAPPENINGS: OnceLock<Happenings> = OnceLock::new();
        HAPPENINGS.get_or_init(|| Self::read().expect("check() keeps data/clean well formed"))
    }

    fn read() -> Result<Self, LexiconFault> {
        let table = Table::parse("clean/happenings.tsv", TEXT)?;
        let column = |name| table.column(name);
        let (name, first, last, cues) =
            (column("happening")?, column("first")?, column("last")?, column("cues")?);
        let mut happenings = Vec::new();
        for row in &table.rows {
            let day = |column| {
                row.cell(column)
                    .parse()
                    .map_err(|fault: jiff::Error| table.fault(row, fault.to_string()))
            };
            let cues = row.cell(cues).split('|').map(|cue| cue.split('+').collect()).collect();
            happenings.push(Happening {
                name: row.cell(name),
                days: Interval::between(day(first)?, day(last)?),
                cues,
            });
        }
        let starts: Vec<_> = (0..happenings.len())
            .flat_map(|h| (0..happenings[h].cues.len()).map(move |cue| (h, cue)))
            .collect();
        let automaton =
            AhoCorasick::new(starts.iter().map(|(h, cue)| happenings[*h].cues[*cue][0]))
                .expect("a few hundred words fit an automaton");
        Ok(Self { happenings, automaton, starts })
    }

    /// Whether any happening may be named in `text`.
    pub fn may_be_in(&self, text: &str) -> bool {
        self.automaton.is_match(text)
    }

    /// The happenings that a sentence names beside an expression that dates them.
    pub fn ties(&self, sentence: &str) -> Vec<Tie> {
        let named = self.named(sentence);
        if named.is_empty() {
            return Vec::new();
        }
        let relatives = relative::find(sentence);
        named
            .into_iter()
            .filter_map(|(happening, range)| tie(&self.happenings[happening], range, &relatives))
            .collect()
    }

    /// Happenings named in a sentence, each once, with the bytes of its cue.
    fn named(&self, sentence: &str) -> Vec<(usize, std::ops::Range<usize>)> {
        let mut named: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
        for found in self.automaton.find_overlapping_iter(sentence) {
            let (happening, cue) = self.starts[found.pattern().as_usize()];
            if let Some(end) =
                in_order(sentence, found.end(), &self.happenings[happening].cues[cue][1..])
            {
                let range = found.start()..end;
                match named.iter_mut().find(|(known, _)| *known == happening) {
                    Some((_, known)) if known.len() <= range.len() => {}
                    Some((_, known)) => *known = range,
                    None => named.push((happening, range)),
                }
            }
        }
        named
    }
}

/// The end of the last of `parts`, if they follow one another within a clause's length.
fn in_order(sentence: &str, mut at: usize, parts: &[&str]) -> Option<usize> {
    for part in parts {
        at += sentence[at..].find(part).filter(|gap| *gap <= 80)? + part.len();
    }
    Some(at)
}

/// The expression nearest after the happening, or else right before it.
fn tie(
    happening: &Happening,
    range: std::ops::Range<usize>,
    relatives: &[Relative],
) -> Option<Tie> {
    let after = relatives.iter().find(|relative| {
        range.start <= relative.range.start && relative.range.start <= range.end + NEAR
    });
    let before = relatives.iter().rev().find(|relative| {
        relative.range.end <= range.start && range.start <= relative.range.end + NEAR / 2
    });
    let relative = after.or(before)?;
    let report = report_days(happening.days, relative.sense)?;
    let range = range.start.min(relative.range.start)..range.end.max(relative.range.end);
    Some(Tie { name: happening.name, days: happening.days, report, range })
}

/// The form of the file, and each happening against its own two sentences.
pub(crate) fn check() -> Vec<LexiconFault> {
    let (table, happenings) = match (Table::parse("clean/happenings.tsv", TEXT), Happenings::read())
    {
        (Ok(table), Ok(happenings)) => (table, happenings),
        (Err(fault), _) | (_, Err(fault)) => return vec![fault],
    };
    let mut faults = table.check_form();
    let columns = (table.column("match"), table.column("miss"));
    if let (Ok(matches), Ok(misses)) = columns {
        for (index, row) in table.rows.iter().enumerate() {
            let names = |sentence: &str| {
                happenings.named(sentence).iter().any(|(named, _)| *named == index)
            };
            if !names(row.cell(matches)) || happenings.ties(row.cell(matches)).is_empty() {
                faults.push(table.fault(row, "is not found in its match, or no expression there dates it; change the cues or the match"));
            }
            if names(row.cell(misses)) {
                faults.push(table.fault(row, "is found in its miss; narrow the cues"));
            }
        }
    }
    faults
}
