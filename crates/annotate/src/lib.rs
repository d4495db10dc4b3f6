//! One [`Report`] to [`Annotations`]: a folder per stage, each a pure function of values.
//!
//! ```
//! use chancery_annotate::{Kit, annotate};
//! use chancery_text::Report;
//! let report = Report::from_text("a.txt", "The minister met the envoy in Doha.");
//! let annotations = annotate(&report, Kit::embedded());
//! assert_eq!(annotations.sentences.len(), 1);
//! ```

pub mod clean;
pub mod coreference;
pub mod date;
pub mod event;
pub mod figure;
pub mod kin;
pub mod language;
pub mod lexicon;
pub mod mention;
pub mod name;
pub mod occurrence;
pub mod place;
pub mod quotation;
pub mod relation;
pub mod role;
pub mod segment;
pub mod syntax;
pub mod time;
pub mod undertaking;

mod kit;

pub use kit::Kit;

use std::cmp::Reverse;

use chancery_text::{Report, Span};

/// Every layer of one report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Annotations {
    /// Sentences of the prose, in order.
    pub sentences: Vec<segment::Sentence>,
    /// Words of the sentences, in order.
    pub tokens: Vec<segment::Token>,
    /// Tag, lemma, head and relation of each token.
    pub syntax: syntax::Syntax,
    /// Names, in order.
    pub names: Vec<name::Name>,
    /// Predicates and their arguments, in order.
    pub predicates: Vec<role::Predicate>,
    /// Mentions that mean the same.
    pub chains: Vec<coreference::Chain>,
    /// What goes into the record.
    pub observed: Observed,
}

/// What one report says, in rows that the record keeps. Refers to rows by id and to text by span,
/// so that it can be stored and read back without the tokens.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Observed {
    /// The headline, where it stands in the text.
    pub title: Option<Span>,
    /// The language, and whether the report was read beyond its words.
    pub language: language::Language,
    /// Stretches that are read as prose, in order.
    pub prose: Vec<Span>,
    /// Characters that are not prose, and why.
    pub residue: Vec<clean::Residue>,
    /// Characters that name another source.
    pub credits: Vec<clean::Credit>,
    /// When the report was written.
    pub date: date::ReportDate,
    /// Sentence spans, in order.
    pub sentences: Vec<Span>,
    /// The actors that the mentions name, each once, by key.
    pub actors: Vec<mention::Actor>,
    /// Where actors are named.
    pub mentions: Vec<mention::Mention>,
    /// Places named.
    pub places: Vec<place::Place>,
    /// Time expressions.
    pub times: Vec<time::Time>,
    /// Numbers and what they count.
    pub figures: Vec<figure::Figure>,
    /// Who said what.
    pub quotations: Vec<quotation::Quotation>,
    /// Who did what to whom.
    pub events: Vec<event::Event>,
    /// Who heads, belongs to, backs, fights whom.
    pub relations: Vec<relation::Relation>,
    /// Who promised, offered, demanded, threatened what.
    pub undertakings: Vec<undertaking::Undertaking>,
}

/// Reads one report. Pure: the same report and kit give the same annotations. No I/O here, so this
/// cannot fail; what is not in English is cleaned, dated and segmented, and not read further.
pub fn annotate(report: &Report, kit: &Kit) -> Annotations {
    annotate_cleaned(report, clean::clean(report, &kit.clean), kit)
}

/// Reads one report whose prose is known already, as [`annotate`] does. Annotated corpora hold
/// prose only; cleaning them would measure the cleaner.
pub fn annotate_cleaned(report: &Report, cleaned: clean::Cleaned, kit: &Kit) -> Annotations {
    let language = language::identify(report, &cleaned.prose);
    let sentences = segment::sentences(report, &cleaned.prose);
    let tokens = segment::tokens(report, &sentences);
    let mut observed = Observed {
        title: cleaned.title,
        sentences: sentences.iter().map(|sentence| sentence.span).collect(),
        ..Observed::default()
    };
    let expressions = if language.read {
        time::expressions(report, &sentences, &tokens, &kit.times)
    } else {
        Vec::new()
    };
    observed.date = date::infer(report, &cleaned, &expressions);
    let syntax = if language.read {
        syntax::parse(report, &sentences, &tokens, &kit.syntax)
    } else {
        syntax::Syntax::unread(&tokens)
    };
    let (mut names, mut predicates, mut chains) = (Vec::new(), Vec::new(), Vec::new());
    if language.read {
        let text = Read { report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
        names = name::find(text, &kit.names, None);
        chains = coreference::find(text, &kit.coreference);
        predicates = role::find(&sentences, &syntax, &kit.roles);
        read(text, (&names, &chains, &predicates), kit, &expressions, &mut observed);
    }
    observed.language = language;
    observed.prose = cleaned.prose;
    observed.residue = cleaned.residue;
    observed.credits = cleaned.credits;
    Annotations { sentences, tokens, syntax, names, predicates, chains, observed }
}

/// A report with its words and trees: what the later stages look at.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its sentences.
    pub sentences: &'a [segment::Sentence],
    /// Its tokens.
    pub tokens: &'a [segment::Token],
    /// Their tags and trees.
    pub syntax: &'a syntax::Syntax,
}

fn read(
    text: Read<'_>,
    (names, chains, predicates): (&[name::Name], &[coreference::Chain], &[role::Predicate]),
    kit: &Kit,
    expressions: &[time::Expression],
    observed: &mut Observed,
) {
    let mut found = mention::find(text, names, &observed.date, &kit.actors);
    let lead_end = text.sentences.first().map_or(0, |first| first.span.start + date::LEAD);
    if let Some(date) = date::office::narrow(&observed.date, &found.tenures, lead_end) {
        // Who holds an office depends on the day.
        observed.date = date;
        found = mention::find(text, names, &observed.date, &kit.actors);
    }
    observed.actors = found.actors;
    observed.mentions = found.mentions;
    mention::joint::add(text, chains, &observed.actors, &mut observed.mentions);
    observed.places = place::find(text, names, &observed.mentions, &kit.places);
    observed.quotations = quotation::find(text, &observed.mentions, &kit.quotations);
    observed.times = time::resolve(text, expressions, &observed.date, &observed.quotations);
    observed.figures = figure::find(text, observed, &kit.figures);
    observed.events = event::find(text, predicates, observed, &kit.events);
    observed.relations = relation::find(text, observed, &kit.relations);
    let found = undertaking::find(text, observed, kit);
    observed.undertakings = found.undertakings;
    observed.mentions.extend(found.mentions);
    observed.mentions.sort_by_key(|mention| (mention.span.start, Reverse(mention.span.end)));
}
