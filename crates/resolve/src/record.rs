//! What is concluded about one story: rows that the record keeps beside what was observed.

use chancery_annotate::date::{DateBasis, DateReason};
use chancery_annotate::event::{EventType, Quad, Status};
use chancery_annotate::undertaking::UndertakingKind;
use chancery_text::{Interval, Kind, ReportId, RowId, Span};

/// Everything concluded about one story. Every list is sorted by id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Conclusions {
    /// The story; `None` only in `Default`.
    pub story: Option<Story>,
    /// The reports' dates, in the light of each other.
    pub dates: Vec<ReportDated>,
    /// Actor keys that name one actor in this story.
    pub merges: Vec<ActorMerge>,
    /// Text that two reports share.
    pub passages: Vec<Passage>,
    /// Reports that descend from one text.
    pub families: Vec<Family>,
    /// Independent origins.
    pub origins: Vec<Origin>,
    /// Happenings.
    pub events: Vec<Event>,
    /// Sayings.
    pub statements: Vec<Statement>,
    /// Undertakings.
    pub undertakings: Vec<Undertaking>,
    /// Numbers that several reports give.
    pub quantities: Vec<Quantity>,
    /// What the origins disagree on.
    pub disagreements: Vec<Disagreement>,
}

/// Reports of one happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Identity: of its reports.
    pub id: RowId,
    /// The headline of its most central report.
    pub title: String,
    /// The days that its reports were written on.
    pub interval: Interval,
    /// Its reports, sorted.
    pub reports: Vec<ReportId>,
    /// What it is about: its most telling words and names, the first the most.
    pub terms: Vec<StoryTerm>,
}

/// A word or name that tells what a story is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryTerm {
    /// Under which other stories have it too: a hash of its stem.
    pub key: u32,
    /// As the reports mostly have it.
    pub text: String,
    /// How telling it is: the mean of its weights in the reports.
    pub weight: u32,
}

impl Story {
    /// The id of the story of these reports, in any order: known before the story is resolved.
    pub fn id_of(reports: &[ReportId]) -> RowId {
        let mut sorted: Vec<_> = reports.iter().collect();
        sorted.sort_unstable();
        let id = RowId::of(Kind::Story, sorted.iter().map(|report| report.to_string()));
        sorted.first().map_or(id, |first| id.beside(**first))
    }
}

/// A report's date in the light of its story.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportDated {
    /// The report.
    pub report: ReportId,
    /// The days it may have been written on.
    pub interval: Interval,
    /// How that is known.
    pub basis: DateBasis,
    /// The evidence, which may stand in other reports of the story.
    pub reasons: Vec<(ReportId, DateReason)>,
}

/// Two actor keys that name one actor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActorMerge {
    /// The key that is dropped.
    pub from: String,
    /// The key that is kept.
    pub into: String,
    /// Why, as a plain sentence.
    pub reason: String,
    /// A mention of each.
    pub evidence: Vec<Evidence>,
}

/// A stretch of one report that a concluded row rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The report.
    pub report: ReportId,
    /// The characters.
    pub span: Span,
    /// What they show: `mention`, `wording`, `side-a`, `side-b`, `credit`.
    pub role: &'static str,
    /// The observed row that they are, if they are one.
    pub row: Option<RowId>,
}

/// Text that two reports share, aligned.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Identity.
    pub id: RowId,
    /// One report and its characters; its id is the lesser.
    pub left: (ReportId, Span),
    /// The other.
    pub right: (ReportId, Span),
    /// Words that agree.
    pub words: u32,
    /// Share of the longer side's words that agree, from 0 to 1.
    pub identity: f64,
}

/// Reports that descend from one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// Identity: of its members.
    pub id: RowId,
    /// Its members, sorted by report.
    pub members: Vec<FamilyMember>,
}

