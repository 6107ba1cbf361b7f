"""The verb ``new language``: everything that a further edition needs, so that it builds at once.

Until its texts are written, each page shows another language's, with a notice. No code changes.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from functools import partial
from pathlib import Path

from handbook.contribute.ask import Questions, StoppedError, clean
from handbook.contribute.edits import with_eu_code, with_locale
from handbook.contribute.files import Plan, WriteError, with_entry, write, yaml_text
from handbook.data import DATA, Data
from handbook.load import load
from handbook.model import Language
from handbook.navigation import CONFIG
from handbook.problems import ProblemsError
from handbook.usage import UsageError
from handbook.yaml_reader import parse, read_text

STOPPED = 130
FIELDS = {
    "code": "Code of the language: its folder, and the first part of its addresses (two or three letters, as in fo)",
    "name": "Its name, in itself (Føroyskt)",
    "locale": "Its locale, for dates, sorting and hyphenation (fo-FO)",
    "alphabet": "Its alphabet: all small letters in order, without spaces",
    "copy": "Which language are the interface's words copied from, to be translated",
}
"""What is asked for, in this order, unless an option gives it."""

ENGLISH = {
    "ask.required": "Something has to stand here.",
    "ask.text_wrong": "It can't stand like this: {reason}",
    "ask.enter": "Enter: {value}",
}
FORMS = {"code": r"[a-z]{2,3}", "locale": r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "eu_code": r"[A-Z]{3}"}
SPELLING = r"(hunspell|voikko|bin):[A-Za-z_]+"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to the command line."""
    for name, said in FIELDS.items():
        parser.add_argument("--from" if name == "copy" else f"--{name}", dest=name, metavar="TEXT", help=said)
    parser.add_argument(
        "--spelling", metavar="ENGINE:NAME", action="append", help="a dictionary (hunspell:fo_FO); may be given again"
    )
    parser.add_argument("--eu-code", metavar="CODE", help="its code in the EU's list of languages (FAO), for dcat.ttl")


def new_language(root: Path, options: argparse.Namespace) -> int:
    """Make a new edition of options and answers."""
    data = load(root)
    if data.problems:
        raise ProblemsError(data.problems)
    lacking = [name for name in FIELDS if not getattr(options, name)]
    if lacking and not sys.stdin.isatty():
        named = " ".join("--from" if name == "copy" else f"--{name}" for name in lacking)
        raise UsageError(f"no terminal to ask in, and these options are missing: {named}")
    questions = Questions(ENGLISH, input, print)
    try:
        for name, said in FIELDS.items():
            given = clean(getattr(options, name) or "")
            wrong = problem(data, name, given) if given else None
            if wrong:
                raise UsageError(f"--{'from' if name == 'copy' else name}: {wrong}")
            value = given or questions.text(said, check=partial(problem, data, name))
            setattr(options, name, value)
        plan = make_plan(data, _language(options), options.copy, options.eu_code)
        write(plan)
    except (StoppedError, KeyboardInterrupt):
        print("\nstopped; nothing was written", file=sys.stderr)
        return STOPPED
    except WriteError as error:
        raise UsageError(f"{error}; nothing was written") from None
    for path in plan.paths():
        print(f"  {path.relative_to(root).as_posix()}")
    print(f"next: translate {DATA}/strings/{options.code}.yml; write the first page as docs/{options.code}/index.md")
    return 0


def problem(data: Data, name: str, text: str) -> str | None:
    """Tell what is wrong with a value, or None."""
    form = FORMS.get(name)
    if form and not re.fullmatch(form, text):
        return f"'{text}' is not of the form {form}"
    if name == "code" and ((data.root / "docs" / text).exists() or text in data.codes):
        return f"'{text}' is taken"
    if name == "copy" and text not in data.codes:
        return f"'{text}' is none of the languages: {', '.join(data.codes)}"
    if name == "alphabet" and (len(set(text)) != len(text) or not text.isalpha() or text != text.lower()):
        return "each small letter once, nothing else"
    return None


def _language(options: argparse.Namespace) -> Language:
    for engine in options.spelling or ():
        if not re.fullmatch(SPELLING, engine):
            raise UsageError(f"--spelling: '{engine}' is not of the form {SPELLING}")
    if options.eu_code and not re.fullmatch(FORMS["eu_code"], options.eu_code):
        raise UsageError(f"--eu-code: '{options.eu_code}' is not of the form {FORMS['eu_code']}")
    theme = None if theme_speaks(options.code) else options.copy
    return Language(
        code=options.code,
        name=options.name,
        locale=options.locale,
        alphabet=options.alphabet,
        spelling=tuple(options.spelling or ()),
        theme=theme,
    )


def theme_speaks(code: str) -> bool:
    """Tell whether the theme has words in a language."""
    found = importlib.util.find_spec("material")
    folders = found.submodule_search_locations if found else None
    return any((Path(f) / "templates" / "partials" / "languages" / f"{code}.html").is_file() for f in folders or ())


def make_plan(data: Data, language: Language, copy: str, eu_code: str | None) -> Plan:
    """Return the files of a new edition.

    Args:
        data: of the handbook as it is.
        language: the new one.
        copy: the language whose interface words it begins with.
        eu_code: its code in the EU's list, or None.

    Raises:
        WriteError: a file is not of the form that allows an addition.
    """
    root, plan = data.root, Plan()
    strings = f"{DATA}/strings/{copy}.yml"
    plan.create[root / DATA / "strings" / f"{language.code}.yml"] = _strings(_read(root, strings), strings, language)
    words = "# Names and accepted terms that the dictionaries do not know: one a line, sorted.\n"
    plan.create[root / DATA / "words" / f"{language.code}.txt"] = words
    entry = language.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    languages = f"{DATA}/languages.yml"
    listed = _read(root, languages)
    plan.replace[root / languages] = (listed, with_entry(listed, languages, entry))
    config = _read(root, CONFIG)
    plan.replace[root / CONFIG] = (config, with_locale(config, language))
    if eu_code:
        file = f"{DATA}/handbook.yml"
        text = _read(root, file)
        plan.replace[root / file] = (text, with_eu_code(text, file, language.code, eu_code))
    return plan


def _read(root: Path, file: str) -> str:
    text, problems = read_text(root / file, file)
    if problems:
        raise ProblemsError(problems)
    return text


def _strings(text: str, file: str, language: Language) -> str:
    """Return the words to begin with: another language's, with the new one's name in them."""
    doc = parse(text, file)
    line = doc.lines.get(("pdf", "language_name"))
    rows = text.split("\n")
    if line:
        rows[line - 1] = "  " + yaml_text({"language_name": language.name}, block=True).strip()
    note = f"# To be translated: these are the words of docs/data/strings/{Path(file).name}."
    return "\n".join([note, *rows])
