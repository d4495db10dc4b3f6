use chancery_annotate::event::{Event, EventType, Status};
use chancery_annotate::quotation::Quotation;
use chancery_annotate::undertaking::{Undertaking, UndertakingKind};
use chancery_annotate::{Observed, clean::Credit};
use chancery_text::{Interval, RowId, Span};

use super::parties::{Candidate, actor, candidates};
use super::world::{Found, Standing};
use super::{World, across, fold};
use crate::gold::facts::Fact;
use crate::score::when;
use crate::tasks::figures;

/// What the record says about a fact.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// Whether a row of its kind tells it.
    pub found: bool,
    /// Whether that row agrees in full.
    pub strict: bool,
    /// For what did not happen: whether the record says that it did.
    pub sprung: Option<bool>,
    /// What was found, in labels.
    pub how: String,
}

impl Verdict {
    /// Found and right, or neither.
    pub fn plain(found: bool) -> Self {
        Self { found, strict: found, ..Self::default() }
    }

    /// For a case.
    pub fn label(&self) -> String {
        let state = match (self.found, self.strict) {
            (true, true) => "strict",
            (true, false) => "found",
            _ => "not found",
        };
        let sprung = if self.sprung == Some(true) { ", said to have happened" } else { "" };
        let how = if self.how.is_empty() { String::new() } else { format!(": {}", self.how) };
        format!("{state}{how}{sprung}")
    }
}

/// A row that overlaps a fact, in what can be compared.
#[derive(Debug, Clone, Default)]
struct Row {
    who: Vec<Candidate>,
    whom: Vec<Candidate>,
    when: Vec<Interval>,
    deadline: Vec<Interval>,
    /// Whether the rest that its kind states agrees.
    agrees: bool,
    label: String,
}

/// Judges a fact against the record.
pub fn judge(fact: &Fact, world: &World<'_>) -> Verdict {
    if let Some(verdict) = across::judge(fact, world) {
        return verdict;
    }
    let Some(standing) = fact.sites.first().and_then(|site| world.standing(site)) else {
        return Verdict::default();
    };
    match fact.kind.as_str() {
        "boilerplate" | "residue" => residue(&standing),
        "not_boilerplate" | "not_residue" => Verdict::plain(kept(&standing)),
        "date" | "date_anchor" => date(fact, &standing),
        "contradiction" => Verdict::plain(disputed(&standing)),
        "independence" => Verdict::plain(independent(&standing)),
        "agreement" => Verdict::plain(shared(&standing)),
        "corrupted" => {
            Verdict::plain(disputed(&standing) || shared(&standing) || quoted(&standing))
        }
        "not_same_quote" => Verdict::plain(one_quote(&standing, world)),
        _ => graded(fact, &standing, world),
    }
}

/// Facts whose rows state who, whom and when.
fn graded(fact: &Fact, standing: &Standing<'_>, world: &World<'_>) -> Verdict {
    let rows = rows(fact, standing, world);
    let graded = rows.iter().map(|row| {
        let mut differs = differs(fact, row, world);
        differs.extend((!row.agrees).then_some("value"));
        (row, differs)
    });
    let best = graded.min_by_key(|(_, differs)| differs.len());
    let strict = best.as_ref().is_some_and(|(_, differs)| differs.is_empty());
    let label = best.map_or(String::new(), |(row, differs)| {
        let but = if differs.is_empty() { "" } else { ", but not " };
        format!("{}{but}{}", row.label, differs.join(", "))
    });
    let sprung = fact.kind.starts_with("event_").then(|| happened(standing));
    Verdict { found: !rows.is_empty(), strict, sprung, how: label }
}

