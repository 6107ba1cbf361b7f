"""What holds for the core as a whole."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from handbook.problems import catalogue


@pytest.mark.slow
def test_the_core_imports_no_generator(root: Path) -> None:
    names = [
        "handbook." + ".".join(p.relative_to(root / "hooks/handbook").with_suffix("").parts)
        for p in sorted((root / "hooks" / "handbook").rglob("*.py"))
        if p.name not in {"__init__.py", "__main__.py"}
    ]
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('mkdocs', 'properdocs', 'material')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_problem_has_words(root: Path) -> None:
    """Codes named in the core are in the catalogue, and the catalogue holds no code that nothing uses."""
    source = "\n".join(p.read_text(encoding="utf-8") for p in (root / "hooks" / "handbook").rglob("*.py"))
    unused = [code for code in catalogue() if f'"{code}"' not in source]
    assert unused == []
    for code, words in catalogue().items():
        assert words["message"], code


def test_no_code_names_a_language(root: Path) -> None:
    """The languages are data: no module of the core, no template and no script of ours names one."""
    quoted = [f"{q}{code}{q}" for code in ("nb", "sv", "da", "fi") for q in "\"'"]
    for folder in ("hooks", "overrides", "scripts"):
        for file in (root / folder).rglob("*"):
            if file.suffix not in {".py", ".html"}:
                continue
            text = file.read_text(encoding="utf-8")
            assert not [word for word in quoted if word in text], file


def test_every_problem_is_explained_to_contributors(root: Path) -> None:
    """Each code has a row: what it means, an example, the way out."""
    rows = {}
    for line in (root / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n"):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 4 and re.fullmatch(r"`[a-z0-9-]+`", cells[0]):
            assert cells[0].strip("`") not in rows, f"{cells[0]} stands twice"
            rows[cells[0].strip("`")] = cells[1:]
    assert [code for code in catalogue() if code not in rows] == []
    assert [code for code in rows if code not in catalogue()] == []
    assert [code for code, cells in rows.items() if not all(cells)] == []
    for code, (means, _, way_out) in rows.items():
        words = catalogue()[code]
        assert means.replace("\\|", "|") == re.sub(r"\{\w+\}", "…", words["message"]), code
        assert way_out.replace("\\|", "|") == re.sub(r"\{\w+\}", "…", words["hint"]), code
