use std::fmt;
use std::str::FromStr;

crate::named_enum! {
    /// What a row is; the prefix of its id.
    pub enum Kind {
        /// Characters that are not prose.
        Residue = "res",
        /// Characters that name another source.
        Credit = "cre",
        /// A place in the text where an actor is named.
        Mention = "men",
        /// A person, organisation, group or state.
        Actor = "act",
        /// A place named in the text.
        Place = "pla",
        /// A time expression.
        Time = "tim",
        /// A number with what it counts.
        Figure = "fig",
        /// One quotation or reported saying, in one report.
        Quotation = "quo",
        /// One event as one clause tells it.
        EventMention = "evm",
        /// One undertaking as one clause tells it.
        UndertakingMention = "unm",
        /// One relation as one phrase states it.
        RelationMention = "rlm",
        /// Reports of one happening.
        Story = "sto",
        /// Stories of one affair, over weeks.
        Thread = "thr",
        /// Text that two reports share.
        Passage = "pas",
        /// Reports that descend from one text.
        Family = "fam",
        /// An independent origin of reports.
        Origin = "ori",
        /// One happening, from all its mentions.
        Event = "evt",
        /// One saying, from all its wordings.
        Statement = "sta",
        /// One undertaking, from all its mentions.
        Undertaking = "und",
        /// One number of one thing, from all reports that give it.
        Quantity = "qty",
        /// One relation between two actors, from all its mentions.
        Relation = "rel",
        /// Two origins that cannot both be right.
        Disagreement = "dis",
    }
}

/// The identity of a report: the hash of its raw bytes. Written `rep_` and 16 letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId([u8; 10]);

impl ReportId {
    /// The id of a report with these raw bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(digest(blake3::hash(bytes)))
    }

    /// The ten bytes of the hash.
    pub const fn bytes(self) -> [u8; 10] {
        self.0
    }

    /// A positive integer made of the hash, for tables that need an integer key.
    pub fn integer(self) -> i64 {
        let mut eight = [0; 8];
        eight.copy_from_slice(&self.0[..8]);
        i64::from_be_bytes(eight) & i64::MAX
    }
}

/// The identity of any other row: its kind and the hash of what it says.
///
/// The id depends on content alone, so the same reports give the same ids in any order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    /// What the row is.
    pub kind: Kind,
    hash: [u8; 10],
}

impl RowId {
    /// The id of a row of this kind with these fields. Field borders count: `["ab", "c"]` and
    /// `["a", "bc"]` differ.
    pub fn of<F: AsRef<[u8]>>(kind: Kind, fields: impl IntoIterator<Item = F>) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(kind.name().as_bytes());
        for field in fields {
            let bytes = field.as_ref();
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        }
        Self { kind, hash: digest(hasher.finalize()) }
    }

    /// The id of something observed in one report at one span. `detail` tells apart two rows of
    /// one kind with one span.
    ///
    /// The first half of the hash is the report's, so that the rows of one report lie side by side
    /// in the record's trees: written in batches, a million reports touch few pages each.
    pub fn observed(kind: Kind, report: ReportId, span: crate::Span, detail: &str) -> Self {
        let place = [span.start.to_le_bytes(), span.end.to_le_bytes()].concat();
        Self::of(kind, [&report.bytes()[..], &place, detail.as_bytes()]).beside(report)
    }

    /// The id with the first half of this report's, so that it lies beside what was observed there.
    #[must_use]
    pub fn beside(mut self, report: ReportId) -> Self {
        self.hash[..5].copy_from_slice(&report.bytes()[..5]);
        self
    }
}

const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

fn digest(hash: blake3::Hash) -> [u8; 10] {
    let mut ten = [0; 10];
    ten.copy_from_slice(&hash.as_bytes()[..10]);
    ten
}

fn encode(hash: &[u8; 10]) -> String {
    let bits = hash.iter().fold(0u128, |bits, &byte| bits << 8 | u128::from(byte));
    (0..16).rev().map(|i| LETTERS[(bits >> (5 * i) & 31) as usize] as char).collect()
}

fn decode(text: &str) -> Option<[u8; 10]> {
    if text.len() != 16 {
        return None;
    }
    let mut bits = 0u128;
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|&l| l == letter)?;
        bits = bits << 5 | value as u128;
    }
    let mut ten = [0; 10];
    ten.copy_from_slice(&bits.to_be_bytes()[6..]);
    Some(ten)
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rep_{}", encode(&self.0))
    }
}

impl fmt::Debug for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for ReportId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fault = || format!("`{text}` is no report id: it reads like rep_ and 16 letters");
        text.strip_prefix("rep_").and_then(decode).map(Self).ok_or_else(fault)
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.kind.name(), encode(&self.hash))
    }
}

impl fmt::Debug for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for RowId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fault = || format!("`{text}` is no row id: it reads like evt_ and 16 letters");
        let (kind, hash) = text.split_once('_').ok_or_else(fault)?;
        let kind = kind.parse().map_err(|_| fault())?;
        Ok(Self { kind, hash: decode(hash).ok_or_else(fault)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ids_read_back_as_written(bytes: Vec<u8>) {
            let report = ReportId::of(&bytes);
            prop_assert_eq!(report.to_string().parse(), Ok(report));
            let row = RowId::of(Kind::Event, [&bytes]);
            prop_assert_eq!(row.to_string().parse(), Ok(row));
        }
    }

    #[test]
    fn field_borders_count() {
        assert_ne!(RowId::of(Kind::Actor, ["ab", "c"]), RowId::of(Kind::Actor, ["a", "bc"]));
    }
}
