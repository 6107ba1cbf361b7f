"""Tests of ``scripts/handbook.py``: what it decides, without making an environment."""

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "handbook.py"
LOCKED = (".npmrc", "package.json", "package-lock.json", "pyproject.toml", "requirements.txt")


@pytest.fixture(scope="module")
def entry() -> ModuleType:
    spec = importlib.util.spec_from_file_location("entry", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["entry"] = module  # dataclasses look there
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def place(entry: ModuleType, tmp_path: Path):
    """Return a repository in which everything has been set up."""
    for name in LOCKED:
        (tmp_path / name).write_text(f"{name}\n", encoding="utf-8")
    place = entry.Place(tmp_path)
    place.programs.mkdir(parents=True)
    place.python.touch()
    (place.node / "node_modules").mkdir(parents=True)
    write_settings(place, entry.base_python(), "{}.{}.{}".format(*sys.version_info[:3]))
    entry.write_ready(place, entry.wanted(place))
    return place


def write_settings(place, executable: str, version: str) -> None:
    text = f"home = somewhere\nversion = {version}\nexecutable = {executable}\n"
    (place.venv / "pyvenv.cfg").write_text(text, encoding="utf-8")


# Old Pythons


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 11, 2), (3, 14, 0), (4, 0, 0)])
def test_python_is_new_enough(entry: ModuleType, version: tuple[int, ...]) -> None:
    assert entry.too_old(version) == ""


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 6, 0), (2, 7, 18)])
def test_python_is_too_old(entry: ModuleType, version: tuple[int, ...]) -> None:
    message = entry.too_old(version)
    assert "needs Python 3.11 or newer" in message
    assert ".".join(str(part) for part in version) in message
    assert "\n" not in message


def test_old_pythons_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_old_python_gets_one_line_before_anything_is_imported() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    trick = "import sys; sys.version_info = (3, 9, 2, 'final', 0)\n"
    result = subprocess.run(
        [sys.executable, "-c", f"{trick}exec({source!r})"], capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "is 3.9.2" in result.stderr


# Python without venv


def test_venv_is_there(entry: ModuleType) -> None:
    assert entry.missing_venv((3, 11, 2), lambda name: True) is None


@pytest.mark.parametrize("absent", ["venv", "ensurepip"])
def test_missing_venv_names_the_package(entry: ModuleType, absent: str) -> None:
    message = entry.missing_venv((3, 11, 2), lambda name: name != absent)
    assert "python3-venv" in message
    assert message.endswith("sudo apt install python3.11-venv")


def test_an_empty_folder_is_no_module(entry: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "leftover").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert not entry.has_module("leftover")
    assert entry.has_module("json")
    assert not entry.has_module("not_there_at_all")


# What is still to be done


def test_nothing_to_do_when_all_is_ready(entry: ModuleType, place) -> None:
    assert entry.to_do(place) == []


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("requirements.txt", ["venv", "core"]),
        ("pyproject.toml", ["core"]),
        ("package-lock.json", ["npm"]),
        (".npmrc", ["npm"]),
    ],
)
def test_a_changed_file_repeats_its_steps(
    entry: ModuleType, place, tmp_path: Path, name: str, steps: list[str]
) -> None:
    (tmp_path / name).write_text("changed\n", encoding="utf-8")
    assert entry.to_do(place) == steps


@pytest.mark.parametrize("content", [None, "", "[]", "{", "\x00"])
def test_a_missing_or_broken_stamp_repeats_all(entry: ModuleType, place, content: str | None) -> None:
    place.ready.unlink()
    if content is not None:
        place.ready.write_text(content, encoding="utf-8")
    assert entry.to_do(place) == ["venv", "core", "npm"]


def test_an_interrupted_step_is_repeated(entry: ModuleType, place) -> None:
    done = json.loads(place.ready.read_text(encoding="utf-8"))
    del done["npm"]
    entry.write_ready(place, done)
    assert entry.to_do(place) == ["npm"]


def test_a_python_that_is_gone_repeats_the_environment(entry: ModuleType, place) -> None:
    place.python.unlink()
    assert entry.to_do(place) == ["venv", "core"]


def test_a_moved_repository_repeats_the_environment(entry: ModuleType, place, tmp_path: Path) -> None:
    moved = tmp_path.rename(tmp_path.with_name("moved"))
    assert entry.to_do(entry.Place(moved)) == ["venv", "core"]


def test_an_upgraded_python_repeats_the_environment(entry: ModuleType, place) -> None:
    write_settings(place, entry.base_python(), "3.11.0")
    entry.write_ready(place, {**entry.wanted(place), "venv": "made with 3.11.0"})
    assert entry.to_do(place) == ["venv", "core"]


