//! Reports that descend from one text. A report made of two texts is in both families.

use std::collections::{BTreeMap, BTreeSet};

use chancery_text::Kind;

use super::components::Groups;
use super::descent;
use super::kinship::{Kinship, length, within};
use super::made_of;
use super::told::Told;
use crate::record::Family;

/// Least share of the smaller report's words that a copy has as they are.
const DESCENT: f64 = 0.5;
/// Least share of them that a copy has in other words or as they are, and least words: two short reports of
/// one happening say one thing in one sentence.
const REWORDED: f64 = 0.6;
const REWORDED_WORDS: f64 = 60.0;
/// Least words of a report that can be in a family.
const LEAST_WORDS: usize = 20;
/// Words of a report that tell its news, and the least share of them that a copy has.
const LEAD: usize = 60;
const OPENING: f64 = 0.4;
/// Most of what one source gave a compilation that another may have given it too.
const OVERLAP: f64 = 0.3;
/// Most of a source that a compilation has: what it has wholly may have been copied from it.
const PART: f64 = 0.95;
/// Share of a compilation's words that two sources gave which it has wholly: two cuts of one text would
/// both begin as it does.
const WHOLE: f64 = 0.8;
/// Least share of a compilation's words that each of its sources gave.
const GIVEN: f64 = 0.15;
/// Neighbours of a report that are looked at as its sources, those that gave most.
const SOURCES: usize = 24;

