"""The verb ``new initiative``: asks, points out what it resembles, and writes the files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pydantic

from handbook import index as indexing
from handbook.check import check
from handbook.contribute.ask import Questions, StoppedError
from handbook.contribute.draft import Draft, data_file, next_number, page_file, page_problems
from handbook.contribute.edits import with_source_words
from handbook.contribute.files import Plan, WriteError, with_entry, write
from handbook.contribute.interview import Interview
from handbook.contribute.likeness import Basics, Likeness, similar
from handbook.contribute.options import missing, read_options
from handbook.data import DATA
from handbook.index import Index
from handbook.load import load
from handbook.model import Source
from handbook.problems import ProblemsError, format_text, unique
from handbook.usage import UsageError
from handbook.yaml_reader import read_text

STOPPED = 130
SHOWN = 8
"""So many likely duplicates are shown at most."""


def new_initiative(root: Path, options: argparse.Namespace) -> int:
    """Make a new initiative of options and answers; 1 when it resembles another, or its page has problems."""
    index = indexing.build(load(root))
    lacking = missing(options)
    options.complete = not lacking
    asking = bool(lacking)
    if lacking and not sys.stdin.isatty():
        raise UsageError(f"no terminal to ask in, and these options are missing: {' '.join(lacking)}")
    try:
        lang = _language(index, options)
        wrong = read_options(index, options)
        if wrong:
            raise UsageError("\n".join(wrong))
        questions = Questions(index.data.strings[lang], input, lambda text: print(text, flush=True))
        if asking:
            questions.say(questions.word("start"))
        return _make(index, lang, options, questions, asking=asking)
    except _DuplicateError:
        print("nothing was written; --force adds it all the same", file=sys.stderr)
        return 1
    except (StoppedError, KeyboardInterrupt):
        words = index.data.strings.get(options.lang, {})
        print("\n" + words.get("ask.stopped", "stopped; nothing was written"), file=sys.stderr)
        return STOPPED
    except WriteError as error:
        raise UsageError(f"{error}; nothing was written") from None


def _language(index: Index, options: argparse.Namespace) -> str:
    """Return the contributor's language: the option, else asked for in all of them."""
    known = index.data.codes
    if options.lang is None:
        names = [(language.code, language.name) for language in index.data.languages]
        labels = {"ask.choose": " / ".join(index.data.strings[code].get("ask.choose", code) for code in known)}
        plain = Questions(labels | {"ask.number": f"1–{len(known)}"}, input, print)
        options.lang = plain.one(" / ".join(index.data.strings[c].get("chooser.choose", c) for c in known), names)
    if options.lang not in known:
        raise UsageError(f"unknown language '{options.lang}': one of {', '.join(known)}")
    return str(options.lang)


def _make(index: Index, lang: str, options: argparse.Namespace, questions: Questions, *, asking: bool) -> int:
    def compare(new: Basics) -> None:
        alike = [] if options.force else similar(index, new)
        if alike:
            _point_out(alike, questions, asking=asking)

    try:
        draft = Interview(index, lang, options, questions, compare).draft()
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise UsageError(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from None
    unit = next_number(index, "I")
    problems = unique(page_problems(draft, unit, index))
    if problems:
        raise ProblemsError(problems)
    plan = make_plan(index, draft, unit)
    write(plan)
    return _report(index.data.root, draft, unit, plan)


class _DuplicateError(Exception):
    """It resembles another, and nobody is there to say that it is a new one all the same."""


def _point_out(alike: list[Likeness], questions: Questions, *, asking: bool) -> None:
    """Show likely duplicates.

    Raises:
        StoppedError: the contributor does not go on.
        _DuplicateError: nobody can be asked.
    """
    out = sys.stdout if asking else sys.stderr
    print("\n" + questions.word("similar"), file=out)
    for likeness in alike[:SHOWN]:
        print(f"  {likeness.unit.id}  {likeness.title} ({likeness.unit.owner})", file=out)
    if not asking:
        raise _DuplicateError
    if not questions.yes(questions.word("go_on"), default=False):
        raise StoppedError


def make_plan(index: Index, draft: Draft, unit: str) -> Plan:
    """Return the files: the data, the page, and what is added to relations and sources."""
    root = index.data.root
    plan = Plan()
    plan.create[root / DATA / "initiatives" / f"{draft.slug}.yml"] = data_file(draft, unit)
    page = root / "docs" / draft.lang / "initiatives" / f"{draft.slug}.md"
    plan.create[page] = page_file(draft, unit, index.data.strings[draft.lang])
    if draft.related:
        relation = {"from": unit, "type": "shows", "to": list(draft.related), "judgement": True}
        _change(plan, root, "relations.yml", lambda text, file: with_entry(text, file, relation))
    if draft.new_source:
        source = draft.new_source
        entry = _source_entry(source)
        _change(plan, root, "units/sources.yml", lambda text, file: with_entry(text, file, entry))
        for lang in index.data.codes:
            _change(plan, root, f"strings/{lang}.yml", lambda text, file: with_source_words(text, file, source))
    return plan


def _source_entry(source: Source) -> dict[str, Any]:
    dumped = source.model_dump(mode="json", exclude_none=True)
    return {key: value for key, value in dumped.items() if value != []}


def _change(plan: Plan, root: Path, name: str, edit: Callable[[str, str], str]) -> None:
    """Plan a change of a data file: `edit` takes its text and its name, and returns the new text."""
    path, file = root / DATA / name, f"{DATA}/{name}"
    text, problems = read_text(path, file)
    if problems:
        raise ProblemsError(problems)
    plan.replace[path] = (text, edit(text, file))


def _report(root: Path, draft: Draft, unit: str, plan: Plan) -> int:
    """Say what was written, then what `check` says of it."""
    written = [path.relative_to(root).as_posix() for path in plan.paths()]
    print(f"\n{unit} {draft.title}")
    for name in written:
        print(f"  {name}")
    print("checking …", file=sys.stderr, flush=True)
    try:
        problems = [problem for problem in check(root).problems if problem.file in written]
    except KeyboardInterrupt:
        print("stopped; the files are written, but not checked", file=sys.stderr)
        return STOPPED
    if problems:
        print(format_text(problems))
    return 1 if problems else 0
