//! One story: its origins, timeline, ledger, statements, disagreements and reports.

use std::collections::BTreeMap;

use chancery_store::{Cell, Listing, ReportPage, StoryPage, Wording};

use crate::html::{count, escape, one_line};
use crate::report;

/// "4 reports, 2 origins", and what is told in them.
pub(crate) fn counts(page: &StoryPage) -> String {
    let mut parts = vec![format!(
        "{}, {}",
        count(page.reports.len(), "report"),
        count(page.origins.len(), "origin")
    )];
    if !page.disagreements.rows.is_empty() {
        parts.push(count(page.disagreements.rows.len(), "disagreement"));
    }
    parts.join(" · ")
}

/// The whole section.
pub(crate) fn section(page: &StoryPage) -> String {
    let places = Places::new(page);
    let mut text = format!(
        "<section class=\"story\" id=\"{}\"><h2>{}</h2>\n<p class=\"lead\">{} · {}</p>\n",
        page.id,
        escape(&one_line(&page.title)),
        if page.when.is_empty() { "undated".to_owned() } else { escape(&page.when) },
        counts(page)
    );
    let parts = [
        ("Origins", origins(page)),
        ("Disagreements", disagreements(page, &places)),
        ("Timeline", timeline(page, &places)),
        ("Undertakings", undertakings(page, &places)),
        ("Statements", statements(page, &places)),
        ("Shared", shared(page)),
        ("Reports", reports(page, &places)),
    ];
    let parts: Vec<_> = parts.iter().filter(|(_, rows)| !rows.is_empty()).collect();
    let anchor = |name: &str| format!("{}-{}", page.id, name.to_lowercase());
    let links = parts.iter().map(|(name, _)| format!("<a href=\"#{}\">{name}</a>", anchor(name)));
    text.push_str(&format!(
        "<nav class=\"parts\" aria-label=\"Story\">{}</nav>\n",
        links.collect::<Vec<_>>().join(" ")
    ));
    for (name, rows) in parts {
        text.push_str(&format!("<h3 id=\"{}\">{name}</h3>\n{rows}", anchor(name)));
    }
    text.push_str("</section>\n");
    text
}

fn reports(page: &StoryPage, places: &Places<'_>) -> String {
    let articles = page.reports.iter();
    articles.map(|report| report::article(report, &places.origin(report.key))).collect()
}

/// Where rows stand: which reports of the story mark them.
struct Places<'a> {
    page: &'a StoryPage,
    by_row: BTreeMap<&'a str, Vec<&'a ReportPage>>,
}

impl<'a> Places<'a> {
    fn new(page: &'a StoryPage) -> Self {
        let mut by_row: BTreeMap<&str, Vec<&ReportPage>> = BTreeMap::new();
        for report in &page.reports {
            for mark in &report.marks {
                let reports = by_row.entry(&mark.row).or_default();
                if reports.last().is_none_or(|last| last.key != report.key) {
                    reports.push(report);
                }
            }
        }
        Self { page, by_row }
    }

    /// Links to a row's marks, one per report.
    fn links(&self, row: &str) -> String {
        let reports = self.by_row.get(row).map_or(&[][..], Vec::as_slice);
        let link = |report: &&ReportPage| {
            let (anchor, name) = (report::anchor(row, report.key), short_name(report));
            format!("<a class=\"source\" href=\"#{anchor}\">{}</a>", escape(&name))
        };
        reports.iter().map(link).collect::<Vec<_>>().join(" ")
    }

    fn report(&self, key: i64) -> Option<&ReportPage> {
        self.page.reports.iter().find(|report| report.key == key)
    }

    fn origin(&self, report: i64) -> String {
        let origin = self.page.origins.iter().find(|origin| origin.reports.contains(&report));
        origin.map_or_else(|| "open".to_owned(), |origin| origin.name.clone())
    }
}

/// The outlet, or the file's own name.
fn short_name(report: &ReportPage) -> String {
    let name = report.outlet.rsplit('/').next().unwrap_or(&report.outlet);
    name.trim_end_matches(".txt").trim_end_matches(".html").to_owned()
}

fn origins(page: &StoryPage) -> String {
    let mut text = String::from("<ul class=\"origins\">\n");
    for origin in &page.origins {
        let names: Vec<_> = page
            .reports
            .iter()
            .filter(|report| origin.reports.contains(&report.key))
            .map(|report| format!("<a href=\"#{}\">{}</a>", report.id, escape(&short_name(report))))
            .collect();
        let reasons: Vec<_> = origin.reasons.lines().map(escape).collect();
        let reasons = match reasons.is_empty() {
            true => String::new(),
            false => format!(" <span class=\"note\">{}</span>", reasons.join("; ")),
        };
        text.push_str(&format!(
            "<li class=\"row\" id=\"{}\"><strong>{}</strong> ({}): {}{reasons}</li>\n",
            origin.id,
            escape(&one_line(&origin.name)),
            escape(&origin.kind),
            names.join(", "),
        ));
    }
    text.push_str("</ul>\n");
    text
}