/// A report of a family.
#[derive(Debug, Clone, PartialEq)]
pub struct FamilyMember {
    /// The report.
    pub report: ReportId,
    /// The report that it was most likely copied from, if that is not the family's source.
    pub parent: Option<ReportId>,
    /// Share of its words that the parent (or, for the source, the family) has too, from 0 to 1.
    pub coverage: f64,
    /// Why this direction, as plain sentences.
    pub reasons: Vec<String>,
}

/// An independent origin: reports that cannot vouch for each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// Identity: of its reports.
    pub id: RowId,
    /// What it goes back to: "AFP", "Chinese foreign ministry readout", an outlet, or a report's title.
    pub name: String,
    /// `agency`, `outlet`, `readout`, `post`, `text`.
    pub kind: String,
    /// Its reports, sorted.
    pub reports: Vec<ReportId>,
    /// Why these are one origin, as plain sentences; empty for a single report.
    pub reasons: Vec<String>,
    /// The credits and passages that say so.
    pub evidence: Vec<Evidence>,
}

/// One happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Identity.
    pub id: RowId,
    /// A short sentence: "Wang Yi met Taliban delegation".
    pub summary: String,
    /// PLOVER type.
    pub plover: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: String,
    /// Quad class.
    pub quad: Quad,
    /// PLOVER's score of the type and mode, from -10 to 10.
    pub score: f64,
    /// Whether it happened, by the latest report that says.
    pub status: Status,
    /// Actor keys that did it.
    pub sources: Vec<String>,
    /// Actor keys it was done to or with.
    pub targets: Vec<String>,
    /// Name of the place.
    pub place: Option<String>,
    /// The best word that it is told on.
    pub footing: Footing,
    /// Those who give that word, sorted; empty where reports tell it in their own voice only.
    pub on_word_of: Vec<String>,
    /// The days it may have happened on.
    pub when: Interval,
    /// Event mentions, sorted.
    pub mentions: Vec<RowId>,
    /// The origin behind each of `reports`: that of the report, or one for all that have it from one actor alone.
    pub origins: Vec<RowId>,
    /// Reports that tell it, sorted.
    pub reports: Vec<ReportId>,
    /// Where it is told.
    pub evidence: Vec<Evidence>,
}

/// One number of one thing, as two or more reports give it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Identity.
    pub id: RowId,
    /// The words of one of the reports.
    pub text: String,
    /// The least that it can be.
    pub low: f64,
    /// The most that it can be, if any report says.
    pub high: Option<f64>,
    /// Class of what is counted: `people`, `tank`.
    pub counted: String,
    /// What became of it: `kill`; empty if nothing is said.
    pub state: String,
    /// The days that the sentences name.
    pub when: Interval,
    /// Those who give it, sorted; empty where reports give it in their own voice.
    pub on_word_of: Vec<String>,
    /// The figures, sorted.
    pub figures: Vec<RowId>,
    /// The origin behind each of `reports`: that of the report, or one for all that have it from one actor alone.
    pub origins: Vec<RowId>,
    /// Reports that give it, sorted.
    pub reports: Vec<ReportId>,
    /// Where it is given.
    pub evidence: Vec<Evidence>,
}

/// One saying, with its wordings.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Identity.
    pub id: RowId,
    /// Actor key of the speaker; `None` if open.
    pub speaker: Option<String>,
    /// The speaker as written, where no actor was found.
    pub speaker_text: String,
    /// Actor key of the one spoken to.
    pub addressee: Option<String>,
    /// The days it may have been said on.
    pub when: Interval,
    /// Whether the speaker denies the content.
    pub denied: bool,
    /// The best-supported wording.
    pub text: String,
    /// Its quotation.
    pub best: RowId,
    /// Every wording, one per quotation, sorted by quotation.
    pub wordings: Vec<Wording>,
    /// The origin behind each of `reports`: that of the report, or one for all that have it from one actor alone.
    pub origins: Vec<RowId>,
    /// Reports that give it, sorted.
    pub reports: Vec<ReportId>,
    /// Where it is given.
    pub evidence: Vec<Evidence>,
}

