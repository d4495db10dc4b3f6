//! A record as one self-contained page: no network, one file to read, search, print and send.
//!
//! Server-side HTML with a little style and script inside. Without script the page is whole; script
//! adds the search box, the keys and the way back.

mod html;
mod report;
mod story;

use chancery_store::{Filter, Listing, Record, StoreError, StoryPage, TableName};

use html::{count, escape, one_line};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Most stories that one page holds in full; a browser should still open it.
pub const STORIES: usize = 200;

/// The page of a record: its most reported stories, at most [`STORIES`], each with its reports.
pub fn page(record: &Record, title: &str) -> Result<String, StoreError> {
    let stories = ranked_stories(record)?;
    let shown = &stories[..stories.len().min(STORIES)];
    let pages = shown.iter().map(|id| record.story_page(id)).collect::<Result<Vec<_>, _>>()?;
    let mut body = String::new();
    body.push_str(&overview(record, &pages, stories.len())?);
    body.push_str(&index(&pages));
    let threads = threads(record, shown)?;
    body.push_str(&threads);
    for page in &pages {
        body.push_str(&story::section(page));
    }
    body.push_str(&actors(record)?);
    body.push_str(&relations(record)?);
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#stories\">Skip to the stories</a>\n\
         <header class=\"top\"><h1>{title}</h1>{}</header>\n<main>\n{body}</main>\n\
         <footer><p>Made by Chancery. Every row points to the characters it was read from; \
         nothing here decides who is right.</p></footer>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        navigation(!threads.is_empty()),
        title = escape(title),
    ))
}

/// Ids of stories: the most origins and reports first, then by date.
fn ranked_stories(record: &Record) -> Result<Vec<String>, StoreError> {
    let listing = record.list(TableName::Stories, &Filter::ALL, None)?;
    let mut rows: Vec<_> = listing.rows.iter().collect();
    let rank = |row: &[chancery_store::Cell]| {
        (listing.number(row, "reports"), listing.number(row, "origins"))
    };
    rows.sort_by_key(|row| std::cmp::Reverse(rank(row)));
    Ok(rows.iter().map(|row| listing.text(row, "id")).collect())
}

fn navigation(threads: bool) -> String {
    let threads = if threads { "<a href=\"#threads\">Threads</a>" } else { "" };
    format!(
        "<nav aria-label=\"Page\"><a href=\"#stories\">Stories</a>{threads}<a href=\"#actors\">Actors</a>\
         <a href=\"#relations\">Relations</a>\
         <label class=\"search\"><span>Search</span><input id=\"search\" type=\"search\" \
         placeholder=\"words in any row (press /)\" autocomplete=\"off\"></label>\
         <output id=\"found\" aria-live=\"polite\"></output></nav>"
    )
}

fn overview(record: &Record, pages: &[StoryPage], stories: usize) -> Result<String, StoreError> {
    let reports = record.count(TableName::Reports)?;
    let kinds = [
        (TableName::Origins, "origin"),
        (TableName::Events, "event"),
        (TableName::Statements, "statement"),
        (TableName::Undertakings, "undertaking"),
        (TableName::Relations, "relation"),
        (TableName::Disagreements, "disagreement"),
    ];
    let mut parts = vec![count(reports, "report"), count(stories, "story")];
    for (table, noun) in kinds {
        parts.push(count(record.count(table)?, noun));
    }
    let mut text = format!("<p class=\"lead\">{}.</p>\n", parts.join(" · "));
    if pages.len() < stories {
        text.push_str(&format!(
            "<p class=\"note\">The {} most reported stories are shown; the record has {stories}.</p>\n",
            pages.len()
        ));
    }
    Ok(text)
}

fn index(pages: &[StoryPage]) -> String {
    let mut text = String::from("<section id=\"stories\"><h2>Stories</h2>\n<ol class=\"index\">\n");
    for page in pages {
        text.push_str(&format!(
            "<li class=\"row\"><a href=\"#{id}\">{title}</a> <span class=\"when\">{when}</span> \
             <span class=\"counts\">{counts}</span></li>\n",
            id = page.id,
            title = escape(&one_line(&page.title)),
            when = escape(&page.when),
            counts = story::counts(page),
        ));
    }
    text.push_str("</ol></section>\n");
    text
}

/// Most threads that the page lists.
const THREADS: usize = 60;

