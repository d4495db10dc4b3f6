#!/usr/bin/env python3
"""Rebuilds the generated files of data/actors and data/places from ../shared/knowledge.

Usage: train/knowledge/build.py [SHARED]      (default: ../shared beside the repository)

Reads   SHARED/knowledge/places/countries.json   ODbL 1.0, mledoze/countries
        SHARED/knowledge/places/cities15000.zip  CC BY 4.0, GeoNames
        SHARED/knowledge/petrarch/*.actors.txt   MIT, Open Event Data Alliance
        SHARED/gold/gum/train.conllu             CC BY 4.0: which words are also written in lower case
        SHARED/gold/wikigold, crossner-politics  CC BY 4.0, MIT: first names
        train/knowledge/states.tsv               ours: names that countries.json lacks
Writes  data/actors/{states,petrarch-people,petrarch-groups,first-names,common-words}.tsv
        data/places/{countries,gazetteer}.tsv
"""
import collections, io, json, pathlib, re, sys, unicodedata, zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
REBUILD = "train/knowledge/build.py"
DATE = "2026-11-22"
SPECIAL = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "ß": "ss", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def fold(text):
    """Lower case without diacritics or apostrophes, words apart: as the stage folds."""
    text = unicodedata.normalize("NFD", text.lower())
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(SPECIAL)
    text = re.sub(r"['’‘`ʻʼ.]", "", text)
    return " ".join(re.findall(r"[^\W_]+", text))


def slug(text):
    return fold(text).replace(" ", "-")


def write(path, origin, licence, columns, rows):
    rows = sorted({tuple(row) for row in rows}, key=lambda row: [cell.encode() for cell in row])
    with open(ROOT / "data" / path, "w", encoding="utf-8") as out:
        out.write(f"# origin: {origin}\n# licence: {licence}\n# date: {DATE}\n# rebuild: {REBUILD}\n")
        out.write("\t".join(columns) + "\n")
        for row in rows:
            assert len(row) == len(columns) and not any("\t" in c or "\n" in c for c in row), row
            out.write("\t".join(row) + "\n")
    print(f"data/{path}: {len(rows)} rows")


def latin(text):
    return all(c < "\u0250" or "\u1e00" <= c <= "\u1eff" or c in "’‘ʻʼ" for c in text)


def distinct(names):
    return "|".join(dict.fromkeys(name for name in names if name))


# Centres that gazetteers disagree on by more than a city's reach: between GeoNames's and the ones usually printed.
CENTRES = {"USA": (39.8, -99.2), "CHN": (35, 104), "AUS": (-25, 134), "SDN": (15.5, 31), "COD": (-2.7, 23.6),
           "LBY": (27.5, 17), "NGA": (9, 9), "JPN": (35.7, 138), "TWN": (24, 121), "MMR": (21.5, 96.2), "BEN": (9, 2.2),
           "GBR": (54.5, -2.5), "BWA": (-22, 24), "FJI": (-18, 178.8), "KOS": (42.6, 21)}


