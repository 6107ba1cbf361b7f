"""Finds the glossary's terms in running text: whole words, in the forms that the termbase and the rules give.

Cautious on purpose: what may be part of a longer word or of a proper name is passed over. A term that is missed here
stands somewhere else; a wrong explanation misleads.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from handbook.data import Data
from handbook.model import Term

_TOKEN = re.compile(r"§|\w+(?:[-’':]\w+)*")
_IN_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_ENDING_MARKS = re.compile(r"[:’']")
_GLUE = frozenset("-/@_\u2011\x02\x03")
"""What joins words, and the marks that Python-Markdown puts around raw HTML."""

_SENTENCE_END = re.compile(r"(?:^|[.!?…:–—(«»”“\"])[\s«»”“\"(]*\Z")


@dataclass(frozen=True)
class Found:
    """A term in a text, from `start` up to but without `end`."""

    start: int
    end: int
    term: str


def glossary_finder(data: Data, lang: str, wanted: Container[str] | None = None) -> TermFinder:
    """Return what finds the glossary's terms in texts of `lang`; only those `wanted`, if that is said."""
    terms = [unit for unit in data.of_kind("T") if isinstance(unit, Term) and unit.glossary]
    inflection = next(language.inflection for language in data.languages if language.code == lang)
    return TermFinder([term for term in terms if wanted is None or term.id in wanted], lang, inflection)


@dataclass(frozen=True)
class _Pattern:
    """One form of a term: per word the spellings it may have, and what stands between the words."""

    term: str
    words: tuple[frozenset[str], ...]
    gaps: tuple[str, ...]
    exact: bool
    capital: bool


class TermFinder:
    """Finds terms of one language."""

    def __init__(self, terms: Iterable[Term], lang: str, inflection: Mapping[str, Sequence[str]]) -> None:
        """Work out what to look for.

        Args:
            terms: the terms to find.
            lang: the language of the texts.
            inflection: how the language's words end: the end of a listed form → what may stand instead of it. The
                empty end stands for every form; what stands for it is added.
        """
        self._first: dict[str, list[_Pattern]] = {}
        for term in terms:
            barred = frozenset(word.casefold() for word in term.lookalikes.get(lang, ()))
            for pattern in _patterns(term, lang, inflection):
                for word in pattern.words[0] - barred:
                    self._first.setdefault(word, []).append(pattern)

    def find(self, text: str, *, sentence: bool = True) -> Iterator[Found]:
        """Yield the terms of a text from left to right, the longest where several begin at one word.

        Args:
            text: plain text.
            sentence: whether the text begins a sentence.
        """
        tokens = list(_TOKEN.finditer(text))
        position = 0
        while position < len(tokens):
            found = self._at(text, tokens, position, sentence)
            if found is None:
                position += 1
                continue
            pattern, length = found
            yield Found(tokens[position].start(), tokens[position + length - 1].end(), pattern.term)
            position += length

    def _at(self, text: str, tokens: list[re.Match[str]], position: int, sentence: bool) -> tuple[_Pattern, int] | None:
        word = tokens[position][0]
        keys = {word.casefold(), word, _ENDING_MARKS.split(word)[0]}
        candidates = [pattern for key in keys for pattern in self._first.get(key, ())]
        for pattern in sorted(candidates, key=lambda p: -len(p.words)):
            length = len(pattern.words)
            chosen = tokens[position : position + length]
            if len(chosen) == length and _fits(pattern, text, chosen):
                before = tokens[position - 1] if position else None
                after = tokens[position + length] if position + length < len(tokens) else None
                if not _in_a_name(pattern, text, (before, chosen, after), sentence):
                    return pattern, length
        return None


def _fits(pattern: _Pattern, text: str, tokens: list[re.Match[str]]) -> bool:
    for token, spellings in zip(tokens, pattern.words, strict=True):
        written = _ENDING_MARKS.split(token[0])[0] if pattern.exact else token[0].casefold()
        if written not in spellings and not (pattern.exact and token[0] in spellings):
            return False
    return _gaps(text, tokens) == pattern.gaps and not _glued(text, tokens[0].start(), tokens[-1].end())


def _gaps(text: str, tokens: list[re.Match[str]]) -> tuple[str, ...]:
    """What stands between words: punctuation, or a space for any white space."""
    return tuple(" ".join(text[one.end() : other.start()].split()) or " " for one, other in pairwise(tokens))


def _glued(text: str, start: int, end: int) -> bool:
    """Whether something stands right before or after that makes it part of a longer word, a path or an address."""
    before, behind = text[max(start - 1, 0) : start], text[end : end + 1]
    if before == "." or (behind == "." and text[end + 1 : end + 2].isalnum()):
        return True
    return bool({before, behind} & _GLUE)


def _in_a_name(
    pattern: _Pattern,
    text: str,
    tokens: tuple[re.Match[str] | None, list[re.Match[str]], re.Match[str] | None],
    sentence: bool,
) -> bool:
    """Whether capitals around or in it tell that it is part of a proper name."""
    before, chosen, after = tokens
    if not (pattern.exact or pattern.capital) and any(_capital(token[0]) for token in chosen):
        inner = any(_capital(token[0]) for token in chosen[1:])
        if inner or not _begins_sentence(text, chosen[0].start(), sentence):
            return True
    if after is not None and _capital(after[0]) and text[chosen[-1].end() : after.start()] == " ":
        return True
    return (
        before is not None
        and _capital(before[0])
        and text[before.end() : chosen[0].start()] == " "
        and not _begins_sentence(text, before.start(), sentence)
    )


def _begins_sentence(text: str, position: int, sentence: bool) -> bool:
    lead = text[:position]
    return sentence if not lead.strip() else bool(_SENTENCE_END.search(lead))


def _capital(word: str) -> bool:
    return word[:1].isupper()


def _patterns(term: Term, lang: str, inflection: Mapping[str, Sequence[str]]) -> Iterator[_Pattern]:
    for name in dict.fromkeys((term.names.get(lang, ""), *term.forms.get(lang, {}).values())):
        yield from _pattern(term.id, name, inflection, exact=False)
    if lang in term.abbr:
        yield from _pattern(term.id, term.abbr[lang], {}, exact=True)


def _pattern(term: str, name: str, inflection: Mapping[str, Sequence[str]], *, exact: bool) -> Iterator[_Pattern]:
    bare = _IN_PARENTHESES.sub("", name)
    tokens = list(_TOKEN.finditer(bare))
    if not tokens:
        return
    words = tuple(
        frozenset({token[0]}) if exact else frozenset(inflected(token[0].casefold(), inflection)) for token in tokens
    )
    yield _Pattern(term, words, _gaps(bare, tokens), exact, any(_capital(token[0]) for token in tokens))


def inflected(word: str, inflection: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield a word and what the rules make of it."""
    yield word
    for end, endings in inflection.items():
        if word.endswith(end) and len(word) > len(end) + 1:
            stem = word[: len(word) - len(end)]
            yield from (stem + ending for ending in endings)
