//! CoNLL-U: words, tags, lemmas, heads, and GUM's entities, with the raw text they were made from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chancery_text::Span;

use super::{Document, Draft};
use crate::EvalError;
use crate::error::read_text;
use crate::score::conll::{Analysis, Word};

/// A document of a treebank.
#[derive(Debug, Clone)]
pub struct TreebankDocument {
    /// Its raw text, with a line for each paragraph.
    pub document: Document,
    /// Its words and trees.
    pub analysis: Analysis,
    /// Named entities, by span and GUM's type, in the order of the text.
    pub names: Vec<(Span, String)>,
    /// Whether it has entities at all.
    pub has_entities: bool,
    /// Mentions of each entity by their first and last word, in the order of their ends.
    pub entities: BTreeMap<String, Vec<(usize, usize)>>,
}

impl TreebankDocument {
    /// The mentions of each entity, as spans.
    pub fn chains(&self) -> Vec<BTreeSet<Span>> {
        let spans = self.word_spans();
        let span = |(first, last): &(usize, usize)| spans[*first].cover(spans[*last]);
        self.entities.values().map(|mentions| mentions.iter().map(span).collect()).collect()
    }

    /// The characters of each word, those of the words of one token apart where they are what stands
    /// in it: "it" and "'s" of "it's".
    fn word_spans(&self) -> Vec<Span> {
        let words = &self.analysis.words;
        let mut spans: Vec<Span> = words.iter().map(|word| word.span).collect();
        let mut first = 0;
        for words in words.chunk_by(|one, other| other.multiword && one.span == other.span) {
            let whole = words[0].span;
            let forms: String = words.iter().map(|word| word.form.as_str()).collect();
            if forms == whole.slice(&self.document.report.text) {
                let mut start = whole.start;
                for (span, word) in spans[first..].iter_mut().zip(words) {
                    *span = Span::new(start, start + word.form.len() as u32);
                    start = span.end;
                }
            }
            first += words.len();
        }
        spans
    }
}

/// Reads the documents of a file. A file without `# newdoc` is one document.
pub fn read(path: &Path) -> Result<Vec<TreebankDocument>, EvalError> {
    parse(path, &read_text(path)?)
}

fn parse(path: &Path, text: &str) -> Result<Vec<TreebankDocument>, EvalError> {
    let mut documents = Vec::new();
    let mut draft = Writing::new(&super::find::stem(path));
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(comment) = line.strip_prefix('#') {
            let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
            match key.trim() {
                "newdoc id" | "newdoc" => {
                    let id = if value.is_empty() {
                        super::find::stem(path)
                    } else {
                        value.trim().into()
                    };
                    documents.extend(std::mem::replace(&mut draft, Writing::new(&id)).finish());
                }
                "newpar" | "newpar id" => draft.text.end_block(),
                "meta::dateCreated" => draft.created = Some(value.trim().to_owned()),
                _ => {}
            }
        } else if line.is_empty() {
            draft.end_sentence();
        } else {
            let cells: Vec<_> = line.split('\t').collect();
            if cells.len() != 10 {
                let problem = format!("has {} columns; CoNLL-U has 10", cells.len());
                return Err(EvalError::form(path, number, problem));
            }
            draft.row(&cells);
        }
    }
    draft.end_sentence();
    documents.extend(draft.finish());
    Ok(documents)
}

/// An entity whose end is not read yet.
struct Open {
    /// GUM's number of what it refers to.
    group: String,
    /// Its type.
    kind: String,
    /// Its first word.
    first: usize,
    /// The words that GUM marks as the least of it.
    least: Vec<usize>,
}

struct Writing {
    id: String,
    created: Option<String>,
    text: Draft,
    analysis: Analysis,
    /// First word of the sentence being read.
    first: usize,
    /// Last id of the multi-word token being read, and its place.
    token: Option<(usize, Span)>,
    space: bool,
    /// Entities still open.
    open: Vec<Open>,
    names: Vec<(Span, String)>,
    has_entities: bool,
    entities: BTreeMap<String, Vec<(usize, usize)>>,
}

