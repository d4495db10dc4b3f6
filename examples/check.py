#!/usr/bin/env python3
"""Check expected.jsonl against reports/: python3 examples/check.py

Every text_span must occur verbatim in the prose of its report; every doc must
exist; every id must be unique; every kind and date must be well formed.
Standard library only. Exits 1 when something is wrong."""
import collections, datetime, email.utils, html.parser, json, pathlib, re, sys
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).parent
PER_REPORT = {"event", "event_planned", "event_negated", "event_hypothetical", "statement", "denial",
              "commitment", "demand", "condition", "threat", "expectation", "figure", "residue",
              "not_residue", "credit", "date", "place", "actor"}
CROSS = {"copy", "not_copy", "story", "not_story", "origins", "same_event", "not_same_event",
         "same_statement", "not_same_statement", "disagreement", "not_disagreement", "same_actor"}
INLINE = {"a", "em", "strong", "b", "i", "span", "br", "button"}


class Blocks(html.parser.HTMLParser):
    """The text of each block of a page, entities decoded, script and style left out."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.buffer, self.skip = [], "", 0

    def flush(self):
        self.blocks.append(self.buffer)
        self.buffer = ""

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style", "head"):
            self.skip += 1
        if tag not in INLINE:
            self.flush()

    def handle_endtag(self, tag):
        if tag in ("script", "style", "head"):
            self.skip -= 1
        if tag not in INLINE:
            self.flush()

    def handle_data(self, data):
        if not self.skip:
            self.buffer += data


def page(text):
    parser = Blocks()
    parser.feed(text)
    parser.flush()
    return [re.sub(r"\s+", " ", b).strip() for b in parser.blocks if b.strip()]


def decode(raw):
    head = raw[:1024].decode("ascii", "ignore")
    found = re.search(r"charset=[\"']?([\w-]+)", head)
    return raw.decode(found.group(1) if found else "utf-8-sig")


def load():
    """doc name -> its blocks of text (one string for plain text)."""
    docs = {}
    for path in sorted((HERE / "reports").iterdir()):
        raw = path.read_bytes()
        if path.suffix == ".html":
            docs[path.name] = page(decode(raw))
        elif path.suffix == ".jsonl":
            for n, line in enumerate(raw.decode().splitlines(), 1):
                row = json.loads(line)
                docs[f"{path.name}#{n}"] = [row["title"], row["maintext"]]
        elif path.suffix == ".xml":
            for n, item in enumerate(ET.fromstring(raw).iter("item"), 1):
                body = item.find("{http://purl.org/rss/1.0/modules/content/}encoded").text
                email.utils.parsedate_to_datetime(item.findtext("pubDate"))
                docs[f"{path.name}#{n}"] = [item.findtext("title")] + page(body)
        else:
            docs[path.name] = [raw.decode("utf-8-sig")]
    return docs


def fix_mojibake(text):
    """UTF-8 read as windows-1252, undone."""
    raw = b"".join(c.encode("cp1252") if c not in "\x81\x8d\x8f\x90\x9d" else bytes([ord(c)]) for c in text)
    return raw.decode("utf-8")


def main():
    docs, errors, ids, count = load(), [], set(), collections.Counter()
    for name, blocks in docs.items():
        if any("â€" in b for b in blocks):
            docs[name] = blocks + [fix_mojibake(b) for b in blocks]
        # a printed weekday must agree with the date beside it
        for b in blocks:
            for day, d, m, y in re.findall(
                    r"(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday),? (\d+) (\w+) (\d{4})", b):
                if datetime.datetime.strptime(f"{d} {m} {y}", "%d %B %Y").strftime("%A") != day:
                    errors.append(f"{name}: {day} {d} {m} {y} is no such day")
    lines = (HERE / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        fact = json.loads(line)
        where = f"{fact['id']} {fact['kind']}"
        count[fact["kind"]] += 1
        if fact["id"] in ids:
            errors.append(f"{where}: id used twice")
        ids.add(fact["id"])
        if fact["kind"] not in PER_REPORT | CROSS:
            errors.append(f"{where}: unknown kind")
        spans = list(fact.get("spans", []))
        if "doc" in fact:
            spans.append({"doc": fact["doc"], "text_span": fact.get("text_span")})
        for doc in fact.get("docs", []):
            if doc not in docs:
                errors.append(f"{where}: no report {doc}")
        for span in spans:
            if span["doc"] not in docs:
                errors.append(f"{where}: no report {span['doc']}")
                continue
            if span["text_span"] is None:
                if fact["kind"] != "date":
                    errors.append(f"{where}: no span")
                continue
            hits = sum(b.count(span["text_span"]) for b in docs[span["doc"]])
            if not hits:
                errors.append(f"{where}: not in {span['doc']}: {span['text_span']}")
        for end in (fact.get("when") or "").split("/"):
            if end not in ("", "..") and not re.fullmatch(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d)?)?)?", end):
                errors.append(f"{where}: odd date {end}")
            elif re.fullmatch(r"\d{4}-\d\d-\d\d", end):
                datetime.date.fromisoformat(end)
    for kind, n in sorted(count.items()):
        print(f"{n:4} {kind}")
    print(f"{sum(count.values()):4} facts, {len(docs)} reports")
    for error in errors:
        print("error:", error)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