# ---------------------------------------------------------------- states
def states():
    ours = {}
    for line in (ROOT / "train/knowledge/states.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "code\t")):
            code, *cells = line.split("\t")
            ours[code] = [cell.split("|") if cell else [] for cell in cells]
    rows, places, claimed = [], [], set()
    countries = json.load(open(SHARED / "knowledge/places/countries.json", encoding="utf-8"))
    # Sovereign states first: a demonym or capital that a territory shares with one is the state's.
    countries.sort(key=lambda c: (c["cca3"] not in ours, not c.get("independent"), c["cca3"]))
    for country in countries:
        code = country.get("cca3") or "UNK"
        names, adjectives, peoples, metonyms = ours.get(code, [[], [], [], []])
        short = country["name"]["common"]
        known = {fold(n) for n in names}
        spelled = [n for n in country["altSpellings"] if latin(n) and len(n) > 4 and fold(n) not in known]
        every = ([short] if short not in names else []) + names
        every += [n for n in [country["name"]["official"], *spelled] if fold(n) not in known]
        adjectives = adjectives or [d for d in {country["demonyms"].get("eng", {}).get("m", "")} if d]
        if not peoples:
            peoples = [a + "s" for a in adjectives if re.search(r"(an|i|er|ese|ic)$", a) and not a.endswith("ese")]
        capital = next(iter(country.get("capital") or []), "") if country.get("independent") or code in ours else ""
        adjectives, peoples = ([w for w in words if fold(w) not in claimed] for words in (adjectives, peoples))
        claimed |= {fold(w) for w in [*adjectives, *peoples, capital]}
        name = short if code not in ("TUR",) else "Turkey"
        rows.append((code, name, distinct(every), distinct(adjectives), distinct(peoples), distinct(metonyms), capital))
        latitude, longitude = CENTRES.get(code, country["latlng"])
        places.append((code, country["cca2"], name, f"{latitude:g}", f"{longitude:g}", f"{country.get('area', 0):g}"))
    write("actors/states.tsv", "mledoze/countries (names, demonyms, spellings, capitals) and train/knowledge/states.tsv",
          "ODbL-1.0", ["code", "name", "names", "adjectives", "peoples", "metonyms", "capital"], rows)
    write("places/countries.tsv", "mledoze/countries", "ODbL-1.0",
          ["code", "iso2", "name", "latitude", "longitude", "area"], places)
    return {two: three for three, two, *_ in places}


# ---------------------------------------------------------------- places
def gazetteer(codes):
    rows = []
    archive = zipfile.ZipFile(SHARED / "knowledge/places/cities15000.zip")
    for line in io.TextIOWrapper(archive.open(archive.namelist()[0]), encoding="utf-8"):
        cell = line.rstrip("\n").split("\t")
        number, name, ascii_name, alternates = cell[:4]
        latitude, longitude, feature, country, population = cell[4], cell[5], cell[7], cell[8], cell[14]
        if feature in ("PPLX", "PPLH", "PPLQ", "PPLW") and int(population) < 100_000:
            continue
        main = fold(name)
        others = {fold(ascii_name)}
        for other in alternates.split(","):
            if latin(other) and 4 <= len(other) <= 40 and not other.isupper() and other[:1].isupper():
                others.add(fold(other))
        others = {o for o in others if o != main and len(o) >= 4 and not o.isdigit()}
        rank = {"PPLC": "c", "PPLA": "a"}.get(feature, "")
        rows.append((number, name, "|".join(sorted(others)), f"{float(latitude):.4f}", f"{float(longitude):.4f}",
                     codes.get(country, ""), population, rank))
    write("places/gazetteer.tsv", "GeoNames cities15000", "CC-BY-4.0",
          ["id", "name", "alternates", "latitude", "longitude", "country", "population", "rank"], rows)


# ---------------------------------------------------------------- petrarch
SECTORS = {s: s for s in "GOV MIL REB OPP PTY LEG JUD COP SPY CVL NGO NGM IGO MED BUS EDU LAB REF REL CRM ELI HLH UAF RAD".split()}
SECTORS |= {"SEP": "REB", "INS": "REB", "IMG": "REB", "AGR": "LAB", "ENV": "NGO", "HRI": "NGO", "DEV": "NGO",
            "MUS": "", "CHR": "REL", "MNC": "BUS", "TOP": "", "WST": ""}
PARTICLES = {"al", "el", "bin", "ibn", "bint", "van", "der", "den", "de", "da", "do", "dos", "di", "du", "la", "le", "von", "und", "y", "ul", "ud", "ash", "as", "ad", "of", "the", "for", "and", "in"}


def title_case(raw):
    words = []
    for number, word in enumerate(re.split(r"[ _]+", raw.strip(" _"))):
        parts = word.split("-")
        parts = [p.lower() if p.lower() in PARTICLES and (number or len(parts) > 1) else p[:1].upper() + p[1:].lower() for p in parts]
        words.append("-".join(parts))
    return " ".join(words)


def day(text):
    digits = re.sub(r"\D", "", text)
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) >= 30 else "20") + digits
    if len(digits) != 8 or not ("01" <= digits[4:6] <= "12"):
        return ""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:] if '01' <= digits[6:] <= '28' else '28' if digits[6:] > '28' else '01'}"


