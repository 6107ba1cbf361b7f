"""``python -m handbook VERB``: what ``scripts/handbook.py`` hands over to."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Not above: a second process, as `check` has one, reads this file too and needs nothing of the command line.
    from handbook.cli import main

    sys.exit(main())
