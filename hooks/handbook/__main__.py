"""``python -m handbook VERB``: what ``scripts/handbook.py`` hands over to."""

from __future__ import annotations

import sys

from handbook.ending import gracefully


def _main() -> int:
    from handbook.cli import main  # noqa: PLC0415  Ctrl-C may come while this loads

    return main()


if __name__ == "__main__":
    sys.exit(gracefully(_main))
