//! Mends damage that the decoding of earlier hands left: UTF-8 read as windows-1252 (`â€™`), once
//! or several times over, C1 controls where windows-1252 signs should stand, control characters.
//!
//! A sequence is mended only where no language writes it; what some language does write (`MAÇÃ”`,
//! a Romanian `Â`) is touched only in a text that is damaged elsewhere for certain. Cost: one pass
//! over the bytes; only runs of characters outside ASCII are looked at closer.

use std::ops::Range;

/// One replacement in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub range: Range<usize>,
    pub with: String,
    pub reason: &'static str,
}

pub(crate) const MOJIBAKE: &str = "mojibake";
pub(crate) const CONTROL: &str = "control";

/// How readily a sequence that some language writes is taken for damage.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Evidence {
    /// Nothing is known of the text.
    None,
    /// The text is damaged elsewhere.
    Certain,
}

/// What to replace in `text`, in order and apart.
pub(crate) fn edits(text: &str) -> Vec<Edit> {
    let edits = edits_with(text, Evidence::None);
    match edits.iter().any(|edit| edit.reason == MOJIBAKE && edit.range.len() > 2) {
        true => edits_with(text, Evidence::Certain),
        false => edits,
    }
}

/// The text with every edit made: for short strings whose source nobody asks for.
pub(crate) fn mended(text: &str) -> String {
    apply(text, &edits(text))
}

/// The text with these edits made.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        mended.push_str(&text[at..edit.range.start]);
        mended.push_str(&edit.with);
        at = edit.range.end;
    }
    mended.push_str(&text[at..]);
    mended
}

fn edits_with(text: &str, evidence: Evidence) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(skip) = bytes[at..].iter().position(|&byte| !is_plain(byte)) {
        let start = at + skip;
        let same = |byte: &u8| if bytes[start] < 0x80 { is_control(*byte) } else { *byte >= 0x80 };
        at = start + bytes[start..].iter().take_while(|byte| same(byte)).count();
        match bytes[start] < 0x80 {
            true => edits.push(Edit { range: start..at, with: " ".into(), reason: CONTROL }),
            false => mend_run(text, start..at, evidence, &mut edits),
        }
    }
    edits
}

fn is_plain(byte: u8) -> bool {
    byte < 0x80 && !is_control(byte)
}

fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f
}

#[derive(Clone, Copy)]
struct Token {
    char: char,
    start: usize,
    end: usize,
    changed: bool,
}

/// A run of characters outside ASCII, and the characters around it.
struct Run {
    tokens: Vec<Token>,
    before: Option<char>,
    after: Option<char>,
    evidence: Evidence,
}

fn mend_run(text: &str, range: Range<usize>, evidence: Evidence, edits: &mut Vec<Edit>) {
    let run = &text[range.clone()];
    if !run.chars().any(may_be_damaged) {
        return;
    }
    let token = |(at, char): (usize, char)| {
        let start = range.start + at;
        Token { char, start, end: start + char.len_utf8(), changed: false }
    };
    let mut run = Run {
        tokens: run.char_indices().map(token).collect(),
        before: text[..range.start].chars().next_back(),
        after: text[range.end..].chars().next(),
        evidence,
    };
    // Text that went through three wrong hands is seen; a fourth pass costs nothing.
    for _ in 0..4 {
        if !run.pass() {
            break;
        }
    }
    edits.extend(run.tokens.iter().filter_map(|token| run.edit(text, *token)));
}

fn may_be_damaged(char: char) -> bool {
    matches!(char, '\u{80}'..='\u{9f}' | '\u{c2}'..='\u{f4}' | '‚')
}

impl Run {
    /// One layer of wrong decoding undone; whether there was one.
    fn pass(&mut self) -> bool {
        let mut out: Vec<Token> = Vec::with_capacity(self.tokens.len());
        let (mut at, mut streak, mut changed) = (0, false, false);
        while at < self.tokens.len() {
            let before = out.last().map_or(self.before, |token| Some(token.char));
            match self.decode(at, before, streak) {
                Some((char, taken)) => {
                    let (start, end) = (self.tokens[at].start, self.tokens[at + taken - 1].end);
                    out.push(Token { char, start, end, changed: true });
                    (at, streak, changed) = (at + taken, true, true);
                }
                None => {
                    out.push(self.tokens[at]);
                    (at, streak) = (at + 1, false);
                }
            }
        }
        self.tokens = out;
        changed
    }

