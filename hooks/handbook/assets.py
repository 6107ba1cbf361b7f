"""Brings third-party files from the locked npm packages into the site, with their licences."""

from __future__ import annotations

import shutil
from pathlib import Path

from handbook.problems import Problem, ProblemsError

FONTS = (
    ("source-sans-3", "Source Sans 3", (400, 600), ("normal", "italic")),
    ("source-serif-4", "Source Serif 4", (600,), ("normal",)),
)
"""Package, family, weights and styles that the site uses."""

RANGES = {
    "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122,"
    " U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
    "latin-ext": "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329,"
    " U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
}
"""Subset → characters, as the packages' own style sheets give them."""


def copy_assets(node_modules: Path, out: Path) -> None:
    """Copy the fonts and write their style sheet.

    Args:
        node_modules: where the npm packages are installed.
        out: the site's folder.

    Raises:
        ProblemsError: a package is missing.
    """
    folder = out / "assets" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    rules: list[str] = []
    for package, family, weights, styles in FONTS:
        base = node_modules / "@fontsource" / package
        if not base.is_dir():
            values = {"reason": f"the npm package @fontsource/{package} is not installed"}
            raise ProblemsError([Problem("build-failed", "package.json", values=values)])
        shutil.copyfile(base / "LICENSE", folder / f"{package}.LICENSE.txt")
        for weight in weights:
            for style in styles:
                rules.extend(_faces(base, folder, package, family, weight, style))
    (out / "assets" / "stylesheets" / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")


def _faces(base: Path, folder: Path, package: str, family: str, weight: int, style: str) -> list[str]:
    rules = []
    for subset, characters in RANGES.items():
        name = f"{package}-{subset}-{weight}-{style}.woff2"
        shutil.copyfile(base / "files" / name, folder / name)
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-style: {style}; font-weight: {weight}; font-display: swap;'
            f' src: url(../fonts/{name}) format("woff2"); unicode-range: {characters}; }}'
        )
    return rules
