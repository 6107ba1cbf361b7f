"""``python -m handbook VERB``: what ``scripts/handbook.py`` hands over to."""

from __future__ import annotations

import sys

from handbook.cli import main

if __name__ == "__main__":
    sys.exit(main())
