"""The verbs of this package, for the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from handbook.contribute.changes import add_options as add_changes_options
from handbook.contribute.changes import changes
from handbook.contribute.initiative import new_initiative
from handbook.contribute.language import add_options as add_language_options
from handbook.contribute.language import new_language
from handbook.contribute.options import add_options
from handbook.contribute.schemas import schemas
from handbook.usage import Layout, typed

Command = Callable[[Path, argparse.Namespace], int]
Verb = Callable[[str, str, str, Command], argparse.ArgumentParser]
"""Makes a verb of a name, a line of help, an example and a command; returns its parser, for options."""


INITIATIVE_EXAMPLE = "new initiative --lang sv"
LANGUAGE_EXAMPLE = """\
new language --code fo --name Føroyskt --locale fo-FO \\
      --alphabet aábdðefghiíjklmnoóprstuúvyýæø --from da --spelling hunspell:fo_FO --eu-code FAO"""
CHANGES_EXAMPLE = "changes HEAD~5 --lang nb"


def _which(_root: Path, _options: argparse.Namespace) -> int:
    """Stand in for a verb that has kinds: argparse lets none through without one."""
    return 2


def _kind(kinds: Any, name: str, help_: str, example: str, command: Command) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = kinds.add_parser(
        name, help=help_, description=help_, epilog=f"example: {typed(example)}", formatter_class=Layout
    )
    parser.set_defaults(command=command)
    return parser


def add_verbs(verb: Verb) -> None:
    """Add the verbs to the command line."""
    new = verb(
        "new",
        "a new initiative, a new language: asks, or takes options; writes valid files",
        "new initiative --lang nb",
        _which,
    )
    kinds = new.add_subparsers(dest="kind", metavar="KIND", required=True)
    initiative = _kind(kinds, "initiative", "an initiative of the catalogue", INITIATIVE_EXAMPLE, new_initiative)
    add_options(initiative)
    language = _kind(kinds, "language", "a further language, with the words of another", LANGUAGE_EXAMPLE, new_language)
    add_language_options(language)
    add_changes_options(verb("changes", "what changed between two editions, by id", CHANGES_EXAMPLE, changes))
    verb("schemas", "the JSON Schemas that editors use, written anew", "schemas", schemas)