/// Which of who, whom and when a row does not agree on; empty if it agrees on all that is asked.
fn differs(fact: &Fact, row: &Row, world: &World<'_>) -> Vec<&'static str> {
    let kind = fact.kind.as_str();
    if matches!(kind, "figure" | "place" | "framing") {
        return Vec::new();
    }
    let promised = fact.example && kind == "commitment";
    let (when, deadline) =
        if promised { (None, fact.when.or(fact.deadline)) } else { (fact.when, fact.deadline) };
    let dated = |gold: Option<Interval>, found: &[Interval]| {
        gold.is_none_or(|gold| found.iter().any(|found| when::agrees(gold, *found)))
    };
    let undated = matches!(kind, "actor" | "variant" | "actor_role" | "credit" | "provenance");
    let checks = [
        ("who", world.parties.agree(fact.who.as_deref(), &row.who)),
        ("whom", undated || world.parties.agree(fact.whom.as_deref(), &row.whom)),
        ("when", undated || dated(when, &row.when)),
        ("deadline", undated || dated(deadline, &row.deadline)),
    ];
    checks.iter().filter(|(_, agrees)| !agrees).map(|(name, _)| *name).collect()
}

fn rows(fact: &Fact, standing: &Standing<'_>, world: &World<'_>) -> Vec<Row> {
    use UndertakingKind as U;
    let of = |kinds: &[U]| undertakings(standing, |one| kinds.contains(&one.kind));
    match fact.kind.as_str() {
        "event" | "background_event" => events(standing, |_| true, |_| true),
        "event_planned" => events(standing, planned, |_| true),
        "event_hypothetical" => events(
            standing,
            |event| planned(event) || denied(event),
            |event| event.status == Status::Hypothetical,
        ),
        "event_negated" => events(standing, denied, |_| true),
        "statement" => quotations(standing, |_| true),
        "quote_drift" => quotations(standing, |quotation| stated(standing, quotation.id)),
        "denial" => {
            let mut rows = quotations(standing, |quotation| quotation.denied);
            rows.extend(events(
                standing,
                |event| event.plover == EventType::Reject || event.status == Status::Denied,
                |_| true,
            ));
            rows
        }
        "commitment" => of(&[U::Promise, U::Offer]),
        "demand" => of(&[U::Demand, U::Expectation]),
        "expectation" => of(&[U::Expectation]),
        "threat" => of(&[U::Threat]),
        "condition" => undertakings(standing, |one| {
            one.kind == U::Condition || one.condition.is_some_and(|span| standing.meets(span))
        }),
        "figure" => figure_rows(fact, standing),
        "credit" => credits(standing),
        "provenance" => {
            let mut rows = credits(standing);
            rows.extend(quotations(standing, |quotation| {
                standing.meets_any(quotation.source.into_iter().chain(quotation.cue))
            }));
            rows
        }
        "place" => places(fact, standing),
        "actor" | "variant" | "actor_role" | "framing" => mentions(fact, standing, world),
        _ => Vec::new(),
    }
}

fn observed<'a>(standing: &Standing<'a>) -> &'a Observed {
    &standing.at.reading.observed
}

fn parties(standing: &Standing<'_>, ids: &[RowId]) -> Vec<Candidate> {
    candidates(observed(standing), &standing.at.reading.report.text, ids)
}

/// Actors of the story by key, as parties.
fn by_key<'k>(found: Found<'_>, keys: impl IntoIterator<Item = &'k String>) -> Vec<Candidate> {
    let named = |key: &String| {
        let actor = found.readings.iter().find_map(|one| actor(&one.observed, Some(key)));
        Candidate {
            actor: actor.cloned(),
            text: actor.map_or(String::new(), |actor| actor.name.clone()),
        }
    };
    keys.into_iter().map(named).collect()
}

fn planned(event: &Event) -> bool {
    matches!(event.status, Status::Planned | Status::CalledFor | Status::Hypothetical)
}

fn denied(event: &Event) -> bool {
    matches!(event.status, Status::Negated | Status::Denied)
}

/// Whether an event told in these very words is said to have happened.
fn happened(standing: &Standing<'_>) -> bool {
    let factual = |event: &&Event| {
        matches!(event.status, Status::Happened | Status::UnderWay | Status::Historical)
    };
    let within = |event: &Event| standing.spans.iter().any(|span| span.contains(event.trigger));
    observed(standing).events.iter().filter(factual).any(within)
}

fn events(
    standing: &Standing<'_>,
    wanted: impl Fn(&Event) -> bool,
    agrees: impl Fn(&Event) -> bool,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for event in &observed(standing).events {
        if !wanted(event) || !standing.meets_any([event.span, event.trigger]) {
            continue;
        }
        let concluded =
            standing.at.conclusions.events.iter().filter(|one| one.mentions.contains(&event.id));
        let (mut who, mut whom) =
            (parties(standing, &event.sources), parties(standing, &event.targets));
        let mut when = vec![event.when];
        for one in concluded {
            who.extend(by_key(standing.at, &one.sources));
            whom.extend(by_key(standing.at, &one.targets));
            when.push(one.when);
        }
        // Meeting and agreeing have no direction.
        if matches!(event.plover, EventType::Consult | EventType::Agree | EventType::Cooperate) {
            who.extend(whom.clone());
            whom.clone_from(&who);
        }
        let label = format!("{} {} {}", event.id, event.plover, event.status);
        rows.push(Row { who, whom, when, deadline: Vec::new(), agrees: agrees(event), label });
    }
    rows
}

fn quotation_spans(quotation: &Quotation) -> impl Iterator<Item = Span> {
    quotation.contents.iter().copied().chain(quotation.source).chain(quotation.cue)
}

