"""Asks veraPDF for its verdict on the PDFs, before a release.

    python3 scripts/verapdf.py                      # site/pdf/*.pdf
    python3 scripts/verapdf.py sak.pdf other.pdf

Every build is checked by page-validation, which needs no Java; veraPDF is the reference. It is found in VERAPDF, which
names its command or the jars of its library (separated as in a class path, * allowed), else on the path as `verapdf`.
Exit status: 0 all conform, 1 some don't, 2 no veraPDF or no PDF.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROFILES = {"PDF/UA-1": "ua1", "PDF/A-2a": "2a"}
HELPER = Path(__file__).with_name("VeraPdfCheck.java")


def find_command() -> list[str] | None:
    """The command line to which profile and files are added, or ``None`` where there is no veraPDF."""
    named = os.environ.get("VERAPDF") or shutil.which("verapdf")
    if not named:
        return None
    parts = [found for part in map(Path, named.split(os.pathsep)) for found in sorted(part.parent.glob(part.name))]
    if parts and all(part.suffix == ".jar" for part in parts):
        java = shutil.which("java")
        return [java, "-cp", os.pathsep.join(map(str, parts)), str(HELPER)] if java else None
    return [named, "--format", "text", "--flavour"]


def verdict(command: list[str], profile: str, pdf: Path) -> tuple[bool, list[str]]:
    """Whether ``pdf`` conforms, and what veraPDF says where it doesn't."""
    done = subprocess.run([*command, profile, str(pdf)], capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    if any(line.startswith("PASS") for line in lines):
        return True, []
    return False, lines or done.stderr.strip().splitlines()[-3:]


def main(names: list[str]) -> int:
    """Print a verdict for each file and profile."""
    command = find_command()
    if command is None:
        print("no veraPDF: name it in VERAPDF, or put `verapdf` on the path", file=sys.stderr)
        return 2
    pdfs = [Path(name) for name in names] or sorted(Path("site/pdf").glob("*.pdf"))
    if not pdfs or not all(pdf.is_file() for pdf in pdfs):
        missing = [str(pdf) for pdf in pdfs if not pdf.is_file()]
        print(f"no such file: {', '.join(missing)}" if missing else "no PDF in site/pdf: build first", file=sys.stderr)
        return 2
    sound = True
    for pdf in pdfs:
        for name, profile in PROFILES.items():
            conforms, told = verdict(command, profile, pdf)
            sound &= conforms
            print(f"{pdf}: {name} {'conforms' if conforms else 'FAILS'}")
            for line in told:
                print(f"    {line.strip()}")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
