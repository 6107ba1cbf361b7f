"""Everything that is checked of the words themselves: spelling, terms, and text left in another language."""

from __future__ import annotations

from handbook.index import Index
from handbook.language.foreign import placeholders, untranslated
from handbook.language.spelling import spelling
from handbook.language.terms import terms
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
