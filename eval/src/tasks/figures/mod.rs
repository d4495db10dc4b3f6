//! `figures`: value, unit and bound of numbers.
//!
//! Where the gold marks every figure of its sentences, a figure is right where all three are, and one that
//! the gold does not have counts against precision. `counted` and `state` are of the gold figures that
//! have one. Facts of the seeds and the examples do not list every number, so that there precision is over
//! the numbers found on gold figures: a number elsewhere does not count.

mod marked;

use std::fmt;
use std::path::PathBuf;

use chancery_annotate::Kit;
use chancery_annotate::figure::{Bound, Figure};

use super::facts::{World, fold, reports};
use crate::gold;
use crate::gold::facts::{self, Fact};
use crate::gold::find;
use crate::line::conclude;
use crate::outcome::Case;
use crate::score::Counts;
use crate::{EvalError, Outcome, Task, baseline};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let [mut ours, mut theirs] = [Counts::default(); 2];
    let mut cases = Vec::new();
    if let [set] = sets {
        let files = find::files(set, |file| find::ends(file, &["jsonl"]))?;
        if let Some(first) = files.first()
            && gold::figures::is_marked(first)?
        {
            return marked::run(&files, kit);
        }
    }
    for set in sets {
        for file in facts::read(set)? {
            let stories = conclude(reports(&file)?, kit);
            let world = World::new(&stories, kit);
            for fact in file.facts.iter().filter(|fact| fact.kind == "figure") {
                let gold = Stated::of(fact);
                let found = found(fact, &world);
                let right = found.iter().any(|one| gold.agrees(one));
                ours.add(true, !found.is_empty(), right);
                theirs.add(
                    true,
                    !trivial(fact, &world).is_empty(),
                    trivial(fact, &world).iter().any(|one| gold.agrees(one)),
                );
                let labels: Vec<_> = found.iter().map(ToString::to_string).collect();
                cases.push(Case {
                    id: fact.id.clone(),
                    aspect: "value unit bound".into(),
                    expected: gold.to_string(),
                    found: labels.join("; "),
                    score: f64::from(u8::from(right)),
                });
            }
        }
    }
    let mut outcome = Outcome::new(Task::Figures, cases.len());
    outcome.add("f1", ours.f1(), theirs.f1());
    outcome.add("precision", ours.precision(), theirs.precision());
    outcome.add("recall", ours.recall(), theirs.recall());
    outcome.cases = cases;
    Ok(outcome)
}

fn found(fact: &Fact, world: &World<'_>) -> Vec<Stated> {
    let Some(standing) = fact.sites.first().and_then(|site| world.standing(site)) else {
        return Vec::new();
    };
    let reading = standing.at.reading;
    let near = reading.observed.figures.iter().filter(|figure| standing.meets(figure.number_span));
    near.map(|figure| Stated::found(figure, &reading.report.text)).collect()
}

/// Digits, as they stand.
fn trivial(fact: &Fact, world: &World<'_>) -> Vec<Stated> {
    let Some(standing) = fact.sites.first().and_then(|site| world.standing(site)) else {
        return Vec::new();
    };
    let numbers = baseline::numbers(&standing.at.reading.report.text).into_iter();
    numbers
        .filter(|(span, _)| standing.meets(*span))
        .map(|(_, value)| Stated { value: Some(value), high: Some(value), unit: None, bound: None })
        .collect()
}

/// What a figure states.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stated {
    /// The number; the lower of a range.
    pub value: Option<f64>,
    /// The higher of a range.
    pub high: Option<f64>,
    /// A unit of measure, by its symbol; `None` for a plain count.
    pub unit: Option<String>,
    /// The bound's name; `None` if the gold says nothing of it.
    pub bound: Option<Bound>,
}

impl fmt::Display for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |value: Option<f64>| value.map_or("?".to_owned(), |value| value.to_string());
        write!(f, "{}", number(self.value))?;
        if self.high != self.value {
            write!(f, "–{}", number(self.high))?;
        }
        write!(
            f,
            " {} {}",
            self.unit.as_deref().unwrap_or("-"),
            self.bound.map_or("-", Bound::name)
        )
    }
}

impl Stated {
    /// What the gold states: fields of the examples, or the seeds' words for the analyst.
    pub fn of(fact: &Fact) -> Self {
        if fact.value.is_some() || fact.unit.is_some() {
            return Self {
                value: fact.value,
                high: fact.value,
                unit: fact.unit.as_deref().and_then(unit).map(str::to_owned),
                bound: fact.bound.as_deref().and_then(bound),
            };
        }
        let words = fact.normalized.as_deref().unwrap_or_default();
        let side = words.rsplit_once(['=', ':']).map_or(words, |(_, side)| side);
        let value = number(side);
        let marks = format!(
            "{side} {}",
            fact.sites.first().and_then(|s| s.text.clone()).unwrap_or_default()
        );
        let vague = value.is_none().then_some(Bound::Vague);
        Self {
            value,
            high: value,
            unit: unit(side).map(str::to_owned),
            bound: vague.or_else(|| bound(&marks)),
        }
    }

