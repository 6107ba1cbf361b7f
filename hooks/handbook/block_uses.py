"""Reads the blocks of a page: pairs the lines that open and close them, and reads their options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handbook.problems import Problem
from handbook.yaml_reader import parse

BLOCK = re.compile(r"(\s*)(/{3,})(.*)\Z")
"""A line that opens or closes a block: indentation, slashes, name."""

_OPTION = re.compile(r"\s*[A-Za-z_-]+:(\s|\Z)")


@dataclass(frozen=True)
class BlockUse:
    """A ``/// name`` block.

    Attributes:
        line: where it opens, 1-based in the file.
        end: where it closes.
        options: what stands in its header.
        option_lines: option → line.
        body: whether anything but options stands in it.
    """

    name: str
    line: int
    end: int
    indent: int
    options: Mapping[str, Any]
    option_lines: Mapping[str, int]
    header_end: int
    body: bool


class Blocks:
    """Pairs the opening and closing lines of blocks."""

    def __init__(
        self, lines: list[str], code: frozenset[int], file: str, first_line: int, problems: list[Problem]
    ) -> None:
        self.lines = lines
        self.code = code
        self.file = file
        self.first = first_line
        self.problems = problems

    def problem(self, code: str, position: int, **values: str) -> None:
        self.problems.append(Problem(code, self.file, position + self.first, values=values))

    def read(self) -> list[BlockUse]:
        open_: list[tuple[int, str, str, int]] = []
        found: list[BlockUse] = []
        for position, line in enumerate(self.lines):
            match = None if position in self.code else BLOCK.match(line)
            if match is None:
                continue
            indent, slashes, rest = len(match[1]), match[2], match[3].strip()
            if rest:
                if open_ and open_[-1][1] == slashes:
                    start, _, name, _ = open_.pop()
                    self.problem("block-unclosed", start, name=name)
                open_.append((position, slashes, rest, indent))
                continue
            if not open_ or open_[-1][1] != slashes:
                self.problem("block-stray", position)
                continue
            start, _, name, opened = open_.pop()
            if opened != indent:
                self.problem("block-indent", position, name=name)
            found.append(self.block(start, position, name, opened))
        for start, _, name, _ in open_:
            self.problem("block-unclosed", start, name=name)
        return sorted(found, key=lambda block: block.line)

    def block(self, start: int, end: int, name: str, indent: int) -> BlockUse:
        if indent % 4:
            self.problem("block-indent", start, name=name)
        header: list[str] = []
        position = start + 1
        while position < end and self.lines[position].strip() and _OPTION.match(self.lines[position]):
            line = self.lines[position]
            depth = len(line) - len(line.lstrip(" "))
            if depth != indent + 4:
                if depth > indent + 4 and header:
                    header.append(line[indent + 4 :])
                    position += 1
                    continue
                self.problem("block-option-indent", position, name=name)
            header.append(line.strip())
            position += 1
        doc = parse("\n".join(header), self.file, first_line=start + 1 + self.first)
        self.problems.extend(doc.problems)
        options = doc.value if isinstance(doc.value, dict) else {}
        rest = [self.lines[i] for i in range(position, end)]
        if header and rest and rest[0].strip():
            self.problem("block-option-indent", position, name=name)
        return BlockUse(
            name=name,
            line=start + self.first,
            end=end + self.first,
            indent=indent,
            options=options,
            option_lines={str(key): doc.line_of((key,)) for key in options},
            header_end=position + self.first,
            body=any(line.strip() for line in rest),
        )
