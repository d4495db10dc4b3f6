//! A report's text with its marked spans, each a link to the row that was read from it.

use std::collections::BTreeMap;

use chancery_store::{PageMark, ReportPage};

use crate::html::{escape, one_line};

/// One report of a story. `first_marks` tells where each row's first mark stands.
pub(crate) fn article(report: &ReportPage, origin: &str) -> String {
    let date = match report.when.as_str() {
        "" => "undated".to_owned(),
        when => format!("{} ({})", escape(when), escape(&report.basis)),
    };
    let mut text = format!(
        "<details class=\"report\" id=\"{id}\"><summary><strong>{title}</strong> \
         <span class=\"when\">{outlet} · {date}</span></summary>\n",
        id = report.id,
        title = escape(&one_line(&report.title)),
        outlet = escape(&report.outlet),
    );
    let mut facts = vec![format!("origin: {}", escape(origin))];
    facts.extend(report.date_reasons.iter().map(|reason| escape(reason)));
    if report.language != "en" {
        facts.push(format!("language: {} (kept, not annotated)", escape(&report.language)));
    }
    if let Some(url) = report.url.as_deref().filter(|url| is_web(url)) {
        let url = escape(url);
        facts.push(format!("<a href=\"{url}\" rel=\"noreferrer\">{url}</a>"));
    }
    text.push_str(&format!("<p class=\"note\">{}</p>\n", facts.join(" · ")));
    text.push_str(&format!("<div class=\"text\">{}</div></details>\n", marked(report)));
    text
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The report's text, cut where marks begin and end; each piece links to the row of the shortest
/// mark over it and names the others.
fn marked(report: &ReportPage) -> String {
    let mut cuts: Vec<u32> =
        report.marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    cuts.extend([0, report.text.len() as u32]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut numbers = BTreeMap::new();
    let mut open: Vec<&PageMark> = Vec::new();
    let mut next = 0;
    let mut text = String::with_capacity(report.text.len() * 2);
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        open.retain(|mark| start < mark.span.end);
        while report.marks.get(next).is_some_and(|mark| mark.span.start <= start) {
            if start < report.marks[next].span.end {
                open.push(&report.marks[next]);
            }
            next += 1;
        }
        let piece = &report.text[start as usize..end as usize];
        push_piece(&mut text, report.key, piece, start, &open, &mut numbers);
    }
    text
}

fn push_piece<'a>(
    text: &mut String,
    report: i64,
    piece: &str,
    start: u32,
    open: &[&'a PageMark],
    numbers: &mut BTreeMap<&'a str, usize>,
) {
    // The place that a row links to is an empty anchor, since one piece may begin several marks.
    for mark in open.iter().filter(|mark| mark.span.start == start && is_row(mark)) {
        let number = numbers.entry(&mark.row).or_insert(0);
        if *number == 0 {
            text.push_str(&format!("<a class=\"at\" id=\"{}\"></a>", anchor(&mark.row, report)));
        }
        *number += 1;
    }
    let Some(main) = open.iter().filter(|mark| is_row(mark)).min_by_key(|mark| mark.span.len())
    else {
        match open.first() {
            Some(mark) => text.push_str(&format!(
                "<span class=\"{}\" title=\"{}\">{}</span>",
                mark.kind,
                escape(&format!("{}: {}", mark.kind, mark.note)),
                escape(piece)
            )),
            None => text.push_str(&escape(piece)),
        }
        return;
    };
    let mut kinds: Vec<_> = open.iter().map(|mark| mark.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let note: Vec<_> = open.iter().map(|mark| format!("{} {}", mark.kind, mark.note)).collect();
    text.push_str(&format!(
        "<a class=\"mark {}\" href=\"#{}\" title=\"{}\">{}</a>",
        kinds.join(" "),
        main.row,
        escape(&note.join("; ")),
        escape(piece)
    ));
}

/// Whether a mark's row stands on the page, so that it can be linked to.
fn is_row(mark: &PageMark) -> bool {
    matches!(mark.kind, "event" | "statement" | "undertaking" | "disagreement")
}

/// The anchor of a row's first mark in a report.
pub(crate) fn anchor(row: &str, report: i64) -> String {
    format!("m-{row}-{report:x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_text::Span;

    fn report(text: &str, marks: &[(u32, u32, &'static str, &str)]) -> ReportPage {
        let mark = |&(start, end, kind, row): &(u32, u32, &'static str, &str)| PageMark {
            span: Span::new(start, end),
            kind,
            row: row.into(),
            note: "n".into(),
        };
        let mut marks: Vec<_> = marks.iter().map(mark).collect();
        marks.sort();
        ReportPage {
            key: 1,
            id: "rep_x".into(),
            title: String::new(),
            outlet: String::new(),
            url: None,
            when: String::new(),
            basis: String::new(),
            date_reasons: Vec::new(),
            language: "en".into(),
            text: text.into(),
            marks,
        }
    }

    #[test]
    fn nested_marks_link_to_the_shorter() {
        let text = marked(&report(
            "He said they met.",
            &[(8, 16, "statement", "sta_a"), (13, 16, "event", "evt_b")],
        ));
        assert!(text.contains("href=\"#evt_b\" title=\"statement n; event n\">met</a>"), "{text}");
        assert!(text.contains("href=\"#sta_a\" title=\"statement n\">they </a>"), "{text}");
    }

    #[test]
    fn the_words_of_the_report_are_kept() {
        let source = "A <b> & c — “d”.";
        let marks =
            [(2, 5, "figure", "fig_a"), (0, 9, "statement", "sta_a"), (6, 9, "residue", "res_a")];
        let text = marked(&report(source, &marks));
        let mut plain = String::new();
        let mut inside = false;
        for c in text.chars() {
            match c {
                '<' => inside = true,
                '>' if inside => inside = false,
                c if !inside => plain.push(c),
                _ => {}
            }
        }
        let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        assert_eq!(plain, source);
    }
}
