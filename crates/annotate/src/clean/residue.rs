//! Residue by the rules of `data/clean/residue.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use chancery_text::Span;
use regex::{Regex, RegexBuilder};

use super::ResidueReason;
use super::draft::Draft;
use super::line::{ends_sentence, is_prose, lines};
use super::needle::{Candidate, Needles};
use crate::lexicon::{LexiconFault, Row, Table};

const TEXT: &str = include_str!("../../../../data/clean/residue.tsv");

/// A line longer than this is prose to every rule that takes a whole line.
const LONGEST: u32 = 700;

/// The rules, compiled.
#[derive(Debug)]
pub(super) struct Rules {
    exact: HashMap<String, Exact>,
    patterns: Vec<Pattern>,
    needles: Needles,
}

#[derive(Debug, Clone, Copy)]
struct Exact {
    reason: ResidueReason,
    heads: bool,
}

#[derive(Debug)]
struct Pattern {
    kind: PatternKind,
    reason: ResidueReason,
    late: Late,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PatternKind {
    Header,
    Line,
    Inline,
}

/// What a rule says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Whole(ResidueReason),
    Heads(ResidueReason),
}

impl Rules {
    pub fn read() -> Result<Self, LexiconFault> {
        let table = Table::parse("clean/residue.tsv", TEXT)?;
        let columns = Columns::of(&table)?;
        let (mut exact, mut patterns, mut needles) = (HashMap::new(), Vec::new(), Vec::new());
        for row in &table.rows {
            let reason: ResidueReason = row
                .cell(columns.reason)
                .parse()
                .map_err(|fault: String| table.fault(row, fault))?;
            let pattern = row.cell(columns.pattern);
            match row.cell(columns.kind) {
                kind @ ("exact" | "header") => {
                    exact.insert(bare(pattern), Exact { reason, heads: kind == "header" });
                }
                kind => {
                    let kind = PatternKind::named(kind).ok_or_else(|| {
                        table.fault(row, format!("`{kind}` is no kind: use exact, header, header-regex, line or inline"))
                    })?;
                    let late = Late::new(pattern, kind != PatternKind::Inline);
                    patterns.push(Pattern { kind, reason, late });
                    needles.push(row.cell(columns.needle));
                }
            }
        }
        let needles = Needles::new(needles.into_iter());
        Ok(Self { exact, patterns, needles })
    }

    /// Marks what the rules fire on; gives the lines that head a list, with the list's reason.
    pub fn mark(&self, draft: &mut Draft<'_>) -> Vec<(usize, ResidueReason)> {
        let mut heads = Vec::new();
        for line in 0..draft.lines.len() {
            if let Some(exact) = self.exact(draft.words(line)) {
                draft.mark(line, exact.reason);
                if exact.heads {
                    heads.push((line, exact.reason));
                }
            }
        }
        for candidate in self.needles.candidates(draft.text, &draft.lines) {
            self.try_pattern(draft, candidate, &mut heads);
        }
        heads
    }

    fn exact(&self, line: &str) -> Option<Exact> {
        (line.len() <= 80).then(|| self.exact.get(&bare(line)).copied())?
    }

    fn try_pattern(
        &self,
        draft: &mut Draft<'_>,
        Candidate { line, rule, window }: Candidate,
        heads: &mut Vec<(usize, ResidueReason)>,
    ) {
        let pattern = &self.patterns[rule as usize];
        let span = draft.lines[line].span;
        if pattern.kind == PatternKind::Inline {
            let cuts = pattern.late.regex().find_iter(window.slice(draft.text));
            let shift = window.start as usize;
            draft.cuts.extend(
                cuts.filter(|m| !m.is_empty())
                    .map(|m| (Span::of(shift + m.start()..shift + m.end()), pattern.reason)),
            );
            return;
        }
        // "Analysis: why the talks failed" heads the page more often than a list of links.
        let first = || draft.open().next() == Some(line) && line < 4;
        let title = pattern.reason == ResidueReason::Related && first();
        if draft.reasons[line].is_some() || title {
            return;
        }
        match pattern.verdict(span.slice(draft.text)) {
            Some(Verdict::Heads(reason)) => {
                draft.mark(line, reason);
                heads.push((line, reason));
            }
            Some(Verdict::Whole(reason)) => draft.mark(line, reason),
            None => {}
        }
    }
}

impl Pattern {
    /// Whole-line verdict. A long line that reads as a sentence is no list of links.
    fn verdict(&self, line: &str) -> Option<Verdict> {
        if LONGEST < line.len() as u32 || !self.late.regex().is_match(line) {
            return None;
        }
        let reason = self.reason;
        let sentence = reason == ResidueReason::Related
            && (is_prose(line) || ends_sentence(line) && line.ends_with('.') && 90 < line.len());
        match self.kind {
            _ if sentence => None,
            PatternKind::Header => Some(Verdict::Heads(reason)),
            _ => Some(Verdict::Whole(reason)),
        }
    }
}