    /// What a figure of the record states.
    pub fn found(figure: &Figure, text: &str) -> Self {
        let counted = figure.counted.map(|span| span.slice(text)).unwrap_or_default();
        let unit = figure.unit.as_deref().and_then(unit).or_else(|| unit(counted));
        let unit = unit.map(str::to_owned);
        Self { value: figure.low, high: figure.high, unit, bound: Some(figure.bound) }
    }

    /// Whether both state the very same.
    fn equals(&self, other: &Self) -> bool {
        near(self.value, other.value)
            && near(self.high, other.high)
            && self.unit == other.unit
            && self.bound == other.bound
    }

    /// Whether an answer states the same, in what the gold states.
    pub fn agrees(&self, found: &Self) -> bool {
        let valued = match self.value {
            Some(_) => near(self.value, found.value) || near(self.value, found.high),
            // The gold has no number, only "millions".
            None => found.bound == Some(Bound::Vague),
        };
        valued
            && (self.unit.is_none() || self.unit == found.unit)
            && self.bound.is_none_or(|bound| found.bound == Some(bound))
    }
}

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-6 * a.abs().max(1.0),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// A unit of measure in words or by symbol. What is only counted, as soldiers are, is none.
fn unit(words: &str) -> Option<&'static str> {
    if words.contains('$') {
        return Some("USD");
    }
    if words.contains('%') {
        return Some("%");
    }
    fold(words).iter().find_map(|word| {
        Some(match word.as_str() {
            "usd" | "dollar" | "dollars" => "USD",
            "eur" | "euro" | "euros" => "EUR",
            "percent" | "pct" => "%",
            "tonne" | "tonnes" | "ton" | "tons" | "t" => "t",
            "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => "km",
            "mile" | "miles" | "mi" => "mi",
            "m" | "metre" | "metres" | "meter" | "meters" => "m",
            "hectare" | "hectares" | "ha" => "ha",
            "barrel" | "barrels" | "bbl" => "bbl",
            _ => return None,
        })
    })
}

fn bound(words: &str) -> Option<Bound> {
    let padded = format!(" {} ", fold(words).join(" "));
    let has = |phrase: &str| padded.contains(&format!(" {phrase} "));
    if has("at least") || has("or more") {
        Some(Bound::AtLeast)
    } else if has("more than") || has("over") || words.contains('>') {
        Some(Bound::MoreThan)
    } else if has("up to") || has("at most") {
        Some(Bound::AtMost)
    } else if has("less than") || has("fewer than") || has("under") {
        Some(Bound::LessThan)
    } else if ["about", "nearly", "some", "around", "almost", "roughly"].iter().any(|w| has(w)) {
        Some(Bound::About)
    } else {
        None
    }
}

/// The last number in digits, with "million" and its like.
fn number(words: &str) -> Option<f64> {
    let (span, value) = baseline::numbers(words).into_iter().next_back()?;
    let after = fold(&words[span.end as usize..]);
    let times = match after.first().map(String::as_str) {
        Some("thousand") => 1e3,
        Some("million" | "m") => 1e6,
        Some("billion" | "bn") => 1e9,
        _ => 1.0,
    };
    Some(value * times)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::facts::Site;

    fn seed(normalized: &str, text: &str) -> Stated {
        let site = Site { doc: "a".into(), text: Some(text.into()), offsets: None };
        Stated::of(&Fact {
            normalized: Some(normalized.into()),
            sites: vec![site],
            ..Fact::default()
        })
    }

    #[test]
    fn the_analysts_words_give_value_unit_and_bound() {
        assert_eq!(seed("Border = 76 km", "76 kilometers of border").to_string(), "76 km -");
        assert_eq!(
            seed("Aid = USD 4.4 million", "$ 4.4 million in 2020").to_string(),
            "4400000 USD -"
        );
        assert_eq!(
            seed("Killed: up to 2,000,000", "up to two million").to_string(),
            "2000000 - at-most"
        );
        assert_eq!(
            seed("Killed: >14,000", "more than 14,000 men").to_string(),
            "14000 - more-than"
        );
        assert_eq!(seed("Lost: millions of USD", "millions of dollars").to_string(), "? USD vague");
    }

    #[test]
    fn what_the_gold_does_not_state_is_not_asked() {
        let gold = seed("Crossings: 7", "seven crossings");
        let mut found =
            Stated { value: Some(7.0), high: Some(7.0), unit: None, bound: Some(Bound::Exact) };
        assert!(gold.agrees(&found));
        found.value = Some(8.0);
        found.high = Some(8.0);
        assert!(!gold.agrees(&found));
    }
}
