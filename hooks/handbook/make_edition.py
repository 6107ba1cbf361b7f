"""Makes one PDF edition: ``python -m handbook.make_edition ROOT LANG OUT``. Used by the build, one process each."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from handbook import index as indexing
from handbook.edition import make_book, pdf_problem
from handbook.load import load
from handbook.paths import Paths
from handbook.pdf import PdfError, write_pdf


def main(arguments: list[str]) -> int:
    """Make the edition; return 1 after a problem, which goes to standard error as one line of JSON."""
    root, lang, out = Path(arguments[0]), arguments[1], Path(arguments[2])
    paths = Paths(root)
    index = indexing.build(load(root))
    try:
        report = write_pdf(make_book(index, lang), out, cache=paths.cache / "fonts", node_modules=paths.node_modules)
    except PdfError as error:
        print(json.dumps(asdict(pdf_problem(error, lang))), file=sys.stderr)
        return 1
    print(f"{out.name}: {report.pages} pages, {report.size / 1e6:.1f} MB, {report.seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
