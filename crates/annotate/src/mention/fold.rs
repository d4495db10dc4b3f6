//! Words as the lexicon compares them: lower case, no diacritics, no apostrophes or dots.

/// Appends the folded letters of `word` to `out`.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    for char in word.chars() {
        if char.is_ascii_alphanumeric() {
            out.push(char.to_ascii_lowercase());
        } else if !char.is_ascii() {
            fold_char(char, out);
        }
    }
}

/// The folded words of a name, apart by one space.
pub(crate) fn fold_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split(is_border).filter(|word| !word.is_empty()) {
        let from = out.len();
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        if from > 0 {
            out.push(' ');
        }
        let words = out.len();
        fold_into(word, &mut out);
        if out.len() == words {
            out.truncate(from);
        }
    }
    out
}

/// Whether a character parts two words of a name.
pub(crate) fn is_border(char: char) -> bool {
    !char.is_alphanumeric() && !is_inner(char)
}

/// Marks that stand inside a word and are dropped: apostrophes, dots, combining accents.
pub(crate) fn is_inner(char: char) -> bool {
    matches!(char, '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' | '.' | '\u{300}'..='\u{36f}')
}

fn fold_char(char: char, out: &mut String) {
    const PLAIN: &str = "aaaaaaaceeeeiiiidnooooo ouuuuyts";
    match char {
        'À'..='Þ' | 'à'..='þ' if char != '×' && char != '÷' => {
            let index = (char as usize - 0xC0) & 31;
            match char {
                'æ' | 'Æ' => out.push_str("ae"),
                'þ' | 'Þ' => out.push_str("th"),
                _ => out.push(PLAIN.as_bytes()[index] as char),
            }
        }
        'ÿ' => out.push('y'),
        'ß' => out.push_str("ss"),
        'ł' | 'Ł' => out.push('l'),
        'ı' => out.push('i'),
        'đ' | 'Đ' => out.push('d'),
        'œ' | 'Œ' => out.push_str("oe"),
        _ => fold_by_unicode(char, out),
    }
}

fn fold_by_unicode(char: char, out: &mut String) {
    use unicode_normalization::UnicodeNormalization;
    for part in std::iter::once(char).nfd() {
        if !is_inner(part) && part.is_alphanumeric() {
            out.extend(part.to_lowercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_to_plain_words() {
        assert_eq!(fold_name("Élysée"), "elysee");
        assert_eq!(fold_name("Al-Qa’ida"), "al qaida");
        assert_eq!(fold_name("U.S."), "us");
        assert_eq!(fold_name("Andrej Babiš"), "andrej babis");
        assert_eq!(fold_name("Løkke Æ – Þór"), "lokke ae thor");
    }
}
