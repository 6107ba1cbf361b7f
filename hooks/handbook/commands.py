"""What each verb of the command line does."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from handbook import build as building
from handbook import index as indexing
from handbook.check import check as run_check
from handbook.contribute.carry_over import leading_since
from handbook.edition import make_book
from handbook.index import Index
from handbook.load import load
from handbook.pdf import PdfError, write_pdf
from handbook.problems import FORMATS, Problem, ProblemsError
from handbook.translations import State, pending, revisions
from handbook.usage import UsageError


def _language(root: Path, code: str | None) -> str | None:
    if code is None:
        return None
    known = load(root).codes
    if code not in known:
        raise UsageError(f"unknown language '{code}': one of {', '.join(known)}")
    return code


def build(root: Path, options: argparse.Namespace) -> int:
    """Build the site and the PDFs."""
    building.build(root, lang=_language(root, options.lang), pdf=not options.no_pdf)
    return 0


def serve(root: Path, options: argparse.Namespace) -> int:
    """Serve a live preview until stopped."""
    lang = _language(root, options.lang)
    command = building.generator_command("serve", "--dev-addr", f"127.0.0.1:{options.port}", "--no-strict")
    command += ["--watch", "docs/data", "--watch", "overrides"]
    print(f"http://127.0.0.1:{options.port}/{lang or ''} (stop with Ctrl-C)", file=sys.stderr)
    return subprocess.run(command, cwd=root, env=building.generator_environment(lang), check=False).returncode


def check(root: Path, options: argparse.Namespace) -> int:
    """Print every problem; 1 when there is any."""
    checked = run_check(root)
    problems = checked.problems
    for note in checked.notes:
        print(f"not checked: spelling; {note}", file=sys.stderr)
    if options.files:
        wanted = {_shown(root, name) for name in options.files}
        problems = [p for p in problems if p.file in wanted]
    text = FORMATS[options.format](problems)
    if text:
        print(text)
    if options.format == "text":
        print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}", file=sys.stderr)
    return 1 if problems else 0


def _shown(root: Path, name: str) -> str:
    """Return a file's name as problems show it.

    Raises:
        UsageError: it lies outside the project.
    """
    path = Path(os.path.abspath(name))  # noqa: PTH100  resolve() would follow links out of the project
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        raise UsageError(f"{name} is not in the project") from None


def pdf(root: Path, options: argparse.Namespace) -> int:
    """Make one edition's PDF."""
    lang = str(_language(root, options.lang))
    checked = run_check(root, dictionaries=False)
    if checked.problems or checked.index is None:
        raise ProblemsError(checked.problems)
    out = options.out or Path(f"handbook-{lang}.pdf")
    paths = building.Paths(root)
    try:
        report = write_pdf(
            make_book(checked.index, lang), out, cache=paths.cache / "fonts", node_modules=paths.node_modules
        )
    except PdfError as error:
        values = {"reason": error.problem}
        raise ProblemsError([Problem("pdf-failed", error.file or f"docs/{lang}", error.line, 0, values)]) from None
    print(f"{out}: {report.pages} pages, {report.size / 1e6:.1f} MB, {report.seconds:.0f} s")
    return 0


def translations(root: Path, options: argparse.Namespace) -> int:
    """Print what is behind, missing or in conflict."""
    only = _language(root, options.lang)
    index = indexing.build(load(root))
    rows = [_pending_row(index, *entry) for entry in pending(index) if only in (None, entry[1])]
    if options.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            since = f" since {row['since']}" if row["since"] else ""
            place = f"leading {row['leading']}{since}, {row['leading_file']}"
            print(f"{row['id']} {row['language']}: {row['state']} ({row['own'] or '–'}; {place})")
        print(f"{len(rows)} texts are not current", file=sys.stderr)
    return 1 if any(row["state"] == "conflict" for row in rows) else 0


def _pending_row(index: Index, unit: str, lang: str, state: State) -> dict[str, str | None]:
    own = revisions(index, unit).get(lang)
    leader = index.leader(unit)
    return {
        "id": unit,
        "language": lang,
        "state": state.value,
        "own": str(own) if own else None,
        "leading": str(leader.rev) if leader else None,
        "leading_file": f"{leader.file}:{leader.line}" if leader else None,
        "since": leading_since(index, unit) if state is not State.MISSING else None,
    }


def test(root: Path, options: argparse.Namespace) -> int:
    """Run ruff, mypy and the tests; 1 when any of them fails."""
    steps = [
        ("ruff: format", ["ruff", "format", "--check", "--quiet", "."]),
        ("ruff: lint", ["ruff", "check", "--quiet", "."]),
        ("mypy: types of the core", ["mypy", "--no-error-summary", "hooks/handbook"]),
        ("pytest", ["pytest", "-q", *(["-m", "not slow and not browser"] if options.quick else [])]),
    ]
    if options.quick:
        del steps[2]  # twenty seconds when its cache is cold
    failed = []
    for number, (name, command) in enumerate(steps, 1):
        print(f"[{number}/{len(steps)}] {name} …", file=sys.stderr, flush=True)
        done = subprocess.run([sys.executable, "-m", *command], cwd=root, check=False)
        if done.returncode:
            failed.append(name)
    if failed:
        print("failed: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0
