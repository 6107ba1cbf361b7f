"""Where things are below the project's root."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """Where things are below the project's root."""

    root: Path

    @property
    def cache(self) -> Path:
        """What may be deleted at any time and is made again."""
        return self.root / ".handbook" / "cache"

    @property
    def node_modules(self) -> Path:
        """The installed npm packages."""
        named = os.environ.get("HANDBOOK_NODE_MODULES")
        if named:
            return Path(named)
        here = self.root / "node_modules"
        return here if here.is_dir() else self.root / ".handbook" / "node" / "node_modules"
