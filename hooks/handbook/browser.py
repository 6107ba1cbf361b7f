"""Finds a Chromium for what needs a real browser; installs one where none is to be found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "microsoft-edge-stable",
)
"""What a Chromium is called on the path, best first."""

MAC_PLACES = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
"""Where macOS has one, below an ``Applications`` folder."""

WINDOWS_PLACES = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
"""Where Windows has one, below a folder of programs."""

_INSTALL_AT_MOST = 900  # seconds


class BrowserNotFound(Exception):  # noqa: N818  its name is what it says
    """No Chromium is there and none could be installed; the text names the ways out."""


def find_chromium() -> Path:
    """Find a Chromium, or install one.

    In this order: the one named in ``CHROMIUM``; one on the path; one where the system
    keeps its programs; one that Playwright has fetched; with apt, when run as root;
    through Playwright.

    Returns:
        The program to start.

    Raises:
        BrowserNotFound: there is none and none could be installed, or the one named in
            ``CHROMIUM`` does not exist.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        return _named(named)
    found = _on_path() or _in_places(sys.platform, os.environ) or _from_playwright()
    if found is None and _may_use_apt():
        _say("Installing Chromium with apt …")
        _install_with_apt()
        found = _on_path()
    if found is None:
        _say("Fetching Chromium with Playwright …")
        _run([sys.executable, "-m", "playwright", "install", "chromium"])
        found = _from_playwright()
    if found is None:
        raise BrowserNotFound(
            "no Chromium was found and none could be installed. Three ways out:"
            " install Chromium, Chrome or Edge with your system's means;"
            " name the program of one in the variable CHROMIUM;"
            f" or run '{Path(sys.executable).name} -m playwright install chromium'"
            " in the environment where the network lets it."
        )
    return found


def _named(named: str) -> Path:
    program = shutil.which(named)
    if program is None:
        raise BrowserNotFound(f"CHROMIUM names {named!r}, which is no program: correct it or unset it.")
    return Path(program)


def _on_path() -> Path | None:
    programs = (shutil.which(name) for name in NAMES)
    return next((Path(program) for program in programs if program), None)


def _in_places(platform: str, environment: Mapping[str, str]) -> Path | None:
    return next((place for place in _places(platform, environment) if place.is_file()), None)


def _places(platform: str, environment: Mapping[str, str]) -> Iterator[Path]:
    if platform == "darwin":
        for base in (Path("/Applications"), Path(environment.get("HOME", "/")) / "Applications"):
            yield from (base / place for place in MAC_PLACES)
    elif platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if environment.get(variable):
                yield from (Path(environment[variable]) / place for place in WINDOWS_PLACES)


def _from_playwright() -> Path | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  heavy, and seldom needed

    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    return program if program.is_file() else None


def _may_use_apt() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install_with_apt() -> None:
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"]
    if not _run(install):  # the lists may be old or missing
        _run(["apt-get", "update", "--quiet"])
        _run(install)


def _run(command: Sequence[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_INSTALL_AT_MOST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