/// Passages of a story that are shown as shared with others.
const SHARED: usize = 20;

/// Text that reports of the story share with reports of other stories, what covers most of a report first.
fn shared(page: &StoryPage) -> String {
    let copies = &page.copies;
    let text = |row: &[Cell], column: &str| escape(&one_line(&copies.text(row, column)));
    let across = |row: &&Vec<Cell>| copies.text(row, "kind") == "shared across stories";
    let mut rows: Vec<_> = copies.rows.iter().filter(across).collect();
    let coverage = |row: &[Cell]| copies.text(row, "coverage").parse::<f64>().unwrap_or(0.0);
    rows.sort_by(|a, b| coverage(b).total_cmp(&coverage(a)));
    if rows.is_empty() {
        return String::new();
    }
    let item = |row: &&Vec<Cell>| {
        format!(
            "<li class=\"row\"><a href=\"#{}\">{}</a> and, of another story, “{}” <span class=\"note\">{}</span></li>\n",
            text(row, "report_id"),
            text(row, "report"),
            text(row, "copied_from"),
            text(row, "reasons"),
        )
    };
    let items: String = rows.iter().take(SHARED).map(item).collect();
    let more = match rows.len().saturating_sub(SHARED) {
        0 => String::new(),
        more => format!("<li class=\"row\">{} more</li>\n", count(more, "passage")),
    };
    format!("<ul class=\"origins\">\n{items}{more}</ul>\n")
}

fn disagreements(page: &StoryPage, places: &Places<'_>) -> String {
    let listing = &page.disagreements;
    if listing.rows.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    for row in &listing.rows {
        let cell = |name: &str| listing.text(row, name);
        let id = cell("id");
        text.push_str(&format!(
            "<article class=\"row clash\" id=\"{id}\"><p><span class=\"tag\">{}</span> {}</p>\
             <div class=\"sides\"><blockquote>{}</blockquote><blockquote>{}</blockquote></div>\
             <p class=\"sources\">{}</p></article>\n",
            escape(&cell("topic")),
            escape(&cell("sentence")),
            escape(&one_line(&cell("side_a"))),
            escape(&one_line(&cell("side_b"))),
            places.links(&id),
        ));
    }
    text
}

fn support(listing: &Listing, row: &[Cell]) -> String {
    let number = |name: &str| usize::try_from(listing.number(row, name)).unwrap_or(0);
    format!("{}, {}", count(number("reports"), "report"), count(number("origins"), "origin"))
}

/// On whose word an event is told: "both sides (Sallet; Orlen), no eyewitness".
fn footing(listing: &Listing, row: &[Cell]) -> String {
    let who = listing.text(row, "on_word_of");
    let of = if who.is_empty() { String::new() } else { format!(" ({who})") };
    let told = match listing.text(row, "footing").as_str() {
        side @ ("both sides" | "one side") => format!("on the word of {side}{of}, no eyewitness"),
        "unnamed" => format!("on the word of no named source{of}"),
        "eyewitness" => format!("by an eyewitness{of}"),
        "third party" => format!("on the word of a third party{of}"),
        _ => return String::new(),
    };
    format!("<br><span class=\"note\">{}</span>", escape(&one_line(&told)))
}

fn timeline(page: &StoryPage, places: &Places<'_>) -> String {
    let listing = &page.events;
    if listing.rows.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "<div class=\"wide\"><table>\n<thead><tr><th>When</th><th>What</th>\
         <th>Status</th><th>Type</th><th>Place</th><th>Support</th></tr></thead>\n<tbody>\n",
    );
    for row in &listing.rows {
        let cell = |name: &str| escape(&one_line(&listing.text(row, name)));
        let id = listing.text(row, "id");
        text.push_str(&format!(
            "<tr class=\"row\" id=\"{id}\"><td class=\"when\">{}</td><td>{}<br><span class=\"sources\">{}</span></td>\
             <td><span class=\"tag {status}\">{status}</span></td><td>{} <span class=\"note\">{}</span></td>\
             <td>{}</td><td>{}{}</td></tr>\n",
            cell("when"),
            cell("summary"),
            places.links(&id),
            cell("type"),
            cell("mode"),
            cell("place"),
            support(listing, row),
            footing(listing, row),
            status = cell("status"),
        ));
    }
    text.push_str("</tbody></table></div>\n");
    text
}