/// In the gold `whom` of a statement is who is spoken to or about: the addressee, or a party named in
/// what is said.
fn quotations(standing: &Standing<'_>, wanted: impl Fn(&Quotation) -> bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let text = &standing.at.reading.report.text;
    for quotation in &observed(standing).quotations {
        if !wanted(quotation) || !standing.meets_any(quotation_spans(quotation)) {
            continue;
        }
        let mut who: Vec<_> =
            quotation.speaker.iter().flat_map(|id| parties(standing, &[*id])).collect();
        who.extend(
            quotation
                .source
                .map(|span| Candidate { actor: None, text: span.slice(text).to_owned() }),
        );
        let about = observed(standing).mentions.iter().filter(|mention| {
            quotation.contents.iter().any(|content| content.contains(mention.span))
        });
        let mut ids: Vec<RowId> = about.map(|mention| mention.id).collect();
        ids.extend(quotation.addressee);
        let mut whom = parties(standing, &ids);
        let mut when = Vec::new();
        for one in &standing.at.conclusions.statements {
            if one.wordings.iter().any(|wording| wording.quotation == quotation.id) {
                who.extend(by_key(standing.at, &one.speaker));
                whom.extend(by_key(standing.at, &one.addressee));
                when.push(one.when);
            }
        }
        let label = format!("{} {}", quotation.id, quotation.kind);
        rows.push(Row { who, whom, when, deadline: Vec::new(), agrees: true, label });
    }
    rows
}

fn undertakings(standing: &Standing<'_>, wanted: impl Fn(&Undertaking) -> bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for one in &observed(standing).undertakings {
        let spans = [one.span, one.cue, one.what].into_iter().chain(one.condition);
        if !wanted(one) || !standing.meets_any(spans) {
            continue;
        }
        let (mut who, mut whom) = (parties(standing, &one.by), parties(standing, &one.to));
        let time = observed(standing).times.iter().find(|time| Some(time.id) == one.deadline);
        let mut deadline: Vec<_> = time.map(|time| time.interval).into_iter().collect();
        let mut when = Vec::new();
        for concluded in &standing.at.conclusions.undertakings {
            if concluded.mentions.contains(&one.id) {
                who.extend(by_key(standing.at, &concluded.by));
                whom.extend(by_key(standing.at, &concluded.to));
                when.push(concluded.when);
                deadline.extend(concluded.deadline);
            }
        }
        let label = format!("{} {}", one.id, one.kind);
        rows.push(Row { who, whom, when, deadline, agrees: true, label });
    }
    rows
}

fn figure_rows(fact: &Fact, standing: &Standing<'_>) -> Vec<Row> {
    let text = &standing.at.reading.report.text;
    let near = observed(standing).figures.iter().filter(|figure| standing.meets(figure.span));
    near.map(|figure| Row {
        agrees: figures::Stated::of(fact).agrees(&figures::Stated::found(figure, text)),
        label: format!("{} {}", figure.id, figures::Stated::found(figure, text)),
        ..Row::default()
    })
    .collect()
}

/// All credits in the words as one row: a line may credit several.
fn credits(standing: &Standing<'_>) -> Vec<Row> {
    let text = &standing.at.reading.report.text;
    let near: Vec<&Credit> =
        observed(standing).credits.iter().filter(|credit| standing.meets(credit.span)).collect();
    let named = |credit: &&Credit| {
        [credit.name.clone(), credit.name_span.slice(text).to_owned()]
            .map(|text| Candidate { actor: None, text })
    };
    let Some(first) = near.first() else { return Vec::new() };
    vec![Row {
        who: near.iter().flat_map(named).collect(),
        agrees: true,
        label: format!("{} {}", first.id, first.kind),
        ..Row::default()
    }]
}

fn places(fact: &Fact, standing: &Standing<'_>) -> Vec<Row> {
    let gold = fact.place.as_deref().and_then(|place| place.split(',').next()).unwrap_or_default();
    let near = observed(standing).places.iter().filter(|place| standing.meets(place.span));
    near.map(|place| Row {
        agrees: fold(&place.name) == fold(gold),
        label: format!("{} {}", place.id, place.key.clone().unwrap_or_default()),
        ..Row::default()
    })
    .collect()
}

fn mentions(fact: &Fact, standing: &Standing<'_>, world: &World<'_>) -> Vec<Row> {
    let near = observed(standing).mentions.iter().filter(|mention| standing.meets(mention.span));
    near.map(|mention| {
        let mut who = parties(standing, &[mention.id]);
        let merged = standing
            .at
            .conclusions
            .merges
            .iter()
            .filter(|m| Some(&m.from) == mention.actor.as_ref());
        let merged: Vec<_> = merged.map(|merge| merge.into.clone()).collect();
        who.extend(by_key(standing.at, &merged));
        let named = fact.who.is_some() || fact.kind != "variant";
        let agrees = named || world.parties.agree(fact.normalized.as_deref(), &who);
        let label = format!("{} {}", mention.id, mention.actor.clone().unwrap_or_default());
        Row { who, agrees, label, ..Row::default() }
    })
    .collect()
}

