"""Measures the PDF editions in one run: pages, size, time, peak memory and verdicts of each language.

    .handbook/venv/bin/python scripts/measure_pdf.py            # all languages, one after the other
    .handbook/venv/bin/python scripts/measure_pdf.py nb fi

Each edition is made as the build makes it, in a process of its own that validates PDF/UA-1 and PDF/A-2a and compares
the tags with the text; "sound" means that all this passed. Times depend on the machine: compare those of one run.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pikepdf

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT / "hooks")  # not scripts/, where handbook.py hides the package

from handbook.load import load  # noqa: E402


@dataclass
class Measured:
    """One edition."""

    pages: int
    size: int
    seconds: float
    memory: int
    verdict: str


def measure(lang: str, folder: Path) -> Measured:
    """Make the edition in ``lang`` and tell what it took."""
    out = folder / f"handbook-{lang}.pdf"
    told = folder / "told.txt"
    command = [sys.executable, "-m", "handbook.make_edition", str(ROOT), lang, str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    begun = time.monotonic()
    # wait4 tells the peak of this one child; subprocess has no way to.
    target = [(os.POSIX_SPAWN_OPEN, fd, str(told), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600) for fd in (1, 2)]
    process = os.posix_spawn(command[0], command, environment, file_actions=target)
    _, status, usage = os.wait4(process, 0)
    seconds = time.monotonic() - begun
    if status:
        last = (told.read_text("utf-8").strip().splitlines() or ["no message"])[-1]
        return Measured(0, 0, seconds, usage.ru_maxrss, _reason(last))
    with pikepdf.open(out) as pdf:
        return Measured(len(pdf.pages), out.stat().st_size, seconds, usage.ru_maxrss, "sound")


def _reason(line: str) -> str:
    try:
        return str(json.loads(line)["values"]["reason"])
    except (ValueError, KeyError, TypeError):
        return line


def main(codes: list[str]) -> int:
    """Print a line for each language."""
    known = load(ROOT).codes
    with tempfile.TemporaryDirectory() as name:
        print(f"{'':4}{'pages':>7}{'MB':>7}{'s':>7}{'peak MB':>9}  PDF/UA-1, PDF/A-2a, tags = text")
        for lang in codes or known:
            found = measure(lang, Path(name))
            size, memory = found.size / 1e6, found.memory / 1024
            print(f"{lang:4}{found.pages:7}{size:7.2f}{found.seconds:7.1f}{memory:9.0f}  {found.verdict}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
