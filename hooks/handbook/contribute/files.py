"""Writes several files, all or none, and never over one that is there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from handbook.yaml_reader import parse


class WriteError(Exception):
    """The files can't be written; nothing was changed. The message says why."""


@dataclass
class Plan:
    """What to write.

    Attributes:
        create: new file → its text.
        replace: file that is there → the text it had when it was read, and the new one.
    """

    create: dict[Path, str] = field(default_factory=dict)
    replace: dict[Path, tuple[str, str]] = field(default_factory=dict)

    def paths(self) -> list[Path]:
        """Return all files, new ones first."""
        return [*self.create, *self.replace]


def write(plan: Plan) -> None:
    """Carry a plan out: everything, or nothing at all.

    Raises:
        WriteError: a new file is there already, a file was changed meanwhile, or the disk says no.
    """
    for path in plan.create:
        if path.exists() or path.is_symlink():
            raise WriteError(f"{path} is there already")
    made: list[Path] = []
    fresh: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        texts = plan.create | {path: new for path, (_, new) in plan.replace.items()}
        for path, text in texts.items():
            made.extend(_make_folders(path.parent))
            fresh[path] = _beside(path, text)
        for path in plan.create:
            _put_new(fresh[path], path)
            done.append(path)
        for path, (old, _) in plan.replace.items():
            if path.read_text(encoding="utf-8") != old:
                raise WriteError(f"{path} was changed meanwhile")
            done.append(path)
            fresh[path].replace(path)
    except BaseException as error:
        _undo(plan, done, [*fresh.values()], made)
        if isinstance(error, OSError):
            raise WriteError(f"{error.filename or 'a file'}: {error.strerror or error}") from error
        raise


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it that lack; return the ones made."""
    lacking = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return lacking


def _beside(path: Path, text: str) -> Path:
    """Write `text` to a file in the folder of `path`, under a name of its own."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    Path(name).chmod(mode)
    return Path(name)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _put_new(fresh: Path, path: Path) -> None:
    """Give a written file its name, unless somebody has taken it."""
    try:
        os.link(fresh, path)
        fresh.unlink()
    except FileExistsError:
        raise WriteError(f"{path} is there already") from None
    except OSError:  # a file system without links
        if path.exists():
            raise WriteError(f"{path} is there already") from None
        fresh.rename(path)


def _undo(plan: Plan, done: list[Path], fresh: list[Path], made: list[Path]) -> None:
    for path in fresh:
        with suppress(OSError):
            path.unlink()
    for path in done:
        with suppress(OSError):
            if path in plan.create:
                path.unlink()
            else:
                path.write_text(plan.replace[path][0], encoding="utf-8", newline="\n")
    for folder in made:
        with suppress(OSError):
            folder.rmdir()


class _Dumper(yaml.SafeDumper):
    """Writes every value out, also when it is the same twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def yaml_text(value: Mapping[str, Any] | list[Any], *, block: bool = False) -> str:
    """Return data as YAML in the style of our data: keys in the order given.

    Args:
        value: the data.
        block: every value on a line of its own; else small lists and objects stand on one line.
    """
    style = False if block else None
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=style, width=10_000)


def with_entry(text: str, file: str, entry: Mapping[str, Any]) -> str:
    """Return the text of a file that holds a list, with an entry more at its end.

    Raises:
        WriteError: the file is not of the form that allows it.
    """
    before = parse(text, file).value or []
    stem = text.rstrip("\n")
    if stem.endswith("[]") and not before:
        stem = stem.removesuffix("[]").rstrip("\n")
    after = (stem + "\n" if stem else "") + yaml_text([dict(entry)])
    if not isinstance(before, list) or parse(after, file).value != [*before, _as_read(entry)]:
        raise WriteError(f"{file}: can't add an entry to this file; add it by hand: {yaml_text(dict(entry))}")
    return after


def _as_read(value: Any) -> Any:
    """Return a value as our reader gives it."""
    return parse(yaml_text({"value": value}), "").value["value"]
