"""What goes wrong when a command is called wrongly."""

from __future__ import annotations


class UsageError(Exception):
    """The command was called wrongly; the message says how."""
