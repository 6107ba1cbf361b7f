"""The prose of a page: its lines without what is no word of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NOT_PROSE = re.compile(
    r"\[\[[^\[\]]*\]\]"  # [[B-32]]
    r"|(?<=\])\[[^\[\]]*\]"  # the id of [text][B-32]
    r"|(?<=\])\([^()]*\)"  # the address of [text](address)
    r"|\{ #[^{}]*\}"
    r"|`[^`]*`"
    r"|https?://\S+"
    r"|</?[A-Za-z][^<>]*>"  # raw HTML
    r"|\A\s*(?:!!!|\?\?\?\+?)\s?[^\"]*"  # the kind of a box, before its title
    r"|\A\s*\[[^\[\]^][^\[\]]*\]:\s*\S+"  # the definition of a link, before its title
)
_OPTION = re.compile(r"    [a-z_]+: ")


def prose(lines: Sequence[str], code: frozenset[int], first_line: int) -> Iterator[tuple[int, str]]:
    """Yield the lines that are prose, each with its number, with code, references and addresses blanked out.

    Args:
        lines: a page's body.
        code: 0-based positions of its lines that are code.
        first_line: line of the file at which it begins.
    """
    for position, line in enumerate(lines):
        if position in code or line.lstrip().startswith("///") or _OPTION.match(line):
            continue
        yield first_line + position, _NOT_PROSE.sub(lambda match: " " * len(match[0]), line)
