//! The cues of undertaking, read from `data/undertaking`.

use std::collections::HashSet;

use crate::event::{
    BySymbol, Frame, Mask, Part, Roles, Slot, StatusKit, Symbol, Tables, Words, columns,
    parse_paths,
};
use crate::lexicon::{LexiconFault, Table};

use super::UndertakingKind;
use super::idiom::Idioms;
use super::judge::Judge;

/// Cues of undertaking.
#[derive(Debug)]
pub struct UndertakingKit {
    pub(super) words: Words,
    /// The classes of `classes.tsv`, apart from those that events ask for: there are too many for one set.
    pub(super) senses: Words,
    pub(super) cues: Vec<Cue>,
    pub(super) idioms: Idioms,
    pub(super) judge: Judge,
    by_symbol: BySymbol,
    pub(super) status: StatusKit,
    pub(super) known: Known,
    /// Verbs whose subject does what their infinitive says, by the classes of events.
    pub(super) control: Mask,
    /// Nouns of persons.
    pub(super) persons: HashSet<&'static str>,
}

/// Classes of words that need no cue.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) allow: Mask,
    pub(super) hostile: Mask,
    pub(super) deadline: Mask,
    pub(super) based: Mask,
    pub(super) own_will: Mask,
    /// Verbs of saying.
    pub(super) speech: Mask,
    /// What does somebody good, and what one does with nobody.
    pub(super) benefit: Mask,
    pub(super) routine: Mask,
    /// States of mind, which nobody undertakes: "will know".
    pub(super) mental: Mask,
    /// What one suffers: "lose", "face".
    pub(super) harm: Mask,
    /// Nouns of things, of bodies of people, of the weather, and of those who forecast.
    pub(super) thing: Mask,
    pub(super) body: Mask,
    pub(super) weather: Mask,
    pub(super) forecaster: Mask,
    /// Who speaks for others: "spokesman", "leader".
    pub(super) mouthpiece: Mask,
    /// Words by which one may threaten or just foretell: "warn".
    pub(super) warn: Mask,
    /// What one may do under "would" and do it: "would urge", "would like".
    pub(super) polite: Mask,
    /// What a refusal declines without a word of refusing: "will not negotiate".
    pub(super) refuse: Mask,
    /// "give them until Friday".
    pub(super) grant_time: Mask,
    /// What is called for in notices: "papers".
    pub(super) papers: Mask,
    /// What demand for goods does: "rose".
    pub(super) market: Mask,
    /// Words of conditions that mean other things too, and what hangs on conditions.
    pub(super) lean: Mask,
    pub(super) stake: Mask,
    /// "withdraw", "end", and what helps those who have it: "licence", "aid".
    pub(super) take: Mask,
    pub(super) favour: Mask,
    /// "deal", "treaty": who will do a thing under it has promised it.
    pub(super) accord: Mask,
    /// What one does with an undertaking of one's own: "renege on", "stand by".
    pub(super) hold: Mask,
    /// What others think: "believe", "suspect".
    pub(super) belief: Mask,
    /// What one does with the undertaking of another: "ignore", "receive".
    pub(super) receive: Mask,
    /// Where parties speak with one another, and verbs for it: "talks", "meet".
    pub(super) talks: Mask,
    pub(super) meet: Mask,
    /// What is said of somebody, and may be denied: "claim".
    pub(super) assertion: Mask,
    /// What one seeks for oneself: "shelter".
    pub(super) haven: Mask,
    /// "concern", "fear".
    pub(super) dread: Mask,
    /// Acts that one who will not do them spares another: "attack", "hinder".
    pub(super) spare: Mask,
    /// What one who denies it is said to have: "plan", "link".
    pub(super) imputed: Mask,
    /// What is given without being put at anybody's choice: "advice", "critique".
    pub(super) opinion: Mask,
    /// What one warns of and does not do: "danger", "shortage".
    pub(super) peril: Mask,
    /// What one is subject to without a condition: "tax", "scrutiny".
    pub(super) burden: Mask,
    /// Verbs of letting or making something happen.
    pub(super) letting: Mask,
}

/// One row of `cues.tsv`.
#[derive(Debug)]
pub(super) struct Cue {
    pub(super) line: u32,
    pub(super) symbol: Symbol,
    pub(super) part: Part,
    pub(super) frame: Frame,
    pub(super) kind: UndertakingKind,
    pub(super) roles: Roles,
    pub(super) what: Vec<Vec<Slot>>,
    /// Whether `what` is a thing not to be done: "warned against".
    pub(super) against: bool,
}

impl UndertakingKit {
    /// The kit made of `data/undertaking`. A file that cannot be understood leaves an empty kit;
    /// [`super::check`] says why.
    pub fn embedded() -> Self {
        Self::read().unwrap_or_else(|_| Self::assemble(Words::new(), Words::new(), Vec::new()))
    }

