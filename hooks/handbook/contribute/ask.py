"""Asks questions in a terminal, in the words of the contributor's language, until the answers will do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from handbook.yaml_reader import decode

Check = Callable[[str], str | None]
"""Tells what is wrong with an answer, or None."""


class StoppedError(Exception):
    """The contributor ended the questions."""


def clean(text: str) -> str:
    """Return an answer as it is kept: trimmed, letters and their accents in one."""
    return unicodedata.normalize("NFC", text.strip())


class Questions:
    """A conversation.

    Attributes:
        words: the interface's words, those below ``ask``.
    """

    def __init__(self, words: Mapping[str, str], read: Callable[[str], str], say: Callable[[str], None]) -> None:
        self.words = words
        self._read = read
        self.say = say

    def word(self, key: str, **values: object) -> str:
        """Return one of the words below ``ask``, filled in."""
        text = self.words.get(f"ask.{key}", key)
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def read(self, prompt: str) -> str:
        """Read a line.

        Raises:
            StoppedError: the input ended.
        """
        try:
            return clean(self._read(prompt))
        except EOFError:
            raise StoppedError from None

    def text(self, question: str, *, default: str = "", required: bool = True, check: Check | None = None) -> str:
        """Ask for a line of text."""
        shown = f" [{self.word('enter', value=default)}]" if default else ""
        while True:
            answer = self.read(f"\n{question}{shown}\n> ") or default
            wrong = self.wrong(answer, required=required, check=check)
            if wrong is None:
                return answer
            self.say(wrong)

    def wrong(self, answer: str, *, required: bool = True, check: Check | None = None) -> str | None:
        """Return what is wrong with an answer, or None."""
        if not answer:
            return self.word("required") if required else None
        problems = decode(answer.encode("utf-8", "surrogateescape"), "")[1]
        if problems:
            return self.word("text_wrong", reason=problems[0].message)
        return check(answer) if check else None

    def lines(self, question: str, *, check: Check | None = None) -> tuple[str, ...]:
        """Ask for lines of text, up to an empty one; at least one."""
        self.say(f"\n{question}")
        found: list[str] = []
        while True:
            answer = self.read("> ")
            if not answer and found:
                return tuple(found)
            wrong = self.wrong(answer, check=check)
            if wrong is None:
                found.append(answer)
            else:
                self.say(wrong)

    def one(self, question: str, choices: Sequence[tuple[str, str]]) -> str:
        """Ask for one of numbered choices, each a code and its label; return the code."""
        return self.many(question, choices, at_most_one=True)[0]

    def many(self, question: str, choices: Sequence[tuple[str, str]], *, at_most_one: bool = False) -> tuple[str, ...]:
        """Ask for any of numbered choices; none is allowed unless it is to be one."""
        self.say(f"\n{question}")
        for number, (_, label) in enumerate(choices, 1):
            self.say(f"  {number:2}  {label}")
        while True:
            answer = self.read(f"{self.word('choose' if at_most_one else 'choose_many')}: ")
            whole = _chosen(answer, choices)  # a label may have several words
            chosen = [whole] if whole else [_chosen(part, choices) for part in answer.replace(",", " ").split()]
            fits = len(chosen) == 1 if at_most_one else True
            if fits and None not in chosen:
                return tuple(dict.fromkeys(code for code in chosen if code))
            self.say(self.word("number", count=len(choices)))

    def yes(self, question: str, *, default: bool | None = None) -> bool:
        """Ask for yes or no; the first letter will do."""
        words = {self.word("yes"): True, self.word("no"): False}
        shown = "/".join(words)
        usual = next((word for word, value in words.items() if value is default), "")
        enter = f" [{self.word('enter', value=usual)}]" if usual else ""
        while True:
            answer = self.read(f"\n{question} ({shown}){enter} ").casefold() or usual
            for word, value in words.items():
                if answer and (word.casefold().startswith(answer) or answer == word.casefold()):
                    return value
            self.say(self.word("yes_or_no", yes=self.word("yes"), no=self.word("no")))


def _chosen(part: str, choices: Sequence[tuple[str, str]]) -> str | None:
    """Return the code that an answer names, by its number, its label or itself."""
    if part.isascii() and part.isdigit() and 1 <= int(part) <= len(choices):
        return choices[int(part) - 1][0]
    return next((code for code, label in choices if part.casefold() in {code.casefold(), label.casefold()}), None)
