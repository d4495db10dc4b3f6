//! On whose word a report tells something, and how many independent origins are then behind it.
//!
//! Two reports of two origins that both have a thing from one minister alone are one origin of it: nobody but he
//! vouches for it.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::mention::ActorKind;
use chancery_annotate::quotation::Quotation;
use chancery_text::RowId;

use super::Case;
use super::actors::Names;
use super::told::Told;

/// One telling of something: the report (its index), and the key of the actor on whose word alone it is told;
/// `None` where it is the report's own, or that of somebody without a name.
pub(super) type Telling = (usize, Option<String>);

impl Case<'_> {
    /// The origin behind what some reports tell, by report in their order: the report's own, or for those that have
    /// it from one actor and nobody else, the least of theirs.
    pub(super) fn behind(
        &self,
        tellings: impl IntoIterator<Item = Telling>,
    ) -> BTreeMap<usize, RowId> {
        let mut words: BTreeMap<usize, BTreeSet<Option<String>>> = BTreeMap::new();
        for (report, word) in tellings {
            words.entry(report).or_default().insert(word);
        }
        let mut heard: BTreeMap<String, BTreeSet<RowId>> = BTreeMap::new();
        let only = |words: &BTreeSet<Option<String>>| match words.first() {
            Some(Some(one)) if words.len() == 1 => Some(one.clone()),
            _ => None,
        };
        for (report, words) in &words {
            if let Some(one) = only(words) {
                heard.entry(one).or_default().insert(self.origins[*report]);
            }
        }
        let origin = |report: usize, words: &BTreeSet<Option<String>>| {
            let one = only(words).and_then(|one| heard[&one].first().copied());
            one.unwrap_or(self.origins[report])
        };
        words.iter().map(|(report, words)| (*report, origin(*report, words))).collect()
    }
}

/// The actor who says what a quotation gives, if it is a saying and he has a name.
pub(super) fn sayer(told: &Told<'_>, names: &Names, quotation: &Quotation) -> Option<String> {
    let key = told.mention(quotation.speaker.filter(|_| quotation.is_said())?)?.actor.as_deref()?;
    let key = names.key(key);
    let named = |kind| !matches!(kind, ActorKind::Role | ActorKind::People);
    names.who(key).filter(|who| named(who.kind)).map(|_| key.to_owned())
}

#[cfg(test)]
mod tests {
    use chancery_annotate::event::{EventType, Status};

    use super::super::{resolve, sample::Sample};

    /// How many origins are behind the shelling that two outlets tell, each in a sentence of its own.
    fn origins(sentences: [&str; 2], told_by: Option<&str>) -> usize {
        let reading = |at: usize| {
            let clause = "Sallet shelled the mill of Tavish";
            let sample = Sample::new(sentences[at])
                .outlet(["Merrow Post", "Tarn Times"][at])
                .dated("2021-07-06")
                .state("Sallet", "SAL");
            let sample = match told_by {
                None => sample,
                Some(name) => sample
                    .person(name, "person:ruta-kolm", "RUV", "mayor of Tavish")
                    .says(name, clause),
            };
            let parties = ("Sallet", "");
            let day = "2021-07-05";
            let sample =
                sample.event(clause, "shelled", EventType::Assault, parties, day, Status::Happened);
            if told_by.is_some() { sample.quoted().reading() } else { sample.reading() }
        };
        let record = resolve(&[reading(0), reading(1)]);
        let told = record.events.iter().find(|event| event.reports.len() == 2);
        let origins: std::collections::BTreeSet<_> =
            told.expect("one event of both reports").origins.iter().collect();
        origins.len()
    }

    #[test]
    fn what_two_outlets_have_from_one_person_alone_has_one_origin() {
        let sentences = [
            "Sallet shelled the mill of Tavish on Monday, Ruta Kolm said. Rain fell on the road to Merrow.",
            "Ruta Kolm told us: Sallet shelled the mill of Tavish. Millers spoke of broken wheels and dust.",
        ];
        assert_eq!(origins(sentences, Some("Ruta Kolm")), 1);
        assert_eq!(origins(sentences, None), 2);
    }
}
