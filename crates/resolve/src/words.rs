//! The words of a report as resolution compares them: lower case, without possessive, with the
//! place in the text and whether they look like names or numbers.
//!
//! ```
//! use chancery_resolve::words::words;
//! use chancery_text::Span;
//! let text = "The U.S. envoy's 1,200 troops";
//! let found: Vec<_> = words(text, Span::of(0..text.len())).into_iter().map(|w| w.norm).collect();
//! assert_eq!(found, ["the", "us", "envoy", "1200", "troops"]);
//! ```

use chancery_text::Span;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its characters.
    pub span: Span,
    /// Lower case, joined over dots of abbreviations and commas of numbers, without `'s`.
    pub norm: String,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether it begins a sentence, so that its capital says little.
    pub opening: bool,
    /// Whether it is a number.
    pub number: bool,
}

/// The words of the stretch `span` of `text`, in order.
pub fn words(text: &str, span: Span) -> Vec<Word> {
    let mut found = Vec::with_capacity(span.len() as usize / 6);
    let mut opening = true;
    let mut at = span.start as usize;
    let end = span.end as usize;
    while at < end {
        let Some(first) = text[at..end].chars().next() else { break };
        if !first.is_alphanumeric() {
            opening = opens(first, opening);
            at += first.len_utf8();
            continue;
        }
        let (word, next) = word_at(text, at, end, opening);
        opening = false;
        at = next;
        found.push(word);
    }
    found
}

fn opens(between: char, opening: bool) -> bool {
    match between {
        '.' | '!' | '?' | '\n' | ':' => true,
        '"' | '“' | '”' | '‘' | '\'' | '(' | '[' => opening || between == '“',
        ' ' | '\t' | '\u{a0}' => opening,
        _ => false,
    }
}

fn word_at(text: &str, start: usize, limit: usize, opening: bool) -> (Word, usize) {
    // Most words are of ASCII letters, and end at a blank.
    let bytes = &text.as_bytes()[start..limit];
    let plain = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let (norm, end) = match bytes.get(plain) {
        None | Some(b' ' | b'\n' | b'\'' | b'-') => {
            (text[start..start + plain].to_ascii_lowercase(), start + plain)
        }
        Some(_) => normalized(text, start, limit),
    };
    let next = skip_possessive(text, end, limit);
    let capital = text[start..end].chars().next().is_some_and(char::is_uppercase);
    let number = norm.starts_with(|c: char| c.is_ascii_digit());
    (Word { span: Span::of(start..end), norm, capital, opening, number }, next)
}

/// A word in lower case without the marks inside it, and where it ends.
fn normalized(text: &str, start: usize, limit: usize) -> (String, usize) {
    let mut norm = String::new();
    let mut end = start;
    let mut rest = text[start..limit].char_indices().peekable();
    let mut previous = ' ';
    while let Some((offset, c)) = rest.next() {
        let next = rest.peek().map_or(' ', |(_, next)| *next);
        if c.is_alphanumeric() {
            norm.extend(c.to_lowercase());
        } else if !joins(c, previous, next) {
            break;
        }
        end = start + offset + c.len_utf8();
        previous = c;
    }
    (norm, end)
}

/// Whether a mark stands inside a word: the dot of "U.S", the comma of "1,200".
fn joins(mark: char, previous: char, next: char) -> bool {
    match mark {
        '.' => {
            (previous.is_uppercase() && next.is_uppercase())
                || (previous.is_ascii_digit() && next.is_ascii_digit())
        }
        ',' => previous.is_ascii_digit() && next.is_ascii_digit(),
        _ => false,
    }
}

/// The end of the word's possessive mark, or of the apostrophe part that belongs to it.
fn skip_possessive(text: &str, end: usize, limit: usize) -> usize {
    let rest = &text[end..limit];
    let Some(after) = rest.strip_prefix('\'').or_else(|| rest.strip_prefix('’')) else {
        return end;
    };
    let Some(tail) = after.strip_prefix(['s', 'S']) else { return end };
    if tail.starts_with(char::is_alphanumeric) { end } else { limit - tail.len() }
}

/// A stable hash: FNV-1a, mixed.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let fnv = bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mix(fnv)
}

/// Spreads the bits of a number: the finisher of MurmurHash3.
pub(crate) const fn mix(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ bits >> 33
}

/// The hash of a sequence of hashes.
pub(crate) fn combine(hashes: impl IntoIterator<Item = u64>) -> u64 {
    hashes.into_iter().fold(0x9e37_79b9_7f4a_7c15, |all, one| mix(all.rotate_left(5) ^ one))
}

/// A noun's or verb's stem as far as comparison needs it: plural and third person dropped.
pub(crate) fn stem(norm: &str) -> &str {
    let long = norm.len() > 4 && norm.is_ascii();
    if long && norm.ends_with("ies") {
        return &norm[..norm.len() - 3];
    }
    if long && norm.ends_with('y') {
        return &norm[..norm.len() - 1];
    }
    let plural = long && norm.ends_with('s') && !norm.ends_with("ss") && !norm.ends_with("us");
    if plural { &norm[..norm.len() - 1] } else { norm }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn norms(text: &str) -> Vec<String> {
        words(text, Span::of(0..text.len())).into_iter().map(|word| word.norm).collect()
    }

    #[test]
    fn possessives_and_marks_do_not_change_a_word() {
        assert_eq!(norms("Kabul’s “clean” break"), ["kabul", "clean", "break"]);
        assert_eq!(norms("don't"), ["don", "t"]);
    }

    #[test]
    fn plural_and_singular_share_a_stem() {
        assert_eq!(stem("delegations"), stem("delegation"));
        assert_eq!(stem("countries"), stem("country"));
        assert_eq!(stem("pass"), "pass");
    }

    proptest! {
        #[test]
        fn spans_slice_any_text(text: String) {
            let found = words(&text, Span::of(0..text.len()));
            for pair in found.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for word in found {
                prop_assert!(!word.span.slice(&text).is_empty());
            }
        }
    }
}
