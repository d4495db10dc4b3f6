use std::collections::BTreeSet;
use std::sync::Mutex;

/// The same name as a `&'static str`. The names are the few that stages give (`lexicon`, `role`,
/// `mojibake`), so what is kept for good stays small; a name of over 32 bytes is none of them.
pub(super) fn interned(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    if 32 < name.len() {
        return "other";
    }
    let mut names = NAMES.lock().expect("no holder of this lock can panic");
    match names.get(name) {
        Some(known) => known,
        None if 256 <= names.len() => "other",
        None => {
            let kept: &'static str = Box::leak(name.to_owned().into_boxed_str());
            names.insert(kept);
            kept
        }
    }
}
