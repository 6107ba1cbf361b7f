"""How commands are called, and what is said when they are called wrongly."""

from __future__ import annotations

import argparse

Layout = argparse.RawDescriptionHelpFormatter
"""Help that breaks no example in two: it is there to be copied."""


class UsageError(Exception):
    """The command was called wrongly; the message says how."""


def typed(command: str) -> str:
    """Return a verb with its options as it is typed."""
    return f"python3 scripts/handbook.py {command}"
