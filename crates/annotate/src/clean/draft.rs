//! What is known of a page while it is being cleaned, and how that becomes [`Cleaned`].

use chancery_text::{Interval, Kind, Report, RowId, Span};

use super::line::{Line, lines};
use super::{Cleaned, Credit, CreditKind, Residue, ResidueReason};

/// A page under the brush: its lines, and the marks made so far.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub report: &'a Report,
    pub text: &'a str,
    pub lines: Vec<Line>,
    /// For each line, why the whole of it is no prose.
    pub reasons: Vec<Option<ResidueReason>>,
    /// Parts of lines that are no prose.
    pub cuts: Vec<(Span, ResidueReason)>,
    pub credits: Vec<Found>,
    pub stamps: Vec<(Span, Interval)>,
    pub title: Option<Span>,
    /// The line that holds the title.
    pub title_line: Option<usize>,
}

/// A credit before it has an identity.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub span: Span,
    pub name_span: Span,
    pub kind: CreditKind,
    pub name: String,
}

impl<'a> Draft<'a> {
    pub fn new(report: &'a Report) -> Self {
        let lines = lines(&report.text);
        Self {
            report,
            text: &report.text,
            reasons: vec![None; lines.len()],
            lines,
            cuts: Vec::new(),
            credits: Vec::new(),
            stamps: Vec::new(),
            title: None,
            title_line: None,
        }
    }

    pub fn words(&self, line: usize) -> &'a str {
        self.lines[line].span.slice(self.text)
    }

    /// Marks the whole line, unless it is marked already.
    pub fn mark(&mut self, line: usize, reason: ResidueReason) {
        self.reasons[line].get_or_insert(reason);
    }

    pub fn cut(&mut self, span: Span, reason: ResidueReason) {
        if !span.is_empty() {
            self.cuts.push((span, reason));
        }
    }

    /// Marks the lines that cuts leave no word of, each with its first cut's reason.
    pub fn mark_emptied(&mut self) {
        self.cuts.sort_by_key(|(span, reason)| (span.start, std::cmp::Reverse(span.end), *reason));
        let mut next = 0;
        for line in 0..self.lines.len() {
            let span = self.lines[line].span;
            while self.cuts.get(next).is_some_and(|(cut, _)| cut.end <= span.start) {
                next += 1;
            }
            let Some((_, reason)) =
                self.cuts.get(next).filter(|(cut, _)| cut.start < span.end).copied()
            else {
                continue;
            };
            if !self.words_left(span, next) {
                self.mark(line, reason);
            }
        }
    }

    /// Whether a letter or digit of `span` lies outside the cuts from `first` on.
    fn words_left(&self, span: Span, first: usize) -> bool {
        let said = |from: u32, to: u32| {
            from < to && self.text[from as usize..to as usize].chars().any(char::is_alphanumeric)
        };
        let mut at = span.start;
        for (cut, _) in self.cuts[first..].iter().take_while(|(cut, _)| cut.start < span.end) {
            if said(at, cut.start.min(span.end)) {
                return true;
            }
            at = at.max(cut.end);
        }
        said(at, span.end)
    }

    /// Lines that are still read, in order.
    pub fn open(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.lines.len()).filter(|line| self.reasons[*line].is_none())
    }

    /// The line that holds a byte, if one does.
    pub fn line_at(&self, at: u32) -> Option<usize> {
        let line = self.lines.partition_point(|line| line.span.end <= at);
        self.lines.get(line).filter(|found| found.span.start <= at).map(|_| line)
    }

    /// Where the words of a line begin, past the parts cut off its start.
    pub fn start_of(&self, line: usize) -> u32 {
        let span = self.lines[line].span;
        let mut start = span.start;
        let mut cuts: Vec<_> =
            self.cuts.iter().map(|(cut, _)| *cut).filter(|cut| cut.overlaps(span)).collect();
        cuts.sort();
        for cut in cuts {
            let between = self.text.get(start as usize..cut.start.max(start) as usize);
            if between.is_some_and(|between| between.trim().is_empty()) {
                start = start.max(cut.end);
            }
        }
        Span::new(start.min(span.end), span.end).trim(self.text).start
    }

    /// The layer, in order and apart.
    pub fn finish(mut self) -> Cleaned {
        let cuts = self.settled_cuts();
        let (mut prose, mut residue) = (Vec::new(), Vec::new());
        let mut next = 0;
        for (line, reason) in self.lines.iter().zip(&self.reasons) {
            while cuts.get(next).is_some_and(|(cut, _)| cut.end <= line.span.start) {
                next += 1;
            }
            if let Some(reason) = reason {
                residue.push((line.span, *reason));
                continue;
            }
            let mut at = line.span.start;
            while let Some((cut, reason)) =
                cuts.get(next).filter(|(cut, _)| cut.start < line.span.end)
            {
                let cut = Span::new(cut.start.max(at), cut.end.min(line.span.end).max(at));
                self.keep(Span::new(at, cut.start), &mut prose, &mut residue);
                residue.push((cut, *reason));
                at = cut.end;
                if line.span.end < cuts[next].0.end {
                    break;
                }
                next += 1;
            }
            self.keep(Span::new(at, line.span.end), &mut prose, &mut residue);
        }
        residue.retain(|(span, _)| !span.is_empty());
        self.cleaned(prose, residue)
    }

    /// Keeps a stretch as prose; as debris, if no word stands in it.
    fn keep(&self, span: Span, prose: &mut Vec<Span>, residue: &mut Vec<(Span, ResidueReason)>) {
        let span = span.trim(self.text);
        if span.is_empty() {
            return;
        }
        if span.slice(self.text).chars().any(char::is_alphanumeric) {
            prose.push(span);
        } else {
            residue.push((span, ResidueReason::Debris));
        }
    }

    /// The cuts in order, trimmed, the later of two that overlap shortened.
    fn settled_cuts(&mut self) -> Vec<(Span, ResidueReason)> {
        self.cuts.sort_by_key(|(span, reason)| (span.start, std::cmp::Reverse(span.end), *reason));
        let mut settled: Vec<(Span, ResidueReason)> = Vec::with_capacity(self.cuts.len());
        for (span, reason) in &self.cuts {
            let free = settled.last().map_or(0, |(last, _)| last.end);
            if free < span.end {
                let span = Span::new(span.start.max(free), span.end).trim(self.text);
                if !span.is_empty() {
                    settled.push((span, *reason));
                }
            }
        }
        settled
    }

    fn cleaned(mut self, prose: Vec<Span>, residue: Vec<(Span, ResidueReason)>) -> Cleaned {
        let id = self.report.id;
        self.credits.sort_by(|a, b| {
            (a.span, a.kind, a.name_span, &a.name).cmp(&(b.span, b.kind, b.name_span, &b.name))
        });
        self.credits.dedup();
        self.stamps.sort();
        self.stamps.dedup();
        let residue = residue.into_iter().map(|(span, reason)| Residue {
            id: RowId::observed(Kind::Residue, id, span, reason.name()),
            span,
            reason,
        });
        let credits = self.credits.into_iter().map(|found| Credit {
            id: RowId::observed(
                Kind::Credit,
                id,
                found.span,
                &format!("{} {} {}", found.kind, found.name_span.start, found.name),
            ),
            span: found.span,
            name_span: found.name_span,
            kind: found.kind,
            name: found.name,
        });
        Cleaned {
            title: self.title,
            prose,
            residue: residue.collect(),
            credits: credits.collect(),
            stamps: self.stamps,
        }
    }
}
