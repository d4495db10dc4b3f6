//! Who is named, and where: mentions of actors, resolved to the lexicon or to actors of their own.

mod atom;
mod cast;
pub(crate) mod fold;
pub(crate) mod joint;
pub(crate) mod lexicon;
mod phrase;
mod resolve;
mod scan;
mod seat;
mod spelling;
#[cfg(test)]
mod tests;

use std::ops::Range;

use chancery_text::{RowId, Span};

use crate::Read;
use crate::date::ReportDate;
use crate::date::office::Tenure;
use crate::lexicon::LexiconFault;
use crate::name::{self, Name};

/// A person, organisation, group or state, as one report knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Stable key: that of the lexicon (`state:CHN`, `person:wang-yi`), or made of what the report
    /// says (`name:torek farhadi`).
    pub key: String,
    /// Canonical name, or the fullest name the report gives.
    pub name: String,
    /// What sort of actor.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3, or `None`.
    pub country: Option<String>,
    /// PLOVER sectors, the most telling first.
    pub sectors: Vec<Sector>,
    /// Roles that the report gives it: "deputy political chief of the Taliban".
    pub roles: Vec<String>,
    /// Whether the key is the lexicon's.
    pub known: bool,
}

chancery_text::named_enum! {
    /// What sort of actor.
    pub enum ActorKind {
        /// A person.
        Person = "person",
        /// A state or its government as a whole.
        State = "state",
        /// An organisation: ministry, agency, company, international body.
        Organisation = "organisation",
        /// An armed group, party or movement.
        Group = "group",
        /// A people, faith or population: "the Afghan people", "Uighurs".
        People = "people",
        /// Somebody by role only: "officials", "critics", "the spokeswoman".
        Role = "role",
    }
}

chancery_text::named_enum! {
    /// PLOVER sectors.
    pub enum Sector {
        /// Government.
        Gov = "GOV", /// Military.
        Mil = "MIL", /// Rebels.
        Reb = "REB", /// Opposition.
        Opp = "OPP", /// Parties.
        Pty = "PTY", /// Legislature.
        Leg = "LEG", /// Judiciary.
        Jud = "JUD", /// Police.
        Cop = "COP", /// Intelligence.
        Spy = "SPY", /// Civilians.
        Cvl = "CVL", /// Non-governmental organisations.
        Ngo = "NGO", /// Non-governmental movements and organisations across states.
        Ngm = "NGM", /// Intergovernmental organisations.
        Igo = "IGO", /// Media.
        Med = "MED", /// Business.
        Bus = "BUS", /// Education.
        Edu = "EDU", /// Labour.
        Lab = "LAB", /// Refugees.
        Ref = "REF", /// Religious bodies.
        Rel = "REL", /// Criminals.
        Crm = "CRM", /// Elites, former officials.
        Eli = "ELI", /// Health.
        Hlh = "HLH", /// Judiciary aside, legal profession and prisons.
        Lgl = "LGL", /// Settlers.
        Set = "SET", /// Unaffiliated armed actors.
        Uaf = "UAF", /// Radical or extremist groups.
        Rad = "RAD",
    }
}

/// A place in the text where an actor is named.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Identity.
    pub id: RowId,
    /// The whole phrase: "Chinese Foreign Minister Wang Yi".
    pub span: Span,
    /// The name or head noun in it: "Wang Yi".
    pub head_span: Span,
    /// The tokens of `span`.
    pub tokens: Range<u32>,
    /// How it names: by name, noun or pronoun.
    pub form: MentionForm,
    /// Entity type of the name.
    pub kind: MentionKind,
    /// Key of the actor, if it is one.
    pub actor: Option<String>,
    /// How the actor was concluded: `lexicon`, `role`, `short-name`, `pronoun`, `spelling`, `own-name`;
    /// of one of several that a phrase means together: `joint`; of a party that only an undertaking names: `party`.
    pub basis: &'static str,
}

chancery_text::named_enum! {
    /// How a mention names.
    pub enum MentionForm {
        /// A proper name.
        Name = "name",
        /// A common noun: "the group".
        Nominal = "nominal",
        /// A pronoun.
        Pronoun = "pronoun",
        /// A demonym used as an adjective: "Chinese" in "the Chinese side".
        Demonym = "demonym",
    }
}

chancery_text::named_enum! {
    /// Entity type of a mention.
    pub enum MentionKind {
        /// A person.
        Person = "person",
        /// An organisation, group, agency, party.
        Organisation = "organisation",
        /// A state or other place.
        Place = "place",
        /// A people or demonym.
        People = "people",
        /// Another name: a law, work, event, ship.
        Other = "other",
    }
}

/// What [`find`] found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The actors named, each once, sorted by key.
    pub actors: Vec<Actor>,
    /// The mentions, in the order of the text. They may nest, the longer first.
    pub mentions: Vec<Mention>,
    /// Offices of known days that the text gives to people, in the order of the text.
    pub tenures: Vec<Tenure>,
}

/// Who there is: states, organisations, groups, offices, people, and the words that name roles.
#[derive(Debug)]
pub struct ActorKit {
    lexicon: &'static lexicon::Lexicon,
}

impl ActorKit {
    /// The kit made of `data/actors`.
    pub fn embedded() -> Self {
        Self { lexicon: lexicon::Lexicon::embedded() }
    }
}

/// Finds mentions, by the lexicon, by `names` that the model found and by shape, and resolves them to actors within the report. Linear in the words of the report:
/// every look back is bounded.
pub fn find(text: Read<'_>, names: &[Name], date: &ReportDate, kit: &ActorKit) -> Found {
    let atoms = atom::atoms(text, kit.lexicon);
    let names: Vec<_> = name::outermost(names).collect();
    let things = scan::things(text, &atoms.all);
    let (all, lexicon) = (&atoms.all, kit.lexicon);
    let scan = scan::Scan { text, atoms: all, lexicon, names: &names, things: &things };
    let (mut units, mut phrases) = (Vec::new(), Vec::new());
    for (number, sentence) in atoms.sentences.iter().enumerate() {
        units.clear();
        scan::units(scan, sentence.clone(), &mut units);
        phrase::phrases(scan, number, sentence.clone(), &units, &mut phrases);
    }
    resolve::resolve(scan, date.interval, &phrases)
}

/// Faults in `data/actors`.
pub fn check() -> Vec<LexiconFault> {
    check_files(&lexicon::ACTOR_FILES)
}

/// Faults in the form of data files, and in what the lexicon reads from them.
pub(crate) fn check_files(files: &[(&'static str, &'static str)]) -> Vec<LexiconFault> {
    let mut faults = Vec::new();
    for (file, text) in files {
        match crate::lexicon::Table::parse(file, text) {
            Ok(table) => faults.extend(table.check_form()),
            Err(fault) => faults.push(fault),
        }
    }
    faults.extend(lexicon::Lexicon::read().err());
    faults
}
