"""Addresses that authors write: what one may look like, whatever it leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

SCHEMES = frozenset({"https", "mailto"})
"""What an address may begin with; else it is a path."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"[^\s.@/]+(\.[^\s.@/]+)+\Z")
_MAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+\Z")


@dataclass(frozen=True)
class LinkUse:
    """A link or image as an author wrote it.

    Attributes:
        href: the address as a browser reads it.
        line: of the file; 0 where it can't be told.
    """

    kind: Literal["link", "image"]
    href: str
    line: int
    column: int


def scheme_of(href: str) -> str:
    """Return an address's scheme in lower case, however it is disguised by case or white space; "" for a path."""
    compact = re.sub(r"[\x00-\x20]+", "", href)
    if compact[:2].replace("\\", "/") == "//":
        return "//"
    match = _SCHEME.match(compact)
    return match[1].lower() if match else ""


def split(href: str) -> SplitResult | None:
    """Return an address's parts, or None for one that has none."""
    try:
        return urlsplit(href.strip())
    except ValueError:
        return None


def address_problem(kind: str, href: str) -> str | None:
    """Return the code of what is wrong with an address by itself, or None."""
    scheme = scheme_of(href)
    if not href.strip() or href.strip() == "#":
        return "link-empty" if kind == "link" else "image-missing"
    if kind == "image" and scheme in {"http", "https", "//"}:
        return "image-remote"
    if scheme and (scheme not in SCHEMES or kind == "image"):
        return "link-scheme"
    return None if _is_complete(scheme, href) else "link-form"


def _is_complete(scheme: str, href: str) -> bool:
    parts = split(href)
    if parts is None:
        return False
    if scheme == "https":
        return _HOST.match(parts.hostname or "") is not None and not parts.username
    return scheme != "mailto" or _MAIL.match(parts.path) is not None