def test_an_environment_of_another_python_is_kept(entry: ModuleType, place) -> None:
    write_settings(place, "/elsewhere/python3", "3.99.1")
    entry.write_ready(place, entry.wanted(place))
    assert entry.environment_version(place) == "3.99.1"
    assert entry.to_do(place) == []


def test_prepare_is_silent_when_all_is_ready(entry: ModuleType, place, capsys) -> None:
    entry.prepare(place)
    assert capsys.readouterr() == ("", "")
    assert not place.lock.exists()


# One at a time


def test_the_lock_is_held_by_one(entry: ModuleType, place) -> None:
    with entry.locked(place, print):
        other = os.open(place.lock, os.O_RDWR)
        try:
            assert not entry.try_lock(other)
        finally:
            os.close(other)


def test_a_lock_file_left_behind_does_no_harm(entry: ModuleType, place) -> None:
    place.lock.write_text("999999", encoding="utf-8")
    said: list[str] = []
    with entry.locked(place, said.append):
        pass
    assert said == []
    assert place.lock.read_text(encoding="utf-8") == str(os.getpid())


def test_waiting_is_said_and_has_an_end(entry: ModuleType, place, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(entry, "WAIT_AT_MOST", 0)
    with (
        entry.locked(place, print),
        pytest.raises(entry.SetupError, match="too long"),
        entry.locked(place, said.append),
    ):
        pass
    assert len(said) == 1
    assert "waiting" in said[0]


# Running programs


def run(entry: ModuleType, place, code: str) -> None:
    with entry.locked(place, print) as lock:
        setup = entry.Setup(place, entry.Progress(1), lock)
        setup.run([sys.executable, "-c", code], cwd=place.root)


def test_output_goes_to_the_log(entry: ModuleType, place, capsys) -> None:
    run(entry, place, "print('said')")
    assert "said\n" in place.log.read_text(encoding="utf-8")
    assert capsys.readouterr() == ("", "")


def test_a_failure_shows_the_end_of_the_log(entry: ModuleType, place) -> None:
    with pytest.raises(entry.SetupError) as caught:
        run(entry, place, "print('early'); print('late\\n' * 8); raise SystemExit(7)")
    message = str(caught.value)
    assert "exit status 7" in message
    assert ".handbook/setup.log" in message
    assert "late" in message
    assert "early" not in message


def test_no_network_is_one_line(entry: ModuleType, place) -> None:
    with pytest.raises(entry.SetupError) as caught:
        run(entry, place, "print('npm error code ECONNREFUSED'); raise SystemExit(1)")
    assert "needs the network" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_setting_leads_pip_elsewhere(entry: ModuleType, place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    environment = entry.clean_environment(place)
    assert "elsewhere" not in environment.values()
    assert environment["PIP_USER"] == "0"


def test_a_program_that_fails_has_no_version(entry: ModuleType) -> None:
    assert entry.major_version([sys.executable, "-c", "print('v22.1.0')"]) == 22
    assert entry.major_version([sys.executable, "-c", "raise SystemExit(1)"]) == 0
    assert entry.major_version([sys.executable, "-c", "print('none')"]) == 0
    assert entry.major_version(["not-there-at-all"]) == 0


def test_without_node_on_the_path_there_is_no_npm(
    entry: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert entry.npm_on_path() is None


def test_the_pointer_to_the_core_is_relative(entry: ModuleType, place, tmp_path: Path) -> None:
    packages = place.venv / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    (packages / "_handbook.pth").write_text("/somewhere/Åse/hooks", encoding="utf-8")
    entry.point_to_core(place)
    pointer = (packages / "_handbook.pth").read_text(encoding="ascii").strip()
    assert (packages / pointer).resolve() == (tmp_path / "hooks").resolve()


# The lock files themselves


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-node.txt", "package-lock.json", ".npmrc"])
def test_lock_files_name_no_registry_and_no_folder(name: str) -> None:
    text = (SCRIPT.parents[1] / name).read_text(encoding="utf-8")
    for sign in ("index-url", "find-links", '"resolved"', "registry=", "file:", "/root/", "/home/", "/work/"):
        assert sign not in text


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-node.txt"])
def test_every_package_from_pypi_has_a_hash(name: str) -> None:
    text = (SCRIPT.parents[1] / name).read_text(encoding="utf-8")
    entries = text.replace("\\\n", " ").splitlines()
    packages = [line for line in entries if line and line[0] not in " #"]
    assert packages
    assert [line for line in packages if "--hash=sha256:" not in line or "==" not in line] == []


def test_every_package_from_npm_has_a_hash() -> None:
    lock = json.loads((SCRIPT.parents[1] / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
