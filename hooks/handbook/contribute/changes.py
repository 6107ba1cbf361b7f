"""The verb ``changes``: what changed between two editions, by id, in a given language."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from handbook import index as indexing
from handbook.contribute.compare_editions import KINDS, Differences, Edition, Entry, How, compare, read_edition
from handbook.contribute.history import HistoryError, checked_out
from handbook.load import load
from handbook.problems import ProblemsError
from handbook.publish.units import handbook_json
from handbook.usage import UsageError

FORMATS = ("text", "markdown", "json")
ARROW = "→"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to the command line."""
    said = "a Git revision or tag, or the handbook.json of an edition"
    parser.add_argument("old", metavar="OLD", help=said)
    parser.add_argument("new", metavar="NEW", nargs="?", help=f"{said} (default: the files as they are now)")
    parser.add_argument("--lang", metavar="CODE", required=True, help="the language of titles and revisions")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print it")


def changes(root: Path, options: argparse.Namespace) -> int:
    """Print what changed from OLD to NEW."""
    data = load(root)
    if options.lang not in data.codes:
        raise UsageError(f"unknown language '{options.lang}': one of {', '.join(data.codes)}")
    found = compare(
        edition(root, options.old, options.lang),
        edition(root, options.new, options.lang) if options.new else _of_folder(root, options.lang, ""),
    )
    words = data.strings[options.lang]
    if options.format == "json":
        print(json.dumps({"language": options.lang, **asdict(found)}, ensure_ascii=False, indent=1))
    else:
        lines = markdown(found, words) if options.format == "markdown" else plain(found, words)
        print("\n".join(lines))
    return 0


def edition(root: Path, named: str, lang: str) -> Edition:
    """Return an edition by the name of a file or of a revision.

    Raises:
        UsageError: there is none of that name, or it is none.
    """
    path = Path(named)
    if path.is_dir():
        path = path / "handbook.json"
    if path.is_file():
        return _of_file(path, lang)
    try:
        with checked_out(root, named) as folder:
            return _of_folder(folder, lang, named)
    except HistoryError as error:
        raise UsageError(f"{named}: {error}") from None
    except ProblemsError as error:
        first = error.problems[0]
        raise UsageError(f"{named}: its data can't be read: {first.file}: {first.message}") from None


def _of_file(path: Path, lang: str) -> Edition:
    try:
        return read_edition(json.loads(path.read_text(encoding="utf-8")), lang)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{path} is not the handbook.json of an edition") from None


def _of_folder(folder: Path, lang: str, name: str) -> Edition:
    """Return the edition whose text and data lie in a folder."""
    content = json.loads(handbook_json(indexing.build(load(folder))))
    own = str(content["edition"])
    return read_edition(content, lang, f"{own} ({name})" if name and name != own else own)


def plain(found: Differences, words: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines for a terminal."""
    yield _title(found, words)
    if not found.any():
        yield words["changes.none"]
    for kind in KINDS:
        entries: list[Entry] = getattr(found, kind)
        if entries:
            yield ""
            yield f"{words[f'changes.{kind}']} ({len(entries)})"
        for entry in entries:
            yield f"  {entry.id:8} {_said(kind, entry, words)}"
    if found.relations:
        yield ""
        yield f"{words['changes.relations']} ({len(found.relations)})"
        yield from (f"  {line}" for line in _relations(found, words))


def markdown(found: Differences, words: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a page of the handbook; units that are there no more are named, not linked."""
    yield f"## {_title(found, words)}"
    if not found.any():
        yield from ("", words["changes.none"])
    for kind in KINDS:
        entries: list[Entry] = getattr(found, kind)
        if entries:
            yield from ("", f"### {words[f'changes.{kind}']}", "")
        for entry in entries:
            if kind in ("withdrawn", "gone"):
                yield f"- {entry.id}: {_said(kind, entry, words)}"
            else:
                detail = _detail(kind, entry, words)
                yield f"- {entry.id}: [[{entry.id}]]" + (f" ({detail})" if detail else "")
    if found.relations:
        yield from ("", f"### {words['changes.relations']}", "")
        yield from (f"- {line}" for line in _relations(found, words))


def _title(found: Differences, words: Mapping[str, str]) -> str:
    return words["changes.title"].replace("{old}", found.old).replace("{new}", found.new)


def _said(kind: str, entry: Entry, words: Mapping[str, str]) -> str:
    detail = _detail(kind, entry, words)
    if kind == "retitled":
        return detail
    return entry.title + (f" ({detail})" if detail else "")


def _detail(kind: str, entry: Entry, words: Mapping[str, str]) -> str:
    """Return what there is to say beside the title."""
    if kind == "withdrawn":
        instead = words["changes.replaced_by"].replace("{id}", entry.replaced_by) if entry.replaced_by else ""
        return "; ".join(part for part in (entry.reason, instead) if part)
    if kind == "retitled":
        return f"{entry.old} {ARROW} {entry.new}"
    if kind == "revised":
        return f"{entry.old} {ARROW} {entry.new or '–'}"
    return entry.new or ""


def _relations(found: Differences, words: Mapping[str, str]) -> Iterator[str]:
    for change in found.relations:
        mark = "+" if change.old is None else "−" if change.new is None else "±"
        label = words.get(f"related.{change.type}.to", change.type)
        how = [_how(how, words) for how in (change.old, change.new) if how]
        shown = f" ({f' {ARROW} '.join(how)})" if any(how) else ""
        yield f"{mark} {change.start} {ARROW} {change.end}: {label}{shown}"


def _how(how: How, words: Mapping[str, str]) -> str:
    partial = [words["related.partial"]] if how.strength == "partial" else []
    return ", ".join([*partial, *([words["facts.inferred"]] if how.judgement else [])])
