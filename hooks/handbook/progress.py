"""Tells what is being done and how far it is."""

from __future__ import annotations

import sys
import time

NOTE = "note: "
"""Begins a line that the generator's run wants passed on to whoever builds."""


class Progress:
    """Numbered steps on standard error: ``[2/6] building the site … 9 s``."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.done = 0
        self.begun = time.monotonic()

    def step(self, what: str) -> None:
        """Begin the next step."""
        self.done += 1
        self.note(f"[{self.done}/{self.steps}] {what} …")

    def note(self, text: str) -> None:
        """Say something in between."""
        print(text, file=sys.stderr, flush=True)

    def end(self, what: str) -> None:
        """Say that all is done, and how long it took."""
        self.note(f"{what} ({time.monotonic() - self.begun:.0f} s)")
