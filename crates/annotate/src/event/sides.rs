//! Who did it and whom it was done to: from the rule's paths, from what the clause reaches beyond them,
//! and from the trained roles.

use crate::mention::{Mention, MentionForm, MentionKind};
use crate::place::{Place, PlaceKind};
use crate::role::Role;
use crate::syntax::{Relation, Upos};

use super::trigger::{Firing, Search, TURNS};
use super::words::Symbol;
use super::{Clause, Index, Slot, follow};

/// How far beyond a clause's phrases a party is looked for.
const DEPTH: u32 = 3;

/// How many phrases are looked at.
const MOST: usize = 40;

/// Relations that lead on to whom an act reaches.
const REACHING: [Relation; 6] = [
    Relation::Obj,
    Relation::Iobj,
    Relation::Obl,
    Relation::Nmod,
    Relation::NmodPoss,
    Relation::Xcomp,
];

/// Whom a search beyond the rule's paths may find.
#[derive(Clone, Copy)]
struct Reach {
    /// The forces in the object are the actor's own.
    own_forces: bool,
    /// Only places that something happens in or at.
    in_place: bool,
    /// What others did counts too: one protests at "laws imposed by the state", and takes "the bridge used
    /// by the army".
    deeds_of_others: bool,
}

impl Search<'_> {
    /// The mentions on both sides.
    pub(super) fn sides(&self, firing: &Firing<'_>) -> (Vec<u32>, Vec<u32>) {
        let roles = &firing.rule.roles;
        let mut sources = self.first(firing, &roles.sources);
        let mut targets = self.first(firing, &roles.targets);
        if sources.is_empty() && firing.clause.nominal {
            self.owners(firing, &mut sources);
        }
        if sources.is_empty() && targets.is_empty() && firing.clause.nominal {
            (sources, targets) = self.met(firing);
        }
        if let Some(answerable) = self.answerable(firing).filter(|_| sources.is_empty()) {
            self.cast.of(self.grammar, answerable, &mut sources);
        }
        if sources.is_empty() && starts_with(&roles.sources, Slot::Subject) {
            self.in_role(firing, &[Role::Arg0], &mut sources);
        }
        if targets.is_empty() && starts_with(&roles.targets, Slot::Object) {
            self.in_role(firing, &[Role::Arg1, Role::Arg2], &mut targets);
        }
        targets.retain(|number| !self.is_owner(*number) && !self.tells(firing, *number));
        let code = self.code(firing, TURNS);
        if self.moves_its_own(code) {
            targets.retain(|number| !self.is_force(firing, *number));
        }
        if targets.is_empty() && roles.mutual && self.are_joined(&sources) {
            targets = self.of_inner(firing);
        } else if targets.is_empty() && !roles.targets.is_empty() {
            targets = self.beyond(firing, code, &sources);
            targets.retain(|number| !self.is_owner(*number) && !self.tells(firing, *number));
        }
        targets.retain(|number| !self.is_nature(*number));
        self.name_hosts(firing, &mut targets);
        if code < "14" {
            // "agreed to reopen their embassies": nobody to whom it is done.
            targets.retain(|number| !self.is_embassy_of_none(*number));
        }
        if roles.mutual {
            self.part(&mut sources);
            balance(&mut sources, &mut targets);
        } else {
            targets.retain(|it| !sources.iter().any(|source| self.cast.is_same(*source, *it)));
        }
        (sources, targets)
    }

    /// Who met where a clause tells what one did to the other "during a meeting": both, or nobody.
    fn met(&self, firing: &Firing<'_>) -> (Vec<u32>, Vec<u32>) {
        let grammar = self.grammar;
        let Some(verb) = grammar.occasion_of(firing.head) else { return Default::default() };
        let mut clause = Clause::default();
        grammar.read_clause(verb, &mut clause);
        let heard = |token: &&Index| !grammar.is(**token, self.kit.asides.press);
        let to = self.kit.words.symbol("to");
        let mut told: Vec<Index> = clause.objects.iter().chain(&clause.indirect).copied().collect();
        told.extend(clause.preps.iter().filter(|prep| prep.0 == to).map(|prep| prep.1));
        let (mut sources, mut targets) = (Vec::new(), Vec::new());
        let lead = |tokens: &[Index], found: &mut Vec<u32>| {
            for token in tokens.iter().filter(heard).take(4) {
                self.cast.of(grammar, *token, found);
            }
            found.retain(|number| self.cast.actors.mention(*number).kind != MentionKind::Place);
        };
        lead(&clause.subjects, &mut sources);
        lead(&told, &mut targets);
        targets.retain(|it| !sources.iter().any(|source| self.cast.is_same(*source, *it)));
        let both = !sources.is_empty() && !targets.is_empty();
        if both { (sources, targets) } else { Default::default() }
    }

    /// An embassy is to the state whose town it stands in: "closed its embassy in Kelstan" is done to that
    /// state, if the report names it.
    fn name_hosts(&self, firing: &Firing<'_>, targets: &mut [u32]) {
        let clause = &firing.clause;
        let embassy = |token: &Index| self.grammar.is(*token, self.kit.asides.embassy);
        if !clause.objects.iter().chain(&clause.subjects).any(embassy) {
            return;
        }
        for target in targets {
            let mention = self.cast.actors.mention(*target);
            let place = self.place_of(mention).filter(|_| mention.actor.is_none());
            let country = place.and_then(|it| it.country.as_ref());
            *target = country.and_then(|code| self.cast.state(code, *target)).unwrap_or(*target);
        }
    }

    /// "its part in the Black Sea agreement": a sea or a valley that only names something.
    fn is_nature(&self, number: u32) -> bool {
        let mention = self.cast.actors.mention(number);
        let names =
            |head| matches!(self.grammar.relation(head), Relation::Compound | Relation::Amod);
        mention.actor.is_none()
            && mention.kind == MentionKind::Place
            && self.grammar.head_of_mention(mention).is_some_and(names)
            && self.place_of(mention).is_some_and(|place| place.kind == PlaceKind::Natural)
    }

    /// The place that a mention names.
    fn place_of(&self, mention: &Mention) -> Option<&Place> {
        self.observed.places.iter().find(|place| place.span.overlaps(mention.span))
    }

    fn is_embassy_of_none(&self, number: u32) -> bool {
        let head = self.grammar.head_of_mention(self.cast.actors.mention(number));
        self.cast.actors.is_anybody(number)
            && head.is_some_and(|head| self.grammar.is(head, self.kit.asides.embassy))
    }

    /// "Torvia and Sallet agreed": each is the other's party, and nobody else need be looked for.
    fn are_joined(&self, parties: &[u32]) -> bool {
        let joined = |number: &u32| {
            let head = self.grammar.head_of_mention(self.cast.actors.mention(*number));
            head.is_some_and(|head| self.grammar.relation(head) == Relation::Conj)
        };
        1 < parties.len() && parties.iter().any(joined)
    }

    /// Whom the act is done to that two agree on: "agreed to lift the tariffs on Kelstan".
    fn of_inner(&self, firing: &Firing<'_>) -> Vec<u32> {
        let turns = firing.rule.act.is_some_and(|act| act.turn.is_some());
        let inner = self.inner(firing).filter(|inner| turns && !inner.rule.roles.mutual);
        inner.map(|inner| self.sides(inner).1).unwrap_or_default()
    }

    /// The states inside one party that is many: "the navies of Torvia and Sallet".
    fn part(&self, parties: &mut Vec<u32>) {
        let [only] = parties[..] else { return };
        let whole = self.cast.actors.mention(only).span;
        let text = self.grammar.text.report;
        if !text.slice(whole).contains(" and ") {
            return;
        }
        let inner = (only + 1..).take(8).take_while(|number| {
            let mentions = &self.observed.mentions;
            mentions.get(*number as usize).is_some_and(|mention| whole.contains(mention.span))
        });
        let inner: Vec<u32> = inner.collect();
        if 1 < inner.len() {
            *parties = inner;
        }
    }

    /// Whom the act reaches where no path of its rule leads to anybody: the nearest party in its objects,
    /// phrases and infinitives ("sent troops to help Torvia's army"), none of its sources; for acts of
    /// substance, else the place they are done in ("declared a truce in Halmet").
    fn beyond(&self, firing: &Firing<'_>, code: &str, sources: &[u32]) -> Vec<u32> {
        let root = code.get(..2).unwrap_or_default();
        let own_forces = self.moves_its_own(code);
        let deeds_of_others = matches!(root, "09" | "11" | "12" | "14" | "17" | "19");
        let reach = Reach { own_forces, in_place: false, deeds_of_others };
        let party = self.reached(firing, sources, reach);
        let placed = own_forces || matches!(root, "07" | "08") || "14" <= root;
        if party.is_empty() && code != "0831" && placed {
            return self.reached(firing, sources, Reach { in_place: true, ..reach });
        }
        party
    }

    /// "its troops", "their homes": whose they are is as a rule who acts.
    fn is_owner(&self, number: u32) -> bool {
        let mention = self.cast.actors.mention(number);
        let owns = |token| self.grammar.relation(token) == Relation::NmodPoss;
        mention.form == MentionForm::Pronoun
            && self.grammar.head_of_mention(mention).is_some_and(owns)
    }

    /// Whether somebody is named only as the one who says that it happened: "condemned the strikes, his
    /// spokesman said".
    fn tells(&self, firing: &Firing<'_>, number: u32) -> bool {
        let quotation = self.cast.moments.quotation(firing.head);
        let source = quotation.and_then(|quotation| quotation.source);
        source.is_some_and(|source| source.contains(self.cast.actors.mention(number).span))
    }

    /// Whether an act moves, offers or withholds the actor's own forces: whoever is sent is no target.
    fn moves_its_own(&self, code: &str) -> bool {
        matches!(code, "074" | "0874" | "0873") || matches!(code.get(..2), Some("03" | "12" | "15"))
    }

    /// Whether a mention is the troops, named by no state of their own, that the clause has as object.
    fn is_force(&self, firing: &Firing<'_>, number: u32) -> bool {
        let grammar = self.grammar;
        let Some(head) = grammar.head_of_mention(self.cast.actors.mention(number)) else {
            return false;
        };
        let under = |token: &Index| *token == head || grammar.head(head) == Some(*token);
        let whose = grammar.kid(head, &[Relation::NmodPoss]);
        let own = whose.is_some_and(|owner| grammar.word(owner).upos == Upos::Pron);
        (own || self.cast.actors.is_anybody(number))
            && grammar.is(head, self.kit.asides.troops)
            && firing.clause.objects.iter().chain(&firing.clause.xcomp).any(under)
    }

    /// The nearest party that the search allows.
    fn reached(&self, firing: &Firing<'_>, sources: &[u32], reach: Reach) -> Vec<u32> {
        let grammar = self.grammar;
        let clause = &firing.clause;
        let reaches = |token: &Index| reach.in_place || !self.is_around(*token);
        let here = |token: &Index| reach.in_place || !self.stands_apart(*token);
        let preps = clause.preps.iter().map(|prep| prep.1).filter(here);
        let near = clause.objects.iter().chain(&clause.indirect).copied();
        let mut open: Vec<(Index, u32)> =
            near.chain(preps).chain(clause.xcomp).filter(reaches).map(|token| (token, 0)).collect();
        let mut at = 0;
        while let Some((token, depth)) = open.get(at).copied().filter(|_| at < MOST) {
            at += 1;
            let found = self.allowed(firing, token, sources, reach);
            if !found.is_empty() {
                return found;
            }
            if depth < DEPTH {
                let kids = grammar.kids(token).iter().copied();
                let inner = kids.filter(|kid| self.leads_on(*kid, reach));
                open.extend(inner.filter(reaches).map(|kid| (kid, depth + 1)));
            }
        }
        Vec::new()
    }

    /// Whether a dependent is a clause with a subject of its own: what is told beside an act.
    fn stands_apart(&self, token: Index) -> bool {
        self.grammar.relation(token) == Relation::Advcl
            && self.grammar.kid(token, &[Relation::Nsubj, Relation::NsubjPass]).is_some()
    }

    /// Whether a dependent leads on to whom an act reaches.
    fn leads_on(&self, kid: Index, reach: Reach) -> bool {
        let grammar = self.grammar;
        let infinitive = || grammar.kids(kid).iter().any(|to| grammar.word(*to).xpos == "TO");
        match grammar.relation(kid) {
            Relation::OblAgent => reach.deeds_of_others,
            Relation::Acl | Relation::Advcl => reach.deeds_of_others || infinitive(),
            relation => REACHING.contains(&relation),
        }
    }

    /// The mentions of a token that may be whom an act reaches.
    fn allowed(
        &self,
        firing: &Firing<'_>,
        token: Index,
        sources: &[u32],
        reach: Reach,
    ) -> Vec<u32> {
        let mut found = Vec::new();
        if !reach.in_place || self.is_around(token) {
            self.cast.of(self.grammar, token, &mut found);
        }
        found.retain(|number| {
            let kind = self.cast.actors.mention(*number).kind;
            let placed = !reach.in_place || kind == MentionKind::Place;
            let own = reach.own_forces && self.is_force(firing, *number);
            let source = sources.iter().any(|source| self.cast.is_same(*source, *number));
            placed && !own && !source
        });
        found
    }

    /// Whether a phrase says when, where or why, and not to whom.
    fn is_around(&self, token: Index) -> bool {
        let asides = &self.kit.asides;
        let around = |case: Symbol| self.kit.words.mask(case) & asides.around != 0;
        !self.grammar.is(token, asides.reply) && self.grammar.cases(token).any(around)
    }

    /// The mentions of the first of these roles that the predicate of a firing has: what its clause
    /// does not show where it stands, a trained model may know by the company it keeps.
    fn in_role(&self, firing: &Firing<'_>, roles: &[Role], found: &mut Vec<u32>) {
        let at = self.predicates.binary_search_by_key(&firing.head, |predicate| predicate.token);
        let Ok(at) = at else { return };
        for role in roles {
            let arguments = self.predicates[at].arguments.iter();
            for argument in arguments.filter(|argument| argument.role == *role) {
                self.cast.of(self.grammar, argument.head, found);
            }
            if !found.is_empty() {
                return;
            }
        }
    }

    /// "the Torvan attack": a modifier that names an actor.
    fn owners(&self, firing: &Firing<'_>, sources: &mut Vec<u32>) {
        for modifier in &firing.clause.modifiers {
            self.cast.actors.of(self.grammar, *modifier, sources);
        }
        // A town before the noun is where it was: "the Halmet car bomb".
        sources.retain(|number| self.cast.actors.mention(*number).actor.is_some());
    }

    /// Who answers for an act that a noun names: "claimed responsibility for the attack", "is
    /// responsible for the killings".
    fn answerable(&self, firing: &Firing<'_>) -> Option<Index> {
        let grammar = self.grammar;
        let lemma = |token: Index| grammar.word(token).lemma.as_str();
        let noun = Some(firing.head).filter(|_| firing.clause.nominal)?;
        grammar.kids(noun).iter().find(|kid| lemma(**kid) == "for")?;
        let head = grammar.head(noun)?;
        if lemma(head) == "responsible" {
            return grammar.subject(head);
        }
        let verb = if lemma(head) == "responsibility" { grammar.head(head)? } else { head };
        let object = grammar.kid(verb, &[Relation::Obj])?;
        let takes = matches!(
            lemma(verb),
            "accept" | "acknowledge" | "admit" | "assume" | "bear" | "claim" | "take"
        );
        (takes && lemma(object) == "responsibility").then(|| grammar.subject(verb)).flatten()
    }

    /// The mentions that the first fruitful path leads to.
    fn first(&self, firing: &Firing<'_>, paths: &[Vec<Slot>]) -> Vec<u32> {
        let mut tokens = Vec::new();
        let mut found = Vec::new();
        for path in paths {
            tokens.clear();
            follow(self.grammar, &firing.clause, path, &mut tokens);
            for token in tokens.iter().take(8) {
                self.cast.of(self.grammar, *token, &mut found);
            }
            if !found.is_empty() || is_final(path, &tokens) {
                break;
            }
        }
        found
    }
}

/// Whether the first path begins at a slot.
fn starts_with(paths: &[Vec<Slot>], slot: Slot) -> bool {
    paths.first().and_then(|path| path.first()) == Some(&slot)
}

/// Whether a path decides although it leads to nobody: "against" an unknown group is not "in" the
/// country that comes after.
fn is_final(path: &[Slot], tokens: &[Index]) -> bool {
    matches!(path, [Slot::Preposition(_)]) && !tokens.is_empty()
}

/// Two sides that do one thing: where only one is told and it is many, they did it together.
fn balance(sources: &mut Vec<u32>, targets: &mut Vec<u32>) {
    if targets.iter().all(|target| sources.contains(target)) && 1 < sources.len() {
        *targets = sources.clone();
    } else {
        targets.retain(|number| !sources.contains(number));
    }
    if sources.is_empty() && 1 < targets.len() {
        *sources = targets.clone();
    }
}
