"""Ids of units, and revisions.

A unit's id is language-neutral and never changes: ``B-32``, ``I-008``, ``T-bias``.
A revision is a number and the language that led it: ``3sv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NUMBER_WIDTH = {"G": 2, "B": 2, "M": 2, "I": 3, "S": 2}
"""Prefixes of numbered units and how many digits their number has at least."""

WORD_PREFIXES = frozenset("TLP")
"""Prefixes of units named by a word."""

PREFIXES = (*NUMBER_WIDTH, *sorted(WORD_PREFIXES))

MAX_DIGITS = 6
"""No handbook has a million units of a kind; longer rows of digits are no number of one."""

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_REV = re.compile(r"([1-9][0-9]{0,3})([a-z]{2,3})\Z")
_RANGE = re.compile(r"(\S+?)\.\.(\S+)\Z")


class IdError(ValueError):
    """A text is not an id; ``suggestion`` is the likely right form, or None."""

    def __init__(self, text: str, suggestion: str | None = None) -> None:
        super().__init__(f"not an id: {text!r}")
        self.suggestion = suggestion


def is_id(text: str) -> bool:
    """Tell whether `text` is an id in its exact written form."""
    prefix, dash, rest = text.partition("-")
    if not dash:
        return False
    if prefix in WORD_PREFIXES:
        return _WORD.match(rest) is not None
    width = NUMBER_WIDTH.get(prefix)
    if width is None or not _is_number(rest):
        return False
    return rest == f"{int(rest):0{width}d}" and int(rest) > 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS


def parse_id(text: str) -> str:
    """Return `text` when it is an id.

    Raises:
        IdError: it is not; with a suggestion where only case, space or digits are off.
    """
    if is_id(text):
        return text
    raise IdError(text, suggest_form(text))


def suggest_form(text: str) -> str | None:
    """Return the id that `text` was likely meant to be, judged by form alone, or None."""
    if len(text) > MAX_LIKENESS:
        return None
    compact = re.sub(r"[\s_]+", "-", text.strip()).translate(_LOOKALIKES)
    match = re.match(r"([A-Za-z])[-–—. ]?(.+)\Z", compact)
    if match is None:
        return None
    prefix, rest = match[1].upper(), match[2].lower()
    if prefix in NUMBER_WIDTH and _is_number(rest):
        rest = f"{int(rest):0{NUMBER_WIDTH[prefix]}d}"
    candidate = f"{prefix}-{rest}"
    return candidate if is_id(candidate) else None


def pattern(prefixes: Iterable[str] = PREFIXES) -> str:
    """Return what ids of these kinds look like, as a regular expression that JSON Schema understands."""
    wanted = set(prefixes)
    forms = []
    for width in sorted(set(NUMBER_WIDTH.values())):
        kinds = [prefix for prefix in NUMBER_WIDTH if prefix in wanted and NUMBER_WIDTH[prefix] == width]
        padded = ["0" * zeros + "[1-9]" + "[0-9]" * (width - zeros - 1) for zeros in range(width - 1, 0, -1)]
        numbers = "|".join([*padded, f"[1-9][0-9]{{{width - 1},}}"])
        forms += [f"[{''.join(kinds)}]-({numbers})"] if kinds else []
    kinds = sorted(WORD_PREFIXES & wanted)
    forms += [f"[{''.join(kinds)}]-[a-z0-9]+(-[a-z0-9]+)*"] if kinds else []
    return f"^({'|'.join(forms)})$"


_LOOKALIKES = str.maketrans("ВМТІРЅвмтірѕΒΜΤΙΡ０１２３４５６７８９", "BMTIPSbmtipsBMTIP0123456789")
"""Cyrillic, Greek and wide characters that look like those of an id."""

MAX_LIKENESS = 80
"""More characters than any id has are not compared: that would take long."""


def prefix_of(unit: str) -> str:
    """Return the prefix letter of an id."""
    return unit[0]


def anchor_of(unit: str) -> str:
    """Return the HTML id of a unit: its id in lower case."""
    return unit.lower()


def from_anchor(anchor: str) -> str | None:
    """Return the id that an HTML id stands for, or None when it stands for none."""
    if len(anchor) < 3 or anchor[1] != "-" or anchor != anchor.lower():
        return None
    candidate = anchor[0].upper() + anchor[1:]
    return candidate if is_id(candidate) else None


def sort_key(unit: str) -> tuple[int, int, str]:
    """Order ids by kind (G B M I T L S P), then number, then word."""
    order = "GBMITLSP"
    rest = unit[2:]
    number = int(rest) if rest.isdigit() else 0
    return (order.index(unit[0]), number, rest)


def expand(selection: str, known: Sequence[str]) -> list[str]:
    """Turn ``G-03,M-26..M-39`` into ids, in the order given, each once.

    Args:
        selection: ids and ranges, comma-separated.
        known: all ids there are; a range takes those of its kind between its ends.

    Raises:
        IdError: a part is no id, or a range is empty or mixes kinds.
    """
    chosen: dict[str, None] = {}
    for part in (p.strip() for p in selection.split(",")):
        if not part:
            continue
        match = _RANGE.match(part)
        if match is None:
            chosen[parse_id(part)] = None
            continue
        first, last = parse_id(match[1]), parse_id(match[2])
        span = [u for u in known if u[0] == first[0] and sort_key(first) <= sort_key(u) <= sort_key(last)]
        if first[0] != last[0] or not span:
            raise IdError(part)
        chosen.update(dict.fromkeys(sorted(span, key=sort_key)))
    return list(chosen)


@dataclass(frozen=True, order=True)
class Rev:
    """A revision: `number` and the `lead` language whose text made it."""

    number: int
    lead: str

    @classmethod
    def parse(cls, text: str) -> Rev:
        """Read ``3sv``.

        Raises:
            ValueError: the text is not a number and a language code.
        """
        match = _REV.match(text)
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), match[2])

    def __str__(self) -> str:
        return f"{self.number}{self.lead}"


def closest(text: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like `text`, for a "did you mean", or None.

    Ids of the same kind win; among numbers, those that share most digits.
    """
    import difflib  # noqa: PLC0415  only needed when something is wrong

    text = text[:MAX_LIKENESS]
    pool = list(candidates)
    same = [c for c in pool if c[:2].upper() == text[:2].upper()]
    found = difflib.get_close_matches(text.lower(), [c.lower() for c in same or pool], n=1, cutoff=0.6)
    if not found:
        return None
    return next(c for c in same or pool if c.lower() == found[0])
