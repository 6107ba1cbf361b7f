"""A place to build in, and the one step that puts what was built in its place.

Whatever ends a build - a problem, Ctrl-C, a full disk, the machine - the last good site stays whole: everything is
made elsewhere, and old and new change places at once. What an ended build left lying about, the next one clears away.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from handbook.problems import Problem, ProblemsError

WAIT_AT_MOST = 30 * 60
"""Seconds for another build to end."""

_AT_CWD = -100
_EXCHANGE = 2


@dataclass(frozen=True)
class Workshop:
    """Where a build works.

    Attributes:
        folder: for what is made.
        kept: file descriptors that the processes a build starts must keep open: they hold its lock.
    """

    folder: Path
    kept: tuple[int, ...]


@contextmanager
def workshop(root: Path) -> Iterator[Workshop]:
    """A folder for one build, on the file system of the site; gone afterwards, whatever happens.

    One build at a time: a second one says that it waits, and waits. The lock belongs to this process and to those it
    starts, so that what a killed build has started ends before the next one begins.

    Raises:
        ProblemsError: another build has not ended for too long.
        OSError: the folder can't be made.
    """
    base = root / ".handbook"
    work = base / "work"
    work.mkdir(parents=True, exist_ok=True)
    with _locked(base / "build.lock") as handle:
        for left in work.iterdir():
            remove(left)
        folder = Path(tempfile.mkdtemp(dir=work))
        try:
            # Windows lets no process inherit single descriptors; there the lock is the build's own.
            yield Workshop(folder, () if sys.platform == "win32" else (handle,))
        finally:
            remove(folder)


def remove(path: Path) -> None:
    """Remove a file or a folder as far as that can be done."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def recover(target: Path) -> None:
    """Put the last site back where a build ended between its two renames; see `put_in_place`."""
    old = _aside(target)
    if old.exists() and not target.exists():
        old.rename(target)
    remove(old)


def put_in_place(fresh: Path, target: Path) -> None:
    """Put the folder `fresh` where `target` is.

    At every moment `target` is the old or the new one, where the system can exchange two folders. Elsewhere there is
    none between two renames; should the build end just there, `recover` brings the old one back.

    Raises:
        OSError: it can't be done; the old one stands.
    """
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        old = _aside(target)
        remove(old)
        target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            old.rename(target)
            raise
        remove(old)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; tell whether the system could."""
    if sys.platform != "linux":
        return False
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(call(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(other), _EXCHANGE) == 0)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Hold a lock that the system lets go of when the processes that have it end, however they end."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        end, waiting = time.monotonic() + WAIT_AT_MOST, False
        while not _try_lock(handle):
            if not waiting:
                print("another build is running here; waiting for it to end", file=sys.stderr, flush=True)
                waiting = True
            if time.monotonic() > end:
                reason = "another build has been running here for too long; end it and try again"
                raise ProblemsError([Problem("build-failed", ".handbook/build.lock", values={"reason": reason})])
            time.sleep(0.1)
        yield handle
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  only there

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  not there

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:  # a file system without locks counts as not locked
        return error.errno != errno.EDEADLK
    return True
