use std::io::Write;
use std::process::ExitCode;

use chancery_store::{Context, Record};
use chancery_text::Span;

use crate::Failure;
use crate::arguments::Why;
use crate::output::{self, BOLD, DIM, MARK, line};

pub fn run(arguments: &Why) -> Result<ExitCode, Failure> {
    let record = Record::open(&arguments.record)?;
    let contexts = record.contexts(&arguments.id)?;
    let mut out = output::stdout();
    for context in &contexts {
        if arguments.json {
            line(&mut out, json(context))?;
        } else {
            print(&mut out, context)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn json(context: &Context) -> serde_json::Value {
    let chars = |at: u32| context.start_char + context.text[..at as usize].chars().count() as u32;
    let marks = context.marks.iter().map(|mark| {
        serde_json::json!({
            "role": mark.role,
            "text": mark.span.slice(&context.text),
            "start_char": chars(mark.span.start),
            "end_char": chars(mark.span.end),
        })
    });
    serde_json::json!({
        "report": context.report, "title": context.title, "outlet": context.outlet,
        "date": context.date, "start_char": context.start_char, "text": context.text,
        "marks": marks.collect::<Vec<_>>(),
    })
}

fn print(out: &mut impl Write, context: &Context) -> std::io::Result<()> {
    writeln!(
        out,
        "{BOLD}{}{BOLD:#}",
        context.title.split_whitespace().collect::<Vec<_>>().join(" ")
    )?;
    let date = if context.date.is_empty() { "undated" } else { &context.date };
    writeln!(out, "{DIM}{} · {date} · {}{DIM:#}", context.outlet, context.report)?;
    writeln!(out)?;
    let width = usize::from(output::width()).saturating_sub(2);
    for text in wrap(&marked(context), width) {
        writeln!(out, "  {text}")?;
    }
    writeln!(out)
}

/// The text with its marks in brackets that stand out, each with its role: the brackets make it
/// readable where there is no colour.
fn marked(context: &Context) -> String {
    let roles = outermost(context);
    let mut text = String::new();
    let mut at = 0;
    for (span, role) in roles {
        text.push_str(&context.text[at..span.start as usize]);
        text.push_str(&format!(
            "{MARK}[{}]{MARK:#}{DIM}({role}){DIM:#}",
            span.slice(&context.text)
        ));
        at = span.end as usize;
    }
    text.push_str(&context.text[at..]);
    text
}

/// Marks that do not overlap: the shorter ones say more, whole clauses are left to the sentence.
fn outermost(context: &Context) -> Vec<(Span, &str)> {
    let mut marks: Vec<_> =
        context.marks.iter().map(|mark| (mark.span, mark.role.as_str())).collect();
    marks.sort_by_key(|(span, role)| (span.len(), span.start, *role));
    let mut kept: Vec<(Span, &str)> = Vec::new();
    for (span, role) in marks {
        if !span.is_empty() && !kept.iter().any(|(other, _)| other.overlaps(span)) {
            kept.push((span, role));
        }
    }
    kept.sort();
    kept
}

/// Breaks at spaces; escape sequences take no room.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n').map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && width < shown(&line) + 1 + shown(word) {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

fn shown(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_store::Marked;

    #[test]
    fn the_shorter_of_two_marks_is_shown() {
        let mark =
            |start, end, role: &str| Marked { span: Span::new(start, end), role: role.into() };
        let context = Context {
            report: String::new(),
            title: String::new(),
            outlet: String::new(),
            date: String::new(),
            text: "Envoys met in Arlen.".into(),
            start_char: 0,
            marks: vec![mark(0, 19, "span"), mark(7, 10, "trigger")],
        };
        assert_eq!(outermost(&context), [(Span::new(7, 10), "trigger")]);
    }

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
    }
}
