"""The verb ``translations diff``, as the command line calls it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from handbook import ids
from handbook import index as indexing
from handbook.contribute.carry_over import as_data, carry_over, report
from handbook.load import load
from handbook.usage import Layout, UsageError, typed


def add_diff(translations: argparse.ArgumentParser) -> None:
    """Give the verb ``translations`` its ``diff``."""
    said = "what to carry over of one unit into a language"
    kinds = translations.add_subparsers(dest="action", metavar="[diff …]")
    parser = kinds.add_parser(
        "diff",
        help=said,
        description=said,
        epilog=f"example: {typed('translations diff B-32 --lang fi')}",
        formatter_class=Layout,
    )
    parser.add_argument("unit", metavar="ID", help="the unit, for example B-32")
    given = argparse.SUPPRESS  # before ``diff`` will do too
    parser.add_argument("--lang", metavar="CODE", default=given, help="the language that is to follow")
    parser.add_argument("--format", choices=("text", "json"), default=given, help="how to print it")
    parser.set_defaults(command=diff)


def diff(root: Path, options: argparse.Namespace) -> int:
    """Show what to carry over; 0 also when there is nothing."""
    if options.lang is None:
        raise UsageError("name the language that is to follow, for example --lang fi")
    data = load(root)
    if options.lang not in data.codes:
        raise UsageError(f"unknown language '{options.lang}': one of {', '.join(data.codes)}")
    index = indexing.build(data)
    unit = options.unit if ids.is_id(options.unit) else ids.suggest_form(options.unit) or options.unit
    if unit not in index.texts:
        raise UsageError(_unknown(unit, index.texts, known=unit in data.units))
    found = carry_over(index, unit, options.lang)
    if options.format == "json":
        print(json.dumps(as_data(found) if found else None, ensure_ascii=False, indent=1))
    elif found is None:
        print(f"{unit} {options.lang}: up to date ({index.texts[unit][options.lang].rev})")
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        print("\n".join(report(found, colour=colour)))
    return 0


def _unknown(unit: str, texts: Iterable[str], *, known: bool) -> str:
    if known:
        return f"{unit} has no text in any language"
    near = ids.closest(unit, texts)
    return f"unknown id '{unit}'" + (f": did you mean '{near}'?" if near else "")