impl PatternKind {
    fn named(name: &str) -> Option<Self> {
        match name {
            "header-regex" => Some(Self::Header),
            "line" => Some(Self::Line),
            "inline" => Some(Self::Inline),
            _ => None,
        }
    }
}

/// The letters and digits of `\w`, in a few ranges: a scattered few signs are taken with them. The
/// exact class has some 800 ranges, which a pattern that repeats it takes milliseconds to compile.
const WORD: &str =
    r"[0-9A-Z_a-zªµºÀ-ÖØ-öø-\u{1FFF}\u{2C00}-\u{2DFF}\u{3041}-\u{D7FF}\u{F900}-\u{FDFF}]";

/// The pattern with classes that are cheap. Word borders are those of ASCII, because the others are
/// many times slower on text with curly quotation marks.
pub(super) fn cheap(pattern: &str) -> String {
    pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", WORD)
}

/// A pattern that takes a whole line or a part of one, whatever its case.
pub(super) fn compile(pattern: &str, whole: bool) -> Result<Regex, regex::Error> {
    let pattern = cheap(pattern);
    let pattern = if whole { format!("^(?:{pattern})$") } else { pattern };
    RegexBuilder::new(&pattern).case_insensitive(true).size_limit(1 << 23).build()
}

/// A pattern that is compiled when a page first needs it: most pages need few of them.
#[derive(Debug)]
pub(super) struct Late {
    pattern: String,
    whole: bool,
    regex: OnceLock<Regex>,
}

impl Late {
    pub fn new(pattern: impl Into<String>, whole: bool) -> Self {
        Self { pattern: pattern.into(), whole, regex: OnceLock::new() }
    }

    /// Compiles it now, to see whether that can be done.
    pub fn check(&self) -> Result<(), regex::Error> {
        compile(&self.pattern, self.whole).map(drop)
    }

    pub fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            compile(&self.pattern, self.whole).expect("check() compiles every pattern")
        })
    }
}

/// A line in lower case without the marks around it.
fn bare(line: &str) -> String {
    let marks = |c: char| c.is_whitespace() || ":.…»›>→|-–—*•«‹<#+▼▶►↓".contains(c);
    let mut bare = String::with_capacity(line.len());
    for word in line.trim_matches(marks).split_whitespace() {
        if !bare.is_empty() {
            bare.push(' ');
        }
        bare.extend(word.chars().flat_map(char::to_lowercase));
    }
    bare.replace('’', "'")
}

struct Columns {
    kind: usize,
    reason: usize,
    needle: usize,
    pattern: usize,
    matches: usize,
    misses: usize,
}

impl Columns {
    fn of(table: &Table) -> Result<Self, LexiconFault> {
        Ok(Self {
            kind: table.column("kind")?,
            reason: table.column("reason")?,
            needle: table.column("needle")?,
            pattern: table.column("pattern")?,
            matches: table.column("match")?,
            misses: table.column("miss")?,
        })
    }
}

/// Every rule against its own two sentences, its needle included.
pub(super) fn check() -> Vec<LexiconFault> {
    let table = match Table::parse("clean/residue.tsv", TEXT) {
        Ok(table) => table,
        Err(fault) => return vec![fault],
    };
    let mut faults = table.check_form();
    match Columns::of(&table) {
        Ok(columns) => {
            faults.extend(table.rows.iter().flat_map(|row| check_row(&table, &columns, row)))
        }
        Err(fault) => faults.push(fault),
    }
    faults.extend(Rules::read().err());
    faults
}

fn check_row(table: &Table, columns: &Columns, row: &Row) -> Vec<LexiconFault> {
    let fires = |sentence: &str| {
        fires(row.cell(columns.kind), row.cell(columns.needle), row.cell(columns.pattern), sentence)
    };
    let mut faults = Vec::new();
    match (fires(row.cell(columns.matches)), fires(row.cell(columns.misses))) {
        (Ok(true), Ok(false)) => {}
        (Err(fault), _) | (_, Err(fault)) => faults.push(table.fault(row, fault.to_string())),
        (Ok(matched), Ok(missed)) => {
            if !matched {
                faults.push(table.fault(
                    row,
                    "does not fire on its match; change the pattern, the needle or the match",
                ));
            }
            if missed {
                faults.push(table.fault(row, "fires on its miss; narrow the pattern"));
            }
        }
    }
    faults
}

fn fires(kind: &str, needle: &str, pattern: &str, sentence: &str) -> Result<bool, regex::Error> {
    if matches!(kind, "exact" | "header") {
        return Ok(bare(pattern) == bare(sentence));
    }
    let regex = compile(pattern, kind != "inline")?;
    let lines = lines(sentence);
    let wanted = !Needles::new(std::iter::once(needle)).candidates(sentence, &lines).is_empty();
    Ok(wanted && lines.iter().any(|line| regex.is_match(line.span.slice(sentence))))
}
