//! The file that a model is kept in: magic, version, checksum, then numbers and names.

/// What stands first in every bundle.
pub const MAGIC: [u8; 8] = *b"CHSYNTAX";
/// The version that this program reads and writes. Goes up with any change of features or layout,
/// since weights are found by the hash of a feature.
pub const VERSION: u32 = 3;

const HEAD: usize = MAGIC.len() + 4 + 8;

/// Why a bundle cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleFault {
    /// It is some other file.
    #[error(
        "this is no syntax bundle: it does not start with CHSYNTAX; make one with `chancery-train syntax`"
    )]
    Magic,
    /// It is of another version.
    #[error(
        "the bundle has version {found}, this program reads version {known}; train it anew with `chancery-train syntax`"
    )]
    Version {
        /// The bundle's version.
        found: u32,
        /// The version that this program reads.
        known: u32,
    },
    /// Its bytes were changed.
    #[error(
        "the bundle's checksum is {found:016x} and should be {stated:016x}; get or train it again"
    )]
    Checksum {
        /// The checksum of its bytes.
        found: u64,
        /// The checksum that it states.
        stated: u64,
    },
    /// It ends early or holds a value that cannot be.
    #[error("the bundle is cut or damaged at byte {at}; get or train it again")]
    Damaged {
        /// Where reading stopped.
        at: usize,
    },
}

/// Writes a bundle.
#[derive(Debug, Default)]
pub struct Writer {
    body: Vec<u8>,
}

impl Writer {
    /// A number, in as few bytes as it needs.
    pub fn number(&mut self, mut value: u64) {
        while 0x7f < value {
            self.body.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.body.push(value as u8);
    }

    /// A number that may be negative.
    pub fn signed(&mut self, value: i32) {
        self.number(u64::from((value << 1 ^ value >> 31) as u32));
    }

    /// A name.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.body.extend_from_slice(text.as_bytes());
    }

    /// Bytes as they are; the reader must know how many.
    pub fn bytes(&mut self, bytes: impl Iterator<Item = u8>) {
        self.body.extend(bytes);
    }

    /// Numbers of two bytes each; the reader must know how many.
    pub fn shorts(&mut self, numbers: &[i16]) {
        self.body.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }

    /// Numbers of four bytes each; the reader must know how many.
    pub fn longs(&mut self, numbers: &[i32]) {
        self.body.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }

    /// Keys in rising order.
    pub fn keys(&mut self, keys: impl ExactSizeIterator<Item = u32>) {
        self.number(keys.len() as u64);
        let mut before = 0;
        for key in keys {
            self.number(u64::from(key - before));
            before = key;
        }
    }

    /// The whole file.
    pub fn finish(self) -> Vec<u8> {
        let mut file = Vec::with_capacity(HEAD + self.body.len());
        file.extend_from_slice(&MAGIC);
        file.extend_from_slice(&VERSION.to_le_bytes());
        file.extend_from_slice(&checksum(&self.body).to_le_bytes());
        file.extend_from_slice(&self.body);
        file
    }
}

