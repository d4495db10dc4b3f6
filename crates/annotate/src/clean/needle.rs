//! Which rules are worth trying on which lines: one pass over the text for the words that each
//! rule needs.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use chancery_text::Span;

use super::line::Line;

/// The words that rules need.
#[derive(Debug)]
pub(super) struct Needles {
    automaton: AhoCorasick,
    /// For each word, the rules that need it.
    owners: Vec<Vec<u16>>,
    /// Rules that need none: tried on every short line.
    free: Vec<u16>,
    rules: usize,
}

/// A rule worth trying on a line, and the stretch of the line around the word that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub line: usize,
    pub rule: u16,
    pub window: Span,
}

/// How far before and after its needle the pattern of a part of a line may reach, in bytes.
const BEFORE: usize = 200;
const AFTER: usize = 320;

/// Lines longer than this are prose to the rules that need no word.
const SHORT: u32 = 200;

impl Needles {
    /// `lists` holds, for each rule, its words with `|` between them.
    pub fn new<'a>(lists: impl Iterator<Item = &'a str>) -> Self {
        let (mut words, mut owners, mut free) =
            (Vec::<String>::new(), Vec::<Vec<u16>>::new(), Vec::new());
        let mut rules = 0;
        for (rule, list) in (0u16..).zip(lists) {
            rules += 1;
            let wanted: Vec<_> = list.split('|').filter(|word| !word.is_empty()).collect();
            if wanted.is_empty() {
                free.push(rule);
            }
            for word in wanted {
                let word = word.to_lowercase();
                let index = words.iter().position(|have| *have == word).unwrap_or_else(|| {
                    words.push(word);
                    owners.push(Vec::new());
                    owners.len() - 1
                });
                owners[index].push(rule);
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&words)
            .expect("a few hundred words fit an automaton");
        Self { automaton, owners, free, rules }
    }

    /// What is worth trying, in order of line, rule and place. The windows of one rule on one line
    /// are apart.
    pub fn candidates(&self, text: &str, lines: &[Line]) -> Vec<Candidate> {
        let mut found = Vec::<Candidate>::new();
        // For each rule, where its last candidate stands in `found`.
        let mut last = vec![usize::MAX; self.rules];
        let mut line = 0;
        for hit in self.automaton.find_overlapping_iter(text) {
            let at = hit.start() as u32;
            while lines.get(line + 1).is_some_and(|next| next.span.start <= at) {
                line += 1;
            }
            // Hits come in order of their ends, so a long one may begin a line earlier.
            let place = (line.saturating_sub(1)..=line).rev().find(|line| {
                lines.get(*line).is_some_and(|l| l.span.start <= at && at < l.span.end)
            });
            let Some(place) = place else { continue };
            let window = window(text, lines[place].span, hit.start(), hit.end());
            for rule in &self.owners[hit.pattern().as_usize()] {
                let seen = &mut last[*rule as usize];
                match found
                    .get_mut(*seen)
                    .filter(|known| known.line == place && window.start <= known.window.end)
                {
                    Some(known) => known.window = known.window.cover(window),
                    None => {
                        *seen = found.len();
                        found.push(Candidate { line: place, rule: *rule, window });
                    }
                }
            }
        }
        for (line, l) in lines.iter().enumerate().filter(|(_, l)| l.span.len() <= SHORT) {
            found.extend(self.free.iter().map(|rule| Candidate {
                line,
                rule: *rule,
                window: l.span,
            }));
        }
        found.sort_unstable();
        found
    }
}

/// What stands around a needle, within its line.
fn window(text: &str, line: Span, start: usize, end: usize) -> Span {
    let mut from = start.saturating_sub(BEFORE).max(line.start as usize);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (end + AFTER).min(line.end as usize).max(from);
    while !text.is_char_boundary(to) {
        to += 1;
    }
    Span::of(from..to)
}