fn undertakings(page: &StoryPage, places: &Places<'_>) -> String {
    let listing = &page.undertakings;
    if listing.rows.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "<div class=\"wide\"><table>\n<thead><tr><th>When</th><th>Kind</th>\
         <th>By</th><th>To</th><th>What</th><th>Support</th></tr></thead>\n<tbody>\n",
    );
    for row in &listing.rows {
        let cell = |name: &str| escape(&one_line(&listing.text(row, name)));
        let id = listing.text(row, "id");
        let detail = |label: &str, name: &str| match cell(name) {
            empty if empty.is_empty() => String::new(),
            value => format!("<br><span class=\"note\">{label}: {value}</span>"),
        };
        text.push_str(&format!(
            "<tr class=\"row\" id=\"{id}\"><td class=\"when\">{}</td><td><span class=\"tag\">{}</span></td>\
             <td>{}</td><td>{}</td><td>{}{}{}{}<br><span class=\"sources\">{}</span></td><td>{}</td></tr>\n",
            cell("when"),
            cell("kind"),
            cell("by"),
            cell("to"),
            cell("what"),
            detail("on condition", "condition"),
            detail("by", "deadline"),
            detail("later", "bearings"),
            places.links(&id),
            support(listing, row),
        ));
    }
    text.push_str("</tbody></table></div>\n");
    text
}

fn statements(page: &StoryPage, places: &Places<'_>) -> String {
    let listing = &page.statements;
    if listing.rows.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    for row in &listing.rows {
        let cell = |name: &str| listing.text(row, name);
        let id = cell("id");
        let speaker = match cell("speaker") {
            open if open.is_empty() => "<em>speaker open</em>".to_owned(),
            speaker => escape(&one_line(&speaker)),
        };
        let verb = if listing.number(row, "denied") == 0 {
            ""
        } else {
            " <span class=\"tag denied\">denied</span>"
        };
        text.push_str(&format!(
            "<article class=\"row saying\" id=\"{id}\"><p><strong>{speaker}</strong>{verb} \
             <span class=\"when\">{}</span></p><blockquote>{}</blockquote>{}\
             <p class=\"sources\">{} · {}</p></article>\n",
            escape(&cell("when")),
            escape(&one_line(&cell("text"))),
            wordings(page.wordings.get(&id).map_or(&[], Vec::as_slice), places),
            support(listing, row),
            places.links(&id),
        ));
    }
    text
}

/// The wordings, where there are several, with what each changes.
fn wordings(wordings: &[Wording], places: &Places<'_>) -> String {
    if wordings.len() < 2 {
        return String::new();
    }
    let item = |wording: &Wording| {
        let report = places.report(wording.report);
        let name = report.map(short_name).unwrap_or_default();
        let difference = match wording.difference.as_str() {
            "" => "<span class=\"note\">best supported</span>".to_owned(),
            listed if wording.differences.is_empty() => escape(listed),
            _ => changes(&wording.differences),
        };
        let words = escape(&one_line(&wording.text));
        format!("<li><span class=\"source\">{}</span> {words}<br>{difference}</li>", escape(&name))
    };
    let items: Vec<_> = wordings.iter().map(item).collect();
    format!(
        "<details class=\"wordings\"><summary>{}</summary><ol>{}</ol></details>",
        count(wordings.len(), "wording"),
        items.join("\n")
    )
}

/// What is dropped and put in as deletions and insertions, each with its kind.
fn changes(differences: &[(String, String, String)]) -> String {
    let marked = |tag: &str, words: &str| match words {
        "" => String::new(),
        words => format!("<{tag}>{}</{tag}> ", escape(&one_line(words))),
    };
    let change = |(kind, dropped, added): &(String, String, String)| {
        let (dropped, added) = (marked("del", dropped), marked("ins", added));
        format!("{dropped}{added}<span class=\"note\">{}</span>", escape(kind))
    };
    differences.iter().map(change).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(columns: &[&str], rows: Vec<Vec<Cell>>) -> Listing {
        let columns = columns.iter().map(|name| (*name).to_owned()).collect();
        Listing { columns, total: rows.len(), rows }
    }

    fn page(copies: Listing) -> StoryPage {
        let none = || listing(&[], Vec::new());
        StoryPage {
            id: "sto_a".into(),
            title: "A ferry sank".into(),
            when: String::new(),
            events: none(),
            statements: none(),
            wordings: BTreeMap::new(),
            undertakings: none(),
            disagreements: none(),
            copies,
            origins: Vec::new(),
            reports: Vec::new(),
        }
    }

    #[test]
    fn text_of_other_stories_is_shown_and_that_of_the_own_is_not() {
        let row = |kind: &str, other: &str| {
            let cells = [kind, "A ferry sank", other, "0.2", "21 words: the river ports", "rep_a"];
            cells.map(|cell| Cell::Text(cell.to_owned())).to_vec()
        };
        let columns = ["kind", "report", "copied_from", "coverage", "reasons", "report_id"];
        let rows = vec![
            row("shared passage", "Ferry sinks off Merrow"),
            row("shared across stories", "Miners <struck> in Pelm"),
        ];
        let shown = section(&page(listing(&columns, rows)));
        assert!(shown.contains(">Shared</h3>"), "{shown}");
        assert!(shown.contains("of another story, “Miners &lt;struck&gt; in Pelm”"), "{shown}");
        assert!(!shown.contains("Ferry sinks"), "{shown}");
        assert!(!section(&page(listing(&columns, Vec::new()))).contains("Shared"));
    }
}
