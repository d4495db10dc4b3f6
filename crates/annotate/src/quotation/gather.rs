//! Drafts and stretches in quotation marks, brought together.

use chancery_text::Span;

use super::attribute::{Draft, drafts};
use super::cue::QuotationKit;
use super::marks::{self, Marked};
use super::tree::Tree;
use crate::Read;
use crate::segment::Sentence;

/// Longest stretch between a cue and the quotation marks that it opens.
const FAR: usize = 120;

/// What was gathered: drafts with contents, and the stretches in quotation marks.
pub(super) struct Gathered {
    pub drafts: Vec<Draft>,
    pub marked: Vec<Marked>,
}

/// Gathers the quotations of a report.
pub(super) fn gather(text: Read<'_>, kit: &QuotationKit) -> Gathered {
    let mut marked = marks::find(text);
    let mut all: Vec<(usize, Draft)> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        let here = sentence.indices();
        if here.is_empty() || !has_cue(text, sentence, kit) {
            continue;
        }
        let tree = Tree::of(text, here);
        all.extend(drafts(&tree, kit).into_iter().map(|draft| (number, draft)));
    }
    let mut gathering = Gathering {
        text: &text.report.text,
        sentences: text.sentences,
        owners: vec![None; marked.len()],
    };
    gathering.cut_unclosed(&mut marked, &mut all);
    let mut kept: Vec<Draft> = Vec::new();
    let mut last = 0;
    for at in 0..all.len() {
        let next_cue = all
            .get(at + 1)
            .and_then(|(_, draft)| draft.group())
            .map_or(u32::MAX, |group| group.start);
        let last_cue = last;
        last = all[at].1.cue.map_or(last, |cue| cue.end);
        let (sentence, draft) = (all[at].0, std::mem::take(&mut all[at].1));
        let fits = gathering.complete(draft, sentence, (last_cue, next_cue), &marked, kept.len());
        kept.extend(
            fits.filter(|draft| !kept.iter().rev().take(8).any(|other| same(other, draft))),
        );
    }
    gathering.adopt(&marked, &mut kept);
    Gathered { drafts: kept, marked }
}

fn has_cue(text: Read<'_>, sentence: &Sentence, kit: &QuotationKit) -> bool {
    let tokens = sentence.indices().filter_map(|at| text.tokens.get(at));
    kit.is_cued(tokens.map(|token| text.report.slice(token.span)))
}

fn same(a: &Draft, b: &Draft) -> bool {
    a.contents == b.contents
}

/// Drafts and stretches on their way to each other.
pub(super) struct Gathering<'a> {
    pub(super) text: &'a str,
    pub(super) sentences: &'a [Sentence],
    /// The kept draft that each marked stretch belongs to.
    pub(super) owners: Vec<Option<usize>>,
}

