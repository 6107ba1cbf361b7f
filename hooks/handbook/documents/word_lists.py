"""Lists in Word: definitions of their own, so that every numbered list counts for itself."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from handbook.documents.model import Item, Marker

BULLETS = "•–•–•–•–•"
LEVELS = 9
STEP = 420
"""How far a level is indented, in twentieths of a point: room for "10." and a gap."""

STYLES = {"bullet": "List Bullet", "number": "List Number", "check": "List Check", "none": "List Continue"}


class Lists:
    """The lists of one Word document."""

    def __init__(self, word: Any) -> None:
        self.root = word.part.numbering_part.element
        self.started: dict[int, str] = {}
        self.abstract = {marker: self._abstract(marker) for marker in ("bullet", "number", "check")}
        self.plain = {marker: self._number(marker) for marker in ("bullet", "check")}
        check = word.styles.add_style(STYLES["check"], WD_STYLE_TYPE.PARAGRAPH)
        check.base_style = word.styles[STYLES["bullet"]]
        for name in STYLES.values():
            word.styles[name].paragraph_format.space_after = word.styles["Normal"].paragraph_format.space_after
            spacing = word.styles[name].element.pPr.find(qn("w:contextualSpacing"))
            if spacing is not None:
                word.styles[name].element.pPr.remove(spacing)

    @staticmethod
    def style(item: Item) -> str:
        """Return the paragraph style of an item."""
        return STYLES[item.marker]

    def number(self, paragraph: Any, item: Item) -> None:
        """Make the paragraph an item of its list."""
        properties = paragraph._p.get_or_add_pPr()
        depth = min(item.depth, LEVELS - 1)
        if item.marker == "none":
            indent = OxmlElement("w:ind")
            indent.set(qn("w:left"), str(STEP * (depth + 1)))
            properties.append(indent)
            return
        numbering = properties.get_or_add_numPr()
        numbering.get_or_add_ilvl().val = depth
        numbering.get_or_add_numId().val = int(self._of(item))

    def _of(self, item: Item) -> str:
        if item.marker != "number":
            return self.plain[item.marker]
        if item.series not in self.started:
            self.started[item.series] = self._number("number", item.depth, item.number)
        return self.started[item.series]

    def _abstract(self, marker: str) -> str:
        """Add the definition of a kind of list; return its number."""
        taken = [int(e.get(qn("w:abstractNumId"))) for e in self.root.findall(qn("w:abstractNum"))]
        number = str(max(taken, default=-1) + 1)
        levels = "".join(_level(marker, level) for level in range(LEVELS))
        text = (
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )
        first = self.root.find(qn("w:num"))
        element = parse_xml(text)
        if first is None:
            self.root.append(element)
        else:
            first.addprevious(element)
        return number

    def _number(self, marker: Marker | str, depth: int = 0, start: int = 0) -> str:
        """Add a list of a kind; one with `start` counts from there."""
        taken = [int(e.get(qn("w:numId"))) for e in self.root.findall(qn("w:num"))]
        number = str(max(taken, default=0) + 1)
        over = f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
        kind = f'<w:abstractNumId w:val="{self.abstract[marker]}"/>'
        self.root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{kind}{over}</w:num>'))
        return number


def _level(marker: str, level: int) -> str:
    kind, text = {
        "bullet": ("bullet", BULLETS[level]),
        "number": ("decimal", f"%{level + 1}."),
        "check": ("none", ""),  # an item of a list all the same; the box is part of its text
    }[marker]
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{STEP * (level + 1)}" w:hanging="{STEP}"/></w:pPr></w:lvl>'
    )
