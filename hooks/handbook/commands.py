"""What each verb of the command line does."""

from __future__ import annotations

import argparse
import gc
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from handbook import build as building
from handbook import index as indexing
from handbook.check import check as run_check
from handbook.contribute.carry_over import leading_since
from handbook.index import Index
from handbook.load import load
from handbook.problems import FORMATS, Problem
from handbook.selection import SelectionError, select_files
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
    _check_port(options.port)
    command = building.generator_command("serve", "--dev-addr", f"127.0.0.1:{options.port}", "--no-strict")
    command += ["--watch", "docs/data", "--watch", "overrides"]
    print(f"http://127.0.0.1:{options.port}/{lang or ''} (stop with Ctrl-C)", file=sys.stderr)
    return subprocess.run(command, cwd=root, env=building.generator_environment(lang), check=False).returncode


def _check_port(port: int) -> None:
    """Tell at once, not after the first build, that nothing can be served there."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError) as error:
        reason = "ports go from 0 to 65535" if isinstance(error, OverflowError) else os.strerror(error.errno or 0)
        raise UsageError(f"--port: {port} can't be used: {reason}; choose another, for example 8001") from None


def check(root: Path, options: argparse.Namespace) -> int:
    """Print every problem; 1 when there is any."""
    gc.disable()  # a tenth of the time, and what it would free is little
    checked = run_check(root)
    problems = checked.problems
    for note in checked.notes:
        print(f"not checked: spelling; {note}", file=sys.stderr)
    if options.files:
        problems = _selected(root, options.files, problems)
    text = FORMATS[options.format](problems)
    if text:
        print(text)
    if options.format == "text":
        print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}", file=sys.stderr)
    return 1 if problems else 0


def _selected(root: Path, files: list[str], problems: list[Problem]) -> list[Problem]:
    """Return the problems in some files; say what was not looked at, and how many there are elsewhere.

    Raises:
        UsageError: one of the files is not there, or not in the project.
    """
    try:
        selection = select_files(root, files, problems)
    except SelectionError as error:
        raise UsageError(str(error)) from None
    for path in selection.unchecked():
        print(f"not part of what is checked: {path}", file=sys.stderr)
    found = [problem for problem in problems if problem in selection]
    others = len(problems) - len(found)
    if others:
        print(f"{others} more problem{'' if others == 1 else 's'} in other files", file=sys.stderr)
    return found


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
