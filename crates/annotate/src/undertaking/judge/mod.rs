//! Which words make an undertaking, and who and what belongs to it: a model over what the rules propose
//! and over words that no rule knows.
//!
//! Two linear models, trained on invented sentences and on passages of corpora (`train/undertakings`).
//! The first gives each word that may make an undertaking, by a rule or by itself, a kind or none; what the
//! rules said is one of its features, so that it learns how far to trust them (stacking: Wolpert 1992). The
//! second gives each word of the sentence a side of it: by whom, to whom, what, on what condition. A small
//! recurrent network ([`network`]), trained on the same, scores both beside them, and the scores are weighed
//! together. What grammar rules out is left out in the end ([`veto`]).

mod kinds;
pub mod network;
mod senses;
mod sides;
mod sight;
mod veto;

use std::cmp::Reverse;

use chancery_text::Span;

use crate::event::{Index, is_first_person};
use crate::syntax::bundle::{BundleFault, Reader, Writer};
use crate::syntax::weights::{LABELS, Row, Scores, Weights, pair};
use crate::syntax::{Relation, Upos};
use crate::{Kit, Observed, Read};

use super::party::Party;
use super::search::{self, Draft, Search};
use super::{UndertakingKind, spoken};

pub use kinds::KIND_KEYS;
use network::{Network, NetworkParts, PAIR_KEYS, WORD_KEYS};
use senses::Senses;
pub use sides::SIDE_KEYS;
use sides::Standing;
use sight::Sight;

chancery_text::named_enum! {
    /// What a word is to an undertaking.
    pub enum Side {
        /// Who undertakes or demands.
        By = "by",
        /// Whom it is addressed to.
        To = "to",
        /// What is undertaken or demanded.
        What = "what",
        /// On what it depends.
        Condition = "condition",
    }
}

/// Labels of sites: none, and the kinds.
pub const KIND_LABELS: usize = UndertakingKind::ALL.len() + 1;
/// Labels of words beside a site: none, and the sides.
pub const SIDE_LABELS: usize = Side::ALL.len() + 1;

/// What stands first in a bundle of undertakings.
const MARK: &str = "undertakings with a network";

/// The models.
#[derive(Debug)]
pub struct Judge {
    kinds: Weights,
    sides: Weights,
    network: Option<Network>,
    lean: Lean<i32>,
}

/// What is added to the scores of none, and how the models are weighed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Lean<T> {
    /// Where a rule has it that there is an undertaking.
    pub ruled: T,
    /// Where no rule does.
    pub unruled: T,
    /// To the score of no side.
    pub side: T,
    /// How much of each score is the network's.
    pub share: T,
}

/// What training makes of undertakings.
#[derive(Debug, Default)]
pub struct JudgeParts {
    /// Weights of sites, by kind counted from 1.
    pub kinds: Vec<Row>,
    /// Weights of words beside a site, by [`Side`] counted from 1.
    pub sides: Vec<Row>,
    /// The network's weights.
    pub network: Option<NetworkParts>,
    /// What is added to the scores of none.
    pub lean: Lean<i32>,
}

impl JudgeParts {
    /// The bundle.
    pub fn write(&mut self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.text(MARK);
        let Lean { ruled, unruled, side, share } = self.lean;
        [ruled, unruled, side, share].into_iter().for_each(|lean| writer.signed(lean));
        Weights::write(&self.kinds, &mut writer);
        Weights::write(&self.sides, &mut writer);
        writer.number(u64::from(self.network.is_some()));
        if let Some(network) = &mut self.network {
            network.write(&mut writer);
        }
        writer.finish()
    }
}

impl Judge {
    /// The models of `data/models`.
    pub fn embedded() -> Self {
        let bundle = include_bytes!("../../../../../data/models/english.undertakings");
        Self::read(bundle).expect("a test reads the shipped bundle")
    }

    /// The models that a bundle holds. Fails where it is another file, another version, or damaged.
    pub fn read(bundle: &[u8]) -> Result<Self, BundleFault> {
        let mut reader = Reader::open(bundle)?;
        if reader.text()? != MARK {
            return Err(reader.damaged());
        }
        let (ruled, unruled) = (reader.signed()?, reader.signed()?);
        let lean = Lean { ruled, unruled, side: reader.signed()?, share: reader.signed()? };
        let (kinds, sides) = (Weights::read(&mut reader)?, Weights::read(&mut reader)?);
        let network = (reader.number()? == 1).then(|| Network::read(&mut reader)).transpose()?;
        Ok(Self { kinds, sides, network, lean })
    }