impl Gathering<'_> {
    /// A quotation that is never closed ends before the words that attribute it: "… conclusionsKabulov
    /// said."
    fn cut_unclosed(&self, marked: &mut [Marked], all: &mut [(usize, Draft)]) {
        for stretch in marked.iter_mut().filter(|stretch| stretch.unclosed) {
            let after = all.partition_point(|(_, draft)| {
                draft.cue.is_none_or(|cue| cue.start < stretch.span.end)
            });
            let Some((_, draft)) = after.checked_sub(1).and_then(|last| all.get_mut(last)) else {
                continue;
            };
            let Some(cue) = draft.cue.filter(|cue| stretch.span.contains(*cue)) else { continue };
            let tail = &self.text[cue.end as usize..stretch.span.end as usize];
            let head = &self.text[stretch.span.start as usize..cue.start as usize];
            if 60 < tail.len() || head.len() < 20 || tail.contains(['“', '"']) {
                continue;
            }
            let source = self.source_before(stretch.span, cue).or(draft.source);
            let end = source
                .filter(|source| source.end <= cue.start)
                .map_or(cue.start, |source| source.start);
            let kept = self.text
                [stretch.span.start as usize..(end.max(stretch.span.start)) as usize]
                .trim_end()
                .len();
            if kept < 8 {
                continue;
            }
            draft.source = source;
            draft.contents.clear();
            stretch.span =
                Span::of(stretch.span.start as usize..stretch.span.start as usize + kept);
        }
    }

    /// The name glued to the word before the cue, or the capitalised words before it.
    fn source_before(&self, stretch: Span, cue: Span) -> Option<Span> {
        let before = self.text[stretch.start as usize..cue.start as usize].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
        let mut last_lower = false;
        let mut cut = None;
        for (at, c) in word.char_indices() {
            if last_lower && c.is_uppercase() {
                cut = Some(at);
            }
            last_lower = c.is_lowercase();
        }
        let start = stretch.start as usize + before.len() - word.len() + cut?;
        Some(Span::of(start..stretch.start as usize + before.len()))
    }

    /// Gives a draft its words in quotation marks. `None` if it has no content at all.
    fn complete(
        &mut self,
        mut draft: Draft,
        sentence: usize,
        (last_cue, next_cue): (u32, u32),
        marked: &[Marked],
        number: usize,
    ) -> Option<Draft> {
        let cue = draft.cue?;
        draft.source = draft.source.and_then(|source| self.outside_marks(source, cue, marked));
        let around = marked.partition_point(|stretch| stretch.span.end <= cue.start);
        if draft.takes_quote && !draft.goes_on {
            let before = around.checked_sub(1).map(|last| marked[last].span);
            let before = before.filter(|before| last_cue <= before.end);
            let wider = |beside: &Span| {
                let quoted = |source: Span| before.is_some_and(|before| before.overlaps(source));
                draft.shared
                    || draft.source.is_none_or(|source| beside.contains(source) || quoted(source))
            };
            if let Some(beside) = before.and_then(|before| self.beside(before, cue)).filter(wider) {
                (draft.source, draft.shared) = (Some(beside), false);
            }
        }
        let group = draft.group()?;
        if let Some(outer) = marked.get(around).filter(|stretch| stretch.span.contains(cue)) {
            return inside(draft, outer.span).filter(|draft| !self.is_the_speaker(draft));
        }
        draft.contents.retain(|content| !content.contains(cue));
        let before = around.checked_sub(1).filter(|last| {
            draft.takes_quote
                && !draft.goes_on
                && self.touches(marked[*last].span, group)
                && !self.is_title(marked[*last].span)
                && !self.is_name(marked[*last].span)
                && (!follows(&draft, cue) || self.ends_open(marked[*last].span))
        });
        let mut taken: Vec<usize> = Vec::new();
        if let Some(before) = before {
            let led = self.led(&draft, marked[before].span, sentence);
            draft.contents.clear();
            self.push(&mut draft, marked, before, &mut taken);
            draft.contents[0] = led;
        } else {
            self.widen(&mut draft, marked, cue, &mut taken);
        }
        if draft.takes_quote && (draft.contents.is_empty() || before.is_some()) {
            let reach = if before.is_some() { 60 } else { FAR };
            let after =
                self.after(group, sentence, next_cue, reach, marked, around, draft.needs_colon);
            let after = after
                .filter(|after| before.is_none() || self.is_resumed(group, marked[*after].span));
            if let Some(after) = after {
                let stretch = marked[after].span;
                let led = match (before, draft.contents.is_empty()) {
                    (None, true) => self.led_on(&draft, cue, stretch),
                    _ => self.resumed(group, stretch),
                };
                self.push(&mut draft, marked, after, &mut taken);
                if let (Some(led), Some(content)) = (led, draft.contents.last_mut()) {
                    *content = led;
                }
            }
        }
        draft.contents = draft.contents.iter().map(|content| self.in_line(*content, cue)).collect();
        let says =
            |span: &Span| span.slice(self.text).chars().filter(|c| c.is_alphabetic()).count() > 1;
        draft.contents.retain(says);
        if draft.contents.is_empty() {
            return None;
        }
        for stretch in taken {
            self.owners[stretch].get_or_insert(number);
        }
        let first = draft.contents.iter().map(|content| content.start).min();
        draft
            .contents
            .extend(draft.relative.filter(|it| first.is_some_and(|first| it.end <= first)));
        draft.contents.sort();
        Some(draft)
    }

    /// The words in quotation marks with those of their sentence that lead up to them: "The plan is
    /// “a mistake,” she said" is all hers. A stretch that starts in lower case goes on from what
    /// stands before it; so does one after a comma: "If it
    /// rains, “we will stay,” she said".
    fn led(&self, draft: &Draft, stretch: Span, sentence: usize) -> Span {
        let start = self.sentences[sentence].span.start;
        let goes_on = stretch
            .slice(self.text)
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(char::is_lowercase);
        let lead = Span::new(start.min(stretch.start), stretch.start);
        let clause = lead.slice(self.text).trim_end().ends_with(',');
        let other = |source: Span| source.start < stretch.start;
        let fits = (goes_on || clause)
            && lead.len() < FAR as u32 * 2
            && !lead.slice(self.text).contains('\n')
            && !draft.source.is_some_and(other);
        if fits { lead.cover(stretch) } else { stretch }
    }

    /// "called his rival “a fool”", "said the plan is “dead”": from the word after the cue, unless the
    /// words between tell where, when or to whom, or a comma or colon sets the quotation off.
    fn led_on(&self, draft: &Draft, cue: Span, stretch: Span) -> Option<Span> {
        let gap = Span::new(cue.end, stretch.start).trim(self.text);
        let words = gap.slice(self.text);
        let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let aside = matches!(
            first,
            "" | "in"
                | "on"
                | "at"
                | "to"
                | "of"
                | "during"
                | "after"
                | "before"
                | "when"
                | "as"
                | "while"
                | "with"
                | "by"
                | "from"
                | "about"
                | "it"
                | "this"
                | "last"
                | "earlier"
        ) || first.ends_with("day");
        let set_off = words.contains([',', ':', ';', '\n', '—']);
        let fits = draft.leads_on && draft.source.is_none_or(|source| source.end <= cue.start);
        (fits && !aside && !set_off).then(|| gap.cover(stretch))
    }

    /// Whether the words between an attribution and the second stretch let it go on: a comma, a colon, a
    /// dash or "that", not "she said after a short “good night”".
    fn is_resumed(&self, group: Span, stretch: Span) -> bool {
        let gap = Span::new(group.end, stretch.start).slice(self.text);
        gap.contains([',', ':', ';', '-', '—', '–', '.', '\n'])
            || gap.split_whitespace().next().is_none_or(|word| word == "that")
    }

    /// "“It is late,” she said, and “we must go”": the second stretch with the words after the comma that
    /// join it to the first.
    fn resumed(&self, group: Span, stretch: Span) -> Option<Span> {
        let gap = Span::new(group.end, stretch.start).slice(self.text);
        let words = gap.strip_prefix(',')?.trim();
        let goes_on = stretch
            .slice(self.text)
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(char::is_lowercase);
        let short = !words.is_empty() && words.split_whitespace().count() <= 6;
        let apart = words.contains([',', ':', ';', '.', '\n', '(']);
        let start = stretch.start as usize - gap.len() + gap.find(words)?;
        (goes_on && short && !apart).then(|| Span::of(start..stretch.end as usize))
    }

    /// "I think", "we hope" inside a quotation: its speaker says that, and nobody else.
    fn is_the_speaker(&self, draft: &Draft) -> bool {
        let source = draft.source.map_or("", |source| source.slice(self.text));
        ["i", "we", "you", ""].iter().any(|word| source.eq_ignore_ascii_case(word))
    }

    /// The source by word order, where the tree gives none: the words between the quotation and the
    /// cue ("…,” mayor Olmo said"), or those after a cue that follows at once ("…,” said Olmo").
    fn beside(&self, stretch: Span, cue: Span) -> Option<Span> {
        let mark = |c: char| !c.is_alphanumeric();
        let gap = Span::new(stretch.end, cue.start);
        let between = gap.slice(self.text);
        let goes_on = self.ends_open(stretch);
        let breaks = |c: char| matches!(c, '\n' | ';' | ':') || (c == '.' && !goes_on);
        let next = self.sentences.partition_point(|sentence| sentence.span.start <= stretch.end);
        let apart = self.sentences.get(next).is_some_and(|next| next.span.start <= cue.start);
        if apart || 160 < between.len() || between.contains(breaks) {
            return None;
        }
        let words = between.trim_matches(mark);
        if words.is_empty() {
            let after = &self.text[cue.end as usize..];
            let limit =
                after.char_indices().map(|(at, _)| at).take_while(|at| *at <= 100).last()?;
            let after = &after[..limit];
            let end =
                after.find([',', '.', '\n', ';', '“', '"', '(']).filter(|end| *end < limit)?;
            let span = Span::of(cue.end as usize..cue.end as usize + end).trim(self.text);
            return self.names(span).then_some(span);
        }
        let start = stretch.end as usize + between.find(words)?;
        let span = Span::of(start..start + words.len());
        let named = goes_on && words.starts_with(char::is_uppercase);
        (named || (!words.contains(',') && self.names(span))).then_some(span)
    }

    /// Whether the words may be somebody: a capital, a pronoun or an article leads.
    fn names(&self, span: Span) -> bool {
        let slice = span.slice(self.text);
        let first = slice.split_whitespace().next().unwrap_or("");
        slice.split_whitespace().count() <= 12
            && (first.starts_with(char::is_uppercase)
                || matches!(
                    first,
                    "the" | "a" | "an" | "he" | "she" | "they" | "one" | "his" | "her" | "their"
                ))
    }

    /// A source without the words in quotation marks that the parser put into it.
    fn outside_marks(&self, source: Span, cue: Span, marked: &[Marked]) -> Option<Span> {
        let first = marked.partition_point(|stretch| stretch.span.end <= source.start);
        let (mut source, end) = (source, source.end);
        for stretch in marked[first..].iter().take_while(|stretch| stretch.span.start < end) {
            if stretch.span.contains(cue)
                || stretch.span.contains(source)
                || stretch.span.len() < 25
            {
                continue;
            }
            source = if stretch.span.end < source.end {
                let rest = &self.text[stretch.span.end as usize..source.end as usize];
                let skipped =
                    rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
                Span::of(stretch.span.end as usize + skipped..source.end as usize)
            } else {
                Span::new(source.start, stretch.span.start.clamp(source.start, source.end))
                    .trim(self.text)
            };
            if source.is_empty() {
                return None;
            }
        }
        Some(source)
    }

    /// Whether the stretch ends with a comma, so that more of the sentence must follow.
    fn ends_open(&self, stretch: Span) -> bool {
        let slice = stretch.slice(self.text).trim_end_matches(['”', '"', '’', '\'', '»', '“']);
        slice.ends_with(',') || self.text[stretch.end as usize..].starts_with(',')
    }

    /// What is said in the reporter's words ends with the line: the next is another paragraph.
    fn in_line(&self, content: Span, cue: Span) -> Span {
        let slice = content.slice(self.text);
        if content.start < cue.start || self.is_quote(content) {
            return content;
        }
        match slice.find('\n') {
            Some(end) if 8 < end => {
                Span::of(content.start as usize..content.start as usize + end).trim(self.text)
            }
            _ => content,
        }
    }

    fn push(&self, draft: &mut Draft, marked: &[Marked], stretch: usize, taken: &mut Vec<usize>) {
        draft.contents.push(marked[stretch].span);
        taken.push(stretch);
    }

    /// Whether a stretch is the title of a work: few words, all with capitals, after "on CBS's", "in"
    /// or the like.
    fn is_title(&self, stretch: Span) -> bool {
        let words = stretch.slice(self.text).split_whitespace();
        let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let (mut count, mut capitals) = (0, true);
        for word in words.filter(|word| !word.is_empty()) {
            count += 1;
            capitals &= word.len() < 4 || !word.starts_with(char::is_lowercase);
        }
        let before = self.text[..stretch.start as usize].trim_end();
        let last = before.rsplit(char::is_whitespace).next().unwrap_or("");
        let led = matches!(last, "on" | "On" | "in" | "In" | "of" | "at" | "At" | "to" | "with")
            || last.ends_with("'s")
            || last.ends_with("’s");
        0 < count && count <= 12 && capitals && led
    }

    /// Whether a stretch is the name of a thing in the middle of a sentence: three words or more, all
    /// with capitals: "her new play, “Night Over Dorn,” …".
    fn is_name(&self, stretch: Span) -> bool {
        let before = self.text[..stretch.start as usize].trim_end();
        let inside =
            before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '’' | '\''));
        let words = stretch.slice(self.text).split_whitespace();
        let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let words = words.filter(|word| !word.is_empty());
        let lower = |word: &str| 4 <= word.len() && word.starts_with(char::is_lowercase);
        let (count, lowers) = words.fold((0, false), |(n, any), word| (n + 1, any || lower(word)));
        inside && (3..=6).contains(&count) && !lowers
    }

    /// Whether only a comma and white space stand between the stretch and the attribution after it.
    fn touches(&self, stretch: Span, group: Span) -> bool {
        stretch.end <= group.start && {
            let gap = &self.text[stretch.end as usize..group.start as usize];
            gap.len() <= 6
                && !gap.contains(['\n', '.'])
                && gap.chars().all(|c| !c.is_alphanumeric())
        }
    }

    /// Widens each content by the stretches that it overlaps or touches.
    fn widen(&self, draft: &mut Draft, marked: &[Marked], cue: Span, taken: &mut Vec<usize>) {
        for content in &mut draft.contents {
            let first = marked.partition_point(|stretch| stretch.span.end < content.start);
            for (at, stretch) in marked.iter().enumerate().skip(first) {
                if content.end + 2 < stretch.span.start {
                    break;
                }
                let gap_after = content.end <= stretch.span.start
                    && self.text[content.end as usize..stretch.span.start as usize]
                        .chars()
                        .all(|c| !c.is_alphanumeric() && !matches!(c, '\n' | '.'));
                if !stretch.span.overlaps(cue) && (stretch.span.overlaps(*content) || gap_after) {
                    *content = content.cover(stretch.span);
                    taken.push(at);
                }
            }
        }
    }

    /// The stretch that the attribution opens: in its sentence, or after a colon.
    fn after(
        &self,
        group: Span,
        sentence: usize,
        next_cue: u32,
        reach: usize,
        marked: &[Marked],
        from: usize,
        needs_colon: bool,
    ) -> Option<usize> {
        let (at, stretch) = marked
            .iter()
            .enumerate()
            .skip(from)
            .find(|(_, stretch)| group.end <= stretch.span.start)?;
        let gap = &self.text[group.end as usize..stretch.span.start as usize];
        let end = self.sentences[sentence].span.end;
        let near = stretch.span.start < end && gap.len() <= reach;
        let colon =
            gap.trim_end().ends_with(':') && gap.len() <= reach && gap.matches('\n').count() <= 2;
        (((near && !needs_colon) || colon)
            && stretch.span.start < next_cue.max(group.end)
            && !self.is_title(stretch.span)
            && self.owners[at].is_none())
        .then_some(at)
    }
}

/// Whether the tree found the content after the cue.
fn follows(draft: &Draft, cue: Span) -> bool {
    draft.contents.first().is_some_and(|content| cue.end <= content.start)
}

/// A draft whose cue stands in quotation marks stays inside them.
fn inside(mut draft: Draft, outer: Span) -> Option<Draft> {
    let cut = |span: Span| span.intersection(outer);
    draft.source = draft.source.and_then(cut);
    draft.contents = draft.contents.iter().filter_map(|content| cut(*content)).collect();
    let stays = draft.by_tree
        && !draft.contents.is_empty()
        && draft.cue.is_some_and(|cue| !draft.contents.iter().any(|c| c.overlaps(cue)));
    stays.then_some(draft)
}
