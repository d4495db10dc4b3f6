//! Synthetic reports for measuring: many stories, each told by several outlets, some copied, all
//! different. The same numbers give the same reports.
//!
//! ```
//! let report = chancery_benches::report(7, 10);
//! assert_eq!(report, chancery_benches::report(7, 10));
//! ```

/// A report as a row of JSON Lines has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synthetic {
    /// Headline.
    pub title: String,
    /// Body: paragraphs.
    pub text: String,
    /// ISO date.
    pub date: String,
    /// Outlet.
    pub outlet: String,
}

impl Synthetic {
    /// One line of JSON Lines, in the field names of news-please.
    pub fn to_json_line(&self) -> String {
        serde_json::json!({
            "title": self.title, "maintext": self.text, "date_publish": self.date,
            "source_domain": self.outlet, "language": "en",
        })
        .to_string()
    }
}

/// A small generator (SplitMix64): the same everywhere, and no dependency.
#[derive(Debug, Clone)]
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// A made-up name of two or three syllables.
    fn name(&mut self) -> String {
        let syllables = 2 + self.below(2);
        let name: String = (0..syllables).map(|_| self.pick(SYLLABLES)).collect();
        let mut letters = name.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }
}

const SYLLABLES: &[&str] = &[
    "ba", "ker", "lo", "mi", "sar", "ten", "vo", "dra", "gul", "has", "jor", "ne", "pol", "ri",
    "shan", "tu", "wel", "zad", "qo", "fer",
];
const STATES: &[&str] = &[
    "Albania", "Kenya", "Peru", "Japan", "Norway", "Jordan", "Ghana", "Nepal", "Chile", "Poland",
    "Oman", "Kuwait", "Senegal", "Cyprus", "Mongolia", "Uruguay",
];
const POSTS: &[&str] =
    &["Foreign Minister", "Defence Minister", "President", "Prime Minister", "Ambassador"];
const ACTS: &[&str] = &[
    "met rebel leaders in",
    "signed an agreement on trade in",
    "condemned the attack on",
    "promised to send food aid to",
    "demanded the release of prisoners held in",
    "withdrew troops from",
    "threatened to close the border near",
    "imposed sanctions over",
];
const SUBJECTS: &[&str] = &[
    "Residents of the old quarter",
    "Two senior diplomats",
    "The port authority",
    "A group of traders",
    "Aid workers",
    "The opposition",
    "Lawyers for the families",
    "Several members of parliament",
    "A retired general",
    "Teachers in the north",
    "The central bank",
    "Drivers at the crossing",
    "Engineers from the dam",
    "Local journalists",
    "The harbour master",
    "Students at the university",
    "Farmers along the river",
    "A committee of elders",
    "The electricity company",
    "Doctors at the clinic",
];
const VERBS: &[&str] = &[
    "complained about",
    "had been waiting for",
    "wrote a long letter on",
    "welcomed news of",
    "were surprised by",
    "asked again for",
    "described in detail",
    "had not heard of",
    "measured",
    "published photographs of",
    "argued over",
    "prepared a second report on",
    "lost interest in",
    "kept a record of",
    "paid for",
    "postponed",
    "drew attention to",
    "walked away from",
    "counted",
    "spoke at length about",
];
const OBJECTS: &[&str] = &[
    "the price of bread",
    "a shortage of clean water",
    "the closed road",
    "an unfinished bridge",
    "the new customs rules",
    "damage to the grain silos",
    "the delayed harvest",
    "a missing shipment",
    "the water level",
    "the condition of the railway",
    "repairs to the hospital",
    "the summer curfew",
    "an old agreement on fishing",
    "the school examinations",
    "the cost of fuel",
    "broken street lamps",
    "the width of the canal",
    "the night bus",
    "a row over land",
    "empty market stalls",
];
const ENDINGS: &[&str] = &[
    "before the holiday",
    "for the third time this year",
    "without giving a reason",
    "in a crowded hall",
    "during the rain",
    "according to a clerk",
    "as the sun went down",
    "after a short break",
    "near the customs house",
    "in front of cameras",
    "with little hope",
    "since the spring floods",
    "on a page of its own",
    "at the edge of town",
    "despite the cold",
    "by a narrow majority",
    "in a quiet voice",
    "with the help of neighbours",
    "as they do every autumn",
    "to nobody's surprise",
];

fn filler(numbers: &mut Numbers) -> String {
    let (subject, verb) = (numbers.pick(SUBJECTS), numbers.pick(VERBS));
    let (object, ending) = (numbers.pick(OBJECTS), numbers.pick(ENDINGS));
    format!("{subject} {verb} {object} {ending}.")
}

/// Days of a month that has any.
const DAYS: usize = 28;

/// The report with this number, where a story has so many reports on the average.
pub fn report(number: usize, story_size: usize) -> Synthetic {
    let story = number / story_size.max(1);
    let copy = number % story_size.max(1);
    let mut facts = Numbers(story as u64 ^ 0xC0FF_EE00);
    let mut style = Numbers(number as u64 ^ 0xFEED_BEEF_0000);
    let (minister, town, group) = (facts.name(), facts.name(), facts.name());
    let (state, post, act) = (facts.pick(STATES), facts.pick(POSTS), facts.pick(ACTS));
    let (year, month, day) = (2000 + facts.below(24), 1 + facts.below(12), 1 + facts.below(DAYS));
    let dead = 3 + facts.below(90);
    // Every third report of a story is its first report again, with a line of its own.
    let told = if copy % 3 == 2 { 0 } else { copy };
    let mut telling = Numbers((story * 1_000 + told) as u64);
    let verb = telling.pick(&["said", "told reporters", "announced", "confirmed"]);
    let mut paragraphs = vec![
        format!("{state}'s {post} {minister} {act} {town} on Monday, a spokesman {verb}."),
        format!(
            "\u{201c}We will not allow any force to use our territory against {group},\u{201d} {minister} {verb}."
        ),
        format!(
            "At least {dead} people were killed in {town} last week, officials of the {group} Front said."
        ),
    ];
    for _ in 0..2 {
        paragraphs.push(filler(&mut facts));
    }
    for _ in 0..2 + telling.below(4) {
        paragraphs.push(format!("{} {}", filler(&mut telling), filler(&mut telling)));
    }
    paragraphs.push(format!(
        "{} has covered {town} since {}.",
        style.name(),
        1990 + style.below(30)
    ));
    Synthetic {
        title: format!("{state}: {post} {minister} {act} {town}"),
        text: paragraphs.join("\n\n"),
        date: format!("{year}-{month:02}-{day:02}T08:00:00"),
        outlet: format!("{}.example", style.name().to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_differ_and_stories_share_their_facts() {
        let (one, two, other) = (report(0, 10), report(1, 10), report(10, 10));
        assert_ne!(one.text, two.text);
        assert_eq!(one.title, two.title);
        assert_ne!(one.title, other.title);
    }
}