def decode(code, countries):
    """Country and sectors of a CAMEO actor code."""
    triples = [code[i:i + 3] for i in range(0, len(code), 3)]
    country = next((t for t in triples if t in countries), "")
    sectors = [SECTORS[t] for t in triples if SECTORS.get(t)]
    return country, list(dict.fromkeys(sectors))


def actors(path):
    """(names, [(code, from, to)], comment) of each block of a PETRARCH actor file."""
    names, roles, comment = [], [], ""
    for line in open(path, encoding="utf-8", errors="replace"):
        body, _, note = line.rstrip("\n").partition("#")
        if not body.strip():
            continue
        found = re.findall(r"\[([^\]]*)\]", body)
        head = body.split("[")[0].strip()
        if head and not head.startswith("+"):
            if names:
                yield names, roles, comment
            names, roles, comment = [head], [], note
        elif head:
            names.append(head[1:])
        for entry in found:
            code, _, dates = entry.strip().partition(" ")
            dates = dates.strip()
            start = end = ""
            if dates.startswith(">"):
                start = day(dates)
            elif dates.startswith("<"):
                end = day(dates)
            elif "-" in dates:
                start, end = (day(d) for d in dates.split("-", 1))
            roles.append((code, start, end))
    if names:
        yield names, roles, comment


def petrarch(codes):
    countries = set(codes.values())
    folder = SHARED / "knowledge/petrarch"
    hand = {line.split("\t")[0] for line in open(ROOT / "data/actors/people.tsv", encoding="utf-8")}
    hand_names = set()
    for file in ("people.tsv", "organisations.tsv"):
        for line in open(ROOT / "data/actors" / file, encoding="utf-8"):
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 2:
                hand_names |= {fold(n) for n in [cells[1], *cells[2].split("|")]}
    first_names = collections.Counter()
    people, seen = [], set()
    for names, roles, comment in actors(folder / "Phoenix.Countries.actors.txt"):
        if "CountryInfo" not in comment or not re.fullmatch(r"[A-Z_'\- ]+", names[0]):
            continue
        name = title_case(names[0])
        atoms = fold(name).split()
        if not 2 <= len(atoms) <= 5 or min(map(len, atoms)) < 2 or any(ch.isdigit() for ch in name):
            continue
        first_names[atoms[0]] += 1
        held = []
        for code, start, end in roles:
            country, sectors = decode(code, countries)
            if country and sectors and sectors != ["ELI"] and (end or "9999") >= "1990" and "-31" not in start:
                held.append((country, sectors, start, end))
        key = "person:" + slug(name)
        if not held or key in hand or key in seen or fold(name) in hand_names:
            continue
        seen.add(key)
        aliases = [title_case(n) for n in names[1:]]
        aliases = [a for a in dict.fromkeys(aliases) if len(fold(a).split()) >= 2 and not re.search(r"\b(president|minister|prime|king|general|secretary|mr|leader)\b", a.lower()) and a != name]
        for number, (country, sectors, start, end) in enumerate(held):
            people.append((key, name, "|".join(aliases), "", country, "|".join(sectors), "", start, end))
    write("actors/petrarch-people.tsv", "PETRARCH Phoenix.Countries.actors.txt, from CountryInfo (to 2014)", "MIT",
          ["key", "name", "aliases", "gender", "country", "sectors", "role", "from", "to"], people)

    groups = {}
    bad = re.compile(r"\d|\b(the|his|her|their)\b|PRESIDENT|MINISTER|OFFICIAL|LEADER|SPOKES|SOLDIER|TROOPS|CRISIS|WAR$", re.I)
    for file in ("Phoenix.MilNonState.actors.txt", "Phoenix.International.actors.txt"):
        for names, roles, comment in actors(folder / file):
            if not roles:
                continue
            country, sectors = decode(roles[0][0], countries)
            clean = []
            for raw in names:
                raw = re.sub(r"\([^)]*\)", " ", raw).replace("+", " ")
                raw = re.sub(r"[^A-Za-z_'\- ]", "", raw).strip("_ ")
                atoms = fold(raw).split()
                if 2 <= len(atoms) <= 7 and not bad.search(raw) and len(raw) > 8:
                    clean.append(title_case(raw))
            person = re.search(r"mleh|rulers", comment, re.I)
            if not clean or not sectors or fold(clean[0]) in hand_names:
                continue
            head = fold(clean[0]).split()
            bodies = "organization organisation union front army party movement council committee association federation league group brigade brigades forces command fund agency network foundation institute center centre bank conference commission society coalition alliance international watch liberation islamic jihad national democratic revolutionary people united world european african asian american".split()
            if not any(w in bodies for w in head):
                continue
            kind = "group" if set(sectors) & {"REB", "PTY", "OPP", "RAD"} else "organisation"
            key = ("group:" if kind == "group" else "org:") + "-".join(head)
            groups.setdefault(key, (key, clean[0], "|".join(dict.fromkeys(clean[1:])), kind, country, "|".join(sectors)))
    write("actors/petrarch-groups.tsv", "PETRARCH Phoenix.MilNonState and Phoenix.International actors", "MIT",
          ["key", "name", "aliases", "kind", "country", "sectors"], groups.values())
    return first_names


