//! Stretches in quotation marks without a cue: who goes on speaking, who signs them, or nobody.

use chancery_text::Span;

use super::attribute::Draft;
use super::gather::Gathering;
use super::marks::Marked;

/// Fewest words of a stretch in quotation marks that is a saying without a cue.
const SAYING: usize = 5;

impl Gathering<'_> {
    /// Gives stretches without a cue to whoever spoke right before them, or to nobody.
    pub(super) fn adopt(&mut self, marked: &[Marked], kept: &mut Vec<Draft>) {
        let mut last: Option<usize> = None;
        let order = order_of(kept);
        let mut next = 0;
        for (at, stretch) in marked.iter().enumerate() {
            while next < order.len()
                && kept[order[next]].cue.is_some_and(|cue| cue.start < stretch.span.start)
            {
                let outside = !marked
                    .iter()
                    .take(at)
                    .rev()
                    .take(2)
                    .any(|m| kept[order[next]].cue.is_some_and(|cue| m.span.contains(cue)));
                if outside {
                    last = Some(order[next]);
                }
                next += 1;
            }
            if let Some(owner) = self.owners[at] {
                last = Some(owner);
                continue;
            }
            if let Some((cue, source)) =
                self.signed(stretch.span).filter(|_| !self.inside_content(stretch.span, kept, last))
            {
                self.owners[at] = Some(kept.len());
                last = Some(kept.len());
                let (source, cue, contents) = (Some(source), Some(cue), vec![stretch.span]);
                kept.push(Draft { source, cue, contents, ..Draft::default() });
                continue;
            }
            last = last.map(|last| self.quoting(kept, last, stretch.span));
            let runs_on = last.is_some_and(|last| self.runs_on(&kept[last], stretch.span));
            if !(runs_on || self.is_saying(stretch.span))
                || self.inside_content(stretch.span, kept, last)
            {
                continue;
            }
            if let Some(owner) = last.filter(|_| runs_on) {
                kept[owner].contents.push(stretch.span);
                self.owners[at] = Some(owner);
                continue;
            }
            match last.map(|last| (last, self.gap(&kept[last], stretch.span))) {
                Some((owner, Gap::Same)) => {
                    kept[owner].contents.push(stretch.span);
                    self.owners[at] = Some(owner);
                }
                Some((owner, Gap::NextParagraph)) if stretch.continues => {
                    kept[owner].contents.push(stretch.span);
                    self.owners[at] = Some(owner);
                }
                Some((owner, Gap::NextParagraph)) => {
                    let source = kept[owner].source;
                    self.owners[at] = Some(kept.len());
                    last = Some(kept.len());
                    kept.push(Draft { source, contents: vec![stretch.span], ..Draft::default() });
                }
                _ => {
                    self.owners[at] = Some(kept.len());
                    last = Some(kept.len());
                    kept.push(Draft { contents: vec![stretch.span], ..Draft::default() });
                }
            }
        }
    }

    /// The dash after a stretch and who signs it: "“We will stay.” — Ana Olmo, of Dorn".
    fn signed(&self, stretch: Span) -> Option<(Span, Span)> {
        let rest = &self.text[stretch.end as usize..];
        let line = rest.lines().next()?;
        let dash = line.trim_start().chars().next().filter(|c| matches!(c, '—' | '―' | '–'))?;
        let start = line.len() - line.trim_start().len();
        let after = &line[start + dash.len_utf8()..];
        let name = after.split([',', '.', ';', '(']).next()?.trim();
        let named = name.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
        let from = stretch.end as usize + start;
        let at = from + dash.len_utf8() + after.find(name)?;
        let fits = named && !name.is_empty() && name.split_whitespace().count() <= 5;
        fits.then(|| (Span::of(from..from + dash.len_utf8()), Span::of(at..at + name.len())))
    }

    fn inside_content(&self, stretch: Span, kept: &[Draft], last: Option<usize>) -> bool {
        let holds = |draft: &Draft| draft.contents.iter().any(|content| content.contains(stretch));
        last.is_some_and(|last| kept[last.saturating_sub(3)..].iter().take(7).any(holds))
    }

    fn gap(&self, draft: &Draft, stretch: Span) -> Gap {
        let end = draft
            .contents
            .iter()
            .copied()
            .chain(draft.group())
            .map(|span| span.end)
            .max()
            .unwrap_or(0);
        if stretch.start < end {
            return Gap::Far;
        }
        let gap = &self.text[end as usize..stretch.start as usize];
        let line_breaks = gap.contains('\n');
        let words =
            gap.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
        match (line_breaks, words) {
            (false, 0..=8) => Gap::Same,
            (true, 0..=6) if self.starts_line(stretch) => Gap::NextParagraph,
            _ => Gap::Far,
        }
    }

    /// Whether a draft says in quotation marks what it says, and the stretch starts the sentence
    /// after its own, be it in the next paragraph: "“Yes,” said Olmo, who had come late. “We agree.”"
    fn runs_on(&self, draft: &Draft, stretch: Span) -> bool {
        let Some(cue) = draft.cue.filter(|_| draft.takes_quote) else { return false };
        let own = self.sentences.partition_point(|sentence| sentence.span.end <= cue.start);
        let last = draft.contents.last().map_or(cue.end, |content| content.end);
        let told = self.sentences.get(own).map_or(cue.end, |sentence| sentence.span.end.max(last));
        let quotes = draft.contents.iter().any(|content| self.is_quote(*content));
        let gap = self.text.get(told as usize..stretch.start as usize);
        let blank = |gap: &str| !gap.contains(char::is_alphanumeric) && gap.len() <= 8;
        quotes && gap.is_some_and(blank)
    }

    /// The draft that a stretch goes on from: the last one, or one before it in the same sentence that
    /// quotes: "“Yes,” said Olmo, noting that it was late. “We agree.”"
    fn quoting(&self, kept: &[Draft], last: usize, stretch: Span) -> usize {
        let sentence = |draft: &Draft| {
            let cue = draft.cue?;
            Some(self.sentences.partition_point(|sentence| sentence.span.end <= cue.start))
        };
        let here = sentence(&kept[last]);
        let mut beside = (last.saturating_sub(3)..=last).rev().filter(|at| {
            here.is_some() && sentence(&kept[*at]) == here && self.runs_on(&kept[*at], stretch)
        });
        beside.next().unwrap_or(last)
    }

    pub(super) fn is_quote(&self, content: Span) -> bool {
        let slice = content.slice(self.text);
        slice.starts_with(['“', '"', '«', '„'])
            || slice.starts_with("''")
            || slice.starts_with("``")
    }

    fn starts_line(&self, stretch: Span) -> bool {
        self.text[..stretch.start as usize].trim_end_matches([' ', '\t']).ends_with('\n')
    }

    /// Whether a stretch reads like a saying: words enough, and not a title.
    fn is_saying(&self, stretch: Span) -> bool {
        let slice = stretch.slice(self.text);
        let words = slice.split_whitespace().take(60);
        let (mut count, mut capitals) = (0, 0);
        for word in words {
            count += 1;
            capitals += usize::from(
                word.trim_start_matches(|c: char| !c.is_alphanumeric())
                    .starts_with(char::is_uppercase),
            );
        }
        SAYING <= count && capitals * 2 < count
    }
}

enum Gap {
    Same,
    NextParagraph,
    Far,
}

fn order_of(kept: &[Draft]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..kept.len()).collect();
    order.sort_by_key(|at| kept[*at].cue.map_or(0, |cue| cue.start));
    order
}
