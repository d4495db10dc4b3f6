use chancery_annotate::coreference::Chain;
use chancery_annotate::date::ReportDate;
use chancery_annotate::{Annotations, Observed};
use chancery_text::{Report, RowId, Span};
use serde_json::{Value, json};

/// Every layer of one report as one JSON object. A span is `{start, end, start_char, end_char, text}`:
/// bytes, code points, and the characters themselves.
pub fn document(report: &Report, annotations: &Annotations) -> Value {
    let view = View { report, chars: char_starts(&report.text) };
    let observed = &annotations.observed;
    let metadata = &report.metadata;
    json!({
        "report": report.id.to_string(),
        "source": report.source.label(),
        "format": report.source.format,
        "charset": report.source.charset,
        "metadata": {
            "title": metadata.title, "authors": metadata.authors, "outlet": metadata.outlet,
            "url": metadata.url, "published": metadata.published, "modified": metadata.modified,
            "language": metadata.language,
        },
        "language": {
            "code": observed.language.code, "reliable": observed.language.reliable,
            "read": observed.language.read,
        },
        "date": view.date(&observed.date),
        "title": observed.title.map(|span| view.span(span)),
        "notices": report.notices.iter().map(|n| json!({"code": n.code, "text": n.text})).collect::<Vec<_>>(),
        "prose": view.spans(&observed.prose),
        "residue": view.residue(observed),
        "credits": view.credits(observed),
        "sentences": view.spans(&observed.sentences),
        "tokens": view.tokens(annotations),
        "names": view.names(annotations),
        "predicates": predicates(annotations),
        "chains": view.chains(annotations),
        "actors": actors(observed),
        "mentions": view.mentions(observed),
        "places": view.places(observed),
        "times": view.times(observed),
        "figures": view.figures(observed),
        "quotations": view.quotations(observed),
        "events": view.events(observed),
        "relations": view.relations(observed),
        "undertakings": view.undertakings(observed),
    })
}

struct View<'a> {
    report: &'a Report,
    /// Byte offsets of characters, so that code points are counted by a search.
    chars: Vec<u32>,
}

fn char_starts(text: &str) -> Vec<u32> {
    text.char_indices().map(|(at, _)| at as u32).collect()
}

fn id(row: Option<RowId>) -> Value {
    row.map_or(Value::Null, |row| row.to_string().into())
}

fn ids(rows: &[RowId]) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}

/// Predicates by the index of their token, with the token that heads each argument.
fn predicates(annotations: &Annotations) -> Vec<Value> {
    let predicate = |row: &chancery_annotate::role::Predicate| {
        let arguments = row.arguments.iter();
        json!({
            "token": row.token,
            "lemma": annotations.syntax.words[row.token as usize].lemma,
            "arguments": arguments
                .map(|argument| json!({ "role": argument.role.name(), "head": argument.head }))
                .collect::<Vec<_>>(),
        })
    };
    annotations.predicates.iter().map(predicate).collect()
}

fn actors(observed: &Observed) -> Vec<Value> {
    let actor = |row: &chancery_annotate::mention::Actor| {
        json!({
            "key": row.key, "name": row.name, "kind": row.kind.name(), "country": row.country,
            "sectors": row.sectors.iter().map(|sector| sector.name()).collect::<Vec<_>>(),
            "roles": row.roles, "known": row.known,
        })
    };
    observed.actors.iter().map(actor).collect()
}

