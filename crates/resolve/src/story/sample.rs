//! Hand-made readings: a report of plain text, and rows made by finding substrings.

use chancery_annotate::Observed;
use chancery_annotate::clean::{Credit, CreditKind};
use chancery_annotate::date::{DateBasis, ReportDate};
use chancery_annotate::event::{Event, EventType, Status};
use chancery_annotate::figure::{Bound, Figure};
use chancery_annotate::mention::{Actor, ActorKind, Mention, MentionForm, MentionKind};
use chancery_annotate::place::{Place, PlaceKind, PlaceRole};
use chancery_annotate::quotation::{Quotation, QuotationKind};
use chancery_annotate::time::{Time, TimexType};
use chancery_annotate::undertaking::{Undertaking, UndertakingKind};
use chancery_text::{Interval, Kind, Report, RowId, Span};

use crate::Reading;

/// Builds a [`Reading`].
pub(super) struct Sample {
    reading: Reading,
}

impl Sample {
    /// A report of this text, one sentence a full stop.
    pub(super) fn new(text: &str) -> Self {
        let report = Report::from_text("sample.txt", text);
        let mut observed = Observed { prose: vec![Span::of(0..text.len())], ..Observed::default() };
        let mut start = 0;
        for part in text.split_inclusive(". ") {
            let end = start + part.len();
            observed.sentences.push(Span::of(start..end).trim(text));
            start = end;
        }
        Self { reading: Reading { report, observed } }
    }

    pub(super) fn reading(self) -> Reading {
        self.reading
    }

    pub(super) fn outlet(mut self, outlet: &str) -> Self {
        self.reading.report.metadata.outlet = Some(outlet.to_owned());
        self
    }

    pub(super) fn dated(mut self, interval: &str) -> Self {
        self.reading.observed.date = ReportDate {
            interval: interval.parse().unwrap(),
            basis: DateBasis::Stated,
            ..ReportDate::default()
        };
        self
    }

    /// The span of the first place of a substring.
    pub(super) fn span(&self, part: &str) -> Span {
        let text = &self.reading.report.text;
        let start = text.find(part).unwrap_or_else(|| panic!("no {part:?} in {text:?}"));
        Span::of(start..start + part.len())
    }

    fn id(&self, kind: Kind, span: Span) -> RowId {
        RowId::observed(kind, self.reading.report.id, span, "")
    }

    pub(super) fn credit(mut self, part: &str, kind: CreditKind, name: &str) -> Self {
        let span = self.span(part);
        let id = self.id(Kind::Credit, span);
        let name = name.to_owned();
        self.reading.observed.credits.push(Credit { id, span, name_span: span, kind, name });
        self
    }

    /// A time named by `part`, with this TIMEX3 value: a day, or a weekday of no known week.
    pub(super) fn time(mut self, part: &str, value: &str) -> Self {
        let span = self.span(part);
        let interval = value.parse().unwrap_or(Interval::OPEN);
        let (id, timex) = (self.id(Kind::Time, span), TimexType::Date);
        let value = value.to_owned();
        self.reading.observed.times.push(Time { id, span, timex, value, interval });
        self
    }

    /// A person named by `part`, with this key, country and role.
    pub(super) fn person(self, part: &str, key: &str, country: &str, role: &str) -> Self {
        self.actor(part, key, ActorKind::Person, country, role)
    }

    /// A state named by `part`.
    pub(super) fn state(self, part: &str, country: &str) -> Self {
        self.actor(part, &format!("state:{country}"), ActorKind::State, country, "")
    }

    /// A group named by `part`.
    pub(super) fn group(self, part: &str, key: &str) -> Self {
        self.actor(part, key, ActorKind::Group, "", "")
    }

    fn actor(mut self, part: &str, key: &str, kind: ActorKind, country: &str, role: &str) -> Self {
        let span = self.span(part);
        let id = self.id(Kind::Mention, span);
        let observed = &mut self.reading.observed;
        if observed.actors.iter().all(|actor| actor.key != key) {
            observed.actors.push(Actor {
                key: key.to_owned(),
                name: part.to_owned(),
                kind,
                country: (!country.is_empty()).then(|| country.to_owned()),
                sectors: Vec::new(),
                roles: if role.is_empty() { vec![] } else { vec![role.to_owned()] },
                known: !key.starts_with("name:"),
            });
        }
        observed.mentions.push(Mention {
            id,
            span,
            head_span: span,
            tokens: 0..0,
            form: MentionForm::Name,
            kind: MentionKind::Person,
            actor: Some(key.to_owned()),
            basis: "lexicon",
        });
        self
    }

