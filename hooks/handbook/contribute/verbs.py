"""The verbs of this package, for the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from handbook.contribute.schemas import schemas

Verb = Callable[[str, str, str, Callable[[Path, argparse.Namespace], int]], argparse.ArgumentParser]
"""Makes a verb of a name, a line of help, an example and a command; returns its parser, for options."""


def add_verbs(verb: Verb) -> None:
    """Add the verbs to the command line."""
    verb("schemas", "the JSON Schemas that editors use, written anew", "schemas", schemas)
