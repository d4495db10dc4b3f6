//! The trainer learns ten invented sentences by heart.

use chancery_annotate::syntax::SyntaxKit;
use chancery_train::conllu::{self, Sentence};
use chancery_train::syntax::score::score_tokenised;
use chancery_train::syntax::{Settings, train};

/// word/lemma/UPOS/XPOS/head/relation
const TEN: [&str; 10] = [
    "Olm/Olm/PROPN/NNP/2/nsubj left/leave/VERB/VBD/0/root ././PUNCT/./2/punct",
    "Aru/Aru/PROPN/NNP/2/nsubj met/meet/VERB/VBD/0/root Olm/Olm/PROPN/NNP/2/obj ././PUNCT/./2/punct",
    "The/the/DET/DT/2/det envoys/envoy/NOUN/NNS/3/nsubj met/meet/VERB/VBD/0/root ././PUNCT/./3/punct",
    "The/the/DET/DT/2/det talks/talk/NOUN/NNS/4/nsubj:pass were/be/AUX/VBD/4/aux:pass held/hold/VERB/VBN/0/root in/in/ADP/IN/6/case Olmia/Olmia/PROPN/NNP/4/obl ././PUNCT/./4/punct",
    "He/he/PRON/PRP/2/nsubj said/say/VERB/VBD/0/root that/that/SCONJ/IN/5/mark she/she/PRON/PRP/5/nsubj left/leave/VERB/VBD/2/ccomp ././PUNCT/./2/punct",
    "Ministers/minister/NOUN/NNS/4/nsubj and/and/CCONJ/CC/3/cc envoys/envoy/NOUN/NNS/1/conj met/meet/VERB/VBD/0/root ././PUNCT/./4/punct",
    "The/the/DET/DT/3/det big/big/ADJ/JJ/3/amod plan/plan/NOUN/NN/4/nsubj failed/fail/VERB/VBD/0/root ././PUNCT/./4/punct",
    "Olm/Olm/PROPN/NNP/3/nsubj will/will/AUX/MD/3/aux meet/meet/VERB/VB/0/root the/the/DET/DT/5/det envoys/envoy/NOUN/NNS/3/obj ././PUNCT/./3/punct",
    "She/she/PRON/PRP/2/nsubj wants/want/VERB/VBZ/0/root to/to/PART/TO/4/mark leave/leave/VERB/VB/2/xcomp ././PUNCT/./2/punct",
    "The/the/DET/DT/2/det man/man/NOUN/NN/5/nsubj who/who/PRON/WP/4/nsubj left/leave/VERB/VBD/2/acl:relcl failed/fail/VERB/VBD/0/root ././PUNCT/./5/punct",
];

fn treebank() -> Vec<Sentence> {
    let lines = TEN.map(|line| {
        let words = line.split(' ').zip(1..).map(|(word, number)| {
            let cells: Vec<_> = word.split('/').collect();
            let [form, lemma, upos, xpos, head, relation] = cells[..] else { panic!("{word}") };
            format!("{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_\n")
        });
        format!("# text = {line}\n{}", words.collect::<String>())
    });
    conllu::read(&lines.join("\n"))
}

fn settings() -> Settings {
    Settings { folds: 1, least: 1, iterations: 12, ..Settings::default() }
}

#[test]
fn ten_sentences_are_learned_and_read_back_from_the_bundle() {
    let gold = treebank();
    assert_eq!(gold.len(), 10);
    let model = train(&gold, settings(), &mut |_| ());
    let read = SyntaxKit::read(model.bundle().leak()).unwrap();
    for kit in [model.kit(), read] {
        let scores = score_tokenised(&gold, &kit);
        for score in [scores.upos, scores.xpos, scores.lemmas, scores.uas, scores.las] {
            assert_eq!(score.f1(), 100.0, "{scores}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bundle() {
    let gold = treebank();
    let bundle = |seed| train(&gold, Settings { seed, ..settings() }, &mut |_| ()).bundle();
    assert_eq!(bundle(5), bundle(5));
    assert_ne!(bundle(5), bundle(6));
}
