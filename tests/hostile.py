"""What the tests of reliability have in common: breaking a handbook, and a checker that can't hang the tests."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WATCHDOG = 10.0
"""Seconds after which a check is ended and has failed; an ordinary one of the small handbook takes a tenth of one."""

MEMORY = 2 << 30
"""Bytes of address space that a check may take."""

PAGE = "docs/sv/laws.md"
HEAD = "---\nauthority: draft\n---\n\n# Lagar { #p-laws rev=2sv }\n\n"
"""A page whose text differs from the other languages' at no equal revision; what a case puts there begins at line 7."""

Operation = Callable[..., None]


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")


def _page(file: Path, text: str) -> None:
    _write(file, HEAD + text + "\n")


def _append(file: Path, text: str) -> None:
    _write(file, file.read_text(encoding="utf-8") + text)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"the case does not fit {file.name} any more"
    _write(file, text.replace(old, new, 1))


def _bytes(file: Path, digits: str) -> None:
    file.write_bytes(bytes.fromhex(digits))


def _before(file: Path, digits: str) -> None:
    file.write_bytes(bytes.fromhex(digits) + file.read_bytes())


def _swap(file: Path, old: str, new: str) -> None:
    """Exchange bytes everywhere, both given as hexadecimal digits."""
    raw = file.read_bytes()
    assert bytes.fromhex(old) in raw
    file.write_bytes(raw.replace(bytes.fromhex(old), bytes.fromhex(new)))


def _encode(file: Path, codec: str) -> None:
    file.write_bytes(file.read_text(encoding="utf-8").encode(codec, errors="replace"))


def _truncate(file: Path, size: int) -> None:
    raw = file.read_bytes()
    assert size < len(raw)
    file.write_bytes(raw[:size])


def _repeat(file: Path, unit: str, times: int, before: str = "", after: str = "") -> None:
    _write(file, before + unit * times + after)


def _repeat_in_page(file: Path, unit: str, times: int, before: str = "", after: str = "") -> None:
    _repeat(file, unit, times, HEAD + before, after + "\n")


def _numbered(file: Path, pattern: str, times: int, before: str = "") -> None:
    """Write `pattern` again and again, each time with its number in the place of ``#``."""
    _write(file, before + "".join(pattern.replace("#", str(number)) for number in range(times)))


def _numbered_in_page(file: Path, pattern: str, times: int) -> None:
    _numbered(file, pattern, times, HEAD)


def _replace_by_many(file: Path, old: str, before: str, unit: str, times: int, after: str = "") -> None:
    _replace(file, old, before + unit * times + after)


def _staircase(file: Path, text: str, levels: int) -> None:
    _page(file, "\n".join("    " * level + text for level in range(levels)))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _link(path: Path, target: str) -> None:
    if path.exists():
        _remove(path)
    path.symlink_to(target)


def _folder(path: Path) -> None:
    if path.exists():
        _remove(path)
    path.mkdir(parents=True)


def _pipe(path: Path) -> None:
    if path.exists():
        _remove(path)
    os.mkfifo(path)


def _name_of_bytes(folder: Path, digits: str) -> None:
    """Make a page with a name that is not UTF-8."""
    name = os.fsdecode(bytes.fromhex(digits) + b".md")
    (folder / name).write_text(HEAD, encoding="utf-8")


OPERATIONS: dict[str, Operation] = {
    "write": _write,
    "page": _page,
    "append": _append,
    "replace": _replace,
    "bytes": _bytes,
    "before": _before,
    "swap": _swap,
    "encode": _encode,
    "truncate": _truncate,
    "repeat": _repeat,
    "repeat-in-page": _repeat_in_page,
    "numbered": _numbered,
    "numbered-in-page": _numbered_in_page,
    "replace-by-many": _replace_by_many,
    "staircase": _staircase,
    "remove": _remove,
    "link": _link,
    "folder": _folder,
    "pipe": _pipe,
    "name-of-bytes": _name_of_bytes,
}


def break_handbook(root: Path, steps: list[list[Any]]) -> None:
    """Do what a case says: each step is an operation, a file below `root`, and what the operation takes."""
    for operation, file, *rest in steps:
        OPERATIONS[operation](root / file, *rest)


@dataclass(frozen=True)
class Result:
    """What a check said: the places and codes of problems, and the same in words."""

    found: list[tuple[str, int, str]]
    problems: list[dict[str, Any]]
    text: str

    @property
    def codes(self) -> set[str]:
        return {code for _, _, code in self.found}


class Checker:
    """Checks handbooks in a process of its own, so that one which hangs, or eats all memory, fails and is ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def check(self, root: Path) -> Result:
        """Check the handbook at `root`.

        Raises:
            AssertionError: the check raised, or took longer than `WATCHDOG` seconds.
        """
        answer = self._ask(str(root))
        assert "traceback" not in answer, answer["traceback"]
        problems = answer["problems"]
        found = [(p["file"], p["line"], p["code"]) for p in problems]
        return Result(found, problems, answer["text"])

    def _ask(self, root: str) -> dict[str, Any]:
        process = self._process or self._start()
        assert process.stdin is not None
        process.stdin.write(json.dumps(root) + "\n")
        process.stdin.flush()
        try:
            answer: dict[str, Any] = json.loads(self._answers.get(timeout=WATCHDOG))
        except queue.Empty:
            self.close()
            raise AssertionError(f"the check took longer than {WATCHDOG} s, or its process ended") from None
        return answer

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._process, self._answers = process, queue.Queue()
        threading.Thread(target=_pass_on, args=(process, self._answers), daemon=True).start()
        self._answers.get(timeout=60)  # its imports are not the check's time
        return process

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _pass_on(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        answers.put(line)


@contextlib.contextmanager
def a_checker() -> Iterator[Checker]:
    """Give a checker, and end its process afterwards."""
    checker = Checker()
    try:
        yield checker
    finally:
        checker.close()


def _serve() -> None:
    """Check one handbook after another: a path a line in, an answer a line out."""
    from handbook.check import check  # noqa: PLC0415  only in the process that checks
    from handbook.problems import format_github, format_text  # noqa: PLC0415

    with contextlib.suppress(ImportError, ValueError):
        import resource  # noqa: PLC0415  not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            problems = check(Path(json.loads(line)), dictionaries=False).problems
            format_github(problems)
            answer: dict[str, Any] = {"problems": [p.as_dict() for p in problems], "text": format_text(problems)}
        except BaseException:
            answer = {"traceback": traceback.format_exc(limit=-12)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _serve()
