//! Phrases that mean several at once: "the two", "both sides", "the four parties", and "they" after "Torvia
//! and Sallet" (split and coordinated antecedents).
//!
//! Each gets a mention for everyone it stands for, so that a row read from "the two agreed" has both
//! parties. The several stand together before it, in one coordination or as who did something with whom,
//! and are of the sort that its noun asks for; of several such, persons are the last named, and states and
//! sides those that the report names often or named shortly before.

use std::collections::HashMap;
use std::ops::Range;

use chancery_text::{Kind, RowId, Span};

use super::{Actor, ActorKind, Mention, MentionForm, MentionKind, Sector};
use crate::Read;
use crate::coreference::Chain;
use crate::syntax::{Relation, Upos, Word};

/// How a joint mention was concluded.
pub(crate) const BASIS: &str = "joint";

/// Nouns of states.
const STATES: [&str; 7] =
    ["country", "nation", "state", "neighbour", "neighbor", "capital", "superpower"];
/// Nouns of whoever faces another.
const SIDES: [&str; 13] = [
    "side",
    "party",
    "government",
    "rival",
    "foe",
    "enemy",
    "adversary",
    "ally",
    "partner",
    "power",
    "belligerent",
    "camp",
    "delegation",
];
/// Nouns of bodies.
const BODIES: [&str; 9] = [
    "company",
    "firm",
    "group",
    "organisation",
    "organization",
    "agency",
    "faction",
    "movement",
    "bloc",
];
/// Verbs that two do together although one is their object.
const SHARED: [&str; 5] = ["meet", "visit", "host", "receive", "telephone"];

/// How many of those that stand together before a phrase are looked at.
const LOOK: usize = 24;
/// Within so many sentences persons must have been named.
const NEAR: usize = 3;

/// What a phrase asks of those it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    State,
    Side,
    Body,
    Person,
    Any,
}

/// Mentions that stand together, by their numbers.
struct Group {
    /// The token that heads the first.
    head: u32,
    /// The token that heads the last.
    end: u32,
    members: Vec<usize>,
}

/// A phrase that means several.
struct Phrase {
    token: u32,
    tokens: Range<u32>,
    sort: Sort,
    count: Option<usize>,
    form: MentionForm,
}

struct Scene<'a> {
    text: Read<'a>,
    words: &'a [Word],
    mentions: &'a [Mention],
    actors: &'a [Actor],
    /// The mention that each token heads, if it names an actor.
    headed: HashMap<u32, usize>,
    /// How often the report names each actor.
    often: HashMap<&'a str, usize>,
    groups: Vec<Group>,
    /// The group that each token heads.
    at: HashMap<u32, usize>,
}

/// Adds the mentions of phrases that mean several; those phrases' own are taken away.
pub(crate) fn add(text: Read<'_>, chains: &[Chain], actors: &[Actor], mentions: &mut Vec<Mention>) {
    let mut scene = Scene {
        text,
        words: &text.syntax.words,
        mentions,
        actors,
        headed: HashMap::new(),
        often: HashMap::new(),
        groups: Vec::new(),
        at: HashMap::new(),
    };
    scene.place();
    scene.gather();
    if scene.groups.is_empty() {
        return;
    }
    let mut meant: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut made: Vec<Mention> = Vec::new();
    let mut chained: HashMap<Span, usize> = HashMap::new();
    for (at, chain) in chains.iter().enumerate() {
        chained.extend(chain.mentions.iter().map(|mention| (mention.span, at)));
    }
    for token in 0..scene.words.len() as u32 {
        let Some(phrase) = scene.phrase(token) else { continue };
        let found = match phrase.form {
            MentionForm::Pronoun => {
                let chain = chained.get(&scene.span(token)).map(|at| &chains[*at]);
                chain.and_then(|chain| scene.named_by(token, chain, &meant))
            }
            _ => scene.before(&phrase),
        };
        if let Some(members) = found {
            made.extend(members.iter().map(|member| scene.mention(&phrase, *member)));
            meant.insert(token, members);
        }
    }
    let heads: Vec<Option<u32>> =
        mentions.iter().map(|one| head(&text.syntax.words, one)).collect();
    let mut heads = heads.into_iter();
    mentions.retain(|_| heads.next().flatten().is_none_or(|head| !meant.contains_key(&head)));
    mentions.extend(made);
    mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
}

/// The token of a mention whose head lies outside it.
fn head(words: &[Word], mention: &Mention) -> Option<u32> {
    let tokens = mention.tokens.start..mention.tokens.end.min(words.len() as u32);
    let outside = |token: &u32| words[*token as usize].head.is_none_or(|it| !tokens.contains(&it));
    tokens.clone().take(40).find(outside)
}

