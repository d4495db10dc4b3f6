//! Places that are too small for the lexicon, and divisions of states. They are found in the file
//! itself, by halves, so that they cost nothing until a name asks for them.

use super::PlaceKind;
use crate::mention::lexicon::KnownPlace;

/// Rows are sorted by the folded name, their first cell.
pub(super) const FILE: (&str, &str) =
    ("places/smaller.tsv", include_str!("../../../../data/places/smaller.tsv"));

/// The places of a folded name.
pub(super) fn places(folded: &str) -> impl Iterator<Item = KnownPlace> {
    let name = folded.to_owned();
    let lines = rows()[first(rows(), folded)..].lines();
    lines.map_while(move |line| line.strip_prefix(&name)?.strip_prefix('\t')).filter_map(place)
}

/// The divisions that a folded name means by their kind: "akita prefecture", "helmand province".
pub(super) fn divisions(folded: &str) -> impl Iterator<Item = KnownPlace> {
    const KINDS: [&str; 9] = [
        "county",
        "department",
        "district",
        "governorate",
        "oblast",
        "prefecture",
        "province",
        "region",
        "state",
    ];
    let named = folded.rsplit_once(' ').filter(|(_, kind)| KINDS.contains(kind));
    let named = named.into_iter().flat_map(|(name, _)| places(name));
    named.filter(|place| place.kind == PlaceKind::Region)
}

/// The file without its head.
fn rows() -> &'static str {
    let head: usize = FILE
        .1
        .split_inclusive('\n')
        .take_while(|line| line.starts_with('#') || line.starts_with("folded\t"))
        .map(str::len)
        .sum();
    &FILE.1[head..]
}

/// Where the first row starts whose name is not before another.
fn first(rows: &str, folded: &str) -> usize {
    let (mut start, mut end) = (0, rows.len());
    while start < end {
        let middle = start + (end - start) / 2;
        let line = rows.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n');
        let line = line.map_or(0, |at| at + 1);
        let row = rows[line..].lines().next().unwrap_or_default();
        if row.split('\t').next().unwrap_or_default() < folded {
            start = (line + row.len() + 1).min(rows.len());
        } else {
            end = line;
        }
    }
    start
}

/// The place of a row, by the cells after its name.
fn place(row: &'static str) -> Option<KnownPlace> {
    let mut cells = row.split('\t');
    let mut next = || cells.next();
    let (name, kind) = (next()?, next()?);
    let (latitude, longitude) = (next()?.parse().ok()?, next()?.parse().ok()?);
    let (country, population, id) = (next()?, next()?.parse().ok()?, next()?);
    let division = kind != "s";
    Some(KnownPlace {
        id,
        name,
        kind: if division { PlaceKind::Region } else { PlaceKind::Settlement },
        country,
        latitude,
        longitude,
        population,
        capital: false,
        geonames: !division,
        level: match kind {
            "r" => 1,
            "d" => 2,
            _ => 0,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_its_name() {
        let lines = rows().lines().collect::<Vec<_>>();
        for line in lines.iter().step_by(997).chain(lines.last()) {
            let name = line.split('\t').next().unwrap();
            let place = place(line.split_once('\t').unwrap().1).unwrap();
            assert!(
                places(name).any(|found| found.id == place.id && found.country == place.country)
            );
        }
        assert_eq!(places("").count(), 0);
        assert_eq!(places("zzzzzz").count(), 0);
        assert_eq!(places("0").count(), 0);
    }

    #[test]
    fn a_division_is_found_by_its_kind_too() {
        let found: Vec<_> = divisions("helmand province").collect();
        assert!(found.iter().any(|place| place.country == "AFG" && place.level == 1));
        assert_eq!(divisions("helmand").count(), 0);
    }
}
