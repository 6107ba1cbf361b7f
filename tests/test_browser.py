"""Tests of where a Chromium is looked for, on made-up paths and without a network."""

import os
import stat
import sys
from pathlib import Path

import pytest
from handbook import browser
from handbook.browser import BrowserNotFound, find_chromium

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="makes shell scripts as programs")


@pytest.fixture(autouse=True)
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Leave one empty folder on the path, and neither Playwright nor root."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "_from_playwright", lambda: None)
    monkeypatch.setattr(browser, "_places", lambda platform, environment: iter(()))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(browser, "_run", lambda command: pytest.fail(f"ran {command}"))
    return programs


def program(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_variable_comes_first(nothing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(nothing / "chromium")
    own = program(tmp_path / "own" / "my-chromium")
    monkeypatch.setenv("CHROMIUM", str(own))
    assert find_chromium() == own


def test_the_variable_may_be_a_name_on_the_path(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = program(nothing / "my-chromium")
    monkeypatch.setenv("CHROMIUM", "my-chromium")
    assert find_chromium() == own


def test_a_wrong_variable_is_told(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(nothing / "chromium")
    monkeypatch.setenv("CHROMIUM", "/not/there")
    with pytest.raises(BrowserNotFound, match="/not/there"):
        find_chromium()


@pytest.mark.parametrize("name", browser.NAMES)
def test_found_on_the_path(nothing: Path, name: str) -> None:
    expected = program(nothing / name)
    assert find_chromium() == expected


def test_chromium_before_the_others(nothing: Path) -> None:
    program(nothing / "google-chrome")
    expected = program(nothing / "chromium")
    assert find_chromium() == expected


@pytest.mark.parametrize(
    ("platform", "variable", "place"),
    [
        ("darwin", "HOME", "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        ("darwin", "HOME", "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
        ("win32", "PROGRAMFILES", "Google/Chrome/Application/chrome.exe"),
        ("win32", "PROGRAMFILES(X86)", "Microsoft/Edge/Application/msedge.exe"),
        ("win32", "LOCALAPPDATA", "Chromium/Application/chrome.exe"),
    ],
)
def test_found_in_the_places_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, variable: str, place: str
) -> None:
    monkeypatch.undo()
    expected = program(tmp_path / place)
    assert browser._in_places(platform, {variable: str(tmp_path)}) == expected
    assert browser._in_places("linux", {variable: str(tmp_path)}) is None


def test_one_that_playwright_has_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = program(tmp_path / "fetched")
    monkeypatch.setattr(browser, "_from_playwright", lambda: fetched)
    assert find_chromium() == fetched


def test_root_installs_with_apt(nothing: Path, monkeypatch: pytest.MonkeyPatch, capfd) -> None:
    program(nothing / "apt-get")
    commands: list[list[str]] = []

    def run(command: list[str]) -> bool:
        commands.append(command[:2])
        if commands.count(["apt-get", "install"]) == 2:
            program(nothing / "chromium")
            return True
        return command[1] == "update"

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser, "_run", run)
    assert find_chromium() == nothing / "chromium"
    assert commands == [["apt-get", "install"], ["apt-get", "update"], ["apt-get", "install"]]
    assert capfd.readouterr().err == "Installing Chromium with apt …\n"


def test_others_never_use_apt(nothing: Path, monkeypatch: pytest.MonkeyPatch, capfd) -> None:
    program(nothing / "apt-get")
    commands: list[list[str]] = []
    monkeypatch.setattr(browser, "_run", commands.append)
    with pytest.raises(BrowserNotFound) as caught:
        find_chromium()
    assert commands == [[sys.executable, "-m", "playwright", "install", "chromium"]]
    assert capfd.readouterr().err == "Fetching Chromium with Playwright …\n"
    for way in ("your system's means", "CHROMIUM", "playwright install chromium"):
        assert way in str(caught.value)


def test_a_program_that_cannot_start_is_a_failure(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert browser._run(["not-there-at-all"]) is False
    assert browser._run([str(program(nothing / "good"))]) is True
    assert browser._run([str(program(nothing / "bad", "exit 3"))]) is False