impl View<'_> {
    fn chars(&self, at: u32) -> usize {
        self.chars.partition_point(|&start| start < at)
    }

    fn span(&self, span: Span) -> Value {
        json!({
            "start": span.start, "end": span.end,
            "start_char": self.chars(span.start), "end_char": self.chars(span.end),
            "text": self.report.slice(span),
        })
    }

    fn optional(&self, span: Option<Span>) -> Value {
        span.map_or(Value::Null, |span| self.span(span))
    }

    fn spans(&self, spans: &[Span]) -> Vec<Value> {
        spans.iter().map(|span| self.span(*span)).collect()
    }

    fn date(&self, date: &ReportDate) -> Value {
        let reason = |reason: &chancery_annotate::date::DateReason| json!({ "text": reason.text, "span": self.optional(reason.span) });
        json!({
            "interval": date.interval.to_string(), "basis": date.basis.name(),
            "stated": date.stated.map(|stated| stated.to_string()),
            "reasons": date.reasons.iter().map(reason).collect::<Vec<_>>(),
        })
    }

    fn residue(&self, observed: &Observed) -> Vec<Value> {
        let rows = observed.residue.iter();
        rows.map(|row| {
            json!({ "id": row.id.to_string(), "span": self.span(row.span), "reason": row.reason.name() })
        })
        .collect()
    }

    fn credits(&self, observed: &Observed) -> Vec<Value> {
        let rows = observed.credits.iter();
        rows.map(|row| {
            json!({
                "id": row.id.to_string(), "span": self.span(row.span),
                "name_span": self.span(row.name_span), "kind": row.kind.name(), "name": row.name,
            })
        })
        .collect()
    }

    /// The mentions of each thing that is mentioned more than once.
    fn chains(&self, annotations: &Annotations) -> Vec<Vec<Value>> {
        let mentions = |chain: &Chain| chain.mentions.iter().map(|m| self.span(m.span)).collect();
        annotations.chains.iter().map(mentions).collect()
    }

    fn tokens(&self, annotations: &Annotations) -> Vec<Value> {
        let rows = annotations.tokens.iter().zip(&annotations.syntax.words);
        rows.map(|(token, word)| {
            json!({
                "start": token.span.start, "end": token.span.end, "text": self.report.slice(token.span),
                "joined": token.joined, "upos": word.upos.name(), "xpos": word.xpos,
                "features": word.features.to_string(), "lemma": word.lemma, "head": word.head, "relation": word.relation.name(),
            })
        })
        .collect()
    }

    fn names(&self, annotations: &Annotations) -> Vec<Value> {
        let names = annotations.names.iter();
        names
            .map(|name| {
                json!({
                    "span": self.span(name.span), "class": name.class.name(),
                    "kind": name.kind.name(),
                })
            })
            .collect()
    }

    fn mentions(&self, observed: &Observed) -> Vec<Value> {
        let rows = observed.mentions.iter();
        rows.map(|row| {
            json!({
                "id": row.id.to_string(), "span": self.span(row.span),
                "head_span": self.span(row.head_span), "form": row.form.name(),
                "kind": row.kind.name(), "actor": row.actor, "basis": row.basis,
            })
        })
        .collect()
    }

    fn places(&self, observed: &Observed) -> Vec<Value> {
        let rows = observed.places.iter();
        rows.map(|row| {
            json!({
                "id": row.id.to_string(), "span": self.span(row.span), "name": row.name,
                "key": row.key, "coordinates": row.coordinates.map(|(lat, lon)| [lat, lon]),
                "country": row.country, "kind": row.kind.name(), "role": row.role.name(),
            })
        })
        .collect()
    }

    fn times(&self, observed: &Observed) -> Vec<Value> {
        let rows = observed.times.iter();
        rows.map(|row| {
            json!({
                "id": row.id.to_string(), "span": self.span(row.span), "type": row.timex.name(),
                "value": row.value, "interval": row.interval.to_string(),
            })
        })
        .collect()
    }

    fn figures(&self, observed: &Observed) -> Vec<Value> {
        let rows = observed.figures.iter();
        rows.map(|row| {
            json!({
                "id": row.id.to_string(), "span": self.span(row.span),
                "number_span": self.span(row.number_span), "low": row.low, "high": row.high,
                "bound": row.bound.name(), "unit": row.unit, "counted": self.optional(row.counted),
                "state": row.state,
            })
        })
        .collect()
    }

    fn quotations(&self, observed: &Observed) -> Vec<Value> {
        let rows = observed.quotations.iter();
        rows.map(|row| {
            json!({
                "id": row.id.to_string(), "source": self.optional(row.source),
                "cue": self.optional(row.cue), "contents": self.spans(&row.contents),
                "kind": row.kind.name(), "speaker": id(row.speaker), "addressee": id(row.addressee),
                "denied": row.denied, "within": id(row.within),
            })
        })
        .collect()
    }

    fn events(&self, observed: &Observed) -> Vec<Value> {
        let rows = observed.events.iter();
        rows.map(|row| {
            json!({
                "id": row.id.to_string(), "span": self.span(row.span),
                "trigger": self.span(row.trigger), "type": row.plover.name(), "mode": row.mode,
                "contexts": row.contexts, "cameo": row.cameo, "quad": row.plover.quad().name(),
                "status": row.status.name(), "sources": ids(&row.sources),
                "targets": ids(&row.targets), "place": id(row.place), "time": id(row.time),
                "when": row.when.to_string(), "quotation": id(row.quotation),
            })
        })
        .collect()
    }

    fn relations(&self, observed: &Observed) -> Vec<Value> {
        let rows = observed.relations.iter();
        rows.map(|row| {
            json!({
                "id": row.id.to_string(), "span": self.span(row.span),
                "trigger": self.span(row.trigger), "kind": row.kind.name(),
                "subject": row.subject.to_string(), "object": row.object.to_string(),
                "time": id(row.time), "held": row.held.to_string(), "ended": row.ended,
                "negated": row.negated, "quotation": id(row.quotation),
            })
        })
        .collect()
    }

    fn undertakings(&self, observed: &Observed) -> Vec<Value> {
        let rows = observed.undertakings.iter();
        rows.map(|row| {
            json!({
                "id": row.id.to_string(), "span": self.span(row.span), "cue": self.span(row.cue),
                "kind": row.kind.name(), "by": ids(&row.by), "to": ids(&row.to),
                "what": self.span(row.what), "negated": row.negated,
                "condition": self.optional(row.condition), "deadline": id(row.deadline),
                "quotation": id(row.quotation),
            })
        })
        .collect()
    }
}
