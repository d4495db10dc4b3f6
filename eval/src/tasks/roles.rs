//! `roles`: predicates, the heads of their arguments and the roles, from raw text (PropBank).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chancery_annotate::Kit;
use chancery_annotate::role::{self, RoleKit};
use chancery_annotate::segment;
use chancery_annotate::syntax::{Relation, Syntax, Upos, parse};
use chancery_text::Span;

use super::syntax::words;
use crate::error::read_text;
use crate::gold::conllu::{self, TreebankDocument};
use crate::gold::{find, propbank};
use crate::outcome::Case;
use crate::score::Counts;
use crate::score::conll::Word;
use crate::{EvalError, Outcome, Task};

/// A word, by its characters; words of one multi-word token by their form too.
type Place = (Span, String);
/// A predicate, the head of an argument, and the role.
type Told = (Place, Place, String);

/// What is told of a document: its predicates and their arguments.
#[derive(Debug, Default)]
struct Frames {
    predicates: BTreeSet<Place>,
    arguments: BTreeSet<Told>,
}

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let roles = RoleKit::embedded();
    let (mut ours, mut theirs) = (Scores::default(), Scores::default());
    let (mut cases, mut items) = (Vec::new(), 0);
    for (document, skeletons) in documents(sets)? {
        let (gold, scored) = gold(&document, &skeletons);
        let text = &document.document;
        let sentences = segment::sentences(&text.report, &text.blocks);
        let tokens = segment::tokens(&text.report, &sentences);
        let syntax = parse(&text.report, &sentences, &tokens, &kit.syntax);
        let words = words(&text.report.text, &tokens, &syntax);
        let found = role::find(&sentences, &syntax, &roles).into_iter().map(|predicate| {
            let arguments = predicate.arguments.iter();
            let arguments = arguments.map(|a| (a.head as usize, a.role.name().to_owned()));
            (predicate.token as usize, arguments.collect())
        });
        let found = frames(found, &words, &scored);
        ours.add(&gold, &found);
        theirs.add(&gold, &frames(trivial(&syntax).into_iter(), &words, &scored));
        items += gold.arguments.len();
        cases.extend(role_cases(&document.document.id, &gold, &found));
    }
    let mut outcome = Outcome::new(Task::Roles, items);
    for ((name, share), (_, other)) in ours.named().into_iter().zip(theirs.named()) {
        outcome.add(name, share, other);
    }
    outcome.cases = cases;
    Ok(outcome)
}

/// The documents of a treebank that skeletons were made over, with those.
type Joined = Vec<(TreebankDocument, BTreeMap<usize, propbank::Skeleton>)>;

fn documents(sets: &[PathBuf]) -> Result<Joined, EvalError> {
    let mut joined = Vec::new();
    for set in sets {
        let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
        for file in find::files(set, |file| find::ends(file, &["gold_skel"]))? {
            let folder = file.parent().map_or_else(PathBuf::new, Path::to_owned);
            folders.entry(folder).or_default().push(file);
        }
        for (folder, files) in folders {
            let by_name: BTreeMap<_, _> = files.iter().map(|file| (name(file), file)).collect();
            for document in conllu::read(&treebank(&folder))? {
                let id = &document.document.id;
                let Some(file) = by_name.get(id.split_once('-').map_or(id.as_str(), |id| id.1))
                else {
                    continue;
                };
                let skeletons = propbank::parse(file, &read_text(file)?)?;
                joined.push((document, skeletons));
            }
        }
    }
    Ok(joined)
}

/// The treebank's file of a folder of skeletons: `ud-ewt/dev.conllu` of `propbank-ewt/dev`.
fn treebank(folder: &Path) -> PathBuf {
    let part = folder.file_name().map_or(String::new(), |part| part.to_string_lossy().into_owned());
    let collection = folder.parent().and_then(Path::parent).unwrap_or(folder);
    collection.join("ud-ewt").join(format!("{part}.conllu"))
}

/// `a.xml.gold_skel` is `a`.
fn name(file: &Path) -> String {
    let stem = find::stem(file);
    stem.strip_suffix(".xml").map_or(stem.clone(), str::to_owned)
}

/// What the gold says, and the sentences that it speaks of: those that have as many words in both.
fn gold(
    document: &TreebankDocument,
    skeletons: &BTreeMap<usize, propbank::Skeleton>,
) -> (Frames, Vec<Span>) {
    let analysis = &document.analysis;
    let (mut frames, mut scored) = (Frames::default(), Vec::new());
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let inside = |word: &&Word| sentence.contains(word.span);
        let first = analysis.words.partition_point(|word| word.span.start < sentence.start);
        let count = analysis.words[first..].iter().take_while(inside).count();
        let Some(skeleton) = skeletons.get(&number).filter(|skeleton| skeleton.words == count)
        else {
            continue;
        };
        scored.push(*sentence);
        let head_of = |word: usize| analysis.words[first + word].head?.checked_sub(first);
        for frame in &skeleton.frames {
            let predicate = place(&analysis.words[first + frame.predicate]);
            for (role, from, to) in &frame.arguments {
                let head = propbank::head(*from, *to, head_of);
                let head = place(&analysis.words[first + head]);
                frames.arguments.insert((predicate.clone(), head, role.clone()));
            }
            frames.predicates.insert(predicate);
        }
    }
    (frames, scored)
}