/// The stories of each affair in the order of time, and what each has in common with the one it follows. A
/// record that an older Chancery wrote has none.
fn threads(record: &Record, shown: &[String]) -> Result<String, StoreError> {
    if !record.has_threads()? || record.count(TableName::Threads)? == 0 {
        return Ok(String::new());
    }
    let threads = record.list(TableName::Threads, &Filter::ALL, Some(THREADS))?;
    let mut text = String::from(
        "<section id=\"threads\"><h2>Threads</h2>\n<p class=\"note\">Stories of one affair, by what they \
         are about.</p>\n",
    );
    for row in &threads.rows {
        let id = threads.text(row, "id");
        let stories =
            record.list(TableName::ThreadStories, &Filter::equals("thread", &id), None)?;
        text.push_str(&format!(
            "<article class=\"thread\" id=\"{id}\"><h3>{}</h3>\n<p class=\"lead\">{} · {}</p>\n<ol class=\"index\">\n",
            escape(&one_line(&threads.text(row, "title"))),
            escape(&threads.text(row, "when")),
            escape(&threads.text(row, "about")),
        ));
        stories.rows.iter().for_each(|row| text.push_str(&thread_story(&stories, row, shown)));
        text.push_str("</ol></article>\n");
    }
    if threads.rows.len() < threads.total {
        let more = threads.total - threads.rows.len();
        text.push_str(&format!("<p class=\"note\">{more} more are in the record.</p>"));
    }
    text.push_str("</section>\n");
    Ok(text)
}

fn thread_story(listing: &Listing, row: &[chancery_store::Cell], shown: &[String]) -> String {
    let cell = |name: &str| escape(&one_line(&listing.text(row, name)));
    let story = listing.text(row, "story");
    let title = match shown.contains(&story) {
        true => format!("<a href=\"#{story}\">{}</a>", cell("title")),
        false => cell("title"),
    };
    let after = match cell("after") {
        after if after.is_empty() => String::new(),
        after => format!("<br><span class=\"note\">after “{after}”: {}</span>", cell("shared")),
    };
    format!(
        "<li class=\"row\"><span class=\"when\">{}</span> {title} <span class=\"counts\">{}</span>{after}</li>\n",
        cell("when"),
        count(usize::try_from(listing.number(row, "reports")).unwrap_or(0), "report"),
    )
}

/// Most actors that the page lists.
const ACTORS: usize = 150;

fn actors(record: &Record) -> Result<String, StoreError> {
    let listing = record.list(TableName::Actors, &Filter::ALL, Some(ACTORS))?;
    let mut text = String::from(
        "<section id=\"actors\"><h2>Actors</h2>\n<div class=\"wide\"><table>\n<thead><tr>\
         <th>Name</th><th>Kind</th><th>Country</th><th>Sector</th><th>Roles</th>\
         <th>As written</th><th class=\"n\">Mentions</th></tr></thead>\n<tbody>\n",
    );
    for row in &listing.rows {
        text.push_str(&actor_row(&listing, row));
    }
    text.push_str("</tbody></table></div>");
    if listing.rows.len() < listing.total {
        let more = listing.total - listing.rows.len();
        text.push_str(&format!("<p class=\"note\">{more} more are in the record.</p>"));
    }
    text.push_str("</section>\n");
    Ok(text)
}

fn actor_row(listing: &Listing, row: &[chancery_store::Cell]) -> String {
    let cell = |name: &str| escape(&listing.text(row, name));
    format!(
        "<tr class=\"row\" id=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td>\
         <td>{}</td><td>{}</td><td class=\"n\">{}</td></tr>\n",
        cell("id"),
        cell("name"),
        cell("kind"),
        cell("country"),
        cell("sector"),
        cell("roles"),
        cell("spellings"),
        cell("mentions")
    )
}

/// Most relations that the page lists.
const RELATIONS: usize = 150;

fn relations(record: &Record) -> Result<String, StoreError> {
    let listing = record.list(TableName::Relations, &Filter::ALL, Some(RELATIONS))?;
    let mut text = String::from(
        "<section id=\"relations\"><h2>Relations</h2>\n<p class=\"note\">As reports state them on \
         the way.</p>\n<div class=\"wide\"><table>\n<thead><tr>\
         <th>Who</th><th>Relation</th><th>To whom</th><th>Status</th><th>Held</th>\
         <th>On the word of</th><th class=\"n\">Reports</th><th class=\"n\">Origins</th></tr></thead>\n<tbody>\n",
    );
    for row in &listing.rows {
        text.push_str(&relation_row(&listing, row));
    }
    text.push_str("</tbody></table></div>");
    if listing.rows.len() < listing.total {
        let more = listing.total - listing.rows.len();
        text.push_str(&format!("<p class=\"note\">{more} more are in the record.</p>"));
    }
    text.push_str("</section>\n");
    Ok(text)
}

fn relation_row(listing: &Listing, row: &[chancery_store::Cell]) -> String {
    let cell = |name: &str| escape(&one_line(&listing.text(row, name)));
    let held = match (cell("since"), cell("until")) {
        (since, until) if since.is_empty() && until.is_empty() => String::new(),
        (since, until) if until.is_empty() => format!("since {since}"),
        (since, until) if since.is_empty() => format!("until {until}"),
        (since, until) => format!("{since} to {until}"),
    };
    format!(
        "<tr class=\"row\" id=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td>\
         <td class=\"when\">{held}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
        cell("id"),
        cell("subject"),
        cell("kind"),
        cell("object"),
        cell("status"),
        cell("on_word_of"),
        cell("reports"),
        cell("origins"),
    )
}