/// Reads a bundle.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Opens a bundle: checks magic, version and checksum, in that order.
    pub fn open(bytes: &'a [u8]) -> Result<Self, BundleFault> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(BundleFault::Magic)?;
        let damaged = BundleFault::Damaged { at: bytes.len() };
        let (version, rest) = rest.split_first_chunk::<4>().ok_or(damaged.clone())?;
        let found = u32::from_le_bytes(*version);
        if found != VERSION {
            return Err(BundleFault::Version { found, known: VERSION });
        }
        let (stated, body) = rest.split_first_chunk::<8>().ok_or(damaged)?;
        let (found, stated) = (checksum(body), u64::from_le_bytes(*stated));
        if found != stated {
            return Err(BundleFault::Checksum { found, stated });
        }
        Ok(Self { bytes, at: HEAD })
    }

    /// The fault of a value that cannot be.
    pub fn damaged(&self) -> BundleFault {
        BundleFault::Damaged { at: self.at }
    }

    /// The next byte, not taken.
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// A number.
    #[inline]
    pub fn number(&mut self) -> Result<u64, BundleFault> {
        if let Some(&byte @ 0..0x80) = self.bytes.get(self.at) {
            self.at += 1;
            return Ok(u64::from(byte));
        }
        self.long_number()
    }

    fn long_number(&mut self) -> Result<u64, BundleFault> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes.get(self.at).ok_or(self.damaged())?;
            self.at += 1;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.damaged())
    }

    /// A number that may be negative.
    pub fn signed(&mut self) -> Result<i32, BundleFault> {
        let raw = u32::try_from(self.number()?).map_err(|_| self.damaged())?;
        Ok((raw >> 1) as i32 ^ -((raw & 1) as i32))
    }

    /// A count of things that take at least a byte each.
    pub fn count(&mut self) -> Result<usize, BundleFault> {
        let count = self.number()? as usize;
        if self.bytes.len() - self.at < count { Err(self.damaged()) } else { Ok(count) }
    }

    /// A name.
    pub fn text(&mut self) -> Result<&'a str, BundleFault> {
        let length = self.count()?;
        let bytes = &self.bytes[self.at..self.at + length];
        self.at += length;
        std::str::from_utf8(bytes).map_err(|_| self.damaged())
    }

    /// So many bytes as they are.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], BundleFault> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.bytes.len());
        let bytes = &self.bytes[self.at..end.ok_or(self.damaged())?];
        self.at += count;
        Ok(bytes)
    }

    /// As many numbers of two bytes as there is room for.
    pub fn shorts(&mut self, numbers: &mut [i16]) -> Result<(), BundleFault> {
        let bytes = self.bytes(numbers.len() * 2)?.as_chunks::<2>().0;
        numbers.iter_mut().zip(bytes).for_each(|(number, two)| *number = i16::from_le_bytes(*two));
        Ok(())
    }

    /// As many numbers of four bytes as there is room for.
    pub fn longs(&mut self, numbers: &mut [i32]) -> Result<(), BundleFault> {
        let bytes = self.bytes(numbers.len() * 4)?.as_chunks::<4>().0;
        numbers
            .iter_mut()
            .zip(bytes)
            .for_each(|(number, four)| *number = i32::from_le_bytes(*four));
        Ok(())
    }

    /// Keys in rising order.
    pub fn keys(&mut self) -> Result<Vec<u32>, BundleFault> {
        let count = self.count()?;
        let mut keys = Vec::with_capacity(count);
        let mut before = 0u64;
        for _ in 0..count {
            before += self.number()?;
            keys.push(u32::try_from(before).map_err(|_| self.damaged())?);
        }
        Ok(keys)
    }
}

/// Eight bytes at a time: the bundle is read at every start, so this must not be felt.
fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = bytes.len() as u64 ^ 0x243F_6A88_85A3_08D3;
    for chunk in bytes.chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        sum = (sum ^ u64::from_le_bytes(eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle() -> Vec<u8> {
        let mut writer = Writer::default();
        writer.keys([3, 900, u32::MAX].into_iter());
        writer.signed(-70);
        writer.text("nsubj");
        writer.finish()
    }

    #[test]
    fn a_bundle_reads_back_as_written() {
        let bytes = bundle();
        let mut reader = Reader::open(&bytes).unwrap();
        assert_eq!(reader.keys().unwrap(), [3, 900, u32::MAX]);
        assert_eq!(reader.signed(), Ok(-70));
        assert_eq!(reader.text(), Ok("nsubj"));
        assert!(reader.number().is_err());
    }

    #[test]
    fn a_reader_names_both_versions() {
        let mut bytes = bundle();
        bytes[8] = 77;
        let fault = Reader::open(&bytes).unwrap_err().to_string();
        assert!(fault.contains("version 77") && fault.contains(&format!("version {VERSION}")));
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let mut bytes = bundle();
        *bytes.last_mut().unwrap() ^= 1;
        assert!(matches!(Reader::open(&bytes), Err(BundleFault::Checksum { .. })));
        assert_eq!(Reader::open(b"something").unwrap_err(), BundleFault::Magic);
    }
}
