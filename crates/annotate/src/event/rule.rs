//! A rule's pattern over a clause, and the paths by which it finds its actors.
//!
//! A frame is a list of constraints that must all hold:
//! `obj=@troops` (the object is one of a class), `with` (there is a "with" phrase),
//! `against|on` (one of the two), `prt=off` (a particle), `-obj` (no object),
//! `mod=suicide` (a modifier of the noun), `obj.mod=air` (a modifier of the object).
//! Roles read `subj>obj,against`: the first path that leads to an actor wins; `<>` marks an act
//! that both sides do; a dot descends (`obj.of`); `-` is nobody.

use crate::syntax::Relation;

use super::grammar::{Clause, Grammar, Index};
use super::words::{Symbol, WordSet, Words};

/// Where in a clause to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Subject,
    Object,
    Indirect,
    Particle,
    Xcomp,
    Ccomp,
    Modifier,
    ObjectModifier,
    Possessor,
    Tail,
    Preposition(Symbol),
}

impl Slot {
    /// Whether it holds a clause: such a slot tells more of the meaning than a noun phrase.
    fn is_clausal(&self) -> bool {
        matches!(self, Self::Xcomp | Self::Ccomp)
    }

    fn parse(text: &'static str, words: &mut Words) -> Self {
        match text {
            "subj" => Self::Subject,
            "obj" => Self::Object,
            "iobj" => Self::Indirect,
            "prt" => Self::Particle,
            "xcomp" => Self::Xcomp,
            "ccomp" => Self::Ccomp,
            "mod" => Self::Modifier,
            "obj.mod" => Self::ObjectModifier,
            "poss" => Self::Possessor,
            "tgt" => Self::Tail,
            preposition => Self::Preposition(words.intern(preposition)),
        }
    }
}

#[derive(Debug, Clone)]
enum Constraint {
    Any(Vec<Slot>),
    Absent(Slot),
    Words(Slot, WordSet),
}

/// What a clause must be like for a rule to fire.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    constraints: Vec<Constraint>,
    /// The more it asks, the higher.
    pub(crate) weight: u32,
    /// Whether it says what the subject must be.
    pub(crate) asks_subject: bool,
    /// Whether it says what the object must be.
    pub(crate) asks_object: bool,
}

impl Frame {
    /// Reads a frame. Fails on a class that no table has.
    pub(crate) fn parse(text: &'static str, words: &mut Words) -> Result<Self, String> {
        let mut frame = Self::default();
        for part in text.split_whitespace() {
            let constraint = parse_constraint(part, words)?;
            frame.weight += 1000;
            if let Constraint::Words(slot, set) = &constraint {
                frame.weight += 500 - set.size.min(400);
                frame.asks_subject |= *slot == Slot::Subject;
                frame.asks_object |= *slot == Slot::Object;
            } else if matches!(&constraint, Constraint::Any(slots) if slots.iter().any(Slot::is_clausal))
            {
                frame.weight += 100;
            }
            frame.constraints.push(constraint);
        }
        Ok(frame)
    }

    /// The nouns and complements whose words this frame asks for, where they stand in the clause.
    pub(crate) fn completed(&self, grammar: &Grammar<'_>, clause: &Clause) -> Vec<Index> {
        let mut found = Vec::new();
        for constraint in &self.constraints {
            let Constraint::Words(slot, set) = constraint else { continue };
            let holds = |token: Index| set.holds(grammar.symbol(token), grammar.mask(token));
            let tokens: &[Index] = match slot {
                Slot::Object => &clause.objects,
                Slot::Xcomp => clause.xcomp.as_slice(),
                Slot::Preposition(case) => {
                    let mine = clause.preps.iter().filter(|prep| prep.0 == *case);
                    found.extend(mine.map(|prep| prep.1).filter(|token| holds(*token)));
                    continue;
                }
                _ => continue,
            };
            found.extend(tokens.iter().copied().filter(|token| holds(*token)));
        }
        found
    }

