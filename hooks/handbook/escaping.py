"""Text in templates: escaped by itself in ours, before it is handed over in the theme's.

The theme's templates put what they get into the page as it is; ours are compiled so that every value is escaped
unless it is marked as HTML (``| safe``, ``| tojson``, `markupsafe.Markup`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from markupsafe import Markup, escape


def escapes_in(folder: Path) -> Callable[[str | None], bool]:
    """Return what tells Jinja whether to escape in a template: in those that stand below `folder`.

    Args:
        folder: the theme's templates that are our own.
    """
    own = frozenset(file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))
    return lambda name: name in own


def for_templates(text: str) -> Markup:
    """Return plain text as HTML that neither our templates nor the theme's change any more."""
    return escape(text)