    /// Models from their parts.
    pub fn new(parts: JudgeParts) -> Self {
        let (kinds, sides) = (Weights::new(&parts.kinds), Weights::new(&parts.sides));
        Self { kinds, sides, network: parts.network.map(Network::new), lean: parts.lean }
    }

    /// The same models with another lean.
    pub fn leaning(self, lean: Lean<i32>) -> Self {
        Self { lean, ..self }
    }

    fn kind(&self, site: &Site, senses: Option<&Senses<'_>>) -> Option<UndertakingKind> {
        let mut scores: Scores = [0; LABELS];
        self.kinds.add(&site.keys, &mut scores);
        let most = scores[1..KIND_LABELS].iter().max().copied().unwrap_or_default();
        if HOPELESS < scores[0] - most {
            return None;
        }
        if let Some(seen) = senses.and_then(|senses| senses.kinds(site)) {
            mix(&mut scores, &seen, self.lean.share);
        }
        scores[0] += if site.ruled.is_some() { self.lean.ruled } else { self.lean.unruled };
        let kinds = UndertakingKind::ALL.iter();
        let best = kinds.max_by_key(|kind| scores[**kind as usize + 1])?;
        (scores[0] < scores[*best as usize + 1]).then_some(*best)
    }

    /// The side of a word, and by how much it is that rather than none.
    fn side(
        &self,
        site: Index,
        choice: &Choice,
        senses: Option<&Senses<'_>>,
    ) -> Option<(Side, i32)> {
        let mut scores: Scores = [0; LABELS];
        self.sides.add(&choice.keys, &mut scores);
        if let Some(seen) = senses.and_then(|senses| senses.sides(site, choice)) {
            mix(&mut scores, &seen, self.lean.share);
        }
        scores[0] += self.lean.side;
        let best = Side::ALL.iter().max_by_key(|side| scores[**side as usize + 1])?;
        let lead = scores[*best as usize + 1] - scores[0];
        (0 < lead).then_some((*best, lead))
    }

    /// What the models make of the rules' drafts, and of words that the rules pass over.
    pub(super) fn judge(&self, search: &Search<'_>, drafts: Vec<Draft>, kit: &Kit) -> Vec<Draft> {
        let sight = Sight::new(search, kit.names.clusters(), &drafts);
        let sites = sites(&sight, &drafts);
        let senses = Senses::new(self.network.as_ref(), &sight, kit);
        let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
        let mut judged = Vec::new();
        for site in sites {
            let ruled = site.draft.and_then(|draft| drafts[draft].take());
            if let Some(kind) = self.kind(&site, senses.as_ref()) {
                judged.extend(self.sided(&sight, senses.as_ref(), (site.token, kind), ruled));
            }
        }
        judged
    }

