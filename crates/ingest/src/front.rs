//! The front matter of a Markdown file: `key: value` lines between two `---`.

use std::collections::BTreeMap;

/// The values of each key, in order. Only what blogs and note-takers write is understood: scalars,
/// `[a, b]`, and lists of `- a`.
pub(crate) fn parse(block: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in block.lines().filter(|line| line.trim() != "---") {
        let item = line.trim_start().strip_prefix("- ");
        let indented = line.starts_with([' ', '\t']);
        match (item, line.split_once(':')) {
            (Some(item), _) if !key.is_empty() => {
                found.entry(key.clone()).or_default().push(scalar(item));
            }
            (_, Some((name, value))) if !indented => {
                key = name.trim().to_lowercase();
                found.entry(key.clone()).or_default().extend(values(value));
            }
            _ => {}
        }
    }
    found
}

fn values(value: &str) -> Vec<String> {
    let value = value.trim();
    let list = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let values: Vec<String> = match list {
        Some(list) => list.split(',').map(scalar).collect(),
        None => vec![scalar(value)],
    };
    values.into_iter().filter(|value| !value.is_empty()).collect()
}

fn scalar(text: &str) -> String {
    let text = text.trim();
    let quoted = |quote: char| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    quoted('"').or_else(|| quoted('\'')).unwrap_or(text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_and_lists_are_read() {
        let found = parse(
            "---\ntitle: \"Talks: day 2\"\nauthors:\n  - A. Bell\n- C. Dorn\ntags: [x, y]\n---",
        );
        assert_eq!(found["title"], ["Talks: day 2"]);
        assert_eq!(found["authors"], ["A. Bell", "C. Dorn"]);
        assert_eq!(found["tags"], ["x", "y"]);
    }
}
