//! WACZ: a zip archive with WARC files in its folder `archive`.

use std::io::{BufReader, Read, Seek};

use zip::ZipArchive;

use crate::read::{Flow, Out};
use crate::{unpack, warc};

/// More files in one archive are not looked at.
const MAX_FILES: usize = 10_000;

pub(crate) fn read(file: impl Read + Seek, out: &mut Out) -> Flow {
    let mut archive = match ZipArchive::new(file) {
        Ok(archive) => archive,
        Err(error) => return out.fault(None, format!("is a damaged zip archive: {error}")),
    };
    let mut names: Vec<String> = names(&archive).filter(|name| is_warc(name)).collect();
    names.sort();
    if names.is_empty() {
        return out.fault(None, kind(&archive));
    }
    let mut member = 0;
    for name in names {
        let entry = match archive.by_name(&name) {
            Ok(entry) => entry,
            Err(error) => {
                out.fault(None, format!("`{name}` in it cannot be opened: {error}"))?;
                continue;
            }
        };
        match unpack::open(BufReader::new(entry), out.options) {
            Ok(opened) => warc::read(opened.stream, &mut member, out)?,
            Err(reason) => out.fault(None, format!("`{name}` in it {reason}"))?,
        }
    }
    Flow::Continue(())
}

fn names<R: Read + Seek>(archive: &ZipArchive<R>) -> impl Iterator<Item = String> {
    archive.file_names().take(MAX_FILES).flatten().map(|name| name.into_owned())
}

fn is_warc(name: &str) -> bool {
    name.starts_with("archive/") && (name.ends_with(".warc") || name.ends_with(".warc.gz"))
}

fn kind<R: Read + Seek>(archive: &ZipArchive<R>) -> String {
    let holds = |start: &str| names(archive).any(|name| name.starts_with(start));
    match () {
        () if holds("word/") => "is a Word document: save it as text or HTML".to_owned(),
        () if holds("xl/") => "is a spreadsheet: save it as CSV".to_owned(),
        () if holds("META-INF/") || holds("OEBPS/") => {
            "is an e-book: convert it to HTML".to_owned()
        }
        () => "is a zip archive without web archives in it: unpack it first".to_owned(),
    }
}