    fn sided(
        &self,
        sight: &Sight<'_, '_>,
        senses: Option<&Senses<'_>>,
        (anchor, kind): (Index, UndertakingKind),
        ruled: Option<Draft>,
    ) -> Option<Draft> {
        let search = sight.search;
        let mut chosen: [Vec<(i32, Choice)>; Side::ALL.len()] = Default::default();
        for choice in choices(sight, anchor, kind, ruled.as_ref()) {
            if let Some((side, lead)) = self.side(anchor, &choice, senses) {
                chosen[side as usize].push((lead, choice));
            }
        }
        let best = |side: Side| {
            let options = chosen[side as usize].iter();
            options.max_by_key(|(lead, choice)| (*lead, Reverse(choice.token)))
        };
        let token = |side: Side| best(side).map(|(_, choice)| choice.token);
        let parties = |side: Side| {
            token(side).map_or_else(Vec::new, |token| joint(search, token, &chosen[side as usize]))
        };
        let (mut by, mut to) = (parties(Side::By), parties(Side::To));
        let mut what = token(Side::What);
        if let Some(draft) = &ruled {
            // Where the model sees nobody and nothing, the rules may.
            what = what.or(draft.what);
            if by.is_empty() {
                by.clone_from(&draft.by);
            }
            if to.is_empty() {
                to.clone_from(&draft.to);
            }
        }
        to.retain(|party| !by.contains(party) && search.may_be_addressed(*party, anchor));
        let given = !matches!(kind, UndertakingKind::Demand | UndertakingKind::Expectation);
        if let Some(deed) = what.filter(|_| given) {
            let known = to.iter().any(|party| search.is_known(*party));
            let mut harmed = search.harmed(deed);
            harmed.retain(|party| !by.contains(party));
            if !known && !harmed.is_empty() {
                to = harmed;
            } else if to.is_empty() && 1 < by.len() && search.is_mutual(deed) {
                to.clone_from(&by);
            }
        }
        let ground = token(Side::Condition).filter(|token| !search.is_of_anonymity(*token));
        let span = ground.map(|token| search.whole(token));
        let proviso = search.proviso(anchor, what).map(|proviso| proviso.span);
        let condition = span.map(|span| proviso.filter(|it| it.overlaps(span)).unwrap_or(span));
        let condition = condition
            .or(ruled.as_ref().filter(|draft| draft.kind == kind).and_then(|it| it.condition));
        let yields = matches!(kind, UndertakingKind::Refusal | UndertakingKind::Condition);
        let same = ruled.as_ref().is_some_and(|draft| draft.what == what && draft.kind == kind);
        let negated = match &ruled {
            Some(draft) if same => draft.negated,
            _ => !yields && what.is_some_and(|what| search.is_not_to_be(what)),
        };
        let cue = ruled.map_or_else(|| cue(sight, anchor), |draft| draft.cue);
        let known = !by.is_empty() || !to.is_empty();
        let enough = known && (what.is_some() || condition.is_some());
        let head = anchor;
        let draft = Draft { kind, head, cue, by, to, what, negated, condition };
        enough.then_some(draft).and_then(|draft| search.admitted(draft))
    }
}

/// By so much the linear model must have none before every kind for the network not to be asked. On our
/// own gold and on the marked reports no score is lower for it (2026-11-27).
const HOPELESS: i32 = 3 << SCALE_BITS;

/// Bits of the fraction of scores.
const SCALE_BITS: u32 = 9;

/// Linear scores with those of the network, which has a share of them.
fn mix(scores: &mut Scores, seen: &[i32], share: i32) {
    for (score, seen) in scores.iter_mut().zip(seen) {
        *score += ((seen - *score) * share) >> SCALE_BITS;
    }
}

/// The parties of the noun phrase that a token is of: its own, and those chosen with it that it is
/// coordinated with. Without what only stands inside another ("Iran" of "Iran's navy"), and without
/// pronouns beside what is named.
fn joint(search: &Search<'_>, token: Index, chosen: &[(i32, Choice)]) -> Vec<Party> {
    let first = search.first_conjunct(token);
    let mut parties: Vec<Party> = Vec::new();
    for (_, choice) in chosen.iter().filter(|it| search.first_conjunct(it.1.token) == first) {
        for party in &choice.parties {
            if !parties.contains(party) {
                parties.push(*party);
            }
        }
    }
    let spans: Vec<Span> = parties.iter().map(|party| search.extent_of(*party)).collect();
    let inside = |at: usize| {
        let holds = |other: &Span| *other != spans[at] && other.cover(spans[at]) == *other;
        spans.iter().any(holds)
    };
    let named = parties.iter().any(|party| !search.is_pronoun(*party));
    let kept =
        (0..parties.len()).filter(|at| !(inside(*at) || named && search.is_pronoun(parties[*at])));
    kept.map(|at| parties[at]).collect()
}

/// The words of a cue that no rule knows: a word, with its modal verb before it.
fn cue(sight: &Sight<'_, '_>, anchor: Index) -> (Index, Index) {
    let modal = sight.modal(anchor).filter(|modal| *modal < anchor && anchor < *modal + 4);
    (modal.unwrap_or(anchor), anchor)
}

/// A word that may make an undertaking.
pub struct Site {
    /// Its token.
    pub token: u32,
    /// The words that would make it one.
    pub cue: Span,
    /// What the rules have it be, with what it is about.
    pub ruled: Option<(UndertakingKind, Option<Span>)>,
    /// Its features.
    pub keys: [u32; KIND_KEYS],
    /// The word over it.
    pub over: Option<u32>,
    draft: Option<usize>,
}