/// One wording of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording {
    /// The quotation.
    pub quotation: RowId,
    /// Its report.
    pub report: ReportId,
    /// The words.
    pub text: String,
    /// How it differs from the statement's best-supported wording, in that one's order; empty for the
    /// same words.
    pub differences: Vec<Difference>,
}

chancery_text::named_enum! {
    /// How words of one wording differ from those of another.
    pub enum Change {
        /// One word in two spellings.
        Spelling = "spelling",
        /// Another form of a word, or other small words: what indirect speech does.
        Form = "form",
        /// Two words for one thing.
        Synonym = "synonym",
        /// Other words, which may or may not say the same.
        Rephrasing = "rephrasing",
        /// The same words in another place.
        Order = "order",
        /// Words that are left out.
        Omission = "omission",
        /// Words that are put in.
        Addition = "addition",
        /// One affirms what the other denies.
        Polarity = "polarity",
        /// "must" against "may".
        Modality = "modality",
        /// Another one acts.
        Actor = "actor",
        /// Another thing or party is acted on, or meant.
        Object = "object",
        /// Another number.
        Number = "number",
    }
}

impl Change {
    /// Whether the two cannot both be what was said: a change of meaning.
    pub const fn turns(self) -> bool {
        matches!(self, Self::Polarity | Self::Modality | Self::Actor | Self::Object | Self::Number)
    }
}

/// Words in which a wording differs from the best-supported one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// What kind of change it is.
    pub change: Change,
    /// The words in the report of the best-supported wording; `None` if there are none.
    pub best: Option<Span>,
    /// The words in this wording's report; `None` if there are none.
    pub own: Option<Span>,
}

/// Characters of a difference that are printed; the middle of a longer one is left out.
const PRINTED: usize = 60;

impl Difference {
    /// The words that are dropped and those that are put in, from the texts of the two reports.
    pub fn words(&self, best: &str, own: &str) -> [String; 2] {
        let words = |text: &str, span: Option<Span>| {
            let words = span.map(|span| span.slice(text).split_whitespace());
            words.map_or_else(String::new, |words| words.collect::<Vec<_>>().join(" "))
        };
        [words(best, self.best), words(own, self.own)]
    }

    /// A list for a person, such as `obstacles → barriers (synonym); + fully (addition)`; empty for the same words.
    pub fn list(differences: &[Self], best: &str, own: &str) -> String {
        let one = |difference: &Self| {
            let [dropped, added] = difference.words(best, own).map(|words| clipped(&words));
            let words = match (dropped.as_str(), added.as_str()) {
                (dropped, "") => format!("− {dropped}"),
                ("", added) => format!("+ {added}"),
                (dropped, added) => format!("{dropped} → {added}"),
            };
            format!("{words} ({})", difference.change)
        };
        differences.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

fn clipped(words: &str) -> String {
    if words.chars().count() <= PRINTED {
        return words.to_owned();
    }
    let half = PRINTED / 2;
    let head: String = words.chars().take(half).collect();
    let tail: Vec<char> = words.chars().rev().take(half).collect();
    let tail: String = tail.into_iter().rev().collect();
    let whole = |part: &str, at: Option<usize>| at.map(|at| part[..at].to_owned());
    let head = whole(&head, head.rfind(' ')).unwrap_or(head);
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, rest)| rest);
    format!("{head} … {tail}")
}

