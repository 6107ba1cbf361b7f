"""Makes the text of a checklist's item the label of its box."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor


class BoxLabels(Treeprocessor):
    """pymdownx.tasklist leaves the box unnamed, so that a screen reader says nothing but "checkbox"."""

    def run(self, root: etree.Element) -> None:
        """Wrap each item's text, box included, in a label. Runs before inline Markdown is read."""
        for item in root.iter("li"):
            if "task-list-item" not in item.get("class", ""):
                continue
            place = item
            if not (item.text or "").strip() and len(item) and item[0].tag == "p":
                place = item[0]
            label = etree.Element("label")
            label.text, place.text = place.text, None
            place.insert(0, label)
