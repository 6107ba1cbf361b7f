"""Everything that is checked of the words themselves: spelling, terms, and text left in another language."""

from __future__ import annotations

from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType

from handbook import index as indexing
from handbook.index import Index
from handbook.language.foreign import placeholders, untranslated
from handbook.language.spelling import spelling
from handbook.language.terms import terms
from handbook.load import load
from handbook.problems import Problem

Found = tuple[list[Problem], list[str]]
"""The problems, and what could not be checked with how to change that."""


def words_of(index: Index, *, dictionaries: bool) -> Found:
    """Check the words of every text.

    Args:
        index: all texts.
        dictionaries: also the spelling, which needs dictionaries on the system.
    """
    problems = [*terms(index), *untranslated(index), *placeholders(index)]
    if not dictionaries:
        return problems, []
    misspelt, notes = spelling(index)
    return [*problems, *misspelt], notes


def _words_at(root: Path) -> Found:
    return words_of(indexing.build(load(root)), dictionaries=True)


class WordChecks:
    """Checks the words beside the rendering, in a process of its own: the two take about the same time.

    Without dictionaries there is too little to do for a process, and `result` does it itself.
    """

    def __init__(self, index: Index, *, dictionaries: bool) -> None:
        self.index = index
        self.dictionaries = dictionaries
        self._pool: ProcessPoolExecutor | None = None
        self._future: Future[Found] | None = None

    def __enter__(self) -> WordChecks:
        if self.dictionaries:
            # "spawn" is the one way that all systems have; the process reads the handbook itself.
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            self._future = self._pool.submit(_words_at, self.index.data.root)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def result(self) -> Found:
        """Return what was found; waits for it."""
        return self._future.result() if self._future else words_of(self.index, dictionaries=False)