impl Writing {
    fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            created: None,
            text: Draft::default(),
            analysis: Analysis::default(),
            first: 0,
            token: None,
            space: false,
            open: Vec::new(),
            names: Vec::new(),
            has_entities: false,
            entities: BTreeMap::new(),
        }
    }

    fn row(&mut self, cells: &[&str]) {
        let misc = cells[9];
        let glued = misc.split('|').any(|pair| pair == "SpaceAfter=No");
        if let Some((_, last)) = cells[0].split_once('-') {
            let span = self.text.place(cells[1], self.space);
            self.token = last.parse().ok().map(|last| (last, span));
            self.space = !glued;
        } else if let Ok(id) = cells[0].parse::<usize>() {
            let (span, multiword) = match self.token {
                Some((last, span)) if id <= last => (span, true),
                _ => {
                    let span = self.text.place(cells[1], self.space);
                    self.space = !glued;
                    (span, false)
                }
            };
            self.word(cells, span, multiword);
            if let Some(entity) = misc.split('|').find_map(|pair| pair.strip_prefix("Entity=")) {
                self.entities(entity);
            }
        }
    }

    fn word(&mut self, cells: &[&str], span: Span, multiword: bool) {
        let head = cells[6].parse::<usize>().ok().filter(|head| 0 < *head);
        self.analysis.words.push(Word {
            span,
            form: cells[1].to_owned(),
            multiword,
            upos: cells[3].to_owned(),
            features: cells[5].to_owned(),
            lemma: cells[2].to_owned(),
            head: head.map(|head| self.first + head - 1),
            relation: cells[7].to_owned(),
        });
    }

    /// Reads brackets as `(4-person-new-…-1-sgl(5-place-…)4)`.
    fn entities(&mut self, marks: &str) {
        self.has_entities = true;
        let at = self.analysis.words.len() - 1;
        let mut rest = marks;
        while let Some(mark) = rest.chars().next() {
            if mark == '(' {
                let end = rest[1..].find(['(', ')']).map_or(rest.len(), |end| end + 1);
                self.open_entity(&rest[1..end], at);
                rest = &rest[end..];
                if rest.starts_with(')') {
                    self.close_entity(None, at);
                    rest = &rest[1..];
                }
            } else {
                let end = rest.find(')').unwrap_or(rest.len());
                self.close_entity(Some(&rest[..end]), at);
                rest = rest.get(end + 1..).unwrap_or_default();
            }
        }
    }

    fn open_entity(&mut self, mark: &str, at: usize) {
        let fields: Vec<_> = mark.split('-').collect();
        let field = |n: usize| fields.get(n).copied().unwrap_or_default().to_owned();
        // GRP-etype-infstat-salience-centering-minspan-link-identity
        let number = |n: &str| n.parse::<usize>().ok()?.checked_sub(1);
        let least = field(5).split(',').filter_map(number).map(|n| at + n).collect();
        self.open.push(Open { group: field(0), kind: field(1), first: at, least });
    }

    fn close_entity(&mut self, group: Option<&str>, last: usize) {
        let at = match group {
            Some(group) => self.open.iter().rposition(|open| open.group == group),
            None => self.open.len().checked_sub(1),
        };
        if let Some(open) = at.map(|at| self.open.remove(at)) {
            self.name(&open, last);
            self.entities.entry(open.group).or_default().push((open.first, last));
        }
    }

    /// The name in an entity whose head is a proper noun: the head, and what GUM marks as the least of
    /// the entity around it, with small words and hyphens between. Titles are in it: GUM has "Dr. Ana Lo"
    /// as the least of a mention.
    fn name(&mut self, open: &Open, last: usize) {
        const INNER: [&str; 7] = ["of", "for", "the", "-", "–", "'s", "&"];
        let words = &self.analysis.words;
        let least = open.least.iter().copied().filter(|at| *at <= last);
        let least: Vec<usize> = least.collect();
        let within = |at: usize| (open.first..=last).contains(&at);
        let is_head = |at: &usize| words[*at].head.is_none_or(|head| !within(head));
        let head = (open.first..=last).find(is_head).filter(|head| words[*head].upos == "PROPN");
        let Some(head) = head else { return };
        let goes_on = |pair: &&[usize]| {
            let between = &words[pair[0] + 1..pair[1]];
            between.len() < 3 && between.iter().all(|word| INNER.contains(&word.form.as_str()))
        };
        let at = least.binary_search(&head);
        let (before, after) = match at {
            Ok(at) => (&least[..=at], &least[at..]),
            Err(_) => (&[][..], &[][..]),
        };
        let start = before.windows(2).rev().take_while(goes_on).last().map_or(head, |pair| pair[0]);
        let end = after.windows(2).take_while(goes_on).last().map_or(head, |pair| pair[1]);
        let span = words[start].span.cover(words[end].span);
        self.names.push((span, open.kind.clone()));
    }

    fn end_sentence(&mut self) {
        let words = &self.analysis.words[self.first..];
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            self.analysis.sentences.push(first.span.cover(last.span));
        }
        (self.first, self.token) = (self.analysis.words.len(), None);
    }

    fn finish(mut self) -> Option<TreebankDocument> {
        if self.analysis.words.is_empty() {
            return None;
        }
        self.names.sort();
        self.names.dedup();
        let document = Document::from_text(&self.id, self.text.text());
        Some(TreebankDocument {
            document: document.dated(self.created.as_deref()),
            analysis: self.analysis,
            names: self.names,
            has_entities: self.has_entities,
            entities: self.entities,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# newdoc id = d1\n# newpar\n# text = Ana Lo can't.\n\
1\tAna\tAna\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(1-person-new-n-cf1-1,2-sgl\n\
2\tLo\tLo\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)\n\
3-4\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
3\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_\n\
4\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n\
5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n\
# newpar\n\
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n\n";

    #[test]
    fn the_raw_text_and_the_words_come_back() {
        let documents = parse(Path::new("a.conllu"), SAMPLE).unwrap();
        let TreebankDocument { document, analysis, names, .. } = &documents[0];
        assert_eq!(document.report.text, "Ana Lo can't.\nYes");
        assert_eq!(analysis.sentences, [Span::new(0, 13), Span::new(14, 17)]);
        assert_eq!(analysis.words[3].span.slice(&document.report.text), "can't");
        assert_eq!(analysis.words[1].head, Some(0));
        assert_eq!(names, &[(Span::new(0, 6), "person".to_owned())]);
    }

    #[test]
    fn a_name_is_the_least_of_an_entity_around_its_head() {
        let text = "# newdoc id = d\n\
1\tthe\tthe\tDET\tDT\t_\t4\tdet\t_\tEntity=(1-place-new-n-cf1-2,3,4,7-sgl\n\
2\tDr.\tDr.\tPROPN\tNNP\t_\t3\tnmod:desc\t_\tEntity=(2-person-new-n-cf2-1,2-sgl\n\
3\tLo\tLo\tPROPN\tNNP\t_\t4\tcompound\t_\tEntity=2)\n\
4\tMuseum\tMuseum\tPROPN\tNNP\t_\t0\troot\t_\t_\n\
5\tof\tof\tADP\tIN\t_\t7\tcase\t_\t_\n\
6\tthe\tthe\tDET\tDT\t_\t7\tdet\t_\t_\n\
7\tSea\tSea\tPROPN\tNNP\t_\t4\tnmod\t_\tEntity=1)\n\n";
        let documents = parse(Path::new("a.conllu"), text).unwrap();
        let TreebankDocument { document, names, .. } = &documents[0];
        let told: Vec<_> = names
            .iter()
            .map(|(span, kind)| (span.slice(&document.report.text), kind.as_str()))
            .collect();
        assert_eq!(told, [("Dr. Lo", "person"), ("Dr. Lo Museum of the Sea", "place")]);
    }

    #[test]
    fn words_of_one_token_have_places_of_their_own_in_chains() {
        let text = "# newdoc id = d\n1-2\tit's\t_\t_\t_\t_\t_\t_\t_\t_\n\
1\tit\tit\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-object-new-n-cf1-1-ana)\n\
2\t's\tbe\tAUX\tVBZ\t_\t0\troot\t_\t_\n\n";
        let documents = parse(Path::new("a.conllu"), text).unwrap();
        assert_eq!(documents[0].chains(), [BTreeSet::from([Span::new(0, 2)])]);
    }

    #[test]
    fn a_row_with_missing_columns_is_named() {
        let error = parse(Path::new("a.conllu"), "1\tAna\n").unwrap_err();
        assert_eq!(error.to_string(), "a.conllu:1: has 2 columns; CoNLL-U has 10");
    }
}