    /// Whether the clause is like this.
    pub(crate) fn fits(&self, grammar: &Grammar<'_>, clause: &Clause) -> bool {
        self.constraints.iter().all(|constraint| match constraint {
            Constraint::Any(slots) => slots.iter().any(|slot| is_filled(grammar, clause, *slot)),
            Constraint::Absent(slot) => !is_filled(grammar, clause, *slot),
            Constraint::Words(slot, set) => speaks(grammar, clause, *slot, set),
        })
    }
}

fn parse_constraint(part: &'static str, words: &mut Words) -> Result<Constraint, String> {
    if let Some(absent) = part.strip_prefix('-') {
        return Ok(Constraint::Absent(Slot::parse(absent, words)));
    }
    if let Some((slot, set)) = part.split_once('=') {
        return Ok(Constraint::Words(Slot::parse(slot, words), WordSet::parse(set, words)?));
    }
    Ok(Constraint::Any(part.split('|').map(|slot| Slot::parse(slot, words)).collect()))
}

fn is_filled(grammar: &Grammar<'_>, clause: &Clause, slot: Slot) -> bool {
    match slot {
        Slot::Subject => !clause.subjects.is_empty(),
        Slot::Object => !clause.objects.is_empty(),
        Slot::Indirect => !clause.indirect.is_empty(),
        Slot::Particle => !clause.particles.is_empty(),
        Slot::Xcomp => clause.xcomp.is_some(),
        Slot::Ccomp => clause.ccomp.is_some(),
        Slot::Modifier => !clause.modifiers.is_empty(),
        Slot::ObjectModifier | Slot::Possessor | Slot::Tail => false,
        Slot::Preposition(case) => {
            clause.preps.iter().any(|prep| prep.0 == case)
                || clause.objects.iter().any(|object| has_case(grammar, *object, case))
        }
    }
}

fn has_case(grammar: &Grammar<'_>, noun: Index, case: Symbol) -> bool {
    let has =
        |noun: Index| grammar.kids(noun).iter().any(|kid| grammar.cases(*kid).any(|it| it == case));
    has(noun) || grammar.held_by(noun).is_some_and(has)
}

fn speaks(grammar: &Grammar<'_>, clause: &Clause, slot: Slot, set: &WordSet) -> bool {
    let holds = |token: Index| set.holds(grammar.symbol(token), grammar.mask(token));
    let any = |tokens: &[Index]| tokens.iter().any(|token| grammar.speaks_of(*token, &holds));
    match slot {
        Slot::Subject => any(&clause.subjects),
        Slot::Object => any(&clause.objects),
        Slot::Indirect => any(&clause.indirect),
        Slot::Particle => clause
            .particles
            .iter()
            .any(|particle| set.holds(*particle, grammar.words.mask(*particle))),
        Slot::Xcomp => clause.xcomp.or(clause.ccomp).is_some_and(holds),
        Slot::Ccomp => clause.ccomp.is_some_and(holds),
        Slot::Modifier => clause.modifiers.iter().any(|token| holds(*token)),
        Slot::ObjectModifier => clause.objects.iter().any(|object| {
            grammar.kids(*object).iter().any(|kid| {
                matches!(grammar.relation(*kid), Relation::Amod | Relation::Compound) && holds(*kid)
            })
        }),
        Slot::Possessor | Slot::Tail => false,
        Slot::Preposition(case) => {
            let mine = clause.preps.iter().filter(|prep| prep.0 == case);
            mine.map(|prep| prep.1).any(|token| grammar.speaks_of(token, &holds))
                || clause.objects.iter().any(|object| {
                    let kids = grammar.kids(*object).iter();
                    kids.filter(|kid| grammar.cases(**kid).any(|it| it == case))
                        .any(|kid| grammar.speaks_of(*kid, &holds))
                })
        }
    }
}

