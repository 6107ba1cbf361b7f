"""``new initiative``: by options and by answers; what it writes is sound, and what it can't write it leaves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from handbook import build as building
from handbook import index as indexing
from handbook.check import check
from handbook.contribute.draft import cited, make_slug, next_number
from handbook.contribute.likeness import Basics, similar
from handbook.index import Index
from handbook.language.folding import fold
from handbook.load import load
from lxml import html

from .conftest import contents, replace_in

OPTIONS = {
    "--lang": "nb",
    "--title": "Ålesund svarer om avgifter",
    "--owner": "Ålesund kommune",
    "--country": "NO",
    "--year": "2026",
    "--kind": "initiative",
    "--service-area": "other-services",
    "--ai-type": "generative",
    "--function": "case-handling",
    "--status": "pilot",
    "--source": "S-01:1.1",
    "--lead": "Kommunen prøver en robot.",
    "--does": "Den svarer på spørsmål.\nDen svarer hele dagen.",
    "--outcome": "Forsøket pågår [[S-01:1.1]].",
    "--lessons": "Prøv selv: [[B-01]].",
}
DATA = "docs/data/initiatives/alesund-svarer-om-avgifter.yml"
PAGE = "docs/nb/initiatives/alesund-svarer-om-avgifter.md"


def arguments(**changes: str | None) -> list[str]:
    """Return the options, with changes: ``--title`` is ``title``, None leaves one out."""
    options = OPTIONS | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    return [
        "new",
        "initiative",
        *(part for name, value in options.items() if value is not None for part in (name, value)),
    ]


def read(folder: Path) -> Index:
    return indexing.build(load(folder))


@pytest.mark.slow
def test_by_options(run: Callable[..., int], small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(small)
    assert run(*arguments(related="G-01,B-01")) == 0, capsys.readouterr()
    after = contents(small)
    assert sorted(after.keys() - before.keys()) == [DATA, PAGE]
    assert [name for name in before if before[name] != after[name]] == ["docs/data/relations.yml"]
    assert check(small, dictionaries=False).problems == []
    index = read(small)
    unit = index.data.units["I-003"]
    assert (unit.owner, unit.country, unit.year_reported, unit.status) == ("Ålesund kommune", ("NO",), 2026, "pilot")
    assert str(index.texts["I-003"]["nb"].rev) == "1nb"
    page = after[PAGE].decode()
    assert page == (
        "---\nauthority: draft\n---\n\n# Ålesund svarer om avgifter { #i-003 rev=1nb }\n\n"
        "Kommunen prøver en robot [[S-01:1.1]].\n\n## Hva det gjør\n\n"
        "Den svarer på spørsmål [[S-01:1.1]].\nDen svarer hele dagen [[S-01:1.1]].\n\n"
        "## Hva som kom ut av det\n\nForsøket pågår [[S-01:1.1]].\n\n"
        "## Hva andre kan lære\n\n/// advice\nPrøv selv: [[B-01]].\n///\n"
    )
    relation = index.data.relations[-1][0]
    assert (relation.from_, relation.type, relation.to, relation.judgement) == (
        "I-003",
        "shows",
        ("G-01", "B-01"),
        True,
    )


@pytest.mark.slow
def test_the_headings_are_those_of_the_real_pages(root: Path) -> None:
    index = read(root)
    for lang in index.data.codes:
        words = index.data.strings[lang]
        expected = [words[f"initiative_page.{part}"] for part in ("does", "outcome", "lessons")]
        for unit in index.data.of_kind("I"):
            source = index.pages[lang][index.texts[unit.id][lang].path]
            assert [h.title for h in source.headings if h.level == 2] == expected, source.file


@pytest.mark.slow
def test_an_owner_without_a_name_and_a_new_source(run: Callable[..., int], small: Path) -> None:
    changes = {
        "owner": None,
        "owner_text": 'en kommune: "stor"',
        "country": "",
        "source": None,
        "source_author": "Ås kommune",
        "source_title": "Melding: 2026 # én",
        "source_year": "2026",
        "source_language": "nb",
        "inferred": "status,kind",
    }
    assert run(*arguments(**changes), "--not-ai") == 0
    assert check(small, dictionaries=False).problems == []
    index = read(small)
    unit, source = index.data.units["I-003"], index.data.units["S-04"]
    assert (unit.owner, unit.country, unit.ai_stated, unit.inferred) == ("unnamed", (), False, ("status", "kind"))
    assert (source.author, source.title, source.year) == ("Ås kommune", "Melding: 2026 # én", "2026")
    titles = {index.title("S-04", lang).text for lang in index.data.codes}
    assert titles == {"Melding: 2026 # én (Ås kommune, 2026)"}
    assert index.pages["nb"]["initiatives/alesund-svarer-om-avgifter.md"].front["owner"] == 'en kommune: "stor"'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lang": "xx"}, "unknown language 'xx'"),
        ({"status": "piolt"}, "--status: 'piolt' is not allowed: did you mean 'pilot'?"),
        ({"country": "NO,XX"}, "--country: 'XX'"),
        ({"year": "26"}, "--year: '26' is no year"),
        ({"source": "S-01:9.9"}, "--source: S-01 has no section '9.9'"),
        ({"source": "S-01:1.1:x"}, "--source: 'x' are no pages"),
        ({"source": "B-01"}, "--source: 'B-01' is no source"),
        ({"source": "s-1:1.1"}, "--source: 's-1' is no source: did you mean 'S-01'?"),
        ({"source": ""}, "--source: '' is no source"),
        ({"source": ":1"}, "--source: '' is no source"),
        ({"related": "B-99"}, "--related: 'B-99'"),
        ({"related": "L-gdpr"}, "--related: 'L-gdpr'"),
        ({"slug": "../../x"}, "--slug: '../../x'"),
        ({"slug": "index"}, "is there already"),
        ({"slug": "chatbot-1"}, "is there already"),
        ({"title": None, "lead": " "}, "missing: --title --lead"),
        ({"source": None, "source_author": "Ås"}, "missing: --source-title --source-year --source-language"),
    ],
)
def test_wrong_use(
    run: Callable[..., int],
    small: Path,
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, str | None],
    said: str,
) -> None:
    before = contents(small)
    assert run(*arguments(**changes)) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert contents(small) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "x" * 61}, "title-long"),
        ({"title": "Noe [[B-99]]"}, "ref-unknown"),
        ({"title": "Noe { #b-01 rev=1nb }"}, "left-over"),
        ({"lead": "Se [[S-01:9.9]]."}, "citation-section"),
        ({"does": "<script>alert(1)</script>"}, "html-tag"),
        ({"does": "///\nbrudd"}, "block-"),
        ({"outcome": "En [lenke](javascript:x) her."}, ""),
        ({"lessons": "///"}, "block-"),
    ],
)
def test_a_page_that_would_have_problems_is_not_written(
    run: Callable[..., int],
    small: Path,
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, str | None],
    code: str,
) -> None:
    before = contents(small)
    status = run(*arguments(**changes))
    told = capsys.readouterr()
    assert status == 1
    assert f"[{code}" in told.err + told.out
    if code:
        assert contents(small) == before


@pytest.mark.slow
def test_a_likely_duplicate(run: Callable[..., int], small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(small)
    changes = {"owner": "Oslo Kommune", "function": "citizen-communication"}
    assert run(*arguments(**changes)) == 1
    assert "I-001" in capsys.readouterr().err
    assert contents(small) == before
    assert run(*arguments(**changes), "--force") == 0


@pytest.mark.slow
def test_stopped_while_it_checks(
    run: Callable[..., int], small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_root: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("handbook.contribute.initiative.check", stop)
    before = contents(small)
    assert run(*arguments()) == 130
    assert "the files are written" in capsys.readouterr().err
    assert contents(small) != before


def test_what_resembles_what(small: Path) -> None:
    index = read(small)
    title = index.title("I-001", "nb").text
    values = {"service_area": "health-care", "function": "knowledge-sharing"}

    def found(title: str, owner: str, values: dict[str, str] = values) -> list[str]:
        return [likeness.unit.id for likeness in similar(index, Basics("nb", title, title, owner, values))]

    assert found(title, "")[0] == "I-001"
    assert found(title.upper() + "!", "")[0] == "I-001", "case and marks don't count"
    assert found("Chatbot 2", "") != [], "the working name counts"
    assert found("Chatbot", "") != [], "and a part of it"
    assert found("Snørydding med kart", "") == []
    assert found("Snørydding med kart", "Oslo kommune") == [], "the owner alone is no sign"
    same = {"service_area": "other-services", "function": "citizen-communication"}
    assert found("Snørydding med kart", "oslo kommune", same) == ["I-001", "I-002"]


def test_the_next_number(small: Path) -> None:
    assert next_number(read(small), "I") == "I-003"
    stones = small / "docs" / "data" / "withdrawn.yml"
    stones.write_text("- {id: I-041, since: '2026.10', reason: merged}\n", encoding="utf-8")
    replace_in(small / "docs" / "data" / "initiatives" / "chatbot-2.yml", "id: I-002", "id: I-052\nwrong: 1")
    assert next_number(read(small), "I") == "I-053", "neither a withdrawn id nor a broken one is used again"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ålesund svarer", "alesund-svarer"),
        ("Þór & Ægir: «ð»!", "thor-agir-d"),
        ("København 2.0", "kobenhavn-2-0"),
        ("index", "index-2"),
        ("taken", "taken-2"),
        ("日本", "initiative"),
        ("", "initiative"),
        ("../../etc/passwd", "etc-passwd"),
        ("ord " * 40, "-".join(["ord"] * 14)),
        ("x" * 200, "x" * 56),
    ],
)
def test_file_names(title: str, slug: str) -> None:
    assert make_slug(title, {"taken"}) == slug


def test_folding() -> None:
    assert fold("ÅRHUS") == fold("A\u030arhus") == "arhus"


@pytest.mark.parametrize(
    ("line", "with_citation"),
    [
        ("Slik er det.", "Slik er det [[S-01]]."),
        ("Slik er det", "Slik er det [[S-01]]"),
        ("Er det slik?", "Er det slik [[S-01]]?"),
        ("Slik [[S-02:use]] er det.", "Slik [[S-02:use]] er det."),
        ("Se [[B-01]].", "Se [[B-01]] [[S-01]]."),
    ],
)
def test_citations_stand_before_the_mark(line: str, with_citation: str) -> None:
    assert cited(line, "[[S-01]]") == with_citation


@pytest.mark.slow
def test_the_other_languages_show_it(run: Callable[..., int], small: Path, root: Path, monkeypatch: Any) -> None:
    """Finnish readers see the Norwegian text, marked as such, with a notice; no cell of the table is empty."""
    assert run(*arguments()) == 0
    monkeypatch.setenv("HANDBOOK_NODE_MODULES", str(building.Paths(root).node_modules))
    shutil.copytree(root / "overrides", small / "overrides")
    (small / "hooks").mkdir()
    shutil.copyfile(root / "hooks" / "site.py", small / "hooks" / "site.py")
    site = building.build(small, lang="fi", pdf=False)
    page = html.parse(site / "fi" / "initiatives" / "alesund-svarer-om-avgifter" / "index.html").getroot()
    (heading,) = page.xpath("//h1[@data-unit='I-003']")
    assert heading.get("lang") == "nb"
    assert page.xpath("//div[@class='hb-foreign']/@lang") == ["nb"]
    assert page.xpath("//div[contains(@class, 'hb-notice')]//a/@hreflang") == ["nb"]
    table = html.parse(site / "fi" / "initiatives" / "index.html").getroot()
    (row,) = table.xpath("//tr[@data-unit='I-003']")
    assert all(cell.text_content().strip() for cell in row)
    assert row.xpath(".//a/@lang") == ["nb"]


ANSWERS = [
    "Ålesund svarer",
    "",
    "Ålesund kommune",
    "4",
    "1",
    "4",
    "1",
    "3",
    "2",
    "",
    "S-01",
    "1.1",
    "",
    "2026",
    "",
    "Kommunen prøver en robot.",
    "",
    "Den svarer på spørsmål.",
    "",
    "Forsøket pågår.",
    "",
    "Prøv selv.",
    "",
    "B-01",
]


class Terminal:
    """The verb in a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        import pty  # noqa: PLC0415  only where there are such terminals

        pid, self.handle = pty.fork()
        if pid == 0:
            # A test run in the background of a shell has Ctrl-C switched off, and would hand that on.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.chdir(folder)
            os.execv(sys.executable, [sys.executable, "-P", "-m", "handbook", *arguments])
        self.pid = pid
        self.seen = ""

    def wait(self) -> None:
        """Wait until it asks for something."""
        end = time.monotonic() + PATIENCE
        while not self.seen.endswith(("> ", ": ", "] ")):
            assert time.monotonic() < end, self.seen
            self.read()

    def read(self, seconds: float = 0.2) -> bool:
        """Take up what it says within that time; False at its end."""
        import select  # noqa: PLC0415

        try:
            if select.select([self.handle], [], [], seconds)[0]:
                said = os.read(self.handle, 65536)
                self.seen += said.decode("utf-8", "replace")
                return bool(said)
        except OSError:
            return False
        return True

    def answer(self, text: str) -> None:
        self.seen = ""
        os.write(self.handle, text.encode())

    def status(self, key: str = "") -> int:
        """Wait for its end; press a key again that came just before it began to read, and so was not heard."""
        end = time.monotonic() + PATIENCE
        before = self.seen
        while self.read(QUIET):
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
            elif key and self.seen == before:
                os.write(self.handle, key.encode())
            before = self.seen
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


