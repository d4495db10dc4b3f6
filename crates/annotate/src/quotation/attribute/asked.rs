//! Questions that open a sentence: "Asked whether it would close, Olmo said …".

use crate::quotation::cue::Cue;
use crate::quotation::tree::Tree;
use crate::syntax::Relation;

/// Words that start what was asked.
const ASKING: [&str; 11] =
    ["if", "whether", "what", "why", "how", "which", "who", "when", "where", "about", "to"];

/// First and last token of what the participle at `at` asks, where it opens the sentence: up to the
/// comma before who answers.
pub(super) fn asked(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<(usize, usize)> {
    let opens =
        at == tree.tokens.start || (at == tree.tokens.start + 1 && tree.says(at - 1, "when"));
    let form = matches!(tree.form(at), "VBN" | "VBD");
    if !(opens && form && matches!(cue.lemma, "ask" | "press" | "question")) {
        return None;
    }
    let comma = before_answer(tree, at)?;
    let asks = |at: &usize| ASKING.iter().any(|word| tree.says(*at, word));
    let low = (at + 1..comma).take(4).find(asks)?;
    let low = low + usize::from(tree.says(low, "about"));
    (low < comma).then(|| (low, comma - 1))
}

/// The last comma before words in quotation marks that a subject follows.
fn before_answer(tree: &Tree<'_>, at: usize) -> Option<usize> {
    let marks = |at: &usize| matches!(tree.slice(*at), "“" | "\"" | "''" | "``" | ":");
    let end = (at + 1..tree.tokens.end).find(marks).unwrap_or(tree.tokens.end);
    let mut subjects = (at + 2..end).rev().filter(|subject| {
        let (low, _) = tree.extent(*subject);
        let main = tree.head(*subject).is_some_and(|verb| subject < &verb);
        tree.relation(*subject) == Relation::Nsubj && main && 0 < low && tree.says(low - 1, ",")
    });
    subjects.next().map(|subject| tree.extent(subject).0 - 1)
}