    /// The character that the tokens from `at` were before they were wrongly decoded, and how many
    /// tokens it took.
    fn decode(&self, at: usize, before: Option<char>, streak: bool) -> Option<(char, usize)> {
        if let Some(found) = self.decode_shortened(at) {
            return Some(found);
        }
        let (char, taken) = self.sequence(at)?;
        let lead = byte_of(self.tokens[at].char)?;
        let second = self.tokens[at + 1].char;
        let last = self.tokens[at + taken - 1].char;
        let after = self.tokens.get(at + taken).map_or(self.after, |token| Some(token.char));
        let sure = self.evidence == Evidence::Certain;
        let accepted = match lead {
            0xc2 | 0xc3 if is_closer(second) => {
                sure || (after.is_some_and(char::is_alphabetic) && !is_upper(before))
            }
            0xc2 | 0xc3 if second == '\u{a0}' => sure || !is_upper(before),
            0xc2 | 0xc3 => true,
            0xc4 | 0xc5 if is_closer(second) => {
                sure || (after.is_some_and(char::is_lowercase) && !is_upper(before))
            }
            0xc4 | 0xc5 => sure || is_letter(before) || is_letter(after),
            0xe2 if byte_of(second) == Some(0x80) => true,
            0xe2 => sure || !is_closer(last),
            0xef => matches!(char, '\u{feff}' | '\u{fffd}' | '\u{fb00}'..='\u{fb06}'),
            0xf0 => byte_of(second) == Some(0x9f),
            _ => streak || self.is_repeated(at, taken),
        };
        let char = c1_meant(char).unwrap_or(char);
        accepted.then_some((char, taken))
    }

    /// Sequences whose last byte was lost on the way: `â€` for `”`; and the Macintosh's `‚Äô`.
    fn decode_shortened(&self, at: usize) -> Option<(char, usize)> {
        let char = |offset: usize| self.tokens.get(at + offset).map(|token| token.char);
        match (char(0)?, char(1)?) {
            ('â', '€' | '\u{80}') => match char(2) {
                Some('\u{fffd}') => Some(('”', 3)),
                Some(third) if byte_of(third).is_some_and(is_continuation) => None,
                _ => Some(('”', 2)),
            },
            ('‚', 'Ä') => mac_punctuation(char(2)?).map(|char| (char, 3)),
            _ => None,
        }
    }

    /// The UTF-8 sequence that the tokens from `at` spell, if they do.
    fn sequence(&self, at: usize) -> Option<(char, usize)> {
        let length = match byte_of(self.tokens[at].char)? {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => return None,
        };
        let mut bytes = [0; 4];
        for (byte, token) in bytes.iter_mut().zip(self.tokens.get(at..at + length)?) {
            *byte = byte_of(token.char)?;
        }
        let decoded = std::str::from_utf8(&bytes[..length]).ok()?;
        decoded.chars().next().map(|char| (char, length))
    }

    /// Whether sequences of one length follow each other, as in Cyrillic or Chinese misread; a
    /// single one may be what its characters say.
    fn is_repeated(&self, at: usize, taken: usize) -> bool {
        let needed = if taken == 2 { 3 } else { 2 };
        (1..needed).all(|nth| {
            let next = at + nth * taken;
            next < self.tokens.len() && self.sequence(next).is_some_and(|(_, len)| len == taken)
        })
    }

    fn edit(&self, text: &str, token: Token) -> Option<Edit> {
        let edit =
            |with: String, reason| Some(Edit { range: token.start..token.end, with, reason });
        if token.changed {
            let with = if token.char == '\u{feff}' { String::new() } else { token.char.into() };
            return edit(with, MOJIBAKE);
        }
        if ('\u{80}'..='\u{9f}').contains(&token.char) {
            return match c1_meant(token.char) {
                Some(char) => edit(char.into(), MOJIBAKE),
                None => edit(" ".into(), CONTROL),
            };
        }
        let alone = self.evidence == Evidence::Certain && self.tokens.len() == 1;
        let spaced = alone && self.after.is_none_or(char::is_whitespace);
        match &text[token.start..token.end] {
            // The no-break space after it was taken for an ordinary one.
            "Â" if spaced && !is_upper(self.before) => edit(String::new(), MOJIBAKE),
            "Ã" if spaced && self.before.is_none_or(char::is_whitespace) => {
                edit("à".into(), MOJIBAKE)
            }
            _ => None,
        }
    }
}

fn is_upper(char: Option<char>) -> bool {
    char.is_some_and(char::is_uppercase)
}

