"""How a command ends when something outside it ends it: in one line, and without a traceback."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

PROBLEMS, INTERRUPTED, TERMINATED = 1, 128 + signal.SIGINT, 128 + signal.SIGTERM


class TerminatedError(BaseException):
    """The system or somebody asked the process to end; like `KeyboardInterrupt` it is no error to be handled."""


def gracefully(command: Callable[[], int]) -> int:
    """Run `command`; return its exit status, or that of what ended it.

    Ctrl-C and a request to end (SIGTERM) unwind the command, so that it clears up behind itself. A reader of the output
    that has gone, a full disk and other errors of the system are told in one line.
    """
    signal.signal(signal.SIGTERM, _terminated)
    try:
        status = command()
        sys.stdout.flush()
    except BrokenPipeError:  # who reads the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, TerminatedError) as ending:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        print("stopped", file=sys.stderr)
        return TERMINATED if isinstance(ending, TerminatedError) else INTERRUPTED
    except OSError as error:
        print(f"{error.filename or 'stopped'}: {error.strerror or error}", file=sys.stderr)
        return PROBLEMS
    return status


def _terminated(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise TerminatedError
