/// Counts code points up to byte offsets that mostly grow: one pass over the text for offsets in
/// order, and a step back to the nearest of some kept marks for the others.
pub(crate) struct CharOffsets<'a> {
    text: &'a str,
    /// Code points before every `STRIDE`th byte (at or before it).
    marks: Vec<u32>,
    ascii: bool,
}

const STRIDE: usize = 256;

impl<'a> CharOffsets<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let ascii = text.is_ascii();
        let mut marks = Vec::new();
        if !ascii {
            let mut count = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                marks.push(count);
                count += starts(chunk);
            }
        }
        Self { text, marks, ascii }
    }

    /// Code points before byte `at`, which must be a character boundary.
    pub(crate) fn chars(&self, at: u32) -> u32 {
        if self.ascii {
            return at;
        }
        let mark = (at as usize / STRIDE).min(self.marks.len().saturating_sub(1));
        let Some(before) = self.marks.get(mark) else { return at };
        before + starts(&self.text.as_bytes()[mark * STRIDE..at as usize])
    }
}

/// Bytes that start a character.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_chars() {
        let text = "Élysée – « 50 % » ‘noch’ 発言人 ".repeat(40);
        let offsets = CharOffsets::new(&text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.chars(at as u32), count as u32);
        }
        assert_eq!(offsets.chars(text.len() as u32), text.chars().count() as u32);
    }
}
