"""A second process that does a part of a check: a check takes long enough to keep two cores busy."""

from __future__ import annotations

import gc
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType

from handbook import index as indexing
from handbook.index import Index
from handbook.language.checks import words_of
from handbook.load import load
from handbook.problems import Problem
from handbook.rendering import render_language
from handbook.text.render import Renderer, markdown_settings
from handbook.text.structure import PageShape


@dataclass(frozen=True)
class Second:
    """What the second process found.

    Attributes:
        problems: in the words of all languages, and in the pages that it rendered.
        notes: what could not be checked, and how to change that.
        shapes: language → path → shape, of the pages that it rendered.
    """

    problems: list[Problem]
    notes: list[str]
    shapes: dict[str, dict[str, PageShape]]


def second_part(index: Index, renderer: Renderer, codes: tuple[str, ...], *, dictionaries: bool) -> Second:
    """Check the words of every text, and render the pages of some languages."""
    problems: list[Problem] = []
    with ThreadPoolExecutor(1) as pool:
        # The dictionaries are programs of their own: while they look words up, pages can be rendered.
        words = pool.submit(words_of, index, dictionaries=dictionaries)
        shapes = {code: render_language(index, renderer, code, problems) for code in codes}
        misspelt, notes = words.result()
    return Second([*problems, *misspelt], notes, shapes)


def second_codes(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the languages that the second process renders.

    With all words to look up, two of five make its part about as long as the caller's.
    """
    return tuple(codes[-max(1, len(codes) * 2 // 5) :]) if len(codes) > 1 else ()


def _work(answer: Connection, root: Path) -> None:
    """Do the second part in a process that has nothing but the project's folder; answer None where it can't."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    gc.disable()  # it lives for seconds
    try:
        index = indexing.build(load(root))
        renderer = Renderer(markdown_settings(root))
        codes = second_codes(index.data.codes)
        answer.send(second_part(index, renderer, codes, dictionaries=True))
    except Exception:  # the caller does it again, and says what is wrong
        answer.send(None)


class SecondProcess:
    """Does `second_part` beside the caller's own work, reading the handbook for itself.

    Without dictionaries there is too little to do for a process, and `result` does it itself; so it does where no
    second process can be had.
    """

    def __init__(self, root: Path, *, dictionaries: bool) -> None:
        self.dictionaries = dictionaries
        # "spawn" is the one way that all systems have.
        context = get_context("spawn")
        self._answer, self._sender = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(self._sender, root), daemon=True) if dictionaries else None

    def __enter__(self) -> SecondProcess:
        if self._process is not None:
            self._process.start()
        self._sender.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._answer.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join()

    def codes(self, index: Index) -> tuple[str, ...]:
        """Return the languages that it renders."""
        return second_codes(index.data.codes) if self.dictionaries else ()

    def result(self, index: Index, renderer: Renderer) -> Second:
        """Return what was found; waits for it."""
        found: Second | None = None
        if self._process is not None:
            with suppress(EOFError, OSError):
                found = self._answer.recv()
        return found or second_part(index, renderer, self.codes(index), dictionaries=self.dictionaries)
