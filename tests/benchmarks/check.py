"""What `check` costs: wall and CPU seconds of whole runs, and CPU seconds by phase. Prints one run's figures.

    .handbook/venv/bin/python tests/benchmarks/check.py

The whole is the command as its user calls it, its second process included; the phases run one after another in one
process. CPU counts less than wall what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from handbook import index as indexing
from handbook.check import render_all
from handbook.checks.entries import entry_problems
from handbook.checks.files import file_problems
from handbook.checks.links import link_problems
from handbook.checks.pages import page_problems
from handbook.checks.templates import template_problems
from handbook.checks.words import word_problems
from handbook.compare import compare
from handbook.language.checks import words_of
from handbook.load import load
from handbook.text.render import Renderer, markdown_settings

ROOT = Path(__file__).resolve().parents[2]
Made = TypeVar("Made")


def whole(runs: int) -> None:
    """Run the command and print what it took."""
    print(f"the whole command, {runs} runs ({os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}):")
    for _ in range(runs):
        before, start = os.times(), time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "handbook", "check"], cwd=ROOT, capture_output=True, check=False)
        wall, after = time.perf_counter() - start, os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        print(f"  {wall:5.2f} s wall {cpu:6.2f} s CPU   exit status {done.returncode}")


def phase(name: str, work: Callable[[], Made]) -> Made:
    """Do something once and print its CPU seconds."""
    start = time.process_time()
    made = work()
    print(f"  {time.process_time() - start:5.2f}  {name}")
    return made


def phases() -> None:
    """Do the parts of a check one after another."""
    print("CPU seconds by phase:")
    data = phase("read the data", lambda: load(ROOT))
    index = phase("read the pages", lambda: indexing.build(data))
    pages = sum(len(found) for found in index.pages.values())
    renderer = Renderer(markdown_settings(ROOT))
    shapes = phase(f"parse {pages} pages as Markdown", lambda: render_all(index, [], renderer))
    phase("compare the languages", lambda: list(compare(index, shapes)))
    phase("follow links", lambda: list(link_problems(index, shapes)))
    phase("look at pages as a whole", lambda: list(page_problems(index, shapes)))
    phase("look at entries beside each other", lambda: list(entry_problems(index)))
    phase("look at the interface's words", lambda: list(word_problems(data)))
    phase("look for files nobody reads", lambda: list(file_problems(index)))
    phase("read templates and scripts", lambda: list(template_problems(index)))
    phase("look words up, dictionaries apart", lambda: words_of(index, dictionaries=True))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="runs of the whole command (default: 3)")
    whole(parser.parse_args().runs)
    phases()


if __name__ == "__main__":
    main()
