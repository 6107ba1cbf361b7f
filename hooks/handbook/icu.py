"""Alphabetical order by ICU, the library that browsers sort with.

The Python package ``icu4py`` brings the library but no binding of its collator, so its C interface is called here:
https://unicode-org.github.io/icu-docs/apidoc/released/icu4c/ucol_8h.html.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from importlib import import_module, metadata
from typing import Any

PACKAGE = "icu4py"
LIBRARIES = ("libicui18n", "icuin")
"""How the file with the collator begins: everywhere, and on Windows."""

NUMERIC, ON = 7, 17
"""``UCOL_NUMERIC_COLLATION`` and ``UCOL_ON``: digits sort by the number they make."""

SortKey = Callable[[str], bytes]


@cache
def sort_key(locale: str) -> SortKey | None:
    """Return the sort key of a locale's own order, whole numbers by value; None where ICU can't be had.

    The collator is never closed: there is one per language, in use until the end.

    Args:
        locale: BCP 47 tag, as ``Intl.Collator`` takes it.
    """
    library = _library()
    if library is None:
        return None
    status = ctypes.c_int(0)
    collator = library.open(locale.encode("ascii", "ignore"), ctypes.byref(status))
    if not collator or status.value > 0:
        return None
    library.set_attribute(collator, NUMERIC, ON, ctypes.byref(status))

    def key(text: str) -> bytes:
        units = text.encode("utf-16-le", "surrogatepass")
        length = len(units) // 2
        size = library.sort_key(collator, units, length, None, 0)
        buffer = ctypes.create_string_buffer(size)
        library.sort_key(collator, units, length, buffer, size)
        return buffer.raw

    return key


def letters_alone(key: bytes) -> bytes:
    """Return the part of a sort key that stands for the letters, without accents and case."""
    return key.partition(b"\x01")[0]  # levels are parted so by ICU's definition of sort keys


class _Library:
    """The three functions in use, with their types."""

    def __init__(self, library: ctypes.CDLL, version: int) -> None:
        def function(name: str, result: Any, *arguments: Any) -> Any:
            found = getattr(library, f"ucol_{name}_{version}")
            found.restype, found.argtypes = result, arguments
            return found

        status = ctypes.POINTER(ctypes.c_int)
        handle, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32
        self.open = function("open", handle, text, status)
        self.set_attribute = function("setAttribute", None, handle, ctypes.c_int, ctypes.c_int, status)
        self.sort_key = function("getSortKey", number, handle, text, number, text, number)


@cache
def _library() -> _Library | None:
    try:
        files = metadata.files(PACKAGE) or []
        version = int(import_module(PACKAGE).icu_version_info[0])
        found = next(str(file.locate()) for file in files if file.name.startswith(LIBRARIES))
        return _Library(ctypes.CDLL(found), version)
    except (ImportError, OSError, StopIteration, AttributeError, ValueError):
        return None