/// A word that may be a side of an undertaking.
pub struct Choice {
    /// Its token.
    pub token: u32,
    /// Its features.
    pub keys: [u32; SIDE_KEYS],
    /// What else the network is told of it.
    pub pair: [u8; PAIR_KEYS],
    parties: Vec<Party>,
}

/// Every draft, and every verb, noun and adjective that heads none.
fn sites(sight: &Sight<'_, '_>, drafts: &[Draft]) -> Vec<Site> {
    let search = sight.search;
    let grammar = search.grammar;
    let mut heads = vec![false; grammar.len()];
    let mut sites = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        heads[draft.head as usize] = true;
        sites.push(Site {
            token: draft.head,
            cue: search.span(draft.cue.0).cover(search.span(draft.cue.1)),
            ruled: Some((draft.kind, draft.what.map(|what| search.span(what)))),
            keys: sight.kind_keys(draft.head, draft.kind as u64 + 1),
            over: grammar.head(draft.head),
            draft: Some(at),
        });
    }
    for token in 0..grammar.len() as Index {
        if heads[token as usize] || !may_make(sight, token) {
            continue;
        }
        let (from, last) = cue(sight, token);
        sites.push(Site {
            token,
            cue: search.span(from).cover(search.span(last)),
            ruled: None,
            keys: sight.kind_keys(token, 0),
            over: grammar.head(token),
            draft: None,
        });
    }
    sites
}

fn may_make(sight: &Sight<'_, '_>, token: Index) -> bool {
    let grammar = sight.search.grammar;
    match grammar.word(token).upos {
        Upos::Verb => true,
        Upos::Noun | Upos::Adj => !matches!(
            grammar.relation(token),
            Relation::Compound | Relation::Amod | Relation::Flat | Relation::NmodDesc
        ),
        Upos::Aux => grammar.relation(token) != Relation::Aux && !grammar.kids(token).is_empty(),
        _ => false,
    }
}

/// The words that may be a side of an undertaking.
fn choices(
    sight: &Sight<'_, '_>,
    anchor: Index,
    kind: UndertakingKind,
    ruled: Option<&Draft>,
) -> Vec<Choice> {
    let search = sight.search;
    let speech = search.speech(anchor).unwrap_or_default();
    let what = ruled.and_then(|draft| draft.what);
    let proviso = search.proviso(anchor, what);
    let head = |parties: &[Party]| parties.first().and_then(|party| search.head_of(*party));
    let subject = search.grammar.subject(anchor);
    let partners = search.partners(anchor);
    let rivals = pair(sight.who(subject), sight.who(head(&speech.speakers)));
    let given = |parties: &[Party], of: &[Party]| parties.iter().any(|party| of.contains(party));
    let mut seen: Vec<Party> = Vec::new();
    let mut choices = Vec::new();
    let mut add = |token: Index, parties: Vec<Party>| {
        let ruled_side = match ruled {
            Some(draft) if draft.what == Some(token) => 3,
            Some(draft) if given(&parties, &draft.by) => 1,
            Some(draft) if given(&parties, &draft.to) => 2,
            Some(draft) if draft.condition.is_some_and(|it| holds(search, it, token)) => 4,
            _ => 0,
        };
        let standing = Standing {
            ruled: ruled_side,
            by_rule: ruled.is_some(),
            speech: u64::from(given(&parties, &speech.speakers))
                + 2 * u64::from(given(&parties, &speech.addressees))
                + 4 * u64::from(given(&parties, &partners)),
            proviso: proviso.map_or(0, |proviso| {
                let inside = search.is_under(token, proviso.head);
                let acts = search.own_subject(proviso.head) == Some(token);
                u64::from(inside) + u64::from(token == proviso.head) + 2 * u64::from(acts)
            }),
            party: !parties.is_empty(),
            rivals,
        };
        let keys = sight.side_keys(anchor, kind as u64 + 1, token, standing);
        let pair = sight.pair_keys(anchor, kind, token, standing);
        choices.push(Choice { token, keys, pair, parties });
    };
    let (first, end) = search.sentence(anchor);
    for token in (first..end).filter(|token| may_be_side(sight, *token)) {
        let parties = search.doers(token);
        seen.extend(&parties);
        add(token, parties);
    }
    let elsewhere = ruled.iter().flat_map(|draft| draft.by.iter().chain(&draft.to));
    let elsewhere = elsewhere.chain(&speech.speakers).chain(&speech.addressees);
    for party in elsewhere.chain(&partners) {
        if !seen.contains(party)
            && let Some(head) = search.head_of(*party)
        {
            seen.push(*party);
            add(head, vec![*party]);
        }
    }
    choices
}

