//! Bytes to characters: byte order mark, then what the container declares, then whether the bytes
//! are UTF-8, then a guess.

use chancery_text::Notice;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::draft::notice;

/// Decoded bytes.
pub(crate) struct Decoded {
    pub text: String,
    pub charset: &'static Encoding,
    pub notices: Vec<Notice>,
}

/// Decodes `bytes`, of which the container says that they are `declared`. Never fails: what cannot
/// be decoded becomes U+FFFD, with a notice.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((charset, mark)) = Encoding::for_bom(bytes) {
        return with(&bytes[mark..], charset, Vec::new());
    }
    let declared = declared.and_then(label);
    let valid = std::str::from_utf8(bytes).is_ok();
    match declared {
        Some(charset) if charset == UTF_8 && !valid => mislabelled(bytes),
        // Pages that say Latin-1 and are UTF-8 are common, the other way round nearly impossible.
        Some(charset) if valid && !bytes.is_ascii() && charset.is_single_byte() => {
            let told = format!("The source says {}, but its bytes are UTF-8", charset.name());
            with(bytes, UTF_8, vec![notice("charset", told)])
        }
        Some(charset) => with(bytes, charset, Vec::new()),
        None if valid => with(bytes, UTF_8, Vec::new()),
        None => guessed(bytes),
    }
}

/// Decodes plain text, which may be UTF-16 that does not say so.
pub(crate) fn decode_plain(bytes: &[u8], declared: Option<&str>) -> Decoded {
    match utf16_without_mark(bytes) {
        Some(charset) => with(bytes, charset, vec![told_guess(charset)]),
        None => decode(bytes, declared),
    }
}

/// The charset of a container's records that are not UTF-8, judged from its beginning.
pub(crate) fn of_records(head: &[u8]) -> Option<&'static Encoding> {
    let charset = || guess(head);
    (!is_nearly_utf8(head)).then(charset)
}

/// Decodes a record: UTF-8 if it is, else in `fallback`, else in what it looks like.
pub(crate) fn decode_record(bytes: &[u8], fallback: Option<&'static Encoding>) -> Decoded {
    match (std::str::from_utf8(bytes), fallback) {
        (Ok(text), _) => Decoded { text: text.to_owned(), charset: UTF_8, notices: Vec::new() },
        (Err(_), Some(charset)) => with(bytes, charset, vec![told_guess(charset)]),
        (Err(_), None) => guessed(bytes),
    }
}

/// Whether the bytes look like UTF-16 without a byte order mark.
pub(crate) fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    if Encoding::for_bom(head).is_some() {
        return None;
    }
    let head = &head[..head.len().min(4096) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < 4 {
        return None;
    }
    match (even * 10 < half, odd * 10 < half) {
        (true, false) if half * 7 < odd * 10 => Some(UTF_16LE),
        (false, true) if half * 7 < even * 10 => Some(UTF_16BE),
        _ => None,
    }
}

fn label(label: &str) -> Option<&'static Encoding> {
    let charset = Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes())?;
    match charset.name() {
        // A page that could say so in ASCII is not written in it.
        "UTF-16LE" | "UTF-16BE" => Some(UTF_8),
        "replacement" | "x-user-defined" => None,
        _ => Some(charset),
    }
}

fn with(bytes: &[u8], charset: &'static Encoding, mut notices: Vec<Notice>) -> Decoded {
    let (text, damaged) = charset.decode_without_bom_handling(bytes);
    if damaged {
        let count = text.matches('\u{fffd}').count();
        let told =
            format!("{count} places cannot be read as {}: U+FFFD stands there", charset.name());
        notices.push(notice("undecodable", told));
    }
    Decoded { text: text.into_owned(), charset, notices }
}

fn mislabelled(bytes: &[u8]) -> Decoded {
    if is_nearly_utf8(bytes) {
        return with(bytes, UTF_8, Vec::new());
    }
    let charset = guess(bytes);
    let told = format!("The source says UTF-8, but its bytes look like {}", charset.name());
    with(bytes, charset, vec![notice("charset", told)])
}

fn guessed(bytes: &[u8]) -> Decoded {
    if is_nearly_utf8(bytes) {
        return with(bytes, UTF_8, Vec::new());
    }
    let charset = guess(bytes);
    with(bytes, charset, vec![told_guess(charset)])
}

fn told_guess(charset: &'static Encoding) -> Notice {
    notice(
        "charset",
        format!("The source names no charset; its bytes look like {}", charset.name()),
    )
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // A megabyte says as much about the charset as the rest.
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let charset = detector.guess(None, Utf8Detection::Deny);
    if charset == UTF_8 { WINDOWS_1252 } else { charset }
}

/// Whether most of what is not ASCII is well-formed UTF-8: a text cut or damaged in places.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // A head cut inside a character has one bad place and is sound all the same.
    let cut = bad == 1
        && bytes.utf8_chunks().last().is_some_and(|last| {
            !last.invalid().is_empty() && last.invalid().len() < 4 && 3 < bytes.len() && good > 0
        });
    bad == 0 || cut || bad * 4 <= good
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], declared: Option<&str>) -> (String, &'static str) {
        let decoded = decode(bytes, declared);
        (decoded.text, decoded.charset.name())
    }

    #[test]
    fn the_byte_order_mark_comes_first() {
        assert_eq!(read(b"\xff\xfeh\0i\0", Some("utf-8")), ("hi".into(), "UTF-16LE"));
        assert_eq!(read(b"\xef\xbb\xbfhi", Some("latin1")), ("hi".into(), "UTF-8"));
    }

    #[test]
    fn a_declared_charset_is_believed_unless_the_bytes_deny_it() {
        let russian = encoding_rs::WINDOWS_1251.encode("Переговоры в столице").0.into_owned();
        assert_eq!(read(&russian, Some("windows-1251")).0, "Переговоры в столице");
        assert_eq!(read(&russian, Some("utf-8")), ("Переговоры в столице".into(), "windows-1251"));
        assert_eq!(read("naïve".as_bytes(), Some("iso-8859-1")), ("naïve".into(), "UTF-8"));
    }

    #[test]
    fn without_a_declaration_it_is_guessed() {
        assert_eq!(
            read(b"the minister\x92s caf\xe9", None),
            ("the minister’s café".into(), "windows-1252")
        );
    }

    #[test]
    fn a_damaged_place_becomes_a_mark_and_a_notice() {
        let decoded = decode(b"caf\xc3\xa9 na\xc3\xafve \xc3\xa9\xc3\xa9 \xff end", None);
        assert_eq!(decoded.text, "café naïve éé \u{fffd} end");
        assert_eq!(decoded.notices[0].code, "undecodable");
    }
}
