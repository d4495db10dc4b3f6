"""Reads the same text with spaCy and with Chancery's language core, on one core, and prints the accuracy
(CoNLL 2018 definitions, by udtools) and the speed of each. Called by `run`, which trains spaCy first.

Both get the treebank's raw text paragraph by paragraph, and for speed the FA-KES reports. Loading the
models is not counted. The rounds of the two alternate, so that a busy minute hits both; the median
round counts.
"""

import argparse
import json
import os
import statistics
import subprocess
import time
from pathlib import Path

import spacy
from udtools.udeval import evaluate, load_conllu_file

ROUNDS = 5
# What is compared: the scorer's name of each measure.
MEASURES = ["Words", "Sentences", "UPOS", "UFeats", "Lemmas", "UAS", "LAS"]


def paragraphs(conllu):
    """The raw text of a treebank, a string for each paragraph."""
    texts = []
    starts = True
    for line in conllu.read_text(encoding="utf-8").splitlines():
        if line.startswith(("# newdoc", "# newpar")):
            starts = True
        elif line.startswith("# text = "):
            text = line.removeprefix("# text = ").replace("\n", " ")
            if starts or not texts:
                texts.append(text)
            else:
                texts[-1] += " " + text
            starts = False
    return texts


def reports(path):
    """The reports to read for speed, a list of lines for each."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [[line.strip() for line in row["text"].splitlines() if line.strip()] for row in rows]


def spacy_conllu(nlp, texts, out):
    """What spaCy says of the texts, in CoNLL-U."""
    with out.open("w", encoding="utf-8") as file:
        for doc in nlp.pipe(texts):
            for sentence in doc.sents:
                # Tokens of white space alone are no words.
                words = [token for token in sentence if not token.is_space]
                if not words:
                    continue
                number = {token.i: at for at, token in enumerate(words, 1)}
                top = None
                for token in words:
                    head = token.head
                    while head.i not in number and head.head.i != head.i:
                        head = head.head
                    root = head.i == token.i or head.i not in number
                    if root and top is None:
                        top = token
                    elif root:
                        # The scorer takes one root for each sentence.
                        head, root = top, False
                    row = [
                        number[token.i], token.text.replace(" ", ""), token.lemma_ or "_", token.pos_, token.tag_,
                        str(token.morph) or "_", 0 if root else number[head.i],
                        "root" if root else token.dep_, "_", "_",
                    ]
                    file.write("\t".join(map(str, row)) + "\n")
                file.write("\n")


def scores(gold, system):
    """F1 in per cent by measure."""
    found = evaluate(load_conllu_file(str(gold)), load_conllu_file(str(system)))
    return {measure: 100 * found[measure].f1 for measure in MEASURES}


def one_core():
    """Keeps this process, and those it starts, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def spacy_seconds(nlp, texts):
    start = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - start


def chancery_seconds(text):
    out = subprocess.run(["target/release/language", text, "1"], check=True, capture_output=True, text=True)
    return json.loads(out.stdout)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--gold", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options = options.parse_args()
    one_core()
    nlp = spacy.load(options.work / "spacy/model-best")
    gold = options.gold / "ud-ewt/dev.conllu"
    texts = paragraphs(gold)
    spacy_conllu(nlp, texts, options.work / "spacy.conllu")
    (options.work / "dev.txt").write_text("\n".join(texts) + "\n", encoding="utf-8")
    with (options.work / "chancery.conllu").open("w", encoding="utf-8") as file:
        command = ["target/release/chancery-train", "read", "--bundle", "data/models/english.syntax"]
        subprocess.run([*command, "--text", str(options.work / "dev.txt")], check=True, stdout=file)
    theirs, ours = (scores(gold, options.work / f"{name}.conllu") for name in ("spacy", "chancery"))
    print(f"accuracy on {gold}, raw text, F1")
    print(f"{'':<12}" + "".join(f"{measure:>11}" for measure in MEASURES))
    for name, found in (("spaCy", theirs), ("Chancery", ours)):
        print(f"{name:<12}" + "".join(f"{found[measure]:>11.2f}" for measure in MEASURES))

    docs = reports(options.gold / "fa-kes/reports.jsonl")
    text = options.work / "fa-kes.txt"
    text.write_text("\n\n".join("\n".join(lines) for lines in docs) + "\n", encoding="utf-8")
    texts = ["\n".join(lines) for lines in docs]
    spacy_seconds(nlp, texts[:20])
    words = sum(not token.is_space for doc in nlp.pipe(texts) for token in doc)
    spacy_rounds, syntax_rounds, core_rounds = [], [], []
    for _ in range(ROUNDS):
        spacy_rounds.append(spacy_seconds(nlp, texts))
        measured = chancery_seconds(str(text))
        syntax_rounds.append(measured["syntax_seconds"])
        core_rounds.append(measured["core_seconds"])
    rows = [
        ("spaCy: tagger, morphologizer, trainable_lemmatizer, parser", spacy_rounds),
        ("Chancery: sentences, words, tags, features, lemmas, trees", syntax_rounds),
        ("Chancery: the same, with names, roles and coreference", core_rounds),
    ]
    base = statistics.median(spacy_rounds)
    print(f"\nspeed on one core, {len(docs)} FA-KES reports, {words} words as spaCy counts them, median of {ROUNDS} rounds")
    for name, rounds in rows:
        middle = statistics.median(rounds)
        print(f"{name:<62}{words / middle:>10,.0f} words/s{base / middle:>7.1f} times")


if __name__ == "__main__":
    main()
