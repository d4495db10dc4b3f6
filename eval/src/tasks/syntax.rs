//! `syntax`: the CoNLL-2018 measures, from raw text.

use std::path::PathBuf;

use chancery_annotate::Kit;
use chancery_annotate::segment::{self, Token};
use chancery_annotate::syntax::{Syntax, parse};
use chancery_text::Span;

use crate::gold::conllu::{self, TreebankDocument};
use crate::gold::{Document, find};
use crate::outcome::Case;
use crate::score::conll::{Analysis, Scores, Word, score};
use crate::{EvalError, Outcome, Task, baseline};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let (mut ours, mut theirs) = (Scores::default(), Scores::default());
    let (mut cases, mut items) = (Vec::new(), 0);
    for file in files(sets)? {
        for gold in conllu::read(&file)? {
            let scores = score(&gold.analysis, &analyse(&gold.document, kit));
            ours = ours.plus(scores);
            theirs = theirs.plus(score(&gold.analysis, &trivial(&gold)));
            items += gold.analysis.sentences.len();
            cases.extend(document_cases(&gold, &scores));
        }
    }
    let mut outcome = Outcome::new(Task::Syntax, items);
    for ((name, share), (_, other)) in ours.named().into_iter().zip(theirs.named()) {
        outcome.add(name, share, other);
    }
    outcome.cases = cases;
    Ok(outcome)
}

fn files(sets: &[PathBuf]) -> Result<Vec<PathBuf>, EvalError> {
    let mut files = Vec::new();
    for set in sets {
        files.extend(find::files(set, |file| find::ends(file, &["conllu"]))?);
    }
    Ok(files)
}

fn document_cases(gold: &TreebankDocument, scores: &Scores) -> Vec<Case> {
    let case = |(name, share): (&str, f64)| Case {
        id: gold.document.id.clone(),
        aspect: name.to_owned(),
        expected: gold.analysis.words.len().to_string(),
        found: format!("{:.2}", share * 100.0),
        score: share,
    };
    scores.named().into_iter().map(case).collect()
}

/// What the stages make of a document: sentences, tokens and trees over its paragraphs.
fn analyse(document: &Document, kit: &Kit) -> Analysis {
    let sentences = segment::sentences(&document.report, &document.blocks);
    let tokens = segment::tokens(&document.report, &sentences);
    let syntax = parse(&document.report, &sentences, &tokens, &kit.syntax);
    Analysis {
        sentences: sentences.iter().map(|sentence| sentence.span).collect(),
        words: words(&document.report.text, &tokens, &syntax),
    }
}

/// The words as the scorer sees them, one per token.
pub(super) fn words(text: &str, tokens: &[Token], syntax: &Syntax) -> Vec<Word> {
    let whole = wholes(tokens);
    let word = |(at, (token, word)): (usize, (&Token, &chancery_annotate::syntax::Word))| Word {
        span: whole[at],
        form: token.span.slice(text).to_owned(),
        multiword: whole[at] != token.span,
        upos: word.upos.name().to_owned(),
        features: word.features.to_string(),
        lemma: word.lemma.clone(),
        head: word.head.map(|head| head as usize),
        relation: word.relation.name().to_owned(),
    };
    tokens.iter().zip(&syntax.words).enumerate().map(word).collect()
}

/// For each token the span of the word it is written in: "don't" for "do" and for "n't".
fn wholes(tokens: &[Token]) -> Vec<Span> {
    let mut wholes: Vec<Span> = tokens.iter().map(|token| token.span).collect();
    let mut first = 0;
    for at in 0..tokens.len() {
        if !tokens[at].joined {
            first = at;
        }
        let whole = tokens[first].span.cover(tokens[at].span);
        wholes[first..=at].fill(whole);
    }
    wholes
}

/// Words between spaces and punctuation, each hung on the next, tagged by shape; sentences at full
/// stops.
fn trivial(gold: &TreebankDocument) -> Analysis {
    let text = &gold.document.report.text;
    let mut analysis = Analysis::default();
    for sentence in baseline::sentences(text) {
        let first = analysis.words.len();
        analysis
            .words
            .extend(pieces(text, sentence).into_iter().map(|span| trivial_word(text, span)));
        let last = analysis.words.len().saturating_sub(1);
        for at in first..analysis.words.len() {
            analysis.words[at].head = (at < last).then_some(at + 1);
            analysis.words[at].relation = if at < last { "dep" } else { "root" }.to_owned();
        }
        analysis.sentences.push(sentence);
    }
    analysis
}

fn pieces(text: &str, sentence: Span) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    let mut glue = false;
    for (at, letter) in sentence.slice(text).char_indices() {
        let start = sentence.start as usize + at;
        let span = Span::of(start..start + letter.len_utf8());
        let word = letter.is_alphanumeric();
        match pieces.last_mut().filter(|_| word && glue) {
            Some(piece) => *piece = piece.cover(span),
            None if !letter.is_whitespace() => pieces.push(span),
            None => {}
        }
        glue = word;
    }
    pieces
}

fn trivial_word(text: &str, span: Span) -> Word {
    let form = span.slice(text);
    let upos = match form.chars().next() {
        Some(c) if c.is_ascii_digit() => "NUM",
        Some(c) if c.is_uppercase() => "PROPN",
        Some(c) if c.is_alphabetic() => "NOUN",
        _ => "PUNCT",
    };
    Word {
        span,
        form: form.to_owned(),
        multiword: false,
        upos: upos.to_owned(),
        features: "_".to_owned(),
        lemma: form.to_lowercase(),
        head: None,
        relation: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_tokens_share_the_span_of_their_word() {
        let token = |start, end, joined| Token { span: Span::new(start, end), joined };
        let wholes = wholes(&[token(0, 2, false), token(2, 5, true), token(5, 6, false)]);
        assert_eq!(wholes, [Span::new(0, 5), Span::new(0, 5), Span::new(5, 6)]);
    }
}
