"""Builds the site and the PDF editions into a folder of their own, and puts it in place only when all is well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from handbook.assets import copy_assets
from handbook.check import check
from handbook.edition import edition_file
from handbook.paths import Paths
from handbook.problems import Problem, ProblemsError
from handbook.progress import NOTE, Progress
from handbook.workshop import put_in_place, recover, workshop

WORKERS = 2
"""PDF editions made at once: one compile takes a core and up to 400 MB."""

GENERATOR = "mkdocs"
"""The generator's module; ``HANDBOOK_GENERATOR`` may name another that takes the same command line (ProperDocs)."""


def build(root: Path, *, lang: str | None = None, pdf: bool = True) -> Path:
    """Build everything.

    Args:
        root: the project's folder.
        lang: one language only, into ``site-<lang>/``.
        pdf: also the PDF editions.

    Returns:
        The folder that now holds the site.

    Raises:
        ProblemsError: the text or data have problems, or a step failed; the last good site is untouched.
    """
    progress = Progress(4 if pdf else 3)
    progress.step("checking text and data")
    checked = check(root, dictionaries=False)
    if checked.problems or checked.index is None:
        raise ProblemsError(checked.problems)
    target = root / ("site" if lang is None else f"site-{lang}")
    try:
        with workshop(root) as shop:
            recover(target)
            fresh = shop.folder / "site"
            progress.step(f"building the site: {len(checked.index.expected_paths())} pages a language")
            generate_site(root, fresh, lang, pdf=pdf, kept=shop.kept)

            if pdf:
                languages = [lang] if lang else list(checked.index.data.codes)
                progress.step(f"making {len(languages)} PDF")
                _editions(root, fresh, languages, progress, shop.kept)
            progress.step(f"putting it in place: {target.name}/")
            put_in_place(fresh, target)
    except OSError as error:
        values = {"reason": error.strerror or str(error)}
        raise ProblemsError([Problem("build-failed", _shown(root, error.filename), values=values)]) from error
    progress.end(f"done: {target.name}/")
    return target


def _shown(root: Path, name: object) -> str:
    """Return the file that an error names as problems show it, or the build's own folder where it names none."""
    path = Path(os.fsdecode(name)) if isinstance(name, (str, bytes)) else root / ".handbook"
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def generator_environment(lang: str | None) -> dict[str, str]:
    """Return the environment in which the generator runs."""
    values = dict(os.environ, NO_MKDOCS_2_WARNING="1", PYTHONUTF8="1")
    values.pop("HANDBOOK_LANG", None)
    if lang:
        values["HANDBOOK_LANG"] = lang
    return values


def generator_command(*arguments: str) -> list[str]:
    """Return the command line of the generator."""
    return [sys.executable, "-m", os.environ.get("HANDBOOK_GENERATOR", GENERATOR), *arguments]


def generate_site(
    root: Path, out: Path, lang: str | None = None, *, pdf: bool = False, kept: tuple[int, ...] = ()
) -> None:
    """Run the generator strictly into `out`, and add what comes from the npm packages.

    Args:
        root: the project's folder.
        out: where the site goes.
        lang: one language only.
        pdf: PDF editions will stand beside the pages, so the pages link to them.
        kept: file descriptors that the generator keeps open.

    Raises:
        ProblemsError: the generator found a problem, or a package is missing.
    """
    command = generator_command("build", "--strict", "--quiet", "--site-dir", str(out))
    done = subprocess.run(
        command,
        cwd=root,
        env=generator_environment(lang) | ({"HANDBOOK_PDF": "1"} if pdf else {}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        pass_fds=kept,
    )
    if done.returncode:
        lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        told = [line for line in lines if line.startswith(("WARNING", "ERROR"))] or lines[-1:]
        raise ProblemsError([Problem("build-failed", "mkdocs.yml", values={"reason": line}) for line in told])
    for line in done.stderr.splitlines():
        if line.startswith(NOTE):
            print(line, file=sys.stderr)
    copy_assets(Paths(root).node_modules, out)


def _editions(root: Path, out: Path, languages: Sequence[str], progress: Progress, kept: tuple[int, ...] = ()) -> None:
    """Make the PDFs, each in a process of its own: memory goes back, and two run at once."""
    waiting = list(languages)
    running: list[tuple[str, subprocess.Popen[str]]] = []
    problems: list[Problem] = []
    finished = 0
    try:
        while waiting or running:
            while waiting and len(running) < WORKERS:
                code = waiting.pop(0)
                running.append((code, _start_edition(root, out, code, kept)))
            code, process = running[0]
            told, error = process.communicate()
            del running[0]
            finished += 1
            if process.returncode:
                problems.append(_edition_problem(code, process.returncode, error))
            else:
                progress.note(f"      {finished}/{len(languages)} {told.strip()}")
    finally:
        for _, process in running:
            process.kill()
            process.wait()  # it writes no more when the folder is removed
    if problems:
        raise ProblemsError(problems)


def _edition_problem(lang: str, status: int, told: str) -> Problem:
    """What an edition's process said went wrong; where it ended without a word, how it ended."""
    last = (told.strip().splitlines() or [""])[-1]
    try:
        return Problem(**json.loads(last))
    except (ValueError, TypeError):
        reason = f"ended by signal {-status}, perhaps for want of memory" if status < 0 else last or f"status {status}"
        return Problem("pdf-failed", f"docs/{lang}", values={"reason": reason})


def _start_edition(root: Path, out: Path, lang: str, kept: tuple[int, ...]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "handbook.make_edition", str(root), lang, str(edition_file(out, lang))]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=generator_environment(None),
        pass_fds=kept,
    )
