"""Writing several files: all or none, never over one that is there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from handbook.contribute import files
from handbook.contribute.edits import with_eu_code, with_locale, with_source_words
from handbook.contribute.files import Plan, WriteError, with_entry, write, yaml_text
from handbook.model import Language, Source
from handbook.yaml_reader import parse
from hypothesis import given
from hypothesis import strategies as st

from .conftest import contents

LANGUAGE = Language(code="fo", name="Føroyskt: mál", locale="fo-FO", alphabet="aá")
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co", "Cf", "Zl", "Zp")), min_size=1)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "old.yml").write_text("old\n", encoding="utf-8")
    return Plan(
        create={tmp_path / "new" / "deep" / "a.yml": "å\n", tmp_path / "b.md": "b\n"},
        replace={tmp_path / "old.yml": ("old\n", "new\n")},
    )


def test_everything_is_written(plan: Plan, tmp_path: Path) -> None:
    write(plan)
    assert contents(tmp_path) == {"b.md": b"b\n", "new/deep/a.yml": "å\n".encode(), "old.yml": b"new\n"}


def test_a_file_that_is_there_stays(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("mine", encoding="utf-8")
    with pytest.raises(WriteError, match="is there already"):
        write(plan)
    assert contents(tmp_path) == {"b.md": b"mine", "old.yml": b"old\n"}


def test_a_dangling_link_stays(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "b.md").symlink_to(tmp_path / "nowhere")
    with pytest.raises(WriteError, match="is there already"):
        write(plan)
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_somebody_changed_stays(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "old.yml").write_text("other\n", encoding="utf-8")
    with pytest.raises(WriteError, match="changed meanwhile"):
        write(plan)
    assert contents(tmp_path) == {"old.yml": b"other\n"}


STEPS = ("mkstemp", "mkstemp", "mkstemp", "link", "link", "replace")
"""What is called, in this order, to carry the plan out."""


@pytest.mark.parametrize("step", range(len(STEPS)))
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_stopped_half_way(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, step: int
) -> None:
    """Whatever step fails, nothing is left, not even a folder."""
    if isinstance(error, OSError) and STEPS[step] == "link":
        monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(error))
    real = {"mkstemp": files.tempfile.mkstemp, "link": os.link, "replace": Path.replace}
    done: list[str] = []

    def failing(name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            done.append(name)
            if len(done) == step + 1:
                raise error
            return real[name](*arguments, **named)

        return call

    monkeypatch.setattr(files.tempfile, "mkstemp", failing("mkstemp"))
    monkeypatch.setattr(files.os, "link", failing("link"))
    monkeypatch.setattr(Path, "replace", failing("replace"))
    with pytest.raises((WriteError, KeyboardInterrupt)):
        write(plan)
    assert tuple(done) == STEPS[: step + 1]
    assert contents(tmp_path) == {"old.yml": b"old\n"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["old.yml"]


def test_a_file_system_without_links(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: Any) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(files.os, "link", no_link)
    write(plan)
    assert sorted(contents(tmp_path)) == ["b.md", "new/deep/a.yml", "old.yml"]


@pytest.mark.slow
@given(
    st.dictionaries(TEXTS, TEXTS | st.integers(-9999, 9999) | st.booleans() | st.none() | st.lists(TEXTS), min_size=1)
)
def test_our_reader_reads_what_we_write(value: dict[str, Any]) -> None:
    for block in (False, True):
        doc = parse(yaml_text(value, block=block), "")
        assert (doc.value, doc.problems) == (value, [])


def test_the_country_of_norway_stays_one() -> None:
    assert yaml_text({"country": ["NO", "SE"]}).strip() == "country: ['NO', SE]"


@pytest.mark.parametrize("text", ["[]\n", "# note\n[]\n", "", "# note\n", "- {a: b}\n", "- a: b\n  c:\n    - d\n"])
def test_an_entry_more(text: str) -> None:
    after = with_entry(text, "x.yml", {"from": "I-001", "to": ["B-01"]})
    assert parse(after, "").value == [*(parse(text, "").value or []), {"from": "I-001", "to": ["B-01"]}]
    assert after.startswith(text.partition("\n")[0].removesuffix("[]"))


@pytest.mark.parametrize("text", ["[{a: b}]\n", "a: b\n", "- a\n- [\n"])
def test_no_entry_where_it_would_break(text: str) -> None:
    with pytest.raises(WriteError):
        with_entry(text, "x.yml", {"a": "b"})


CONFIGS = [
    "plugins:\n  - i18n:\n      languages:\n        - {locale: en, default: true}\n        - {locale: nb, name: x}\n",
    "plugins:\n  - search\n  - i18n:\n      languages:\n        - locale: nb\n          name: x  # last\n\nnav: []\n",
    "plugins:\n  - i18n:\n      languages:\n      - {locale: nb}\n      fallback: true\n",
]


@pytest.mark.parametrize("text", CONFIGS)
def test_a_locale_more(text: str) -> None:
    after = with_locale(text, LANGUAGE)
    rows = after.split("\n")
    assert [row for row in rows if row not in text.split("\n")] == [r for r in rows if "fo" in r and "Føroyskt" in r]
    (plugin,) = (p for p in parse(after, "").value["plugins"] if isinstance(p, dict))
    added = plugin["i18n"]["languages"][-1]
    assert added == {"locale": "fo", "name": "Føroyskt: mál", "build": True}


@pytest.mark.parametrize("text", ["plugins: [search]\n", "", "plugins: {", "plugins:\n  - i18n: {languages: []}\n"])
def test_no_locale_where_there_are_none(text: str) -> None:
    with pytest.raises(WriteError):
        with_locale(text, LANGUAGE)


def test_a_code_of_the_eu_more() -> None:
    text = "edition: 1\neu:\n  languages: {nb: NOB}\n  themes: [X]\n"
    assert with_eu_code(text, "", "fo", "FAO") == text.replace("NOB}", "NOB, fo: FAO}")
    for broken in ("edition: 1\n", "eu:\n  languages:\n    nb: NOB\n", "eu: {}\n"):
        with pytest.raises(WriteError):
            with_eu_code(broken, "", "fo", "FAO")


def test_the_words_of_a_source_more() -> None:
    source = Source(id="S-04", type="report", author='Ås "kommune"', year="2026", title="Plan: del #1")
    text = "a:\n  b: c\nsource:\n  S-01:\n    title: T\n    short: S\nsection:\n  x: y\n"
    words = {"title": 'Plan: del #1 (Ås "kommune", 2026)', "short": 'Ås "kommune" 2026'}
    before = parse(text, "").value
    after = with_source_words(text, "", source)
    assert parse(after, "").value == {**before, "source": {**before["source"], "S-04": words}}
    assert after.endswith("section:\n  x: y\n")
    for broken in ("a: b\n", "source: {}\n", "source: {S-01: {title: T}}\n", ""):
        with pytest.raises(WriteError):
            with_source_words(broken, "", source)