/// One undertaking.
#[derive(Debug, Clone, PartialEq)]
pub struct Undertaking {
    /// Identity.
    pub id: RowId,
    /// What sort.
    pub kind: UndertakingKind,
    /// Actor keys that undertake or demand.
    pub by: Vec<String>,
    /// Actor keys that it is addressed to.
    pub to: Vec<String>,
    /// What, in the words of the best-supported mention.
    pub what: String,
    /// On what condition, as written.
    pub condition: Option<String>,
    /// By when.
    pub deadline: Option<Interval>,
    /// When it was given.
    pub when: Interval,
    /// Undertaking mentions, sorted.
    pub mentions: Vec<RowId>,
    /// The origin behind each of `reports`: that of the report, or one for all that have it from one actor alone.
    pub origins: Vec<RowId>,
    /// Reports that tell it, sorted.
    pub reports: Vec<ReportId>,
    /// Later rows that bear on it, sorted.
    pub bearings: Vec<Bearing>,
    /// Where it is told.
    pub evidence: Vec<Evidence>,
}

/// A later row that bears on an undertaking.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bearing {
    /// The event, statement, undertaking or undertaking mention.
    pub row: RowId,
    /// How it bears on it.
    pub kind: BearingKind,
    /// A plain sentence with the words that say so.
    pub text: String,
}

chancery_text::named_enum! {
    /// On whose word an event is told, the best first.
    pub enum Footing {
        /// One who saw it or its victims.
        Eyewitness = "eyewitness",
        /// Somebody who took no part in it.
        ThirdParty = "third party",
        /// Both who did it and those it was done to, and nobody else: two interested voices.
        BothSides = "both sides",
        /// Only those of one side.
        OneSide = "one side",
        /// Somebody without a name.
        Unnamed = "unnamed",
        /// Reports in their own voice only.
        Report = "report",
    }
}

chancery_text::named_enum! {
    /// What a later row makes of an undertaking.
    pub enum BearingKind {
        /// Given again on a later day.
        Restated = "restated",
        /// Given again on a condition that it did not have, or as an offer or a hope.
        Weakened = "weakened",
        /// Given again with a later deadline.
        Extended = "extended",
        /// The opposite given, or refused.
        Contradicted = "contradicted",
        /// Done as promised, demanded or threatened.
        Met = "met",
        /// What was promised was not done, or what was not to be done was.
        Broken = "broken",
        /// Told of the same matter; no verdict.
        BearsOn = "bears-on",
    }
}

chancery_text::named_enum! {
    /// What a disagreement is about.
    pub enum Topic {
        /// Two numbers for one count.
        Figure = "figure",
        /// Two dates of one event.
        Date = "date",
        /// Two places of one event.
        Place = "place",
        /// Two speakers of one sentence.
        Speaker = "speaker",
        /// Two actors of one act.
        Actor = "actor",
        /// One says it happened, one that it did not.
        Polarity = "polarity",
        /// Two wordings of one saying that differ in meaning.
        Wording = "wording",
        /// A headline that says more than its body.
        Headline = "headline",
    }
}

/// Two origins that cannot both be right.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// Identity.
    pub id: RowId,
    /// What it is about.
    pub topic: Topic,
    /// A plain sentence that names both sides and decides for none.
    pub sentence: String,
    /// The row that is disputed: an event, a statement; `None` for a figure that no event has.
    pub about: Option<RowId>,
    /// The two sides (`side-a`, `side-b`), each at least once.
    pub evidence: Vec<Evidence>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_listed_for_a_person() {
        let (best, own) = ("remove obstacles now", "remove barriers quickly");
        let rows = [
            Difference {
                change: Change::Synonym,
                best: Some(Span::of(7..16)),
                own: Some(Span::of(7..15)),
            },
            Difference { change: Change::Omission, best: Some(Span::of(17..20)), own: None },
            Difference { change: Change::Addition, best: None, own: Some(Span::of(16..23)) },
        ];
        assert_eq!(
            Difference::list(&rows, best, own),
            "obstacles → barriers (synonym); − now (omission); + quickly (addition)"
        );
    }

    #[test]
    fn the_middle_of_a_long_difference_is_left_out() {
        let long = "word ".repeat(30);
        assert!(clipped(&long).contains(" … ") && clipped(&long).chars().count() <= PRINTED + 3);
    }
}