fn is_letter(char: Option<char>) -> bool {
    char.is_some_and(char::is_alphabetic)
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Punctuation that may follow a word in any language.
fn is_closer(char: char) -> bool {
    matches!(char, '“' | '”' | '‘' | '’' | '‚' | '„' | '…' | '–' | '—' | '‹' | '›' | '«' | '»')
}

/// The byte that windows-1252 (or Latin-1, for controls) writes `char` with.
fn byte_of(char: char) -> Option<u8> {
    match char {
        '\u{80}'..='\u{ff}' => Some(char as u8),
        _ => SIGNS.iter().position(|&sign| sign == char).map(|at| at as u8 + 0x80),
    }
}

/// What windows-1252 means by a C1 control.
fn c1_meant(char: char) -> Option<char> {
    let at = (char as u32).checked_sub(0x80)? as usize;
    SIGNS.get(at).copied().filter(|&sign| sign != '\0')
}

/// The signs of windows-1252 from 0x80 to 0x9f.
const SIGNS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn mac_punctuation(third: char) -> Option<char> {
    Some(match third {
        'ò' => '‘',
        'ô' => '’',
        'ú' => '“',
        'ù' => '”',
        'ì' => '–',
        'î' => '—',
        '¶' => '…',
        '¢' => '•',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn utf8_read_as_windows_1252_is_mended() {
        assert_eq!(mended("Itâ€™s â€œonâ€\u{9d} â€“ he said"), "It’s “on” – he said");
        assert_eq!(
            mended("GarcÃ\u{ad}a, MÃ¼ller, cafÃ©, Â£5, 30Â°"),
            "García, Müller, café, £5, 30°"
        );
        assert_eq!(mended("MiloÅ¡eviÄ‡ and WaÅ‚Ä™sa"), "Milošević and Wałęsa");
        assert_eq!(mended("â‚¬5 and Widgetâ„¢ ðŸ˜€"), "€5 and Widget™ 😀");
        assert_eq!(mended("Ð¿Ñ€Ð¸Ð²ÐµÑ‚ and ä¸\u{ad}å›½"), "привет and 中国");
    }

    #[test]
    fn latin_1_with_its_controls_is_mended() {
        assert_eq!(
            mended("It\u{e2}\u{80}\u{99}s \u{e2}\u{80}\u{9c}on\u{e2}\u{80}\u{9d}"),
            "It’s “on”"
        );
        assert_eq!(mended("It\u{92}s \u{93}on\u{94}\u{81}"), "It’s “on” ");
    }

    #[test]
    fn damage_done_twice_is_mended_twice() {
        assert_eq!(mended("itÃ¢â‚¬â„¢s a cafÃƒÂ©"), "it’s a café");
        assert_eq!(mended("It‚Äôs"), "It’s");
    }

    #[test]
    fn a_lost_last_byte_is_guessed() {
        assert_eq!(mended("â€œon,â€ he said"), "“on,” he said");
    }

    #[test]
    fn a_stray_a_circumflex_goes_only_from_a_text_known_to_be_damaged() {
        assert_eq!(mended("He said.Â  Itâ€™s on"), "He said.  It’s on");
        assert_eq!(mended("voilÃ  itâ€™s"), "voilÃ  it’s");
        assert_eq!(mended("He lives at Â the end"), "He lives at Â the end");
    }

    #[test]
    fn what_languages_write_is_left_alone() {
        let texts = [
            "IRMÃ” e AMANHÃ… SÃO PAULO",
            "litera Â se scrie, COBORÂ”, ROMÂNIA",
            "LÃNH ĐẠO VIỆT NAM, Ân, TRUNG ƯƠNG",
            "caché…” voilà… «É»",
            "ESPAÑ… PÅ” ÄR",
            "¿Qué? Übergröße, naïve, Ångström, garçon, Škoda, 5 €",
            "привет, 中国, مرحبا, 😀",
        ];
        for text in texts {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn a_run_of_controls_becomes_one_space() {
        assert_eq!(mended("a\0\0\u{1}b\r\n\tc"), "a b\r\n\tc");
    }

    proptest! {
        #[test]
        fn edits_are_in_order_apart_and_on_boundaries(text in "[ -~ÂÃâ€™“”\u{80}-\u{9f}Å¡ðŸ˜€\0\n‚Äô]{0,40}") {
            let mut at = 0;
            for edit in edits(&text) {
                prop_assert!(at <= edit.range.start && edit.range.start < edit.range.end);
                prop_assert!(text.get(edit.range.clone()).is_some());
                at = edit.range.end;
            }
        }

        #[test]
        fn what_was_misread_once_comes_back(text in "[a-z ,.]{1,8}[’“”–…éüñ]{1,2}[a-z ,.]{1,8}") {
            let misread: String = text.bytes().map(|byte| match byte {
                0x80..=0x9f => c1_meant(byte as char).unwrap_or(byte as char),
                _ => byte as char,
            }).collect();
            prop_assert_eq!(mended(&misread), text);
        }
    }
}
