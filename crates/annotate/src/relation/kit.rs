//! The words of relation, read from `data/relation`.

use crate::event::{BySymbol, Frame, Mask, NONE, Part, StatusKit, Symbol, Tables, Words, columns};
use crate::lexicon::{LexiconFault, Table};

use super::compound::{Compound, read_compounds};
use super::rule::{Rule, Sides, Types};

/// The words that state relations.
#[derive(Debug)]
pub struct RelationKit {
    pub(super) words: Words,
    pub(super) rules: Vec<Rule>,
    by_symbol: BySymbol,
    pub(super) compounds: Vec<Compound>,
    pub(super) status: StatusKit,
    senses: Words,
    pub(super) known: Known,
}

/// Classes of words that grammar itself asks for.
#[derive(Debug)]
pub(super) struct Known {
    /// "former", "late".
    pub(super) ended: Mask,
    /// "deputy", "vice".
    pub(super) deputy: Mask,
    /// "senior", "local": one of several.
    pub(super) among: Mask,
    /// "alleged", "suspected", "would-be": nobody says that it is so.
    pub(super) doubt: Mask,
    /// "accuse", "suspect".
    pub(super) charge: Mask,
    /// What a state has heads of: "army", "intelligence".
    pub(super) organ: Mask,
    /// "terrorist".
    pub(super) terrorist: Mask,
    /// "become", "remain"; "serve as"; "appoint"; "resign as".
    pub(super) turn_into: Mask,
    pub(super) serve: Mask,
    pub(super) appoint: Mask,
    pub(super) resign: Mask,
    /// Those of them that begin something: "become", "elect".
    pub(super) begin: Mask,
}

impl RelationKit {
    /// The kit made of `data/relation`. A file that cannot be understood leaves an empty kit;
    /// [`super::check`] says why.
    pub fn embedded() -> Self {
        Self::read()
            .unwrap_or_else(|_| Self::assemble(Words::new(), Words::new(), Vec::new(), Vec::new()))
    }

    pub(super) fn read() -> Result<Self, LexiconFault> {
        let mut words = Words::new();
        let events = Tables::read()?;
        words.read_classes(&events.classes)?;
        let rules = read_rules(&rules()?, &mut words)?;
        words.learn_forms(&events.irregular)?;
        let mut senses = Words::new();
        senses.read_classes(&classes()?)?;
        Ok(Self::assemble(words, senses, rules, read_compounds(&compounds()?)?))
    }

    fn assemble(
        words: Words,
        senses: Words,
        mut rules: Vec<Rule>,
        compounds: Vec<Compound>,
    ) -> Self {
        rules.sort_by_key(|rule| (rule.symbol, std::cmp::Reverse(rule.frame.weight), rule.line));
        let by_symbol = BySymbol::new(&words, rules.iter().map(|rule| rule.symbol));
        let known = Known {
            ended: senses.class("ended"),
            deputy: senses.class("deputy"),
            among: senses.class("among"),
            doubt: senses.class("doubt"),
            charge: senses.class("charge"),
            organ: senses.class("organ"),
            terrorist: senses.class("terrorist"),
            turn_into: senses.class("become"),
            serve: senses.class("serve"),
            appoint: senses.class("appoint"),
            resign: senses.class("resign"),
            begin: senses.class("begin"),
        };
        let status = StatusKit::new(&words);
        Self { words, rules, by_symbol, compounds, status, senses, known }
    }

    /// The rules of a lemma, the most telling first.
    pub(super) fn rules_of(&self, symbol: Symbol) -> &[Rule] {
        self.by_symbol.of(&self.rules, symbol)
    }

    /// The classes of a word that grammar asks for.
    pub(super) fn senses(&self, lemma: &str) -> Mask {
        match self.senses.symbol(lemma) {
            NONE => 0,
            symbol => self.senses.mask(symbol),
        }
    }
}

/// `rules.tsv`, as a table.
pub(super) fn rules() -> Result<Table, LexiconFault> {
    Table::parse("relation/rules.tsv", include_str!("../../../../data/relation/rules.tsv"))
}

/// `compounds.tsv`, as a table.
pub(super) fn compounds() -> Result<Table, LexiconFault> {
    Table::parse("relation/compounds.tsv", include_str!("../../../../data/relation/compounds.tsv"))
}

/// `classes.tsv`, as a table.
pub(super) fn classes() -> Result<Table, LexiconFault> {
    Table::parse("relation/classes.tsv", include_str!("../../../../data/relation/classes.tsv"))
}

fn read_rules(table: &Table, words: &mut Words) -> Result<Vec<Rule>, LexiconFault> {
    let [lemma, pos, frame, kind, phase, sides, types] =
        columns(table, ["lemma", "pos", "frame", "kind", "phase", "sides", "types"])?;
    let mut rules = Vec::new();
    for row in &table.rows {
        let fault = |problem: String| table.fault(row, problem);
        rules.push(Rule {
            line: row.line,
            symbol: words.intern(row.cell(lemma)),
            part: Part::parse(row.cell(pos)).map_err(fault)?,
            frame: Frame::parse(row.cell(frame), words).map_err(fault)?,
            kind: row.cell(kind).parse().map_err(fault)?,
            phase: row.cell(phase).parse().map_err(fault)?,
            sides: Sides::parse(row.cell(sides), words).map_err(fault)?,
            types: Types::parse(row.cell(types)).map_err(fault)?,
        });
    }
    Ok(rules)
}
