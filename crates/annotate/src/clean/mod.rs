//! The page's residue, and the credits in it: a [`Report`] to prose, residue and credits.
//!
//! Credits are harvested whether or not the characters that hold them are residue: "(With
//! information from AFP)" is no prose, and it is provenance. Where a line is part residue and part
//! prose, only the part is marked.
//!
//! ```
//! use chancery_annotate::clean::{CleanKit, CreditKind, clean};
//! use chancery_text::Report;
//! let text = "ARLE (Reuters) - The envoy left on Monday, the ministry said. [ad_1]\n\nSource link";
//! let report = Report::from_text("a.txt", text);
//! let cleaned = clean(&report, &CleanKit::embedded());
//! assert_eq!(report.slice(cleaned.prose[0]), "The envoy left on Monday, the ministry said.");
//! assert!(cleaned.credits.iter().any(|c| c.kind == CreditKind::Agency && c.name == "Reuters"));
//! ```

mod caption;
mod credit;
mod dateline;
mod debris;
mod draft;
mod line;
mod list;
mod needle;
mod outlet;
mod quoting;
mod residue;
mod stamp;
mod structure;
mod title;

#[cfg(test)]
mod tests;

use chancery_text::{Interval, Report, RowId, Span};

use crate::lexicon::LexiconFault;
use draft::Draft;

pub use outlet::Outlet;

/// What cleaning found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cleaned {
    /// The headline, where it stands in the text (it is prose too).
    pub title: Option<Span>,
    /// Blocks (paragraphs, lines) that are read, in order and apart.
    pub prose: Vec<Span>,
    /// Characters that are not prose, and why; in order.
    pub residue: Vec<Residue>,
    /// Characters that name another source; in order. They may lie in prose or in residue.
    pub credits: Vec<Credit>,
    /// Dates that the page states: its stamps, and the days of datelines; in order.
    pub stamps: Vec<(Span, Interval)>,
}

/// Characters that are not prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Residue {
    /// Identity.
    pub id: RowId,
    /// The characters.
    pub span: Span,
    /// Why: the reason's name.
    pub reason: ResidueReason,
}

chancery_text::named_enum! {
    /// Why characters are not prose.
    pub enum ResidueReason {
        /// `[ad_1]`, "Advertisement".
        Advertisement = "advertisement",
        /// Share and follow bars.
        Share = "share",
        /// Links to other pages: "Read also", "More to explorer", lists of headlines.
        Related = "related",
        /// Photo, video and graphic captions and their credits.
        Caption = "caption",
        /// Comment forms and counts.
        Comments = "comments",
        /// Newsletter and subscription boxes.
        Subscription = "subscription",
        /// Cookie and privacy notices.
        Cookies = "cookies",
        /// Menus, breadcrumbs, tags, pagers.
        Navigation = "navigation",
        /// Date and time stamps of the page.
        Stamp = "stamp",
        /// Source, byline, copyright and agency lines (credits that are not prose).
        CreditLine = "credit-line",
        /// Biographies of the author, notes on the outlet.
        About = "about",
        /// The headline printed again.
        Repeated = "repeated",
        /// Links, handles and stamps of embedded posts.
        Post = "post",
        /// Stray marks: lone dots, brackets, markup.
        Debris = "debris",
        /// What the page's structure marks as no part of the report.
        Structure = "structure",
    }
}

/// Characters that name another source.
#[derive(Debug, Clone, PartialEq)]
pub struct Credit {
    /// Identity.
    pub id: RowId,
    /// The whole phrase: "(With information from AFP)".
    pub span: Span,
    /// The name in it: "AFP".
    pub name_span: Span,
    /// What sort of credit.
    pub kind: CreditKind,
    /// The source's canonical name if the lexicon knows it, else as written.
    pub name: String,
}

chancery_text::named_enum! {
    /// What sort of source a credit names, and how.
    pub enum CreditKind {
        /// A news agency named as the copy's origin.
        Agency = "agency",
        /// Another outlet named as the copy's origin: "Sourse: sputniknews.com".
        Outlet = "outlet",
        /// An outlet or agency that is quoted: "Sputnik quoting …", "told Ekho Moskvy".
        Quoting = "quoting",
        /// A post on a social network, with its handle and stamp.
        Post = "post",
        /// A communiqué, readout or press release named as origin.
        Readout = "readout",
        /// The dateline: "ISLAMABAD –", "Kabul:".
        Dateline = "dateline",
        /// The byline.
        Byline = "byline",
        /// A copyright line.
        Copyright = "copyright",
        /// The credit of a photo or video.
        Photo = "photo",
    }
}

/// Residue patterns, agencies and outlets.
#[derive(Debug)]
pub struct CleanKit {
    residue: residue::Rules,
    credits: credit::Rules,
    outlets: outlet::Outlets,
    cues: quoting::Cues,
    places: dateline::Places,
}

impl CleanKit {
    /// The kit made of `data/clean`.
    pub fn embedded() -> Self {
        Self::read().expect("check() keeps data/clean well formed")
    }

    fn read() -> Result<Self, LexiconFault> {
        Ok(Self {
            residue: residue::Rules::read()?,
            credits: credit::Rules::read()?,
            outlets: outlet::Outlets::read()?,
            cues: quoting::Cues::read()?,
            places: dateline::Places::read()?,
        })
    }

    /// The agency or outlet of a name, a domain or an address: "the AP", "sputniknews.com".
    pub fn outlet(&self, name: &str) -> Option<&Outlet> {
        self.outlets.find(name)
    }
}

/// Marks residue, harvests credits, and gives the prose that is left. Prose and residue are in
/// order, apart, and never empty; linear in the length of the text.
pub fn clean(report: &Report, kit: &CleanKit) -> Cleaned {
    let mut draft = Draft::new(report);
    structure::mark(&mut draft);
    let heads = kit.residue.mark(&mut draft);
    kit.credits.harvest(&mut draft, &kit.outlets);
    draft.mark_emptied();
    debris::mark(&mut draft);
    stamp::mark(&mut draft, &kit.outlets);
    caption::mark(&mut draft, &kit.outlets);
    title::find(&mut draft, &kit.outlets);
    caption::mark_lead(&mut draft, &kit.outlets);
    title::mark_repeated(&mut draft);
    list::mark(&mut draft, &heads);
    list::mark_run(&mut draft);
    dateline::mark(&mut draft, &kit.places, &kit.outlets);
    kit.cues.harvest(&mut draft, &kit.outlets);
    quoting::harvest_domains(&mut draft, &kit.outlets, &kit.cues);
    draft.finish()
}

/// Faults in `data/clean`: the form of each file, and each rule against its own two sentences.
pub fn check() -> Vec<LexiconFault> {
    let mut faults = outlet::check();
    faults.extend(dateline::check());
    faults.extend(residue::check());
    faults.extend(crate::date::happening::check());
    match outlet::Outlets::read() {
        Ok(outlets) => {
            faults.extend(credit::check(&outlets));
            faults.extend(quoting::check(&outlets));
        }
        Err(fault) => faults.push(fault),
    }
    faults
}