    fn mentioned(&self, part: &str) -> RowId {
        self.id(Kind::Mention, self.span(part))
    }

    /// A quotation of `content` by the mention `speaker` (empty: nobody).
    pub(super) fn says(mut self, speaker: &str, content: &str) -> Self {
        let span = self.span(content);
        let known = !speaker.is_empty();
        self.reading.observed.quotations.push(Quotation {
            id: self.id(Kind::Quotation, span),
            source: known.then(|| self.span(speaker)),
            cue: None,
            contents: vec![span],
            kind: QuotationKind::Direct,
            speaker: known.then(|| self.mentioned(speaker)),
            addressee: None,
            denied: false,
            within: None,
        });
        self
    }

    /// Makes the last saying one in the reporter's words with some in quotation marks.
    pub(super) fn mixed(mut self) -> Self {
        let last = self.reading.observed.quotations.last_mut().expect("a saying comes before");
        last.kind = QuotationKind::Mixed;
        self
    }

    /// Makes the last saying one that its speaker denies.
    pub(super) fn denied(mut self) -> Self {
        let last = self.reading.observed.quotations.last_mut().expect("a saying comes before");
        last.denied = true;
        self
    }

    /// Makes these words the headline.
    pub(super) fn headline(mut self, part: &str) -> Self {
        self.reading.observed.title = Some(self.span(part));
        self
    }

    /// A town named by `part`.
    pub(super) fn town(mut self, part: &str) -> Self {
        let span = self.span(part);
        self.reading.observed.places.push(Place {
            id: self.id(Kind::Place, span),
            span,
            name: part.to_owned(),
            key: Some(format!("geonames:{part}")),
            coordinates: None,
            country: None,
            kind: PlaceKind::Settlement,
            role: PlaceRole::Location,
        });
        self
    }

    /// An event: clause, trigger, type, source and target mentions, day and status.
    pub(super) fn event(
        mut self,
        clause: &str,
        trigger: &str,
        plover: EventType,
        between: (&str, &str),
        when: &str,
        status: Status,
    ) -> Self {
        let span = self.span(clause);
        let trigger = self.span(trigger);
        let ids = |part: &str| {
            if part.is_empty() { Vec::new() } else { vec![self.mentioned(part)] }
        };
        let event = Event {
            id: self.id(Kind::EventMention, trigger),
            span,
            trigger,
            plover,
            mode: None,
            contexts: Vec::new(),
            cameo: String::new(),
            status,
            sources: ids(between.0),
            targets: ids(between.1),
            place: None,
            time: None,
            when: when.parse::<Interval>().unwrap(),
            quotation: None,
        };
        self.reading.observed.events.push(event);
        self
    }

    /// Gives the last event a CAMEO code.
    pub(super) fn coded(mut self, cameo: &str) -> Self {
        let event = self.reading.observed.events.last_mut().expect("an event comes first");
        event.cameo = cameo.to_owned();
        self
    }

    /// Puts the last event into the last saying.
    pub(super) fn quoted(mut self) -> Self {
        let saying = self.reading.observed.quotations.last().expect("a saying comes first").id;
        let event = self.reading.observed.events.last_mut().expect("an event comes first");
        event.quotation = Some(saying);
        self
    }

    /// A count: the phrase, its number, what is counted, what happened to it.
    pub(super) fn bounded(
        mut self,
        phrase: &str,
        number: f64,
        counted: &str,
        state: &str,
        bound: Bound,
    ) -> Self {
        let span = self.span(phrase);
        self.reading.observed.figures.push(Figure {
            id: self.id(Kind::Figure, span),
            span,
            number_span: span,
            low: Some(number),
            high: Some(number),
            bound,
            unit: None,
            counted: Some(self.span(counted)),
            state: Some(state.to_owned()),
        });
        self
    }

    /// An undertaking by a mention.
    pub(super) fn undertakes(mut self, by: &str, what: &str, kind: UndertakingKind) -> Self {
        let span = self.span(what);
        self.reading.observed.undertakings.push(Undertaking {
            id: self.id(Kind::UndertakingMention, span),
            span,
            cue: span,
            kind,
            by: vec![self.mentioned(by)],
            to: Vec::new(),
            what: span,
            negated: false,
            condition: None,
            deadline: None,
            quotation: None,
        });
        self
    }
}