    /// With other models.
    pub(crate) fn with_judge(self, judge: Judge) -> Self {
        Self { judge, ..self }
    }

    pub(super) fn read() -> Result<Self, LexiconFault> {
        let mut words = Words::new();
        let events = Tables::read()?;
        words.read_classes(&events.classes)?;
        let cues = read_cues(&cues()?, &mut words)?;
        words.learn_forms(&events.irregular)?;
        let mut senses = Words::new();
        senses.read_classes(&classes()?)?;
        senses.learn_forms(&events.irregular)?;
        let idioms = Idioms::read(&idioms()?)?;
        Ok(Self { idioms, ..Self::assemble(words, senses, cues) })
    }

    fn assemble(words: Words, senses: Words, mut cues: Vec<Cue>) -> Self {
        cues.sort_by_key(|cue| (cue.symbol, cue.line));
        let by_symbol = BySymbol::new(&words, cues.iter().map(|cue| cue.symbol));
        let known = Known {
            allow: senses.class("will-allow"),
            hostile: senses.class("hostile"),
            deadline: senses.class("deadline"),
            based: senses.class("based"),
            own_will: senses.class("own-will"),
            speech: senses.class("speech"),
            benefit: senses.class("benefit"),
            routine: senses.class("routine"),
            mental: senses.class("mental"),
            harm: senses.class("harm"),
            thing: senses.class("thing"),
            body: senses.class("body"),
            weather: senses.class("weather"),
            forecaster: senses.class("forecaster"),
            mouthpiece: senses.class("mouthpiece"),
            warn: senses.class("warn"),
            polite: senses.class("polite"),
            refuse: senses.class("will-refuse"),
            grant_time: senses.class("grant-time"),
            papers: senses.class("papers"),
            market: senses.class("market"),
            lean: senses.class("lean"),
            stake: senses.class("stake"),
            take: senses.class("take"),
            favour: senses.class("favour"),
            accord: senses.class("accord"),
            hold: senses.class("hold"),
            belief: senses.class("belief"),
            receive: senses.class("receive"),
            talks: senses.class("talks"),
            meet: senses.class("meet"),
            assertion: senses.class("assertion"),
            haven: senses.class("haven"),
            dread: senses.class("dread"),
            spare: senses.class("spare"),
            imputed: senses.class("imputed"),
            opinion: senses.class("opinion"),
            peril: senses.class("peril"),
            burden: senses.class("burden"),
            letting: senses.class("letting"),
        };
        let status = StatusKit::new(&words);
        let control = words.class("subject-control");
        let persons = person_nouns();
        let (idioms, judge) = (Idioms::default(), Judge::embedded());
        Self { words, senses, cues, idioms, judge, by_symbol, status, known, control, persons }
    }

    /// The cues of a lemma.
    pub(super) fn cues_of(&self, symbol: Symbol) -> &[Cue] {
        self.by_symbol.of(&self.cues, symbol)
    }
}

/// `cues.tsv`, as a table.
pub(super) fn cues() -> Result<Table, LexiconFault> {
    Table::parse("undertaking/cues.tsv", include_str!("../../../../data/undertaking/cues.tsv"))
}

/// `idioms.tsv`, as a table.
pub(super) fn idioms() -> Result<Table, LexiconFault> {
    Table::parse("undertaking/idioms.tsv", include_str!("../../../../data/undertaking/idioms.tsv"))
}

/// `classes.tsv`, as a table.
pub(super) fn classes() -> Result<Table, LexiconFault> {
    Table::parse(
        "undertaking/classes.tsv",
        include_str!("../../../../data/undertaking/classes.tsv"),
    )
}

fn person_nouns() -> HashSet<&'static str> {
    crate::figure::PERSONS.lines().filter(|line| !line.starts_with('#')).skip(1).collect()
}

fn read_cues(table: &Table, words: &mut Words) -> Result<Vec<Cue>, LexiconFault> {
    let [lemma, pos, frame, kind, roles, what] =
        columns(table, ["lemma", "pos", "frame", "kind", "roles", "what"])?;
    let mut cues = Vec::new();
    for row in &table.rows {
        let fault = |problem: String| table.fault(row, problem);
        cues.push(Cue {
            line: row.line,
            symbol: words.intern(row.cell(lemma)),
            part: Part::parse(row.cell(pos)).map_err(fault)?,
            frame: Frame::parse(row.cell(frame), words).map_err(fault)?,
            kind: row.cell(kind).parse().map_err(fault)?,
            roles: Roles::parse(row.cell(roles), words).map_err(fault)?,
            what: parse_paths(row.cell(what), words),
            against: row.cell(frame) == "against"
                || matches!(row.cell(lemma), "forbid" | "prohibit" | "bar" | "ban"),
        });
    }
    Ok(cues)
}