/// Families, sorted by id. A report that shares its text with no other is in none.
pub(super) fn find(told: &[Told<'_>], kinship: &Kinship) -> Vec<Family> {
    let kin = Kin::of(told, kinship);
    let compiled: BTreeSet<usize> =
        (0..told.len()).filter(|&at| is_compiled(&kin, kinship, at)).collect();
    let groups = groups(&kin, &compiled, told.len());
    let mut families: Vec<_> =
        groups.iter().map(|group| family(told, kinship, &compiled, group)).collect();
    families.sort_by_key(|family| family.id);
    families
}

/// The reports that each has enough in common with to descend from one text with them.
struct Kin {
    of: BTreeMap<usize, BTreeSet<usize>>,
}

impl Kin {
    fn of(told: &[Told<'_>], kinship: &Kinship) -> Self {
        let mut of: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (left, right) in kinship.pairs() {
            let words = |at: usize| told[at].words.len();
            let long = LEAST_WORDS <= words(left).min(words(right));
            let descends = descends(kinship, left, right) || descends(kinship, right, left);
            if long && descends && share_news(kinship, left, right) {
                of.entry(left).or_default().insert(right);
                of.entry(right).or_default().insert(left);
            }
        }
        Self { of }
    }

    fn near(&self, at: usize) -> impl Iterator<Item = usize> {
        self.of.get(&at).into_iter().flatten().copied()
    }

    fn are(&self, left: usize, right: usize) -> bool {
        self.of.get(&left).is_some_and(|near| near.contains(&right))
    }
}

/// Whether so much of one report stands in another that it descends from its text.
fn descends(kinship: &Kinship, of: usize, by: usize) -> bool {
    let covered = kinship.coverage(of, by);
    let reworded = REWORDED <= covered && REWORDED_WORDS <= covered * kinship.words(of) as f64;
    reworded || DESCENT <= kinship.verbatim(of, by)
}

/// Whether the opening of either stands in the other: reports of one outlet may share a long background and
/// tell different news.
fn share_news(kinship: &Kinship, left: usize, right: usize) -> bool {
    let opening = |of: usize, by: usize| {
        let lead = 0..LEAD.min(kinship.words(of));
        let covered = kinship.get(of, by).map_or(0, |share| within(&share.covered, &lead));
        OPENING * lead.len() as f64 <= covered as f64
    };
    opening(left, right) || opening(right, left)
}

/// Whether a report was made of two others that have nothing to do with each other: each gave it another
/// part of its words, and it left something of each out or has little else.
fn is_compiled(kin: &Kin, kinship: &Kinship, at: usize) -> bool {
    let gave = |other: &usize| GIVEN <= kinship.coverage(at, *other);
    let mut sources: Vec<_> = kin.near(at).filter(gave).collect();
    let share = |other: &usize| kinship.coverage(at, *other);
    sources.sort_by(|a, b| share(b).total_cmp(&share(a)).then(a.cmp(b)));
    sources.truncate(SOURCES);
    let apart = |left: usize, right: usize| {
        let parts = [left, right].iter().all(|&other| kinship.coverage(other, at) <= PART);
        !kin.are(left, right)
            && overlap(kinship, at, left, right) <= OVERLAP
            && (parts || WHOLE <= share(&left) + share(&right))
            && !have_one_source(kin, kinship, left, right)
    };
    let pairs = sources.iter().enumerate();
    pairs.into_iter().any(|(n, &left)| sources[n + 1..].iter().any(|&right| apart(left, right)))
}

/// Whether a third report has both wholly, and more: then they are parts of its text.
fn have_one_source(kin: &Kin, kinship: &Kinship, left: usize, right: usize) -> bool {
    let whole = |source: &usize| {
        let has = |part: usize| PART <= kinship.coverage(part, *source);
        let made = kinship.coverage(*source, left) + kinship.coverage(*source, right);
        has(left) && has(right) && made < WHOLE
    };
    let shared = kin.near(left).filter(|other| kin.are(*other, right));
    shared.take(SOURCES).any(|source| whole(&source))
}

/// Share of the smaller of what two reports gave a third that the other gave it too.
fn overlap(kinship: &Kinship, at: usize, left: usize, right: usize) -> f64 {
    let (Some(left), Some(right)) = (kinship.get(at, left), kinship.get(at, right)) else {
        return 0.0;
    };
    let both: usize = right.covered.iter().map(|one| within(&left.covered, one)).sum();
    let smaller = length(&left.covered).min(length(&right.covered));
    both as f64 / smaller.max(1) as f64
}

/// Reports of one text each: joined over kin that are no compilations, then these added to every group
/// that they took from. Compilations that only others like them know are groups of their own.
fn groups(kin: &Kin, compiled: &BTreeSet<usize>, count: usize) -> Vec<Vec<usize>> {
    let mut plain = Groups::new(count);
    let mut among = Groups::new(count);
    for (&left, near) in &kin.of {
        for &right in near {
            match (compiled.contains(&left), compiled.contains(&right)) {
                (false, false) => plain.join(left, right),
                (true, true) => among.join(left, right),
                _ => {}
            }
        }
    }
    let mut members: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for &at in kin.of.keys() {
        if !compiled.contains(&at) {
            members.entry(plain.root(at)).or_default().insert(at);
            continue;
        }
        let sources: BTreeSet<_> = kin.near(at).filter(|other| !compiled.contains(other)).collect();
        if sources.is_empty() {
            members.entry(count + among.root(at)).or_default().insert(at);
        }
        for source in sources {
            members.entry(plain.root(source)).or_default().insert(at);
        }
    }
    let groups = members.into_values().map(|group| group.into_iter().collect::<Vec<_>>());
    groups.filter(|group| 1 < group.len()).collect()
}

fn family(
    told: &[Told<'_>],
    kinship: &Kinship,
    compiled: &BTreeSet<usize>,
    group: &[usize],
) -> Family {
    let mut members = descent::find(told, kinship, compiled, group);
    members.sort_by_key(|member| member.report);
    let id = made_of(Kind::Family, members[0].report, members.iter().map(|member| member.report));
    Family { id, members }
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, sample::Sample};
    use chancery_annotate::clean::CreditKind;

    const TEXT: &str = "The envoys of Ruvania and Sallet met in Tarn on Monday to end the quarrel \
        over the Orlen bridge. Farmers on both banks have waited for two years to bring their \
        grain to market. The talks go on until the end of the week, a spokesman said.";
    const FLOOD: &str = "A flood of the river Pelm drowned nine cattle near Tavish last night. The \
        mayor blamed a dam that nobody had mended since the war. Divers looked for a missing boy \
        until the morning, his uncle told a radio station.";

    #[test]
    fn a_later_copy_that_credits_the_first_descends_from_it() {
        let first = Sample::new(TEXT).outlet("Merrow Post").dated("2021-07-05").reading();
        let copied = format!("{TEXT} Source: Merrow Post.");
        let copy = Sample::new(&copied)
            .outlet("Tarn Times")
            .dated("2021-07-06")
            .credit("Source: Merrow Post", CreditKind::Outlet, "Merrow Post")
            .reading();
        let record = resolve(&[copy.clone(), first.clone()]);
        assert_eq!(record.families.len(), 1);
        let members = &record.families[0].members;
        let member = members.iter().find(|m| m.report == copy.report.id).unwrap();
        assert_eq!(member.parent, Some(first.report.id));
        assert!(member.reasons.iter().any(|r| r.contains("credits Merrow Post")));
        assert_eq!(record.origins.len(), 1);
        assert_eq!(record.origins[0].name, "Merrow Post");
    }

    #[test]
    fn a_brief_that_stands_in_a_long_report_is_family() {
        let brief = &TEXT[..TEXT.find(" The talks").unwrap()];
        let other = "Elsewhere the harvest failed again and prices rose in every town. ".repeat(9);
        let long = format!("{other}{TEXT}");
        let readings = [Sample::new(brief).reading(), Sample::new(&long).reading()];
        assert_eq!(resolve(&readings).families.len(), 1);
    }

    #[test]
    fn two_reports_with_other_news_and_one_background_are_no_family() {
        let leads = [
            "A bridge near Merrow was closed after the rain had washed out one of its piers, and \
             carters were told to wait for the ferry of Sallet until the masons came back from \
             their holidays, which the mayor called a disgrace for a town that had paid twice for \
             the same stones and would not pay a third time for others of that sort again, ever.",
            "Two fishermen who had been missing since Sunday were found alive on an island, where \
             they had lived on eggs and mussels while boats of the coast guard looked for them in \
             the wrong strait for days, said their brother, who had paid for a plane himself and \
             saw their fire from it at dusk, when all others had given up the search for them.",
        ];
        let background = format!("{TEXT} {FLOOD}");
        let readings = leads.map(|lead| Sample::new(&format!("{lead} {background}")).reading());
        assert_eq!(resolve(&readings).families.len(), 0);
    }

    #[test]
    fn a_report_made_of_two_is_in_two_families_and_these_stay_apart() {
        let half = |text: &str| text[..text.rfind(". ").unwrap() + 1].to_owned();
        let both = format!("{} {}", half(TEXT), half(FLOOD));
        let [first, second, both] = [TEXT, FLOOD, &both].map(|text| Sample::new(text).reading());
        let record = resolve(&[first.clone(), second.clone(), both.clone()]);
        assert_eq!(record.families.len(), 2);
        let parents: Vec<_> = record
            .families
            .iter()
            .flat_map(|family| &family.members)
            .filter(|member| member.report == both.report.id)
            .filter_map(|member| member.parent)
            .collect();
        assert!(parents.contains(&first.report.id) && parents.contains(&second.report.id));
        assert_ne!(record.origins.len(), 1);
    }

    #[test]
    fn a_report_in_other_words_is_family() {
        let source = format!("{TEXT} {FLOOD}");
        let respun = "The delegates of Ruvania and Sallet met in Tarn on Monday to finish the \
            dispute over the Orlen span. Peasants on both banks have waited for 2 years to carry \
            their corn to market. The discussions go on until the close of the week, a speaker \
            stated. A flood of the stream Pelm killed 9 cattle near Tavysh last night. The \
            alderman accused a dam that nobody had repaired since the conflict. Divers searched \
            for a lost boy until the dawn, his uncle told a radio channel.";
        let readings = [&source, respun].map(|text| Sample::new(text).reading());
        let record = resolve(&readings);
        assert_eq!(record.families.len(), 1);
        assert!(record.passages.iter().any(|passage| passage.identity < 0.9));
    }
}
