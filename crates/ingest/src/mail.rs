//! Mail: a report per message.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chancery_text::Metadata;
use mail_parser::{MessageParser, MimeHeaders};

use crate::draft::{Draft, notice};
use crate::read::{Flow, Out};
use crate::records::{self, Lines, Next};
use crate::unpack::{Stream, too_large};
use crate::{Options, html, plain};

pub(crate) fn draft(raw: &[u8], options: &Options) -> Draft {
    // The parser is sound as far as is known; a message that shows otherwise stops no batch.
    let parsed = catch_unwind(AssertUnwindSafe(|| parse(raw, options)));
    parsed.ok().flatten().unwrap_or_else(|| {
        let mut draft = plain::draft(raw, None, "mail");
        draft.notices.push(notice("mail", "The message cannot be parsed: it was read as text"));
        draft
    })
}

fn parse(raw: &[u8], options: &Options) -> Option<Draft> {
    let message = MessageParser::default().parse(raw)?;
    let from = message.from().and_then(|from| from.first());
    let sender = from.and_then(|from| from.name());
    let address = from.and_then(|from| from.address());
    let plain_part = message.text_bodies().find(|part| part.is_text() && !part.is_text_html());
    let html_part = message.html_bodies().find(|part| part.is_text_html());
    let plain_text =
        plain_part.and_then(|part| part.text_contents()).filter(|t| !t.trim().is_empty());
    let mut draft = Draft::new(raw, "mail", String::new());
    draft.metadata = Metadata {
        title: message.subject().map(str::to_owned),
        authors: sender.map(str::to_owned).into_iter().collect(),
        outlet: address.and_then(|address| address.split_once('@')).map(|(_, d)| d.to_lowercase()),
        published: message.date().map(|date| date.to_rfc3339()),
        ..Metadata::default()
    };
    if let Some(charset) = plain_part.or(html_part).and_then(charset) {
        draft.charset = charset;
    }
    match (plain_text, html_part.and_then(|part| part.text_contents())) {
        (Some(text), _) => draft.set_text(text.to_owned()),
        (None, Some(page)) => draft.set_page(page, options),
        (None, None) => {}
    }
    Some(draft)
}

fn charset(part: &mail_parser::MessagePart) -> Option<String> {
    let label = part.content_type()?.attribute("charset")?;
    encoding_rs::Encoding::for_label(label.as_bytes()).map(|charset| charset.name().to_owned())
}

impl Draft {
    /// Sets the text to that of an HTML page, after the title.
    fn set_page(&mut self, page: &str, options: &Options) {
        let page = html::draft(page.as_bytes(), Some("utf-8"), options);
        let length = page.text.len();
        self.set_words(page.text);
        let shift = self.text.len() - length;
        self.furniture = page
            .furniture
            .into_iter()
            .map(|(range, reason)| (range.start + shift..range.end + shift, reason))
            .collect();
        self.notices.extend(page.notices);
    }
}

/// Messages one after another, each after a line that begins with `From `.
pub(crate) fn read_mbox(mut stream: Stream<'_>, out: &mut Out) -> Flow {
    let limit = out.options.max_record_bytes;
    let (mut message, mut member, mut blank) = (Vec::new(), 0u32, true);
    loop {
        let next = records::next(&mut stream, &mut Lines, limit);
        let begins = matches!(&next, Next::Record(line) if blank && line.starts_with(b"From "));
        let over = begins || !matches!(next, Next::Record(_));
        if over && !message.is_empty() {
            member = member.saturating_add(1);
            let draft = draft(&message, out.options);
            message.clear();
            out.report(Some(member), draft)?;
        }
        match next {
            Next::Record(line) => {
                blank = line.trim_ascii().is_empty();
                if !begins && (message.len() + line.len()) as u64 <= limit {
                    message.extend_from_slice(&line);
                }
            }
            Next::Broken(reason) => return out.fault(Some(member.saturating_add(1)), reason),
            Next::TooLong => out.fault(Some(member.saturating_add(1)), too_large(limit))?,
            Next::Unfinished(_) | Next::End => return Flow::Continue(()),
        }
    }
}
