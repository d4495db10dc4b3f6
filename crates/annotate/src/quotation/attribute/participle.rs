//! Participles that tell what a document says: "issued a statement saying …".

use super::source::{Source, subject};
use crate::quotation::tree::Tree;
use crate::syntax::Relation;

/// Who wrote the document that the participle at `at` describes: the subject of the verb that has it
/// as its object.
pub(super) fn author(tree: &Tree<'_>, at: usize) -> Option<Source> {
    let document = tree.head(at).filter(|head| *head < at && is_document(tree, *head))?;
    let issued = tree.relation(document) == Relation::Obj;
    let verb = tree.head(document).filter(|verb| issued && *verb < document)?;
    let source = subject(tree, verb);
    (tree.form(at) == "VBG" && source.span.is_some()).then_some(Source { shared: true, ..source })
}

fn is_document(tree: &Tree<'_>, at: usize) -> bool {
    let word = tree.slice(at).to_ascii_lowercase();
    matches!(
        word.strip_suffix('s').unwrap_or(&word),
        "statement"
            | "letter"
            | "petition"
            | "tweet"
            | "memo"
            | "email"
            | "e-mail"
            | "post"
            | "note"
            | "message"
            | "video"
            | "ad"
            | "release"
            | "story"
            | "article"
            | "lawsuit"
            | "resolution"
            | "declaration"
    )
}