# ---------------------------------------------------------------- words
def words(first_names):
    lower, names = collections.Counter(), collections.Counter()
    for line in open(SHARED / "gold/gum/train.conllu", encoding="utf-8"):
        cells = line.split("\t")
        if len(cells) > 4 and cells[1].isalpha():
            if cells[1].islower():
                lower[fold(cells[1])] += 1
            elif cells[3] == "PROPN":
                names[fold(cells[1])] += 1
    for line in open(SHARED / "gold/gum/train.conllu", encoding="utf-8"):
        cells = line.split("\t")
        if len(cells) > 4 and cells[3] in ("NOUN", "VERB", "ADJ", "ADV") and cells[2].isalpha() and cells[2].islower():
            lower[fold(cells[2])] += 1
    write("actors/common-words.tsv", "words that GUM (train) writes in lower case", "CC-BY-4.0",
          ["word"], [(w,) for w, n in lower.items() if n >= 2 and n > names[w] and len(w) > 1])

    for file, mark in (("wikigold/wikigold.conll.txt", "PER"), ("crossner-politics/train.txt", "person"), ("crossner-politics/train.txt", "politician")):
        run = []
        for line in [*open(SHARED / "gold" / file, encoding="utf-8"), ""]:
            cells = line.split()
            if len(cells) >= 2 and cells[-1].endswith("-" + mark) and not (cells[-1].startswith("B") and run):
                run.append(cells[0])
                continue
            if len(run) >= 2 and run[0][:1].isupper() and len(run[0]) > 2:
                first_names[fold(run[0])] += 2
            run = []
    for line in open(ROOT / "data/actors/people.tsv", encoding="utf-8"):
        cells = line.split("\t")
        if len(cells) > 3 and cells[0].startswith("person:"):
            first_names[fold(cells[1]).split()[0]] += 2
    titles = "mullah king pope sheikh prince emperor queen sultan ayatollah dalai el al abu saint san general sir st lord lady north south new great bin ben united the his world national".split()
    keep = [(w,) for w, n in first_names.items() if n >= 2 and len(w) > 2 and w not in titles and (lower[w] < 2)]
    write("actors/first-names.tsv", "first names of people in PETRARCH, Wikigold and CrossNER politics (train), and people.tsv",
          "MIT AND CC-BY-4.0", ["word"], keep)


if __name__ == "__main__":
    codes = states()
    gazetteer(codes)
    words(petrarch(codes))