fn place(word: &Word) -> Place {
    (word.span, word.form.to_lowercase())
}

/// What was found in the sentences that are scored.
fn frames(
    found: impl Iterator<Item = (usize, Vec<(usize, String)>)>,
    words: &[Word],
    scored: &[Span],
) -> Frames {
    let mut frames = Frames::default();
    for (predicate, arguments) in found {
        let predicate = place(&words[predicate]);
        if !scored.iter().any(|sentence| sentence.contains(predicate.0)) {
            continue;
        }
        for (head, role) in arguments {
            frames.arguments.insert((predicate.clone(), place(&words[head]), role));
        }
        frames.predicates.insert(predicate);
    }
    frames
}

/// Every verb, with its subject as ARG0 and its object as ARG1.
fn trivial(syntax: &Syntax) -> Vec<(usize, Vec<(usize, String)>)> {
    let verbs = (0..syntax.words.len()).filter(|&word| syntax.words[word].upos == Upos::Verb);
    let frame = |verb: usize| {
        let children = (0..syntax.words.len())
            .filter(|&word| syntax.words[word].head == Some(verb as u32))
            .filter_map(|word| match syntax.words[word].relation {
                Relation::Nsubj => Some((word, "ARG0".to_owned())),
                Relation::Obj => Some((word, "ARG1".to_owned())),
                _ => None,
            });
        (verb, children.collect())
    };
    verbs.map(frame).collect()
}

#[derive(Debug, Default)]
struct Scores {
    all: Counts,
    core: Counts,
    unlabelled: Counts,
    predicates: Counts,
}

impl Scores {
    fn add(&mut self, gold: &Frames, found: &Frames) {
        compare(&mut self.all, &gold.arguments, &found.arguments);
        let core = |told: &BTreeSet<Told>| -> BTreeSet<Told> {
            told.iter()
                .filter(|(_, _, role)| role.starts_with("ARG") && !role.starts_with("ARGM"))
                .cloned()
                .collect()
        };
        compare(&mut self.core, &core(&gold.arguments), &core(&found.arguments));
        let bare = |told: &BTreeSet<Told>| -> BTreeSet<(Place, Place)> {
            told.iter().map(|(predicate, head, _)| (predicate.clone(), head.clone())).collect()
        };
        compare(&mut self.unlabelled, &bare(&gold.arguments), &bare(&found.arguments));
        compare(&mut self.predicates, &gold.predicates, &found.predicates);
    }

    fn named(&self) -> [(&'static str, f64); 6] {
        [
            ("f1", self.all.f1()),
            ("precision", self.all.precision()),
            ("recall", self.all.recall()),
            ("core_f1", self.core.f1()),
            ("unlabelled_f1", self.unlabelled.f1()),
            ("predicates_f1", self.predicates.f1()),
        ]
    }
}

fn compare<T: Ord>(counts: &mut Counts, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
    for item in gold.union(found) {
        let (wanted, given) = (gold.contains(item), found.contains(item));
        counts.add(wanted, given, wanted && given);
    }
}

fn role_cases(id: &str, gold: &Frames, found: &Frames) -> Vec<Case> {
    let at = |place: &Place| format!("{}-{}", place.0.start, place.0.end);
    let told = gold.arguments.union(&found.arguments);
    let case = |item: &Told| {
        let (wanted, given) = (gold.arguments.contains(item), found.arguments.contains(item));
        let said = |yes: bool| if yes { item.2.clone() } else { String::new() };
        Case {
            id: format!("{id} {} {}", at(&item.0), at(&item.1)),
            aspect: "role".to_owned(),
            expected: said(wanted),
            found: said(given),
            score: f64::from(u8::from(wanted && given)),
        }
    };
    told.map(case).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(predicate: u32, head: u32, role: &str) -> Told {
        let place = |at: u32| (Span::new(at, at + 1), "w".to_owned());
        (place(predicate), place(head), role.to_owned())
    }

    #[test]
    fn a_wrong_role_counts_once_for_each_side() {
        let gold = Frames {
            predicates: [(Span::new(2, 3), "w".to_owned())].into(),
            arguments: [told(2, 0, "ARG0"), told(2, 4, "ARG1"), told(2, 6, "ARGM-TMP")].into(),
        };
        let found = Frames {
            predicates: gold.predicates.clone(),
            arguments: [told(2, 0, "ARG0"), told(2, 4, "ARG2")].into(),
        };
        let mut scores = Scores::default();
        scores.add(&gold, &found);
        // One of two found is right, one of three is recalled: 2 * 1/2 * 1/3 / (1/2 + 1/3).
        assert!((scores.all.f1() - 0.4).abs() < 1e-9);
        assert!((scores.unlabelled.f1() - 0.8).abs() < 1e-9);
        assert_eq!(scores.predicates.f1(), 1.0);
    }
}
