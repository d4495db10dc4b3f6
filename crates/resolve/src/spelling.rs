//! How names are spelt, as far as transliterations and slips of the pen keep it.

/// The consonants of a name part as transliterations keep them: vowels, doublings and the spellings
/// of one sound fall away.
pub(crate) fn skeleton(part: &str) -> String {
    let mut folded = part.to_lowercase();
    let sounds = [
        ("kh", "h"),
        ("gh", "g"),
        ("sh", "s"),
        ("ch", "c"),
        ("zh", "j"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("q", "k"),
        ("ck", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("z", "s"),
    ];
    for (from, to) in sounds {
        folded = folded.replace(from, to);
    }
    let mut skeleton = String::new();
    for c in folded.chars().filter(|c| c.is_alphabetic() && !"aeiouyáéíóúäöüēīū".contains(*c))
    {
        if !skeleton.ends_with(c) {
            skeleton.push(c);
        }
    }
    skeleton
}
