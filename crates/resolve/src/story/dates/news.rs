//! The day of a report's news, by the company that it is told in.
//!
//! News is written on its day or the morning after. Most reports name that day by the bare weekday: which
//! week's it is say the dated reports that tell the same news, each heard the louder the more its terms are
//! alike. A weekday that both name is good evidence between accounts that also share a town or a number, as
//! the weekdays of two weeks' news agree but once in seven times. News that names no weekday has the day of
//! dated reports that count the same harmed in the same town, that are the same text, or that are many.

use std::collections::BTreeMap;

use chancery_annotate::date::DateReason;
use chancery_text::{Interval, ReportId, Span};
use jiff::civil::{Date, Weekday};

use super::super::told::{Told, shortened};
use super::lead::{Lead, days_between};
use super::loose;
use crate::block::{Term, telling_terms};

/// Least likeness of a witness. Less alike are reports that a common third holds in one story.
const ALIKE: f64 = 0.15;
/// Likeness of witnesses who need share neither a town nor a number. Bombings of one town, weeks apart, are
/// told with terms up to 0.45 alike.
const CLOSE: f64 = 0.5;
/// Likeness of one text printed twice.
const COPY: f64 = 0.9;
/// Terms of a text that is long enough to be a copy: a sentence may be found twice.
const TERMS: usize = 10;
/// Likeness of the many who date news that names neither a day nor a toll.
const CROWD: f64 = 0.5;
/// How many they are at least.
const MANY: usize = 3;
/// Share of the best witness's likeness that the others in a crowd have.
const BESIDE: f64 = 0.7;
/// Share of the voices that must agree on the week's weekday. Even voices for two weeks say nothing.
const WEEK_SHARE: f64 = 0.6;
/// Share of the voices that must agree on a day and the next.
const DAY_SHARE: f64 = 0.8;
/// Share of all witnesses, the less alike too, that must agree with the many.
const STORY_SHARE: f64 = 0.5;
/// Days from the news to a report that may still be of it.
const LATE: i64 = 5;
/// Days after what happened on which somebody is quoted on it: "killed on Thursday, it said on Saturday".
const SAID_AFTER: i64 = 2;
/// Witnesses who are named as reasons.
const NAMED: usize = 3;

/// What the story's reports look like to one another: terms and leads.
pub(super) struct News {
    terms: Vec<Vec<Term>>,
    leads: Vec<Lead>,
}

/// The day of the news of a report, and why.
pub(super) type Found = (Interval, Vec<(ReportId, DateReason)>);

