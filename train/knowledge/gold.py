#!/usr/bin/env python3
"""Turns gold outside the repository into the lines that `--example names` reads.

Usage: train/knowledge/gold.py SHARED OUT     (OUT is a folder outside the repository)
"""
import json, pathlib, re, sys
import xml.etree.ElementTree as ET

SHARED, OUT = map(pathlib.Path, sys.argv[1:3])


def esc(text):
    return text.replace("\\", "/").replace("\t", " ").replace("\n", "\\n")


def offset(text, chars):
    return len(text[:chars].encode())


def conll(path, kinds, out):
    lines = []
    words, spans, run, at = [], [], None, 0
    for line in [*open(path, encoding="utf-8"), "\n"]:
        cells = line.split()
        if len(cells) < 2:
            if words:
                lines.append((" ".join(words), [s for s in spans if s[2]]))
            words, spans, run, at = [], [], None, 0
            continue
        tag = cells[-1]
        kind = kinds.get(tag[2:]) if tag != "O" else None
        end = at + len(cells[0].encode())
        if tag[:1] == "I" and run == tag[2:] and spans:
            spans[-1][1] = end
        elif tag != "O":
            spans.append([at, end, kind])
        run = tag[2:] if tag != "O" else None
        words.append(cells[0])
        at = end + 1
    with open(OUT / out, "w", encoding="utf-8") as f:
        for text, spans in lines:
            f.write("\t".join([esc(text)] + [f"{a}|{b}|{k}" for a, b, k in spans]) + "\n")


def plover():
    with open(OUT / "plover.txt", "w", encoding="utf-8") as f:
        for row in json.load(open(SHARED / "gold/plover-gsr/dev.json")):
            text, spans = row["text"], []
            for side in ("source", "target"):
                for actor in [a for a in (row.get(side) or []) if isinstance(a, dict)]:
                    name = (actor.get("actorText") or "").strip()
                    at = text.find(name) if name else -1
                    if at >= 0:
                        spans.append(f"{offset(text, at)}|{offset(text, at + len(name))}|{actor.get('code') or ''}|{actor.get('sector') or ''}")
            f.write("\t".join([esc(text)] + spans) + "\n")


def geovirus():
    with open(OUT / "geovirus.txt", "w", encoding="utf-8") as f:
        for article in ET.parse(SHARED / "gold/geovirus/GeoVirus.xml").getroot().iter("article"):
            text, spans = article.findtext("text"), []
            for place in article.iter("location"):
                name, start = place.findtext("name"), int(place.findtext("start"))
                near = [i for d in range(0, 6) for i in (start - d, start + d) if text[i:i + len(name)] == name]
                if near:
                    spans.append(f"{offset(text, near[0])}|{offset(text, near[0] + len(name))}|{place.findtext('lat')}|{place.findtext('lon')}")
            f.write("\t".join([esc(text)] + spans) + "\n")


politics = {"person": "person", "politician": "person", "organisation": "organisation", "politicalparty": "organisation",
            "country": "place", "location": "place"}
conll(SHARED / "gold/crossner-politics/dev.txt", politics, "politics.txt")
conll(SHARED / "gold/wikigold/wikigold.conll.txt", {"PER": "person", "ORG": "organisation", "LOC": "place"}, "wikigold.txt")
plover()
geovirus()
