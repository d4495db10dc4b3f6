//! The ontology, the classes and the trigger rules, read from `data/ontology` and `data/event`.

use crate::lexicon::{LexiconFault, Row, Table};
use crate::syntax::Upos;

use super::ontology::{Ontology, Turn};
use super::words::BySymbol;
use super::{EventType, Frame, Mask, Roles, StatusKit, Symbol, Words, columns};

/// The ontology and its triggers.
#[derive(Debug)]
pub struct EventKit {
    /// PLOVER and CAMEO.
    pub ontology: Ontology,
    pub(super) words: Words,
    pub(super) rules: Vec<Rule>,
    pub(super) by_symbol: BySymbol,
    pub(super) status: StatusKit,
    pub(super) asides: Asides,
    demand: Rule,
}

/// Classes that the search itself asks for.
#[derive(Debug)]
pub(super) struct Asides {
    pub(super) nature: Mask,
    pub(super) abstracts: Mask,
    pub(super) say: Mask,
    pub(super) troops: Mask,
    /// Verbs of making up one's mind.
    pub(super) resolve: Mask,
    /// What violence can be done to.
    pub(super) tangible: Mask,
    /// Nouns that turn "in" into "against": "in protest at", "in defiance of".
    pub(super) reply: Mask,
    /// Prepositions of when, where and why.
    pub(super) around: Mask,
    /// Those who report: to speak to them is to meet nobody.
    pub(super) press: Mask,
    pub(super) embassy: Mask,
    /// Nouns of what happens on a day: "attack", "talks".
    pub(super) occasion: Mask,
    /// Nouns of what happens over months: "war".
    pub(super) lasting: Mask,
    /// Words that set an act apart from the one told before: "earlier", "another".
    pub(super) elsewhen: Mask,
}

/// The files, read but not yet understood.
pub(crate) struct Tables {
    pub(crate) plover: Table,
    pub(crate) cameo: Table,
    pub(crate) contexts: Table,
    pub(crate) derived: Table,
    pub(crate) classes: Table,
    pub(crate) triggers: Table,
    pub(crate) irregular: Table,
}

/// What a trigger's part of speech must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Verb,
    Noun,
    Adjective,
}

impl Part {
    /// Reads `v`, `n` or `a`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text {
            "v" => Ok(Self::Verb),
            "n" => Ok(Self::Noun),
            "a" => Ok(Self::Adjective),
            _ => Err(format!("`{text}` is no part of speech: use v, n or a")),
        }
    }

    /// Whether a token with this tag can be one.
    pub(crate) fn admits(self, upos: Upos) -> bool {
        match self {
            Self::Verb => matches!(upos, Upos::Verb | Upos::Aux),
            Self::Noun => matches!(upos, Upos::Noun | Upos::Propn),
            Self::Adjective => matches!(upos, Upos::Adj | Upos::Verb),
        }
    }
}

/// One row of `triggers.tsv`.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) line: u32,
    pub(super) symbol: Symbol,
    pub(super) part: Part,
    pub(super) frame: Frame,
    /// `None`: what the rule fires on is no event.
    pub(super) act: Option<Act>,
    pub(super) roles: Roles,
}

/// The act that a rule names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Act {
    pub(super) code: &'static str,
    pub(super) turn: Option<Turn>,
    pub(super) mode: Option<&'static str>,
    /// The type, where the mode asks for another than the code's.
    pub(super) plover: Option<EventType>,
}

impl EventKit {
    /// The kit made of `data/ontology` and `data/event`. A file that cannot be understood leaves
    /// an empty kit; [`super::check`] says why.
    pub fn embedded() -> Self {
        Self::read().unwrap_or_else(|_| Self::empty())
    }

    pub(super) fn read() -> Result<Self, LexiconFault> {
        let tables = Tables::read()?;
        let mut words = Words::new();
        words.read_classes(&tables.classes)?;
        let ontology = Ontology::read(&tables, &mut words)?;
        let mut rules = read_rules(&tables.triggers, &ontology, &mut words)?;
        words.learn_forms(&tables.irregular)?;
        rules.sort_by_key(|rule| (rule.symbol, rule.line));
        Ok(Self::assemble(ontology, words, rules))
    }

    fn empty() -> Self {
        Self::assemble(Ontology::default(), Words::new(), Vec::new())
    }