impl News {
    pub(super) fn of(told: &[Told<'_>]) -> Self {
        // A story whose dates are all known needs no witnesses.
        if told.iter().all(|told| !loose(told.date)) {
            return Self { terms: Vec::new(), leads: Vec::new() };
        }
        Self {
            terms: told.iter().map(|told| telling_terms(told.reading, &told.words)).collect(),
            leads: told.iter().map(Lead::of).collect(),
        }
    }

    /// The days on which the report `at` was written, if its news has dated witnesses who agree.
    ///
    /// Cost: as many comparisons of terms as the story has dated reports.
    pub(super) fn date(&self, told: &[Told<'_>], at: usize) -> Option<Found> {
        let lead = self.leads.get(at)?;
        let witnesses = self.witnesses(told, at);
        if !lead.weekdays.is_empty() {
            return self.by_weekday(told, at, &witnesses);
        }
        self.by_deed(told, at, &witnesses)
            .or_else(|| self.by_copy(told, at, &witnesses))
            .or_else(|| self.by_many(told, at, &witnesses))
    }

    /// The dated reports that may tell the same news, the most alike first.
    fn witnesses(&self, told: &[Told<'_>], at: usize) -> Vec<Witness> {
        let others = (0..told.len()).filter(|&other| other != at && !loose(told[other].date));
        let mut witnesses: Vec<_> = others
            .filter_map(|report| {
                let alike = cosine(&self.terms[at], &self.terms[report]);
                let day = told[report].date.last?;
                (ALIKE <= alike).then_some(Witness { report, alike, day })
            })
            .collect();
        witnesses.sort_by(|a, b| b.alike.total_cmp(&a.alike).then(a.report.cmp(&b.report)));
        witnesses
    }

    /// The day of the weekday that the news names, and the morning after.
    fn by_weekday(&self, told: &[Told<'_>], at: usize, witnesses: &[Witness]) -> Option<Found> {
        let lead = &self.leads[at];
        let heard: Vec<_> = witnesses.iter().filter(|one| self.hears(lead, one)).collect();
        let voices: Vec<_> =
            heard.iter().filter_map(|one| self.voice(&lead.of_news, one)).collect();
        let day = agreed(&voices)?;
        let of_day = || voices.iter().filter(|voice| voice.day == day);
        let first = of_day().next()?;
        if self.is_doubtful(&heard, first) {
            return None;
        }
        let mut reasons = told_by(told, at, first);
        // News that all witnesses tell days late may be told as late here.
        if day.tomorrow().ok()? < of_day().map(|voice| voice.witness.day).min()? {
            return Some((Interval::between(day, first.witness.day), reasons));
        }
        let said = later(&lead.weekdays, day);
        reasons.extend(said.map(|(span, last)| {
            let text = format!("it names “{}” after that, {last}", told[at].slice(span));
            (told[at].report(), DateReason { span: Some(span), text })
        }));
        let day = said.map_or(day, |(_, last)| last);
        Some((Interval::between(day, day.tomorrow().ok()?), reasons))
    }

    /// Whether one more alike is weeks away, so that the likeness is that of a kind of news, or one waits for
    /// the day that another looks back on.
    fn is_doubtful(&self, heard: &[&Witness], best: &Voice<'_>) -> bool {
        heard.iter().any(|one| {
            let elsewhere = LATE < days_between(best.day, one.day).abs();
            let ahead = self.leads[one.report].ahead.contains(&best.day);
            ahead || elsewhere && best.witness.alike < one.alike
        })
    }

    /// Whether a witness may be of the same news: by its terms alone, or by a town or number too.
    fn hears(&self, lead: &Lead, witness: &Witness) -> bool {
        CLOSE < witness.alike || lead.meets(&self.leads[witness.report])
    }

    /// The latest of the weekdays that the news names, as a witness dates them: by the days that it names, or
    /// by its own if it names none.
    fn voice<'a>(&self, named: &[(Span, Weekday)], witness: &'a Witness) -> Option<Voice<'a>> {
        let lead = &self.leads[witness.report];
        let own = [(lead.opening, witness.day)];
        let days: Vec<_> = lead.days.iter().map(|(span, day)| (Some(*span), *day)).collect();
        let days = if days.is_empty() { &own[..] } else { &days[..] };
        let dated = named.iter().flat_map(|&(span, weekday)| {
            let same = days.iter().filter(move |(_, day)| day.weekday() == weekday);
            same.map(move |&(there, day)| Voice { witness, span, there, day })
        });
        dated.max_by_key(|voice| (voice.day, std::cmp::Reverse(voice.span)))
    }

    /// The day of those who count the same harmed in the same town.
    fn by_deed(&self, told: &[Told<'_>], at: usize, witnesses: &[Witness]) -> Option<Found> {
        let mine = &self.leads[at].deeds;
        let tellers: Vec<_> = witnesses
            .iter()
            .filter_map(|witness| {
                let theirs = &self.leads[witness.report].deeds;
                let shared = mine.iter().find_map(|(span, deed)| {
                    let (there, _) = theirs.iter().find(|(_, other)| other == deed)?;
                    Some((*span, *there))
                });
                shared.map(|(span, there)| Teller { witness, here: Some(span), there: Some(there) })
            })
            .collect();
        self.same_day(told, at, &tellers, "it counts the same harmed in the same town as")
    }

    /// The day of those who print the same text.
    fn by_copy(&self, told: &[Told<'_>], at: usize, witnesses: &[Witness]) -> Option<Found> {
        if self.terms[at].len() < TERMS {
            return None;
        }
        let copies = witnesses.iter().take_while(|witness| COPY <= witness.alike);
        let tellers: Vec<_> = copies.map(|witness| self.teller(at, witness)).collect();
        self.same_day(told, at, &tellers, "it has nearly the words of")
    }

    /// The day of the many who tell the same news.
    fn by_many(&self, told: &[Told<'_>], at: usize, witnesses: &[Witness]) -> Option<Found> {
        let best = witnesses.first()?.alike;
        let least = CROWD.max(BESIDE * best);
        let alike = witnesses.iter().take_while(|witness| least <= witness.alike);
        let tellers: Vec<_> = alike.map(|witness| self.teller(at, witness)).collect();
        if tellers.len() < MANY {
            return None;
        }
        let (interval, reasons) = self.same_day(told, at, &tellers, "it tells the same news as")?;
        let weight = |one: &Witness| {
            let named = interval.holds(self.day_of(one));
            if named { one.alike } else { 0.0 }
        };
        let all: f64 = witnesses.iter().map(|one| one.alike).sum();
        let most: f64 = witnesses.iter().map(weight).sum();
        (STORY_SHARE * all <= most).then_some((interval, reasons))
    }

    /// The day of which a witness tells: the one before its own, if it names that alone.
    fn day_of(&self, witness: &Witness) -> Date {
        let named = self.leads[witness.report].last_day();
        let yesterday = witness.day.yesterday().ok();
        named.filter(|day| yesterday <= Some(*day)).unwrap_or(witness.day)
    }

    fn teller<'a>(&self, at: usize, witness: &'a Witness) -> Teller<'a> {
        let there = self.leads[witness.report].opening;
        Teller { witness, here: self.leads[at].opening, there }
    }

    /// A day and the next that tellers of one thing agree on.
    fn same_day(
        &self,
        told: &[Told<'_>],
        at: usize,
        tellers: &[Teller<'_>],
        says: &str,
    ) -> Option<Found> {
        let day_of = |teller: &Teller<'_>| self.day_of(teller.witness);
        let days: Vec<_> = tellers.iter().map(|one| (day_of(one), one.witness.alike)).collect();
        let day = two_days(&days)?;
        let next = day.tomorrow().ok()?;
        let good = tellers.iter().filter(|one| (day..=next).contains(&day_of(one)));
        let mut reasons = Vec::new();
        for teller in good.take(NAMED) {
            let (here, other) = (&told[at], &told[teller.witness.report]);
            let text = format!("{says} {}, which tells of {}", other.name(), day_of(teller));
            reasons.push((here.report(), DateReason { span: teller.here, text }));
            let there = DateReason { span: teller.there, text: told_on(other) };
            reasons.push((other.report(), there));
        }
        Some((Interval::between(day, next), reasons))
    }
}

struct Witness {
    report: usize,
    alike: f64,
    day: Date,
}

/// A witness who dates a weekday that the report names.
struct Voice<'a> {
    witness: &'a Witness,
    /// The weekday in the report.
    span: Span,
    /// The day in the witness's text.
    there: Option<Span>,
    day: Date,
}

/// A witness who tells the same, and the places of it in both texts.
struct Teller<'a> {
    witness: &'a Witness,
    here: Option<Span>,
    there: Option<Span>,
}

/// Why the news has the day that a voice gives it.
fn told_by(told: &[Told<'_>], at: usize, voice: &Voice<'_>) -> Vec<(ReportId, DateReason)> {
    let (here, other) = (&told[at], &told[voice.witness.report]);
    let (quote, day) = (shortened(here.slice(voice.span), 40), voice.day);
    let text = format!("its news is of “{quote}”, which is {day} as {} tells it", other.name());
    let there = DateReason { span: voice.there, text: told_on(other) };
    vec![(here.report(), DateReason { span: Some(voice.span), text }), (other.report(), there)]
}

/// The last of the weekdays that the news names soon after a day of it.
fn later(named: &[(Span, Weekday)], day: Date) -> Option<(Span, Date)> {
    let after = (1..=SAID_AFTER).rev();
    let mut after = after.filter_map(|days| day.checked_add(jiff::Span::new().days(days)).ok());
    after.find_map(|next| {
        let (span, _) = named.iter().find(|(_, weekday)| *weekday == next.weekday())?;
        Some((*span, next))
    })
}

fn told_on(told: &Told<'_>) -> String {
    format!("{} of {} tells the same news", told.name(), told.date)
}

/// The day that most voices give. The third power lets one near copy outweigh many that are half alike.
fn agreed(voices: &[Voice<'_>]) -> Option<Date> {
    let mut weights: BTreeMap<Date, f64> = BTreeMap::new();
    for voice in voices {
        *weights.entry(voice.day).or_default() += voice.witness.alike.powi(3);
    }
    let all: f64 = weights.values().sum();
    let (day, most) = weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (WEEK_SHARE * all <= most).then_some(day)
}

/// The first of two days in a row that hold nearly all of the weight.
fn two_days(days: &[(Date, f64)]) -> Option<Date> {
    let all: f64 = days.iter().map(|(_, weight)| weight).sum();
    let within = |first: Date| -> f64 {
        let both = first..=first.tomorrow().unwrap_or(first);
        days.iter().filter(|(day, _)| both.contains(day)).map(|(_, weight)| weight).sum()
    };
    let firsts = days.iter().map(|(day, _)| (*day, within(*day)));
    let (day, most) = firsts.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    (DAY_SHARE * all <= most).then_some(day)
}

/// Cosine of two lists of weighted terms, sorted by hash.
fn cosine(left: &[Term], right: &[Term]) -> f64 {
    let square = |terms: &[Term]| terms.iter().map(|t| f64::from(t.weight).powi(2)).sum::<f64>();
    let dot: f64 = left
        .iter()
        .filter_map(|term| {
            let at = right.binary_search_by_key(&term.hash, |other| other.hash).ok()?;
            Some(f64::from(term.weight) * f64::from(right[at].weight))
        })
        .sum();
    let norms = (square(left) * square(right)).sqrt();
    if norms == 0.0 { 0.0 } else { dot / norms }
}

#[cfg(test)]
mod tests {
    use super::super::super::{resolve, sample::Sample};
    use crate::Reading;
    use crate::record::ReportDated;
    use chancery_annotate::figure::Bound;

    const NEWS: &str = "A car bomb killed nine farmers at the cattle market of Tavish";

    fn interval(undated: &str, dated: &[(&str, &str, &str)]) -> String {
        let dated = dated.iter().map(|(text, day, weekday)| {
            Sample::new(text).dated(day).time("Monday", weekday).reading()
        });
        let hidden = Sample::new(undated).time("Monday", "XXXX-WXX-1").reading();
        let id = hidden.report.id;
        let readings: Vec<_> = dated.chain([hidden]).collect();
        let record = resolve(&readings);
        record.dates.iter().find(|row| row.report == id).unwrap().interval.to_string()
    }

    #[test]
    fn the_weekday_of_news_is_that_of_who_tells_it_with_a_date() {
        let undated = format!("{NEWS} on Monday, doctors of the town said. Two more were hurt.");
        let witness = format!("{NEWS} on Monday morning, police said. Nobody claimed it.");
        let dated = [(witness.as_str(), "2021-07-06", "2021-07-05")];
        assert_eq!(interval(&undated, &dated), "2021-07-05/2021-07-06");
    }

    #[test]
    fn witnesses_who_name_different_weeks_are_not_believed() {
        let undated = format!("{NEWS} on Monday, doctors of the town said. Two more were hurt.");
        let witness = format!("{NEWS} on Monday morning, police said. Nobody claimed it.");
        let other = format!("{NEWS} on Monday morning, police said. Someone claimed it.");
        let dated = [
            (witness.as_str(), "2021-07-06", "2021-07-05"),
            (other.as_str(), "2021-07-13", "2021-07-12"),
        ];
        assert_eq!(interval(&undated, &dated), "../..");
    }

    /// A report of nine farmers killed, in its own words but for the town and the toll.
    fn other_words(day: &str) -> Sample {
        let text = format!(
            "Explosives hidden in a lorry took nine lives in Tavish {day}, a watchdog reported. Nobody \
             knows who parked the lorry beside the pens."
        );
        Sample::new(&text).town("Tavish").bounded("nine lives", 9.0, "lives", "kill", Bound::Exact)
    }

    fn hidden(text: &str) -> Sample {
        Sample::new(text).town("Tavish").bounded(
            "nine farmers",
            9.0,
            "farmers",
            "kill",
            Bound::Exact,
        )
    }

    fn dated_by(undated: &Reading, witnesses: Vec<Reading>) -> ReportDated {
        let id = undated.report.id;
        let readings: Vec<_> = witnesses.into_iter().chain([undated.clone()]).collect();
        resolve(&readings).dates.into_iter().find(|row| row.report == id).unwrap()
    }

    #[test]
    fn a_weekday_and_a_toll_join_accounts_in_other_words() {
        let undated = hidden(&format!("{NEWS} on Monday, doctors of the town said."))
            .time("Monday", "XXXX-WXX-1")
            .reading();
        let witness = other_words("on Monday").dated("2021-07-06").time("Monday", "2021-07-05");
        let row = dated_by(&undated, vec![witness.reading()]);
        assert_eq!(row.interval.to_string(), "2021-07-05/2021-07-06");
        assert!(row.reasons.iter().all(|(_, reason)| reason.span.is_some()));
    }

    #[test]
    fn a_weekday_alone_joins_nothing() {
        let undated = format!("{NEWS} on Monday, doctors of the town said. Two more were hurt.");
        let witness = "Traders of the cattle market of Orlen met on Monday to choose a new warden of the \
                       scales. The old one had retired to his vineyard, aged ninety.";
        assert_eq!(interval(&undated, &[(witness, "2021-07-06", "2021-07-05")]), "../..");
    }

    #[test]
    fn news_without_a_weekday_has_the_day_of_who_counts_the_same_dead_there() {
        let undated = hidden(&format!("{NEWS}, doctors of the town said.")).reading();
        let witness = other_words("on Monday").dated("2021-07-06").time("Monday", "2021-07-05");
        let row = dated_by(&undated, vec![witness.reading()]);
        assert_eq!(row.interval.to_string(), "2021-07-05/2021-07-06");
        assert!(row.reasons.iter().all(|(_, reason)| reason.span.is_some()));
    }

    #[test]
    fn news_without_a_day_has_that_of_the_same_text() {
        let text = format!("{NEWS}, doctors of the town said. Two more were hurt by glass.");
        let row = dated_by(
            &Sample::new(&text).reading(),
            vec![Sample::new(&format!("{text} (Orlenpress)")).dated("2021-07-06").reading()],
        );
        assert_eq!(row.interval.to_string(), "2021-07-06/2021-07-07");
    }

    #[test]
    fn news_without_a_day_has_that_of_the_many() {
        let told = |end: &str| Sample::new(&format!("{NEWS}. {end}"));
        let ends = [
            ("Two more were hurt by flying glass.", "2021-07-06"),
            ("Nobody has claimed the deed so far.", "2021-07-06"),
            ("Police closed the roads to the north.", "2021-07-07"),
        ];
        let witnesses = |days: usize| {
            ends[..days].iter().map(|(end, day)| told(end).dated(day).reading()).collect()
        };
        let undated = told("Minister Odo Brandt promised widows a pension.").reading();
        let of_three = dated_by(&undated, witnesses(3)).interval;
        assert_eq!(of_three.to_string(), "2021-07-06/2021-07-07");
        assert_eq!(dated_by(&undated, witnesses(2)).interval.to_string(), "../..");
    }

    #[test]
    fn a_saying_after_the_deed_dates_the_report() {
        let undated = format!("{NEWS} on Monday, doctors of the town said on Wednesday.");
        let hidden =
            hidden(&undated).time("Monday", "XXXX-WXX-1").time("Wednesday", "XXXX-WXX-3").reading();
        let witness =
            || other_words("on Monday").dated("2021-07-06").time("Monday", "2021-07-05").reading();
        let row = dated_by(&hidden, vec![witness()]);
        assert_eq!(row.interval.to_string(), "2021-07-07/2021-07-08");
        let since =
            Sample::new(&undated.replace("said on Wednesday", "said. Since Wednesday all is calm"))
                .town("Tavish")
                .time("Monday", "XXXX-WXX-1")
                .time("Wednesday", "XXXX-WXX-3")
                .reading();
        assert_eq!(dated_by(&since, vec![witness()]).interval.to_string(), "2021-07-05/2021-07-06");
    }

    #[test]
    fn the_weekday_of_the_first_sentence_is_that_of_the_news() {
        let undated = "On Monday nine farmers were killed at the cattle market of Tavish. The fair of \
                       the farmers, at which they were killed, had begun on Thursday.";
        let hidden =
            hidden(undated).time("Monday", "XXXX-WXX-1").time("Thursday", "XXXX-WXX-4").reading();
        let witness = format!("{NEWS} on Monday. A second one followed on Thursday, police said.");
        let witness = Sample::new(&witness)
            .dated("2021-07-08")
            .town("Tavish")
            .time("Monday", "2021-07-05")
            .time("Thursday", "2021-07-08");
        let row = dated_by(&hidden, vec![witness.reading()]);
        assert!(row.interval.to_string().starts_with("2021-07-05"), "{}", row.interval);
    }

    #[test]
    fn the_day_on_which_somebody_agreed_to_act_is_done_with() {
        use chancery_annotate::event::{EventType, Status};
        let text = "The farmers of Tavish agreed on Monday to pull down the cattle market of the town, \
                    where nine of them had been killed.";
        let plan = |sample: Sample| {
            let (clause, parties) = ("to pull down the cattle market", ("", ""));
            sample.event(clause, "pull", EventType::Coerce, parties, "../..", Status::Planned)
        };
        let mut hidden = plan(Sample::new(text).time("Monday", "XXXX-WXX-1")).reading();
        hidden.observed.events[0].time = Some(hidden.observed.times[0].id);
        let witness = format!("{text} Police said so.");
        let witness =
            Sample::new(&witness).dated("2021-07-06").time("Monday", "2021-07-05").reading();
        let row = dated_by(&hidden, vec![witness]);
        assert_eq!(row.interval.to_string(), "2021-07-05/2021-07-06");
    }

    #[test]
    fn a_day_still_to_come_for_a_witness_leaves_its_week() {
        let undated = format!("{NEWS} on Monday, doctors of the town said. Two more were hurt.");
        let hidden = Sample::new(&undated).time("Monday", "XXXX-WXX-1").reading();
        let told = |end: &str| Sample::new(&format!("{NEWS} on Monday. {end}"));
        let before = told("All hope for it.").dated("2021-07-02").time("Monday", "2021-07-05");
        let after = told("All saw it.").dated("2021-07-05").time("Monday", "2021-07-05");
        let row = dated_by(&hidden, vec![before.reading(), after.reading()]);
        assert_eq!(row.interval.to_string(), "2021-07-05/2021-07-11");
    }

    #[test]
    fn news_of_another_week_that_is_more_alike_silences_a_witness() {
        let undated = hidden(&format!("{NEWS} on Monday, doctors of the town said."))
            .time("Monday", "XXXX-WXX-1")
            .reading();
        let near = other_words("on Monday").dated("2021-07-06").time("Monday", "2021-07-05");
        let weeks_away = format!("{NEWS} on Friday, doctors of the town said.");
        let weeks_away = Sample::new(&weeks_away).dated("2021-09-03").time("Friday", "2021-09-03");
        let row = dated_by(&undated, vec![near.reading(), weeks_away.reading()]);
        assert_eq!(row.interval.to_string(), "../..");
    }
}