impl Scene<'_> {
    fn word(&self, token: u32) -> &Word {
        &self.words[token as usize]
    }

    fn span(&self, token: u32) -> Span {
        self.text.tokens[token as usize].span
    }

    /// The dependents of a token among those near it.
    fn kids(&self, token: u32, reach: u32) -> impl Iterator<Item = u32> + '_ {
        let end = (token + reach).min(self.words.len() as u32);
        let near = token.saturating_sub(reach)..end;
        near.filter(move |kid| self.word(*kid).head == Some(token))
    }

    fn place(&mut self) {
        for (number, mention) in self.mentions.iter().enumerate() {
            *self.often.entry(mention.actor.as_deref().unwrap_or_default()).or_default() += 1;
            let named = mention.actor.is_some() && mention.kind != MentionKind::Other;
            let own = named && mention.form != MentionForm::Pronoun;
            if let Some(head) = head(self.words, mention).filter(|_| own) {
                self.headed.entry(head).or_insert(number);
            }
        }
    }

    /// All that stand together: coordinated, or one with the other.
    fn gather(&mut self) {
        let mut at: HashMap<u32, usize> = HashMap::new();
        for (number, mention) in self.mentions.iter().enumerate() {
            // "the ministers of Torvia and Sallet" are several already.
            if mention.basis != BASIS {
                continue;
            }
            if let Some(head) = head(self.words, mention) {
                match self.groups.last_mut().filter(|group| group.head == head) {
                    Some(group) => group.members.push(number),
                    None => self.groups.push(Group { head, end: head, members: vec![number] }),
                }
            }
        }
        for token in 0..self.words.len() as u32 {
            let Some(&number) = self.headed.get(&token) else { continue };
            let Some(over) = self.word(token).head else { continue };
            let first = match self.word(token).relation {
                Relation::Conj => Some(over),
                Relation::Obl | Relation::Nmod if self.has_case(token, "with") => self.doer(over),
                Relation::Obj if SHARED.contains(&self.word(over).lemma.as_str()) => {
                    self.doer(over)
                }
                _ => None,
            };
            let Some(first) = first.filter(|first| *first < token) else { continue };
            if let Some(&group) = at.get(&first) {
                let group: &mut Group = &mut self.groups[group];
                group.members.push(number);
                group.end = token;
                at.insert(token, at[&first]);
            } else if let Some(&one) = self.headed.get(&first) {
                at.extend([(first, self.groups.len()), (token, self.groups.len())]);
                self.groups.push(Group { head: first, end: token, members: vec![one, number] });
            }
        }
        let mut groups = std::mem::take(&mut self.groups);
        groups.retain(|group| {
            let mut keys: Vec<_> = group.members.iter().map(|member| self.key(*member)).collect();
            keys.sort_unstable();
            1 < keys.len() && keys.windows(2).all(|pair| pair[0] != pair[1])
        });
        groups.sort_by_key(|group| group.end);
        // Of two with one head the first.
        self.at.extend(groups.iter().enumerate().rev().map(|(at, group)| (group.head, at)));
        self.groups = groups;
    }

    /// Who does a verb, or whose a noun is.
    fn doer(&self, over: u32) -> Option<u32> {
        let relations = [Relation::Nsubj, Relation::NmodPoss];
        self.kids(over, 30).find(|kid| relations.contains(&self.word(*kid).relation))
    }

    fn has_case(&self, token: u32, case: &str) -> bool {
        self.kids(token, 8)
            .any(|kid| self.word(kid).relation == Relation::Case && self.word(kid).lemma == case)
    }

    /// A phrase that may mean several, by its head.
    fn phrase(&self, token: u32) -> Option<Phrase> {
        let word = self.word(token);
        let lemma = word.lemma.to_lowercase();
        let whole = |sort, count, form| {
            let close = |kid: &u32| {
                let relation = self.word(*kid).relation;
                matches!(
                    relation,
                    Relation::Det
                        | Relation::DetPredet
                        | Relation::Nummod
                        | Relation::Amod
                        | Relation::Compound
                )
            };
            let first = self.kids(token, 6).filter(|kid| *kid < token).find(close);
            let tokens = first.unwrap_or(token)..token + 1;
            Some(Phrase { token, tokens, sort, count, form })
        };
        match word.upos {
            Upos::Pron if matches!(lemma.as_str(), "they" | "them" | "their" | "themselves") => {
                whole(Sort::Any, None, MentionForm::Pronoun)
            }
            Upos::Pron | Upos::Det if lemma == "both" => {
                let alone = !matches!(word.relation, Relation::Det | Relation::CcPreconj)
                    && word.relation != Relation::DetPredet
                    && !self.kids(token, 4).any(|kid| self.word(kid).relation == Relation::Nmod);
                alone.then(|| whole(Sort::Any, Some(2), MentionForm::Nominal)).flatten()
            }
            Upos::Num if word.relation != Relation::Nummod => {
                let count = number(&lemma)?;
                let bare = self.kids(token, 6).all(|kid| self.word(kid).relation != Relation::Nmod);
                let the = self.kids(token, 3).any(|kid| self.word(kid).lemma == "the");
                (the && bare).then(|| whole(Sort::Any, Some(count), MentionForm::Nominal)).flatten()
            }
            // "the two sides of the road" are no parties.
            Upos::Noun if word.xpos == "NNS" && !self.has_of(token) => {
                let count = self.count(token, &lemma)?;
                whole(self.sort(token, &lemma)?, Some(count), MentionForm::Nominal)
            }
            _ => None,
        }
    }

    fn has_of(&self, token: u32) -> bool {
        let of = |kid: u32| self.word(kid).relation == Relation::Nmod && self.has_case(kid, "of");
        self.kids(token, 8).any(of)
    }

    /// How many a noun says there are, of those that it takes as known.
    fn count(&self, token: u32, lemma: &str) -> Option<usize> {
        let of_it = |relations: &'static [Relation]| {
            self.kids(token, 6).filter(|kid| relations.contains(&self.word(*kid).relation))
        };
        let lemmas =
            || of_it(&[Relation::Det, Relation::DetPredet]).map(|kid| &self.word(kid).lemma);
        if lemmas().any(|it| it.eq_ignore_ascii_case("both")) {
            return Some(2);
        }
        let known = lemmas()
            .any(|it| matches!(it.to_lowercase().as_str(), "the" | "these" | "those" | "all"));
        let told = of_it(&[Relation::Nummod]).find_map(|kid| number(&self.word(kid).lemma));
        told.filter(|_| known).or((known && lemma == "side").then_some(2))
    }

    /// What a noun asks of those it means.
    fn sort(&self, token: u32, lemma: &str) -> Option<Sort> {
        if STATES.contains(&lemma) {
            return Some(Sort::State);
        }
        if SIDES.contains(&lemma) {
            return Some(Sort::Side);
        }
        if BODIES.contains(&lemma) {
            return Some(Sort::Body);
        }
        let person = |mention: &Mention| {
            mention.kind == MentionKind::Person && mention.head_span.overlaps(self.span(token))
        };
        let at = self.mentions.partition_point(|it| it.span.start + 80 < self.span(token).start);
        self.mentions[at..].iter().take(12).any(person).then_some(Sort::Person)
    }

    /// Those that stand together last before a phrase, or in apposition to it.
    fn before(&self, phrase: &Phrase) -> Option<Vec<usize>> {
        let fits = |group: &&Group| self.fits(group, phrase);
        let beside = |group: &&Group| {
            let first = self.word(group.head);
            first.head == Some(phrase.token)
                && matches!(first.relation, Relation::Appos | Relation::NmodDesc)
        };
        let end = self.groups.partition_point(|group| group.end < phrase.tokens.start);
        let after = self.groups[end..].iter().take(4).find(|group| beside(group) && fits(group));
        let here = self.sentence(phrase.token);
        let weight = |group: &&Group| {
            let apart = here - self.sentence(group.end).min(here);
            let often = group.members.iter().map(|it| self.often[self.key(*it)]).min();
            let known = matches!(phrase.sort, Sort::State | Sort::Side);
            let often = often.filter(|_| known).unwrap_or_default().min(4);
            4 * often as i64 - apart.min(8) as i64
        };
        let before = self.groups[..end].iter().rev().take(LOOK);
        let open = before.filter(|group| fits(group) && !self.is_bound(group, phrase.token));
        // Of equals the last counts, which comes first here.
        let best = || open.rev().max_by_key(weight);
        after.or_else(best).map(|group| group.members.clone())
    }

    /// Whether a group is the subject of the very clause that a token stands in, or the clause is told of
    /// it: "Torvia and Sallet, which hosted talks between the two sides".
    fn is_bound(&self, group: &Group, token: u32) -> bool {
        let mut at = token;
        for _ in 0..12 {
            let Some(over) = self.word(at).head else { return false };
            if matches!(self.word(over).upos, Upos::Verb | Upos::Aux) {
                let told = self.word(over).relation == Relation::AclRelcl;
                let of = |it: u32| it == group.head || it == group.end;
                let subject = self.word(group.head);
                return subject.head == Some(over) && subject.relation == Relation::Nsubj
                    || told && self.word(over).head.is_some_and(of);
            }
            at = over;
        }
        false
    }

    fn fits(&self, group: &Group, phrase: &Phrase) -> bool {
        let kinds = || group.members.iter().filter_map(|member| self.kind(*member));
        let person = |member: &usize| self.mentions[*member].kind == MentionKind::Person;
        let near = || self.sentence(phrase.token) <= self.sentence(group.end) + NEAR;
        phrase.count.is_none_or(|count| count == group.members.len())
            && match phrase.sort {
                Sort::State => kinds().all(|kind| kind == ActorKind::State),
                Sort::Side => group.members.iter().all(|member| self.may_face(*member)),
                Sort::Body => {
                    kinds().all(|it| matches!(it, ActorKind::Organisation | ActorKind::Group))
                        && near()
                }
                Sort::Person => group.members.iter().all(person) && near(),
                Sort::Any => {
                    self.are_alike(group)
                        && !kinds().any(|kind| kind == ActorKind::People)
                        && near()
                }
            }
    }

    /// Whether all of a group are persons, or none is.
    fn are_alike(&self, group: &Group) -> bool {
        let person = |member: &&usize| self.mentions[**member].kind == MentionKind::Person;
        let persons = group.members.iter().filter(person).count();
        persons == 0 || persons == group.members.len()
    }

    fn key(&self, member: usize) -> &str {
        self.mentions[member].actor.as_deref().unwrap_or_default()
    }

    fn actor(&self, member: usize) -> Option<&Actor> {
        let key = self.key(member);
        let at = self.actors.binary_search_by(|actor| actor.key.as_str().cmp(key)).ok()?;
        Some(&self.actors[at])
    }

    fn kind(&self, member: usize) -> Option<ActorKind> {
        self.actor(member).map(|actor| actor.kind)
    }

    /// Whether somebody may be one side of several: "the army and the rebels", not "23 soldiers".
    fn may_face(&self, member: usize) -> bool {
        use Sector::{Cop, Gov, Mil, Opp, Pty, Rad, Reb};
        let Some(actor) = self.actor(member) else { return false };
        let head = head(self.words, &self.mentions[member]);
        let counted =
            |head: u32| self.kids(head, 6).any(|kid| self.word(kid).relation == Relation::Nummod);
        let of_power = |sector: &Sector| matches!(sector, Gov | Mil | Reb | Opp | Pty | Rad | Cop);
        match actor.kind {
            ActorKind::Person | ActorKind::People => false,
            ActorKind::Role => actor.sectors.iter().any(of_power) && !head.is_some_and(counted),
            ActorKind::State | ActorKind::Organisation | ActorKind::Group => true,
        }
    }

    fn sentence(&self, token: u32) -> usize {
        self.text.sentences.partition_point(|sentence| sentence.tokens.end <= token)
    }

    /// Who "they" are, where the last words for the same are a coordination or mean several.
    fn named_by(
        &self,
        pronoun: u32,
        chain: &Chain,
        meant: &HashMap<u32, Vec<usize>>,
    ) -> Option<Vec<usize>> {
        let span = self.span(pronoun);
        let earlier = chain.mentions.iter().rev().filter(|it| it.span.start < span.start);
        for mention in earlier {
            let inside = |token: &u32| {
                let it = self.span(*token);
                mention.span.start <= it.start && it.end <= mention.span.end
            };
            let tokens = self.text.tokens;
            let first = tokens.partition_point(|token| token.span.start < mention.span.start);
            let head = (first as u32..)
                .take(40)
                .take_while(inside)
                .find(|token| self.word(*token).head.is_none_or(|over| !inside(&over)))?;
            if let Some(members) = meant.get(&head) {
                return Some(members.clone());
            }
            if self.word(head).upos == Upos::Pron {
                continue;
            }
            let group = self.at.get(&head).map(|at| &self.groups[*at]);
            let group = group.filter(|group| inside(&group.end) && self.are_alike(group));
            return group.map(|group| group.members.clone());
        }
        None
    }

    fn mention(&self, phrase: &Phrase, member: usize) -> Mention {
        let one = &self.mentions[member];
        let span = self.span(phrase.tokens.start).cover(self.span(phrase.token));
        let detail = format!("{BASIS} {}", one.actor.as_deref().unwrap_or_default());
        Mention {
            id: RowId::observed(Kind::Mention, self.text.report.id, span, &detail),
            span,
            head_span: self.span(phrase.token),
            tokens: phrase.tokens.clone(),
            form: phrase.form,
            kind: one.kind,
            actor: one.actor.clone(),
            basis: BASIS,
        }
    }
}

fn number(lemma: &str) -> Option<usize> {
    let words = [("two", 2), ("2", 2), ("three", 3), ("3", 3), ("four", 4), ("4", 4), ("five", 5)];
    words.iter().find(|(word, _)| lemma.eq_ignore_ascii_case(word)).map(|(_, number)| *number)
}
