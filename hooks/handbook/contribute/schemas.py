"""The verb ``schemas``: writes the JSON Schemas of the repository anew."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbook.load import load
from handbook.publish.schemas import FOLDER, write_schemas


def schemas(root: Path, options: argparse.Namespace) -> int:
    """Write what the models and the vocabularies give; say what changed."""
    del options
    changed = write_schemas(root, load(root).vocabularies)
    for name in changed:
        print(f"{FOLDER}/{name}")
    print(f"{len(changed)} schema{'' if len(changed) == 1 else 's'} changed")
    return 0
