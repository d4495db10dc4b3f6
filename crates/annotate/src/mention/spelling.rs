//! Whether two names are one name, spelled differently or garbled.

/// Whether two folded names differ by few letters, for their length.
pub(crate) fn near(a: &str, b: &str) -> bool {
    let longest = a.chars().count().max(b.chars().count());
    if longest > 60 || a.chars().next() != b.chars().next() {
        return false;
    }
    let allowed = (longest / 4).clamp(1, 4);
    distance(a, b) <= allowed
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_garbled_name_is_near_and_another_is_not() {
        assert!(near("anthony brinken", "antony blinken"));
        assert!(!near("anthony brinken", "lloyd austin"));
        assert!(!near("li wei", "wang yi"));
    }
}
