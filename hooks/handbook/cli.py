"""The command line: ``handbook.py VERB``. Exit status: 0 fine, 1 problems found (listed), 2 wrong usage."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path

from handbook import commands, commands_pdf
from handbook.contribute.diff import add_diff
from handbook.contribute.verbs import add_verbs
from handbook.problems import ProblemsError, format_text
from handbook.usage import Layout, UsageError, typed

OK, PROBLEMS, USAGE = 0, 1, 2

Command = Callable[[Path, argparse.Namespace], int]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="handbook.py",
        description="The Nordic AI handbook: build it, check it, follow its languages.",
        epilog="example: python3 scripts/handbook.py build",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, help_: str, example: str, command: Command) -> argparse.ArgumentParser:
        sub = verbs.add_parser(
            name, help=help_, description=help_, epilog=f"example: {typed(example)}", formatter_class=Layout
        )
        sub.set_defaults(command=command)
        return sub

    build = verb("build", "the whole site and the PDF editions, into site/", "build --lang nb", commands.build)
    build.add_argument("--lang", metavar="CODE", help="one language only, into site-CODE/")
    build.add_argument("--no-pdf", action="store_true", help="leave the PDF editions out")

    serve = verb("serve", "live preview in the browser", "serve --lang nb", commands.serve)
    serve.add_argument("--lang", metavar="CODE", help="one language only, much faster")
    serve.add_argument("--port", type=int, default=8000, help="port on this machine (default: 8000)")

    check = verb("check", "every problem in all text and data at once", "check --format github", commands.check)
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to print them")
    check.add_argument("files", nargs="*", metavar="FILE", help="only problems in these files and folders")

    commands_pdf.add_arguments(verb("pdf", commands_pdf.HELP, commands_pdf.EXAMPLE, commands_pdf.pdf))

    translations = verb(
        "translations",
        "what is behind or in conflict, where and since when",
        "translations",
        commands.translations,
    )
    translations.add_argument("--lang", metavar="CODE", help="one language only")
    translations.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")

    add_diff(translations)
    add_verbs(verb)

    test = verb("test", "everything that tests the project", "test --quick", commands.test)
    test.add_argument("--quick", action="store_true", help="only the part that takes seconds")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status. Never ends in a traceback for bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without our letters shows their numbers
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    root = find_root()
    if root is None:
        print("no docs/data here: run the command in the project's folder", file=sys.stderr)
        return USAGE
    try:
        command: Command = options.command
        status = command(root, options)
        sys.stdout.flush()
        return status
    except ProblemsError as error:
        print(format_text(error.problems), file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'' if count == 1 else 's'}; nothing was changed", file=sys.stderr)
        return PROBLEMS
    except UsageError as error:
        print(error, file=sys.stderr)
        return USAGE
    except BrokenPipeError:  # whoever read our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


def find_root() -> Path | None:
    """Return the project's folder: this one or the nearest above that holds ``docs/data``."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / "docs" / "data").is_dir()), None)
