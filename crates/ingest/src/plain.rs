//! Plain text: the report's text is the file's.

use crate::charset;
use crate::draft::Draft;

pub(crate) fn draft(raw: &[u8], declared: Option<&str>, format: &'static str) -> Draft {
    let decoded = charset::decode_plain(raw, declared);
    let mut draft = Draft::new(raw, format, decoded.text);
    draft.charset = decoded.charset.name().to_owned();
    draft.notices = decoded.notices;
    draft
}
