"""Invented initiatives, named as test data, in any number: for tests and benchmarks of a large catalogue.

They are put into a copy of a handbook. Every third has a page in one language only, so that the others fall back on it.
Values are as frequent as in the real data. Titles and texts are words drawn from the real pages of their language, and
each has an invented place name, so that they compress no better than real ones. The same number and seed give the same
files.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

FIRST = 1001
"""The number of the first id: far from real ones."""

ROOT = Path(__file__).resolve().parent.parent
WORD = re.compile(r"[^\W\d_]{3,14}")
SYLLABLES = (
    *("bar", "bek", "dal", "eik", "fin", "gro", "hol", "ives", "jar", "kel", "lun", "mor"),
    *("nes", "opp", "ran", "sol", "tun", "ul", "vik", "yst", "åm", "ør", "æg", "þor"),
)
FIELDS = ("service_area", "ai_type", "function", "status", "kind")


def invent(root: Path, number: int, seed: int = 7) -> None:
    """Add `number` initiatives to the handbook in folder `root`: data, pages and relations."""
    chance = random.Random(seed)
    data = root / "docs" / "data"
    vocabularies = _read(data / "vocabularies.yml")
    real = [_read(file) for file in sorted((ROOT / "docs" / "data" / "initiatives").glob("*.yml"))]
    languages = [entry["code"] for entry in _read(data / "languages.yml")]
    shown = [
        unit["id"] for name in ("guidelines", "barriers", "measures") for unit in _read(data / f"units/{name}.yml")
    ]
    source = _read(data / "units/sources.yml")[0]
    words = {code: sorted(set(_words(code))) for code in languages}
    relations: list[dict[str, object]] = []
    for count in range(number):
        unit = f"I-{FIRST + count}"
        place = "".join(chance.sample(SYLLABLES, 3)).capitalize()
        slug = f"testdata-{FIRST + count}-{place.lower().translate(str.maketrans('åøæþ', 'aoat'))}"
        own = languages if count % 3 else [languages[count % len(languages)]]
        section = chance.choice(source["sections"])["id"]
        entry = {
            "id": unit,
            "name": f"Test data {FIRST + count}",
            "owner": f"{place} testkommune",
            "country": sorted(chance.sample(vocabularies["country"], chance.choice((1, 1, 1, 2)))),
            "year_reported": chance.randint(2015, 2026),
            **{field: chance.choice(real)[field] for field in FIELDS},
            "source": [{"source": source["id"], "section": section}],
        }
        _write(data / "initiatives" / f"{slug}.yml", yaml.safe_dump(entry, allow_unicode=True, sort_keys=False))
        for code in own:
            cite = f"[[{source['id']}:{section}]]"
            page = _page(unit, place, own[0], words[code], chance, cite)
            _write(root / "docs" / code / "initiatives" / f"{slug}.md", page)
        near = chance.sample(shown, min(4, len(shown)))
        relations.append({"from": unit, "type": "shows", "to": near, "judgement": True})
        if count and count % 5 == 0:
            relations.append({"from": f"I-{FIRST + count - 1}", "type": "similar", "to": [unit], "judgement": True})
    with (data / "relations.yml").open("a", encoding="utf-8") as file:
        file.write(yaml.safe_dump(relations, sort_keys=False))


def _page(unit: str, place: str, lead: str, words: Sequence[str], chance: random.Random, cite: str) -> str:
    title = f"Testdata {place}: {' '.join(chance.sample(words, 3))}"[:60].rstrip()
    parts = [f"# {title} {{ #{unit.lower()} rev=1{lead} }}"]
    for heading in ("", "## A", "## B"):
        sentences = "\n".join(f"{' '.join(chance.sample(words, 14)).capitalize()} {cite}." for _ in range(3))
        parts += [heading, sentences] if heading else [sentences]
    return "\n".join(["---", "authority: draft", "---", "", "\n\n".join(parts), ""])


def _words(code: str) -> Iterator[str]:
    for file in sorted((ROOT / "docs" / code / "initiatives").glob("*.md")):
        yield from WORD.findall(file.read_text(encoding="utf-8"))


def _read(path: Path) -> object:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  strings only: NO stays a country


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
