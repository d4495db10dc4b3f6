use crate::Span;

/// A place where ingest wrote other characters than the source had, so that the source can be
/// had back: mojibake mended, a control character dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What stands in the report's text now.
    pub span: Span,
    /// What the decoded source had in its place.
    pub was: String,
    /// Why it was changed: `mojibake`, `control`.
    pub reason: &'static str,
}

/// Maps offsets of a report's text to offsets of the decoded source it was repaired from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alignment {
    repairs: Vec<Repair>,
}

impl Alignment {
    /// An alignment from repairs, which must be sorted and must not overlap.
    pub fn new(repairs: Vec<Repair>) -> Self {
        assert!(
            repairs.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start),
            "repairs must be sorted and apart"
        );
        Self { repairs }
    }

    /// The repairs, in the order of the text.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// The decoded source, as it was before the repairs.
    pub fn source(&self, text: &str) -> String {
        let mut source = String::with_capacity(text.len());
        let mut at = 0;
        for repair in &self.repairs {
            source.push_str(&text[at..repair.span.start as usize]);
            source.push_str(&repair.was);
            at = repair.span.end as usize;
        }
        source.push_str(&text[at..]);
        source
    }

    /// Where `span` of the text stands in the source. A span that ends inside a repair covers the
    /// whole of what was repaired.
    pub fn source_span(&self, span: Span) -> Span {
        let mut shift = 0i64;
        let (mut start, mut end) = (i64::from(span.start), i64::from(span.end));
        for repair in &self.repairs {
            let (was, is) = (repair.was.len() as i64, i64::from(repair.span.len()));
            if repair.span.end <= span.start {
                start += was - is;
            } else if repair.span.start < span.start {
                start = i64::from(repair.span.start) + shift;
            }
            if repair.span.end <= span.end {
                end += was - is;
            } else if repair.span.start < span.end {
                end = i64::from(repair.span.start) + shift + was;
            }
            shift += was - is;
        }
        Span::of(start as usize..end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_after_a_repair_is_found_in_the_source() {
        let repair = Repair { span: Span::new(2, 5), was: "â€™".into(), reason: "mojibake" };
        let alignment = Alignment::new(vec![repair]);
        let text = "It’s on";
        let source = alignment.source(text);
        assert_eq!(source, "Itâ€™s on");
        let on = Span::of(text.find("on").unwrap()..text.len());
        assert_eq!(alignment.source_span(on).slice(&source), "on");
        assert_eq!(alignment.source_span(Span::new(0, 6)).slice(&source), "Itâ€™s");
    }
}
