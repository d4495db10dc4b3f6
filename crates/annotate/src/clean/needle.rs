//! Which rules are worth trying on which lines: one pass over the text for the words that each
//! rule needs.

use aho_corasick::AhoCorasick;

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

/// Lines longer than this are prose to the rules that need no word.
const SHORT: u32 = 200;

impl Needles {
    /// `lists` holds, for each rule, its words with `|` between them.
    pub fn new<'a>(lists: impl Iterator<Item = &'a str>) -> Self {
        let (mut words, mut owners, mut free) = (Vec::<String>::new(), Vec::<Vec<u16>>::new(), Vec::new());
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
            .build(&words)
            .expect("a few hundred words fit an automaton");
        Self { automaton, owners, free, rules }
    }

    /// `(line, rule)` for each rule worth trying, in order of line, then rule.
    pub fn candidates(&self, text: &str, lines: &[Line]) -> Vec<(usize, u16)> {
        let mut found = Vec::new();
        let mut last = vec![usize::MAX; self.rules];
        let mut line = 0;
        for hit in self.automaton.find_overlapping_iter(text) {
            let at = hit.start() as u32;
            while lines.get(line + 1).is_some_and(|next| next.span.start <= at) {
                line += 1;
            }
            // Hits come in order of their ends, so a long one may begin a line earlier.
            let holds = |line: usize| lines.get(line).is_some_and(|l| l.span.start <= at && at < l.span.end);
            let place = if holds(line) { line } else { line.saturating_sub(1) };
            for rule in &self.owners[hit.pattern().as_usize()] {
                let seen = &mut last[*rule as usize];
                if holds(place) && *seen != place {
                    *seen = place;
                    found.push((place, *rule));
                }
            }
        }
        for (line, l) in lines.iter().enumerate().filter(|(_, l)| l.span.len() <= SHORT) {
            debug_assert!(l.span.len() <= SHORT);
            found.extend(self.free.iter().map(|rule| (line, *rule)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
