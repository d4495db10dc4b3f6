use std::collections::BTreeMap;

/// What to read and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Which field or column holds what, where the usual names do not do.
    pub fields: FieldMap,
    /// A longer text is cut here, with a notice.
    pub max_report_bytes: u64,
    /// A longer record, or file that is one report, is a fault.
    pub max_record_bytes: u64,
    /// How many times larger than its compressed bytes a file may become before it is taken for a
    /// decompression bomb. The first 16 MiB are always allowed.
    pub max_expansion: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fields: FieldMap::default(),
            max_report_bytes: 8 << 20,
            max_record_bytes: 64 << 20,
            max_expansion: 200,
        }
    }
}

/// Maps what a report needs to the field or column that holds it: `text=body`.
///
/// ```
/// use chancery_ingest::FieldMap;
/// let fields = FieldMap::parse(["text=body", "published=day"]).expect("both are known");
/// assert_eq!(fields.get("text"), Some("body"));
/// assert!(FieldMap::parse(["colour=red"]).is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldMap(BTreeMap<String, String>);

impl FieldMap {
    /// What can be mapped.
    pub const TARGETS: [&'static str; 8] =
        ["text", "title", "author", "outlet", "url", "published", "modified", "language"];

    /// A map from `target=field` pairs, as `--field` takes them.
    pub fn parse<S: AsRef<str>>(pairs: impl IntoIterator<Item = S>) -> Result<Self, String> {
        pairs.into_iter().map(|pair| split(pair.as_ref())).collect::<Result<_, _>>().map(Self)
    }

    /// The field that holds `target`, if one was named.
    pub fn get(&self, target: &str) -> Option<&str> {
        self.0.get(target).map(String::as_str)
    }
}

fn split(pair: &str) -> Result<(String, String), String> {
    let (target, field) = pair
        .split_once('=')
        .ok_or_else(|| format!("`{pair}` maps nothing: write it as text=body"))?;
    let (target, field) = (target.trim(), field.trim());
    if !FieldMap::TARGETS.contains(&target) {
        let known = FieldMap::TARGETS.join(", ");
        return Err(format!("`{target}` is nothing that a report needs: use one of {known}"));
    }
    if field.is_empty() {
        return Err(format!("`{pair}` names no field: write it as {target}=NAME"));
    }
    Ok((target.to_owned(), field.to_owned()))
}
