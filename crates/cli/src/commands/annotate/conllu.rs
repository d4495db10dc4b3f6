use std::fmt::Write;

use chancery_annotate::Annotations;
use chancery_annotate::segment::Sentence;
use chancery_text::Report;

/// One report in CoNLL-U. MISC holds `SpaceAfter=No` and, for every word, its bytes in the report's
/// text (`Span=start:end`).
pub fn document(report: &Report, annotations: &Annotations) -> String {
    let mut text = format!("# newdoc id = {}\n", report.id);
    for (number, sentence) in (1..).zip(&annotations.sentences) {
        let one_line = report.slice(sentence.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "# sent_id = {}-{number}\n# text = {one_line}", report.id);
        write_words(&mut text, report, annotations, sentence);
        text.push('\n');
    }
    text
}

fn write_words(text: &mut String, report: &Report, annotations: &Annotations, sentence: &Sentence) {
    let first = sentence.indices().start;
    let tokens = &annotations.tokens[sentence.indices()];
    for (at, token) in tokens.iter().enumerate() {
        let joined = 1 + tokens[at + 1..].iter().take_while(|next| next.joined).count();
        if !token.joined && 1 < joined {
            let whole = token.span.cover(tokens[at + joined - 1].span);
            let misc = space_after(report, whole.end);
            let form = report.slice(whole);
            let _ =
                writeln!(text, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", at + 1, at + joined);
        }
        let word = &annotations.syntax.words[first + at];
        let head = word.head.map_or(0, |head| head as usize - first + 1);
        let inside = tokens.get(at + 1).is_some_and(|next| next.joined);
        let misc = if inside || token.joined { "_" } else { space_after(report, token.span.end) };
        let span = format!("Span={}:{}", token.span.start, token.span.end);
        let misc = if misc == "_" { span } else { format!("{misc}|{span}") };
        let lemma = if word.lemma.is_empty() { "_" } else { &word.lemma };
        let _ = writeln!(
            text,
            "{}\t{}\t{lemma}\t{}\t{}\t{}\t{head}\t{}\t_\t{misc}",
            at + 1,
            report.slice(token.span),
            word.upos,
            word.xpos,
            word.features,
            word.relation,
        );
    }
}

fn space_after(report: &Report, at: u32) -> &'static str {
    match report.text[at as usize..].chars().next() {
        Some(next) if !next.is_whitespace() => "SpaceAfter=No",
        _ => "_",
    }
}