    fn assemble(ontology: Ontology, words: Words, rules: Vec<Rule>) -> Self {
        let by_symbol = BySymbol::new(&words, rules.iter().map(|rule| rule.symbol));
        let asides = Asides {
            nature: words.class("nature"),
            abstracts: words.class("abstract"),
            say: words.class("say"),
            troops: words.class("troops"),
            resolve: words.class("resolve"),
            tangible: ["body", "casualty", "home", "person", "prisoner", "property", "somebody"]
                .into_iter()
                .chain(["territory", "troops", "weapon", "group", "container"])
                .fold(0, |mask, name| mask | words.class(name)),
            reply: words.class("reply"),
            around: words.class("around"),
            press: words.class("media") | words.class("press"),
            embassy: words.class("embassy"),
            occasion: ["occasion", "attack", "talks", "visit", "protest", "exercise", "violence"]
                .into_iter()
                .fold(0, |mask, name| mask | words.class(name)),
            lasting: words.class("lasting"),
            elsewhen: words.class("elsewhen"),
        };
        let status = StatusKit::new(&words);
        let demand = Rule {
            line: 0,
            symbol: 0,
            part: Part::Verb,
            frame: Frame::default(),
            act: None,
            roles: Roles::default(),
        };
        Self { ontology, words, rules, by_symbol, status, asides, demand }
    }

    /// The rule behind demands that only a "must" makes.
    pub(super) fn demand(&self) -> &Rule {
        &self.demand
    }

    /// The rules of a lemma.
    pub(super) fn rules_of(&self, symbol: Symbol) -> &[Rule] {
        self.by_symbol.of(&self.rules, symbol)
    }
}

impl Tables {
    /// Reads the files carried in the binary.
    pub(crate) fn read() -> Result<Self, LexiconFault> {
        Ok(Self {
            plover: Table::parse(
                "ontology/plover.tsv",
                include_str!("../../../../data/ontology/plover.tsv"),
            )?,
            cameo: Table::parse(
                "ontology/cameo.tsv",
                include_str!("../../../../data/ontology/cameo.tsv"),
            )?,
            contexts: Table::parse(
                "ontology/contexts.tsv",
                include_str!("../../../../data/ontology/contexts.tsv"),
            )?,
            derived: Table::parse(
                "event/derived.tsv",
                include_str!("../../../../data/event/derived.tsv"),
            )?,
            classes: Table::parse(
                "event/classes.tsv",
                include_str!("../../../../data/event/classes.tsv"),
            )?,
            triggers: Table::parse(
                "event/triggers.tsv",
                include_str!("../../../../data/event/triggers.tsv"),
            )?,
            irregular: Table::parse(
                "event/irregular.tsv",
                include_str!("../../../../data/event/irregular.tsv"),
            )?,
        })
    }

    /// All of them.
    pub(crate) fn all(&self) -> [&Table; 7] {
        let Self { plover, cameo, contexts, derived, classes, triggers, irregular } = self;
        [plover, cameo, contexts, derived, classes, triggers, irregular]
    }
}

fn read_rules(
    table: &Table,
    ontology: &Ontology,
    words: &mut Words,
) -> Result<Vec<Rule>, LexiconFault> {
    let [lemma, pos, frame, code, mode, roles] =
        columns(table, ["lemma", "pos", "frame", "code", "mode", "roles"])?;
    let mut rules = Vec::new();
    for row in &table.rows {
        let fault = |problem: String| table.fault(row, problem);
        rules.push(Rule {
            line: row.line,
            symbol: words.intern(row.cell(lemma)),
            part: Part::parse(row.cell(pos)).map_err(fault)?,
            frame: Frame::parse(row.cell(frame), words).map_err(fault)?,
            act: read_act(row, code, mode, ontology).map_err(fault)?,
            roles: Roles::parse(row.cell(roles), words).map_err(fault)?,
        });
    }
    Ok(rules)
}

/// Reads `0841`, `agree:030` or `-`, and `release` or `RETREAT/resign`.
fn read_act(
    row: &Row,
    code: usize,
    mode: usize,
    ontology: &Ontology,
) -> Result<Option<Act>, String> {
    if row.cell(code) == "-" {
        return Ok(None);
    }
    let (turn, code) = match row.cell(code).split_once(':') {
        Some((turn, code)) => (Some(turn.parse()?), code),
        None => (None, row.cell(code)),
    };
    let entry = ontology.code(code).ok_or_else(|| format!("cameo.tsv has no `{code}`"))?;
    let (plover, mode) = match row.cell(mode).split_once('/') {
        Some((plover, mode)) => (Some(plover.parse()?), mode),
        None => (None, row.cell(mode)),
    };
    if let (Some(plover), false) = (plover.or(entry.plover), mode.is_empty()) {
        ontology.check_mode(plover, mode)?;
    }
    Ok(Some(Act { code, turn, mode: Some(mode).filter(|mode| !mode.is_empty()), plover }))
}
