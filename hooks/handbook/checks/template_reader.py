"""Reads a Jinja template without running it: the words it takes, the templates it names, and its HTML."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product
from typing import Any

import jinja2
from jinja2 import nodes

ANY = "\0"
"""Stands in a value for what only a run can tell."""

MOST = 64
"""So many values of one attribute are looked at."""

_SHOWN = 32
"""Characters of a leftover that a message shows."""

_OPEN, _CLOSE = "\ue000", "\ue001"
_ADDED = "\ue002"
"""Stands where another template's text is put in."""
_ADDING = (nodes.Include, nodes.CallBlock, nodes.Block)
_NAMING = frozenset({"aria-label", "aria-labelledby", "title"})
_TRANSPARENT = frozenset({"url", "e", "escape", "string", "trim", "forceescape"})
"""Filters that leave an address what it is."""

Known = Callable[[str], Sequence[str] | None]
"""A dotted name → the values it may have, or None where only a run can tell."""


@dataclass(frozen=True)
class Tag:
    """A start tag: its attributes with every value that each may have."""

    name: str
    attributes: dict[str, list[str]]
    line: int


@dataclass
class Template:
    """What a template holds.

    Attributes:
        words: (key of the interface's words, line); a key that is put together ends or begins with `ANY`.
        templates: (name of another template, line).
        tags: its HTML.
        inline: (what stands between script or style tags, line).
        left_over: (brackets of a reference, which only pages have, line).
        empty_links: (address of a link without text, line).
    """

    words: list[tuple[str, int]] = field(default_factory=list)
    templates: list[tuple[str, int]] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    inline: list[tuple[str, int]] = field(default_factory=list)
    left_over: list[tuple[str, int]] = field(default_factory=list)
    empty_links: list[tuple[str, int]] = field(default_factory=list)


def read_template(text: str, known: Known) -> Template:
    """Read a template.

    Raises:
        jinja2.TemplateSyntaxError: it is none; the error has its line.
    """
    tree = jinja2.Environment(autoescape=True).parse(text)
    values = _Values(known, tree)
    found = Template()
    for node in tree.find_all((nodes.Getitem, nodes.Call)):
        key = _word(node)
        if key is not None:
            found.words.extend((value, node.lineno) for value in values.of(key))
    for naming in tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
        name = naming.template  # type: ignore[attr-defined]
        found.templates.extend((value, naming.lineno) for value in values.of(name))
    _Html(tree, values, found).read()
    return found


def _word(node: nodes.Node) -> nodes.Expr | None:
    """Return the key of ``words["key"]`` or ``words.get("key")``, or None for anything else."""
    if isinstance(node, nodes.Getitem) and _dotted(node.node).split(".")[-1] == "words":
        return node.arg
    if isinstance(node, nodes.Call) and node.args and _dotted(node.node).endswith("words.get"):
        return node.args[0]
    return None


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return "?"


def _pieces(node: Any) -> list[nodes.Expr]:
    """Return what an expression joins."""
    if isinstance(node, nodes.Concat):
        return node.nodes
    return [node.left, node.right] if isinstance(node, nodes.Add) else []


def _choices(node: Any) -> list[nodes.Expr]:
    """Return the expressions of which an expression has the value of one."""
    if isinstance(node, nodes.Filter) and node.name in _TRANSPARENT and node.node is not None:
        return [node.node]
    if isinstance(node, nodes.CondExpr):
        return [node.expr1, *([node.expr2] if node.expr2 else [])]
    if isinstance(node, nodes.Or):
        return [node.left, node.right]
    return node.items if isinstance(node, nodes.List) else []


class _Values:
    """The values that expressions may have."""

    def __init__(self, known: Known, tree: nodes.Template) -> None:
        self.known = known
        self.assigned: dict[str, list[str]] = {}
        for node in tree.find_all(nodes.Assign):
            if isinstance(node.target, nodes.Name):
                self.assigned.setdefault(node.target.name, []).extend(self.of(node.node))

    def of(self, node: Any) -> list[str]:
        """Return every value an expression may have, as far as that can be told; `ANY` stands for the rest."""
        if isinstance(node, nodes.Const):
            return [str(node.value)]
        pieces = _pieces(node)
        if pieces:
            return self.joined([self.of(piece) for piece in pieces])
        choices = _choices(node)
        if choices:
            return [value for choice in choices for value in self.of(choice)]
        name = _dotted(node) if isinstance(node, (nodes.Name, nodes.Getattr)) else "?"
        return self.assigned.get(name) or list(self.known(name) or [ANY])

    @staticmethod
    def joined(parts: list[list[str]]) -> list[str]:
        """Return every way to join one value of each part."""
        return ["".join(choice) for _, choice in zip(range(MOST), product(*parts), strict=False)]


class _Html(HTMLParser):
    """Parses a template's HTML, with marks where expressions stand."""

    def __init__(self, tree: nodes.Template, values: _Values, into: Template) -> None:
        super().__init__(convert_charrefs=True)
        self.values = values
        self.into = into
        self.expressions: list[nodes.Node] = []
        self.text = ""
        self.starts: list[int] = []
        self.lines: list[int] = []
        self.within: Tag | None = None
        self.link: Tag | None = None
        for node in tree.body:
            self._gather(node)
        self.offsets = [0]
        for row in self.text.split("\n"):
            self.offsets.append(self.offsets[-1] + len(row) + 1)

    def _gather(self, node: nodes.Node) -> None:
        """Append the text of a node, in the order in which it is written."""
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                self.starts.append(len(self.text))
                self.lines.append(part.lineno)
                if isinstance(part, nodes.TemplateData):
                    self.text += part.data
                else:
                    self.expressions.append(part)
                    self.text += f"{_OPEN}{len(self.expressions) - 1}{_CLOSE}"
            return
        if isinstance(node, _ADDING):
            self.starts.append(len(self.text))
            self.lines.append(node.lineno)
            self.text += _ADDED
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Stmt):
                self._gather(child)

    def read(self) -> None:
        """Parse everything into the template."""
        self.feed(self.text)
        self.close()

    def _line(self) -> int:
        """Return the template's line at which the parser stands."""
        row, column = self.getpos()
        offset = self.offsets[row - 1] + column
        segment = bisect_right(self.starts, offset) - 1
        if segment < 0:
            return 1
        return self.lines[segment] + self.text.count("\n", self.starts[segment], offset)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: self._expand(value) if value is not None else [""] for name, value in attrs}
        self.into.tags.append(Tag(tag, found, self._line()))
        self.within = self.into.tags[-1] if tag in {"script", "style"} else None
        if tag == "a":
            self.link = None if "href" not in found or not _NAMING.isdisjoint(found) else self.into.tags[-1]
        elif tag in {"img", "svg"}:
            self.link = None

    def handle_endtag(self, tag: str) -> None:
        self.within = None
        if tag == "a" and self.link is not None:
            self.into.empty_links.append((self.link.attributes["href"][0], self.link.line))
            self.link = None

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.link = None
        if self.within is not None:
            if data.strip():
                self.into.inline.append((self.within.name, self.within.line))
            return
        for mark in ("[[", "]]"):
            if mark in data:
                self.into.left_over.append((data.strip()[:_SHOWN], self._line()))
                return

    def _expand(self, value: str) -> list[str]:
        return self.values.joined(list(self._parts(value)))

    def _parts(self, value: str) -> Iterator[list[str]]:
        for part in value.split(_OPEN):
            number, mark, rest = part.partition(_CLOSE)
            if mark and number.isdigit():
                yield self.values.of(self.expressions[int(number)])
                yield [rest]
            else:
                yield [part]