QUIET = 5
"""Seconds without a word after which a key is pressed again."""

PATIENCE = 120
"""Seconds after which a terminal is taken to hang; the machine may be busy."""

needs_terminal = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")


@pytest.mark.slow
@needs_terminal
def test_by_answers(small: Path) -> None:
    terminal = Terminal(small, "new", "initiative", "--lang", "nb")
    for answer in ANSWERS:
        terminal.wait()
        terminal.answer(answer + "\n")
    assert terminal.status() == 0, terminal.seen
    assert check(small, dictionaries=False).problems == []
    unit = read(small).data.units["I-003"]
    assert (unit.owner, unit.country, unit.kind, unit.status) == ("Ålesund kommune", ("NO",), "initiative", "pilot")


@pytest.mark.slow
@needs_terminal
@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("answers", [0, 3, len(ANSWERS) - 1])
def test_stopped_in_the_middle(small: Path, key: str, answers: int) -> None:
    """Ctrl-C and the end of the input leave everything as it was."""
    before = contents(small)
    terminal = Terminal(small, "new", "initiative", "--lang", "nb")
    for answer in ANSWERS[:answers]:
        terminal.wait()
        terminal.answer(answer + "\n")
    terminal.wait()
    terminal.answer(key)
    assert terminal.status(key) == 130
    assert "Avbrutt. Ingenting er skrevet." in terminal.seen
    assert "Traceback" not in terminal.seen
    assert contents(small) == before


@pytest.mark.slow
def test_no_terminal_and_nothing_given(small: Path) -> None:
    command = [sys.executable, "-P", "-m", "handbook", "new", "initiative"]
    done = subprocess.run(command, cwd=small, input="nb\n", capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("no terminal to ask in, and these options are missing: --lang --title --owner")
