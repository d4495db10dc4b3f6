//! More reports to learn from: the same with other names in the place of theirs (after Dai and Adel
//! 2020), so that what stands around a name counts and not only the name.

use std::collections::BTreeMap;

use chancery_eval::gold::Document;
use chancery_eval::gold::iob::LabelledDocument;
use chancery_text::Span;

use crate::random::Random;

/// Of so many names one stays as it is.
const STAYS: usize = 4;

/// Names by kind, each as often as it is met.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<String, Vec<String>>);

impl Names {
    /// Those of reports.
    pub fn of<'a>(documents: impl Iterator<Item = &'a LabelledDocument>) -> Self {
        let mut names = Self::default();
        for LabelledDocument { document, labels } in documents {
            for (span, kind) in outermost(labels) {
                let name = span.slice(&document.report.text);
                if !name.contains('\n') {
                    names.0.entry(kind.to_lowercase()).or_default().push(name.to_owned());
                }
            }
        }
        names
    }

    fn draw(&self, kind: &str, random: &mut Random) -> Option<&str> {
        let names = self.0.get(&kind.to_lowercase())?;
        names.get(random.below(names.len())).map(String::as_str)
    }
}

/// The labels that lie in no other.
fn outermost(labels: &[(Span, String)]) -> Vec<(Span, &str)> {
    let mut sorted: Vec<_> = labels.iter().map(|(span, kind)| (*span, kind.as_str())).collect();
    sorted.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Vec<(Span, &str)> = Vec::new();
    for (span, kind) in sorted {
        if kept.last().is_none_or(|(last, _)| last.end <= span.start) {
            kept.push((span, kind));
        }
    }
    kept
}

/// The report with other names. The same name is replaced by the same; a person's last name by that of
/// the one who took the place.
pub fn swap(labelled: &LabelledDocument, names: &Names, random: &mut Random) -> LabelledDocument {
    let text = &labelled.document.report.text;
    let outermost = outermost(&labelled.labels);
    let mut order: Vec<_> =
        outermost.iter().map(|(span, kind)| (span.slice(text), *kind)).collect();
    order.sort_by_key(|(name, kind)| (std::cmp::Reverse(name.len()), *name, *kind));
    order.dedup();
    let mut swapped: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for (name, kind) in order {
        let whole = swapped.iter().find(|((longer, of), _)| {
            *of == kind && longer.strip_suffix(name).is_some_and(|rest| rest.ends_with(' '))
        });
        let last = whole.and_then(|(_, other)| other.split(' ').next_back()).map(str::to_owned);
        let drawn = match last {
            Some(last) if !name.contains(' ') => Some(last),
            _ if random.below(STAYS) == 0 => None,
            _ => names.draw(kind, random).map(str::to_owned),
        };
        swapped.insert((name, kind), drawn.unwrap_or_else(|| name.to_owned()));
    }
    let (mut told, mut labels, mut at) = (String::new(), Vec::new(), 0);
    for (span, kind) in outermost {
        told.push_str(&text[at..span.start as usize]);
        let start = told.len() as u32;
        told.push_str(&swapped[&(span.slice(text), kind)]);
        labels.push((Span::new(start, told.len() as u32), kind.to_owned()));
        at = span.end as usize;
    }
    told.push_str(&text[at..]);
    LabelledDocument { document: Document::from_text(&labelled.document.id, &told), labels }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(text: &str, labels: &[(&str, &str)]) -> LabelledDocument {
        let mut at = 0;
        let spans = labels.iter().map(|(name, kind)| {
            let start = at + text[at..].find(name).unwrap();
            at = start + name.len();
            (Span::new(start as u32, at as u32), (*kind).to_owned())
        });
        let labels = spans.collect();
        LabelledDocument { document: Document::from_text("a", text), labels }
    }

    #[test]
    fn names_change_and_their_labels_follow() {
        let names = Names::of([labelled("Ida Brook", &[("Ida Brook", "per")])].iter());
        let report = labelled(
            "Ana Lo met Olm. Lo left.",
            &[("Ana Lo", "per"), ("Olm", "loc"), ("Lo", "per")],
        );
        let told = (1..20).map(|seed| swap(&report, &names, &mut Random::new(seed)));
        let told: Vec<_> = told.collect();
        let texts: Vec<_> = told.iter().map(|told| told.document.report.text.as_str()).collect();
        assert!(texts.contains(&"Ida Brook met Olm. Brook left."), "{texts:?}");
        for told in &told {
            let text = &told.document.report.text;
            let last = told.labels[2].0.slice(text);
            assert!(told.labels[0].0.slice(text).ends_with(last), "{text}");
            assert_eq!(told.labels[1].0.slice(text), "Olm");
        }
    }
}
