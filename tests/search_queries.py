"""The test set of search, and how it is put to the real box: for the tests and the benchmark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Page

FOLDER = Path(__file__).with_name("search")
HELD_OUT = FOLDER / "held-out"
SECOND = FOLDER / "second"
SETS = {"open half": FOLDER, "held-out half": HELD_OUT, "second set": SECOND}
FIRST = 5

ASK = """async (queries) => {
  const input = document.querySelector(".md-search__input");
  const list = document.querySelector(".md-search-result__list");
  const found = [];
  input.focus();
  for (const query of queries) {
    input.value = query;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    while (list.dataset.query !== query) await new Promise((done) => setTimeout(done, 2));
    found.push([...list.querySelectorAll(".md-search-result__link")].map((link) => link.dataset.unit));
  }
  return found;
}"""


@dataclass(frozen=True)
class Query:
    """What a reader typed, what kind of query that is, and the units that answer it."""

    text: str
    kind: str
    units: frozenset[str]


def read_queries(folder: Path, lang: str) -> list[Query]:
    """Read one language's queries; none where the folder has no such file."""
    file = folder / f"{lang}.yml"
    if not file.is_file():
        return []
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [Query(str(e["query"]).strip(), str(e["kind"]), frozenset(e["units"])) for e in entries]


def ask(page: Page, queries: Iterable[Query]) -> list[list[str]]:
    """Type each query into the search box of an open page; return the units of the hits, in order."""
    found: list[list[str]] = page.evaluate(ASK, [query.text for query in queries])
    return found


@dataclass(frozen=True)
class Score:
    """How many of so many queries have a right unit first, and among the first five."""

    queries: int
    top: int
    first: int

    @property
    def recall(self) -> float:
        """The share with a right unit among the first five."""
        return self.first / self.queries if self.queries else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.queries + other.queries, self.top + other.top, self.first + other.first)

    def __str__(self) -> str:
        if not self.queries:
            return f"{'–':>14}"
        return f"{self.first:3}/{self.queries:<3} {self.recall:4.2f} {self.top / self.queries:4.2f}"


def scores(queries: Sequence[Query], found: Sequence[Sequence[str]]) -> dict[str, Score]:
    """Return kind → score."""
    number: Counter[str] = Counter(query.kind for query in queries)
    top: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for query, units in zip(queries, found, strict=True):
        top[query.kind] += bool(query.units.intersection(units[:1]))
        first[query.kind] += bool(query.units.intersection(units[:FIRST]))
    return {kind: Score(number[kind], top[kind], first[kind]) for kind in number}


def total(by_kind: dict[str, Score]) -> Score:
    """Return the score of all kinds together."""
    return sum(by_kind.values(), Score(0, 0, 0))


def table(title: str, by_language: dict[str, dict[str, Score]]) -> str:
    """Return a table: found among the first five, recall@5, top-1, by kind and language."""
    kinds = list(dict.fromkeys(kind for by_kind in by_language.values() for kind in by_kind))
    lines = [f"{title}: found/asked, recall@{FIRST}, top-1", " " * 11 + "".join(f"{k:>17}" for k in by_language)]
    empty = Score(0, 0, 0)
    for kind in kinds:
        cells = "".join(f"{by_kind.get(kind, empty)!s:>17}" for by_kind in by_language.values())
        lines.append(f"{kind:11}{cells}")
    lines.append(f"{'all':11}" + "".join(f"{total(by_kind)!s:>17}" for by_kind in by_language.values()))
    return "\n".join(lines)