/// Who does it and whom it is done to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roles {
    /// Paths to the doers; the first that leads to an actor wins.
    pub(crate) sources: Vec<Vec<Slot>>,
    /// Paths to those it is done to.
    pub(crate) targets: Vec<Vec<Slot>>,
    /// Whether both sides do it.
    pub(crate) mutual: bool,
}

impl Roles {
    /// Reads `subj>obj,against` or `subj<>with`.
    pub(crate) fn parse(text: &'static str, words: &mut Words) -> Result<Self, String> {
        let (sources, targets, mutual) = match (text.split_once("<>"), text.rsplit_once('>')) {
            (Some((sources, targets)), _) => (sources, targets, true),
            (_, Some((sources, targets))) => (sources, targets, false),
            _ => return Err(format!("`{text}` is no roles: write source>target")),
        };
        let sources = parse_paths(sources, words);
        Ok(Self { sources, targets: parse_paths(targets, words), mutual })
    }
}

/// Reads paths parted by commas: `obj.of,against`.
pub(crate) fn parse_paths(text: &'static str, words: &mut Words) -> Vec<Vec<Slot>> {
    let mut path =
        |path: &'static str| path.split('.').map(|step| Slot::parse(step, words)).collect();
    text.split(',').filter(|it| !it.is_empty() && *it != "-").map(&mut path).collect()
}

/// The tokens that a path leads to.
pub(crate) fn follow(
    grammar: &Grammar<'_>,
    clause: &Clause,
    path: &[Slot],
    found: &mut Vec<Index>,
) {
    let Some((first, rest)) = path.split_first() else { return };
    let start = found.len();
    slot_tokens(grammar, clause, *first, found);
    for step in rest {
        let from: Vec<Index> = found.drain(start..).collect();
        for token in from {
            step_down(grammar, token, *step, found);
        }
    }
}

fn slot_tokens(grammar: &Grammar<'_>, clause: &Clause, slot: Slot, found: &mut Vec<Index>) {
    match slot {
        Slot::Subject => found.extend(&clause.subjects),
        Slot::Object => found.extend(&clause.objects),
        Slot::Indirect => found.extend(&clause.indirect),
        Slot::Xcomp => found.extend(clause.xcomp.or(clause.ccomp)),
        Slot::Ccomp => found.extend(clause.ccomp.or(clause.xcomp)),
        Slot::Modifier => found.extend(&clause.modifiers),
        Slot::Preposition(case) => {
            found.extend(clause.preps.iter().filter(|prep| prep.0 == case).map(|prep| prep.1));
        }
        Slot::Possessor => {
            found.extend(grammar.kid(clause.head, &[Relation::NmodPoss]));
        }
        Slot::Particle | Slot::ObjectModifier | Slot::Tail => {}
    }
}

fn step_down(grammar: &Grammar<'_>, token: Index, step: Slot, found: &mut Vec<Index>) {
    match step {
        Slot::Possessor => found.extend(grammar.kid(token, &[Relation::NmodPoss])),
        Slot::Subject => found.extend(grammar.subject(token)),
        Slot::Object => found.extend(grammar.kid(token, &[Relation::Obj])),
        Slot::Preposition(case) => {
            let nouns = std::iter::once(token).chain(grammar.held_by(token));
            let kids = nouns.flat_map(|noun| grammar.kids(noun)).copied();
            found.extend(kids.filter(|kid| grammar.cases(*kid).any(|it| it == case)));
        }
        Slot::Xcomp | Slot::Ccomp => {
            let content = [Relation::Acl, Relation::AclRelcl, Relation::Ccomp, Relation::Xcomp];
            let kids = grammar.kids(token).iter().copied();
            found.extend(kids.filter(|kid| content.contains(&grammar.relation(*kid))));
        }
        Slot::Tail => {
            let tail = [Relation::Obj, Relation::Obl];
            let kids = grammar.kids(token).iter().copied();
            found.extend(kids.filter(|kid| tail.contains(&grammar.relation(*kid))));
        }
        _ => {}
    }
}
