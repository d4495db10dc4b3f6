//! The page's residue, and the credits in it: a [`Report`] to prose, residue and credits.

use chancery_text::{Report, RowId, Span};

use crate::lexicon::LexiconFault;

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
pub struct CleanKit {}

impl CleanKit {
    /// The kit made of `data/clean`.
    pub fn embedded() -> Self {
        Self {}
    }
}

/// Marks residue, harvests credits, and gives the prose that is left.
pub fn clean(report: &Report, _kit: &CleanKit) -> Cleaned {
    let whole = Span::of(0..report.text.len()).trim(&report.text);
    Cleaned { prose: vec![whole], ..Cleaned::default() }
}

/// Faults in `data/clean`.
pub fn check() -> Vec<LexiconFault> {
    Vec::new()
}
