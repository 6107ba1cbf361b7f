"""What a language has to take over from the one that leads: the verb ``translations diff``."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from handbook import ids
from handbook.contribute.history import HistoryError, versions
from handbook.index import Index, UnitText
from handbook.scan import PageSource, scan
from handbook.translations import State, state_of


@dataclass(frozen=True)
class Text:
    """A unit's text in one language.

    Attributes:
        rev: its revision.
        file: and `line`: where it stands.
        lines: as written, heading included.
        commit: where it stood like this, and `date`: when; None for the files as they are now.
    """

    language: str
    rev: str
    file: str
    line: int
    lines: tuple[str, ...]
    commit: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class CarryOver:
    """What to carry over.

    Attributes:
        own: the language's own text, None when it has none.
        leading: the text to follow.
        rivals: texts at the same revision number that another language led, where they are in conflict.
        then: the leading language's text as it was at the revision that `own` has; None when that is not known.
        diff: the lines from `then` to `leading`, each with "+", "-" or " " before it.
        note: why `then` is not known, or None.
    """

    unit: str
    language: str
    state: str
    own: Text | None
    leading: Text
    rivals: tuple[Text, ...]
    then: Text | None
    diff: tuple[str, ...]
    note: str | None


def carry_over(index: Index, unit: str, lang: str) -> CarryOver | None:
    """Return what `lang` has to take over of a unit; None when it is up to date."""
    state = state_of(index, unit, lang)
    leader = index.leader(unit)
    if leader is None or state is State.CURRENT:
        return None
    known = index.texts[unit]
    own = _now(index, known[lang]) if lang in known else None
    rivals = tuple(
        _now(index, text)
        for text in known.values()
        if text.rev.number == leader.rev.number and text.rev.lead != leader.rev.lead
    )
    then, note = None, None
    if own is not None and state is State.BEHIND:
        then, note = _then(index, leader, known[lang].rev)
    leading = _now(index, leader)
    lines = tuple(difflib.ndiff(then.lines, leading.lines)) if then else ()
    diff = tuple(line.rstrip("\n") for line in lines if not line.startswith("?"))
    return CarryOver(unit, lang, state.value, own, leading, rivals, then, diff, note)


def as_data(found: CarryOver) -> dict[str, object]:
    """Return it for tools."""
    return asdict(found)


def _now(index: Index, text: UnitText) -> Text:
    source = index.pages[text.lang][text.path]
    return Text(text.lang, str(text.rev), text.file, text.line, _lines(source, text.line, text.end))


def _lines(source: PageSource, start: int, end: int) -> tuple[str, ...]:
    lines = source.slice(start, end)
    while lines and not lines[-1].strip():
        lines.pop()
    return tuple(lines)


def _then(index: Index, leader: UnitText, rev: ids.Rev) -> tuple[Text | None, str | None]:
    """Return the leading language's text when it last stood at `rev`, or why it can't be had."""
    missing = f"no commit has {leader.unit} in {leader.lang} at revision {rev}"
    try:
        for version in versions(index.data.root, leader.file):
            source = scan(version.text, leader.file)
            for heading, end in source.units():
                if heading.unit == leader.unit and heading.rev == rev:
                    lines = _lines(source, heading.line, end)
                    place = (leader.file, heading.line, lines, version.commit, version.date)
                    return Text(leader.lang, str(rev), *place), None
    except HistoryError as error:
        return None, f"the history can't be asked: {error}"
    return None, missing


def leading_since(index: Index, unit: str) -> str | None:
    """Return the date of the commit in which the leading text took its revision; None when that is not known."""
    leader = index.leader(unit)
    if leader is None:
        return None
    since = None
    try:
        for version in versions(index.data.root, leader.file):
            headings = scan(version.text, leader.file).headings
            if not any(heading.unit == unit and heading.rev == leader.rev for heading in headings):
                break
            since = version.date
    except HistoryError:
        return None
    return since


def report(found: CarryOver, *, colour: bool) -> Iterator[str]:
    """Yield the lines for a terminal: what changed where that is known, else the texts one after the other."""
    own, leading = found.own, found.leading
    yield f"{found.unit} {found.language}: {found.state} ({own.rev if own else '–'}, leading {leading.rev})"
    if found.note:
        yield found.note
    for rival in found.rivals:
        yield from _text(f"in conflict with {leading.rev}", rival)
    if found.then:
        since = f"{found.then.rev}, {(found.then.commit or '')[:10]} of {found.then.date}"
        yield ""
        yield f"what changed in {leading.language} ({leading.file}:{leading.line}) since {since}:"
        yield from (_coloured(line, colour=colour) for line in found.diff)
    else:
        yield from _text("leading", leading)
    if own:
        yield from _text("to be changed", own)
    yield ""
    if found.state == State.CONFLICT.value:
        yield "agree on one text, raise the number, and let all follow"
    else:
        anchor = ids.anchor_of(found.unit)
        yield f"when it says the same, write in {found.language}: {{ #{anchor} rev={leading.rev} }}"


def _text(label: str, text: Text) -> Iterator[str]:
    yield ""
    yield f"{label}: {text.language} {text.rev} ({text.file}:{text.line})"
    yield from (f"  {line}".rstrip() for line in text.lines)


_COLOURS = {"+": "\x1b[32m", "-": "\x1b[31m"}


def _coloured(line: str, *, colour: bool) -> str:
    code = _COLOURS.get(line[:1]) if colour else None
    return f"{code}{line}\x1b[0m" if code else line