fn residue(standing: &Standing<'_>) -> Verdict {
    // What ingest left out of the text is no prose either.
    let gone = standing.spans.is_empty();
    let rows = &observed(standing).residue;
    let found = rows.iter().find(|row| standing.meets(row.span));
    let whole = |span: &Span| {
        let covered: u32 =
            rows.iter().filter_map(|row| row.span.intersection(*span)).map(Span::len).sum();
        span.len() <= covered
    };
    Verdict {
        found: gone || found.is_some(),
        strict: gone || standing.spans.iter().any(whole),
        sprung: None,
        how: found.map_or(String::new(), |row| format!("{} {}", row.id, row.reason)),
    }
}

fn kept(standing: &Standing<'_>) -> bool {
    let marked = observed(standing).residue.iter().any(|row| standing.meets(row.span));
    !marked && standing.meets_any(observed(standing).prose.iter().copied())
}

fn date(fact: &Fact, standing: &Standing<'_>) -> Verdict {
    let own = standing.report();
    let dated = standing.at.conclusions.dates.iter().find(|dated| dated.report == own);
    let observed = &observed(standing).date;
    let (interval, basis) =
        dated.map_or((observed.interval, observed.basis), |dated| (dated.interval, dated.basis));
    let gold = fact.when.unwrap_or_default();
    let found = !interval.is_open() && interval.meets(gold);
    let basis_agrees = fact.basis.as_deref().is_none_or(|gold| gold == basis.name());
    Verdict {
        found,
        strict: found && interval == gold && basis_agrees,
        sprung: None,
        how: format!("{interval} {basis}"),
    }
}

fn disputed(standing: &Standing<'_>) -> bool {
    standing.at.conclusions.disagreements.iter().any(|one| standing.evidenced(&one.evidence))
}

fn independent(standing: &Standing<'_>) -> bool {
    let origins = &standing.at.conclusions.origins;
    origins.iter().any(|origin| standing.evidenced(&origin.evidence))
        || !origins.is_empty() && !credits(standing).is_empty()
}

/// Whether something that several reports tell is told here.
fn shared(standing: &Standing<'_>) -> bool {
    let all = standing.at.conclusions;
    let own = standing.report();
    let told = all.events.iter().filter(|one| 1 < one.reports.len()).map(|one| &one.evidence);
    let said = all.statements.iter().filter(|one| 1 < one.reports.len()).map(|one| &one.evidence);
    let given =
        all.undertakings.iter().filter(|one| 1 < one.reports.len()).map(|one| &one.evidence);
    let mut passages = all.passages.iter().flat_map(|passage| [passage.left, passage.right]);
    told.chain(said).chain(given).any(|evidence| standing.evidenced(evidence))
        || passages.any(|(report, span)| report == own && standing.meets(span))
}

fn quoted(standing: &Standing<'_>) -> bool {
    observed(standing)
        .quotations
        .iter()
        .any(|quotation| standing.meets_any(quotation_spans(quotation)))
}

fn stated(standing: &Standing<'_>, quotation: RowId) -> bool {
    let mut wordings = standing.at.conclusions.statements.iter().flat_map(|one| &one.wordings);
    wordings.any(|wording| wording.quotation == quotation)
}

/// Whether the words are a quotation whose statement holds no wording of another speaker.
fn one_quote(standing: &Standing<'_>, world: &World<'_>) -> bool {
    let near =
        observed(standing).quotations.iter().filter(|q| standing.meets_any(quotation_spans(q)));
    let ids: Vec<RowId> = near.map(|quotation| quotation.id).collect();
    let speaker = |id: RowId| {
        world.observed(standing.at.story).into_iter().find_map(|observed| {
            let quotation = observed.quotations.iter().find(|quotation| quotation.id == id)?;
            let mention = observed.mentions.iter().find(|m| Some(m.id) == quotation.speaker)?;
            mention.actor.clone()
        })
    };
    let statements = standing.at.conclusions.statements.iter();
    let holding: Vec<_> =
        statements.filter(|one| one.wordings.iter().any(|w| ids.contains(&w.quotation))).collect();
    let one_speaker = |one: &&chancery_resolve::record::Statement| {
        let mut speakers: Vec<_> =
            one.wordings.iter().filter_map(|w| speaker(w.quotation)).collect();
        speakers.sort();
        speakers.dedup();
        speakers.len() <= 1
    };
    !holding.is_empty() && holding.iter().all(one_speaker)
}