/// Whether a token is the head of a span.
fn holds(search: &Search<'_>, span: Span, token: Index) -> bool {
    let inside = |token: Index| {
        let it = search.span(token);
        span.start <= it.start && it.end <= span.end
    };
    inside(token) && !search.grammar.head(token).is_some_and(inside)
}

fn may_be_side(sight: &Sight<'_, '_>, token: Index) -> bool {
    let grammar = sight.search.grammar;
    if is_first_person(grammar, token) {
        return true;
    }
    match grammar.word(token).upos {
        Upos::Noun | Upos::Propn | Upos::Num => {
            !matches!(grammar.relation(token), Relation::Flat | Relation::NmodDesc)
        }
        Upos::Pron | Upos::Verb => true,
        Upos::Adj => {
            grammar.relation(token) != Relation::Amod
                || sight.search.heads[token as usize].is_some()
        }
        Upos::Aux => grammar.relation(token) != Relation::Aux,
        Upos::Det => !sight.search.doers(token).is_empty(),
        _ => false,
    }
}

/// A word that may be a side, with where it names somebody.
pub type Offered = (Choice, Vec<Span>);

/// What a text teaches the models.
pub struct Lesson {
    /// Words that may make an undertaking.
    pub sites: Vec<Site>,
    /// For each site that makes one: the words that may be its sides, with where each names somebody.
    pub choices: Vec<(usize, Vec<Offered>)>,
    /// What stands for each word.
    pub words: Vec<[u64; WORD_KEYS]>,
    /// What the parser's network has of each word.
    pub seen: Vec<i16>,
}

/// What a text teaches. `told` says of each site which kind it makes, if any.
pub fn lesson(
    text: Read<'_>,
    observed: &Observed,
    kit: &Kit,
    told: impl FnOnce(&[Site]) -> Vec<Option<UndertakingKind>>,
) -> Lesson {
    let (rules, clusters) = (&kit.undertakings, kit.names.clusters());
    let grammar = crate::event::Grammar::new(text, &rules.words);
    let search = Search::new(&grammar, observed, rules);
    let drafts = spoken::find(&search, search::by_cues(&search));
    let sight = Sight::new(&search, clusters, &drafts);
    let sites = sites(&sight, &drafts);
    let kinds = told(&sites);
    let mut taught = Vec::new();
    for (at, kind) in kinds.into_iter().enumerate() {
        let Some(kind) = kind else { continue };
        let ruled = sites[at].draft.map(|draft| &drafts[draft]);
        let choices = choices(&sight, sites[at].token, kind, ruled);
        let placed = |choice: Choice| {
            let places = choice.parties.iter().flat_map(|party| search.places(*party)).collect();
            (choice, places)
        };
        taught.push((at, choices.into_iter().map(placed).collect()));
    }
    let words = (0..grammar.len() as Index).map(|token| sight.word_keys(token)).collect();
    Lesson { sites, choices: taught, words, seen: senses::seen(text, 0..text.tokens.len(), kit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_of_another_kind_is_refused() {
        assert!(Judge::read(include_bytes!("../../../../../data/models/english.roles")).is_err());
        assert!(Judge::read(&[]).is_err());
    }

    #[test]
    fn parts_read_back_as_written() {
        let mut parts = JudgeParts {
            kinds: vec![(3, vec![(1, 5)])],
            sides: vec![(9, vec![(2, -4), (4, 11)])],
            network: None,
            lean: Lean { ruled: -7, unruled: 2, side: -1, share: 256 },
        };
        let judge = Judge::read(&parts.write()).unwrap();
        assert_eq!(judge.lean, parts.lean);
        let choice = |keys| Choice { token: 0, keys, pair: [0; PAIR_KEYS], parties: Vec::new() };
        let mut keys = [0; SIDE_KEYS];
        keys[0] = 9;
        assert_eq!(judge.side(0, &choice(keys), None), Some((Side::Condition, 12)));
        assert_eq!(judge.side(0, &choice([1; SIDE_KEYS]), None), Some((Side::Condition, 1)));
    }
}
