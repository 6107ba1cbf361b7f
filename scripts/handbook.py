#!/usr/bin/env python3
"""The way in: sets up what the handbook needs, then hands over to its command line.

    python3 scripts/handbook.py VERB ...

Only Python's own library is used here. The first run makes, under ``.handbook/``
(ignored by Git, safe to delete at any time):

    venv/        a private environment: requirements.txt, checked against its hashes,
                 and the core, hooks/handbook, installed so that edits count at once
    node/        what comes from npm: package-lock.json, checked against its hashes
    ready.json   what has been set up, as digests of the files it was made from
    setup.log    everything that pip and npm said in the last set-up
    lock         held while a set-up runs

A later run compares the digests and goes on at once. Each digest is written when its
step is done, so an interrupted set-up is taken up again by the next run.
"""

import sys

MINIMUM = (3, 11)


def too_old(version: tuple) -> str:  # type: ignore[type-arg]  # old Pythons read this too
    """Return one line about a Python that is too old, or nothing."""
    if tuple(version[:2]) >= MINIMUM:
        return ""
    found = ".".join(str(part) for part in version[:3])
    return "handbook: needs Python {}.{} or newer; {} is {}.".format(*MINIMUM, sys.executable, found)


COMPLAINT = too_old(sys.version_info)
if COMPLAINT:  # what follows needs a newer Python even to be imported
    sys.stderr.write(COMPLAINT + "\n")
    sys.exit(1)

import errno  # noqa: E402
import hashlib  # noqa: E402
import importlib.util  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402
import time  # noqa: E402
from collections import deque  # noqa: E402
from collections.abc import Callable, Iterator, Sequence  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from pathlib import Path  # noqa: E402

LAYOUT = "1"  # raise it when what stands under .handbook/ changes its form
NODE_MINIMUM = 18
NPM_MINIMUM = 8
WAIT_AT_MOST = 30 * 60  # seconds, for another run's set-up

# Settings that would lead pip or Python away from the private environment.
UNWANTED = (
    "PIP_CONSTRAINT",
    "PIP_NO_BINARY",
    "PIP_PREFIX",
    "PIP_REQUIREMENT",
    "PIP_ROOT",
    "PIP_TARGET",
    "PYTHONHOME",
    "PYTHONPATH",
)

# What pip and npm say when they reach no registry.
NO_NETWORK = (
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ENETUNREACH",
    "ENOTFOUND",
    "ETIMEDOUT",
    "ConnectTimeoutError",
    "NameResolutionError",
    "NewConnectionError",
    "ProxyError",
    "ReadTimeoutError",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
)


class SetupError(Exception):
    """The set-up cannot go on; the text is for people and says what to do."""


@dataclass(frozen=True)
class Place:
    """The repository and the places below it that the set-up reads and writes."""

    root: Path

    @property
    def base(self) -> Path:
        """Return the folder of everything that is set up."""
        return self.root / ".handbook"

    @property
    def venv(self) -> Path:
        """Return the private environment."""
        return self.base / "venv"

    @property
    def programs(self) -> Path:
        """Return the folder of the environment's programs."""
        return self.venv / ("Scripts" if sys.platform == "win32" else "bin")

    @property
    def python(self) -> Path:
        """Return the environment's Python."""
        return self.programs / ("python.exe" if sys.platform == "win32" else "python")

    @property
    def node(self) -> Path:
        """Return the folder of what comes from npm."""
        return self.base / "node"

    @property
    def ready(self) -> Path:
        """Return the file of digests."""
        return self.base / "ready.json"

    @property
    def log(self) -> Path:
        """Return the file with all that pip and npm said."""
        return self.base / "setup.log"

    @property
    def lock(self) -> Path:
        """Return the file that is locked while a set-up runs."""
        return self.base / "lock"


# What is there and what is wanted


def digest(*parts: str | Path) -> str:
    """Return one digest of texts and of files' contents."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part.encode()
        total.update(hashlib.sha256(data).digest())
    return total.hexdigest()


def base_python() -> str:
    """Return the Python to make environments with, also when run from inside one."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def environment_version(place: Place) -> str:
    """Return the version of Python that the environment should have.

    An environment made with another Python of this machine is kept as it is: two
    people or tools with different Pythons don't undo each other's set-up. One whose
    Python has since been upgraded, or is gone, is to be made anew.
    """
    own = "{}.{}.{}".format(*sys.version_info[:3])
    try:
        lines = (place.venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return own
    settings = {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)}
    version = settings.get("version", "")
    if not version or not place.python.exists():
        return own
    if os.path.realpath(settings.get("executable", "")) == os.path.realpath(base_python()):
        return own
    return version


def wanted(place: Place) -> dict[str, str]:
    """Return the digest that each step should have left."""
    root, here = place.root, os.path.normcase(place.root)
    venv = digest(LAYOUT, here, environment_version(place), root / "requirements.txt")
    return {
        "venv": venv,
        "core": digest(venv, root / "pyproject.toml"),
        "npm": digest(LAYOUT, root / ".npmrc", root / "package.json", root / "package-lock.json"),
    }


def read_ready(place: Place) -> dict[str, str]:
    """Return the digests that finished steps left; none when the file is missing or broken."""
    try:
        found = json.loads(place.ready.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_ready(place: Place, done: dict[str, str]) -> None:
    """Write the digests of finished steps, all or nothing."""
    fresh = place.ready.with_suffix(".new")
    fresh.write_text(json.dumps(done, indent=2) + "\n", encoding="utf-8")
    fresh.replace(place.ready)


def to_do(place: Place) -> list[str]:
    """Return the steps that are still to be done, in order; none when all is ready."""
    done, want = read_ready(place), wanted(place)
    steps = [name for name in want if done.get(name) != want[name]]
    if not place.python.exists():
        steps += ["venv"]
    if not (place.node / "node_modules").is_dir():
        steps += ["npm"]
    if "venv" in steps:
        steps += ["core"]
    return [name for name in want if name in steps]


# One set-up at a time


def try_lock(handle: int) -> bool:
    """Lock an open file without waiting; tell whether that worked.

    The system lets go of the lock when the process ends, however it ends: there are
    no stale locks. A file system without locks counts as locked.
    """
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            os.lseek(handle, 1 << 20, os.SEEK_SET)  # away from the text, which others read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        return problem.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


@contextmanager
def locked(place: Place, say: Callable[[str], None]) -> Iterator[int]:
    """Hold the set-up's lock; wait for another run that holds it."""
    place.base.mkdir(exist_ok=True)
    handle = os.open(place.lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        end, waiting = time.monotonic() + WAIT_AT_MOST, False
        while not try_lock(handle):
            if not waiting:
                holder = os.pread(handle, 20, 0).decode("ascii", "replace") if hasattr(os, "pread") else ""
                say(f"Another run{holder and f' (process {holder})'} is setting up; waiting for it.")
                waiting = True
            if time.monotonic() > end:
                raise SetupError("Another run has been setting up for too long; end it and try again.")
            time.sleep(0.2)
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, str(os.getpid()).encode())
        yield handle
    finally:
        os.close(handle)


# Telling how far it is


class Progress:
    """One line per step on standard error; on a terminal the line tells how far it is."""

    def __init__(self, total: int) -> None:
        """Start with no step of ``total`` begun."""
        self.total = total
        self.current = 0
        self.text = ""
        self.width = 0
        self.live = sys.stderr.isatty()

    def step(self, text: str) -> None:
        """Begin the next step."""
        self.close()
        self.current += 1
        self.text = f"[{self.current}/{self.total}] {text}"
        self._show(self.text)

    def detail(self, text: str) -> None:
        """Say how far the step is; only a terminal shows it."""
        if self.live:
            self._show(f"{self.text}: {text}")

    def close(self) -> None:
        """End the line of the step."""
        if self.live and self.text:
            self._show(self.text)
            sys.stderr.write("\n")
        self.text, self.width = "", 0

    def say(self, text: str) -> None:
        """Show a line that belongs to no step."""
        self.close()
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def _show(self, line: str) -> None:
        sys.stderr.write(f"\r{line.ljust(self.width)}" if self.live else f"{line}\n")
        sys.stderr.flush()
        self.width = len(line)


# The steps


@dataclass(frozen=True)
class Setup:
    """What the steps share: the place, the progress, the open lock."""

    place: Place
    progress: Progress
    lock: int

    def run(self, command: Sequence[str], *, cwd: Path, count: tuple[str, int] | None = None) -> None:
        """Run a program with its output in the log; raise SetupError when it fails.

        ``count`` names the start of the output lines to count, and how many there are
        to be.
        """
        last: deque[str] = deque(maxlen=8)
        unreachable, seen = False, 0
        with self.place.log.open("a", encoding="utf-8") as log:
            log.write(f"\n$ {' '.join(command)}\n")
            log.flush()
            with subprocess.Popen(
                command,
                cwd=cwd,
                env=clean_environment(self.place),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                # The lock lasts until the last program is gone, even if this one is killed.
                pass_fds=() if sys.platform == "win32" else (self.lock,),
            ) as process:
                for line in process.stdout or ():
                    log.write(line)
                    last.append(line.rstrip())
                    unreachable = unreachable or any(mark in line for mark in NO_NETWORK)
                    if count and line.startswith(count[0]):
                        seen = min(seen + 1, count[1])
                        self.progress.detail(f"{seen} of {count[1]}")
        if process.returncode:
            raise SetupError(self._failure(process.returncode, list(last), unreachable=unreachable))

    def _failure(self, status: int, last: list[str], *, unreachable: bool) -> str:
        log = self.place.log.relative_to(self.place.root).as_posix()
        if unreachable:
            return f"No connection to the packages: a first run needs the network. (Details: {log})"
        ending = "\n".join(f"    {line}" for line in last if line)
        return f"The set-up stopped (exit status {status}). The end of {log}:\n{ending}"

    def pip(self, *options: str, count: tuple[str, int] | None = None) -> None:
        """Run the environment's pip to install something."""
        pip = [str(self.place.python), "-I", "-m", "pip", "install", "--no-deps"]
        quiet = ["--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
        self.run([*pip, *quiet, "--progress-bar=off", *options], cwd=self.place.root, count=count)

    def pip_locked(self, name: str) -> None:
        """Install what a lock file lists: wheels only, each with the hash given there."""
        lines = (self.place.root / name).read_text(encoding="utf-8").splitlines()
        names = {line.partition("==")[0] for line in lines if "==" in line and line[:1] not in (" ", "#")}
        self.pip("--require-hashes", "--only-binary=:all:", "-r", name, count=("Collecting ", len(names)))

    def venv(self) -> None:
        """Make the private environment anew, from the lock file."""
        version = "{}.{}.{}".format(*sys.version_info[:3])
        self.progress.step(f"Making a private environment with Python {version}")
        remove(self.place.venv)
        self.run([base_python(), "-I", "-m", "venv", str(self.place.venv)], cwd=self.place.root)
        self.progress.step("Installing Python packages")
        self.pip_locked("requirements.txt")

    def core(self) -> None:
        """Install the core in place; its build backend is in the environment already."""
        self.progress.step("Installing the handbook's own code")
        self.pip("--no-build-isolation", "-e", ".")
        point_to_core(self.place)

    def npm(self) -> None:
        """Install what comes from npm, under another name until it is whole."""
        self.progress.step("Installing fonts and browser code from npm")
        command = npm_on_path()
        if command is None:
            self.progress.detail("Node first")
            self.pip_locked("requirements-node.txt")
            command = [shutil.which("npm", path=str(self.place.programs)) or "npm"]
        fresh = self.place.base / "node.new"
        remove(fresh)
        fresh.mkdir()
        for name in (".npmrc", "package.json", "package-lock.json"):
            shutil.copyfile(self.place.root / name, fresh / name)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--no-progress")
        patience = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000")
        self.run([*command, "ci", *quiet, *patience], cwd=fresh)
        remove(self.place.node)
        fresh.rename(self.place.node)


def point_to_core(place: Place) -> None:
    """Make the environment's pointer to the core a relative one.

    Older Pythons read such a file in the encoding of the locale: with the whole path,
    as pip writes it, the core would not be found below a folder named ``Åse``.
    """
    for packages in (*place.venv.glob("lib/python3*/site-packages"), *place.venv.glob("Lib/site-packages")):
        pointer = packages / "_handbook.pth"
        if pointer.exists():
            hooks = Path(os.path.relpath(place.root / "hooks", packages)).as_posix()
            pointer.write_text(f"{hooks}\n", encoding="ascii")


def clean_environment(place: Place) -> dict[str, str]:
    """Return the variables for pip and npm: no setting leads them elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name.upper() not in UNWANTED}
    path = os.pathsep.join([kept.get("PATH", ""), str(place.programs)])  # npm looks for node there
    return {**kept, "PATH": path, "PIP_USER": "0", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}


def npm_on_path() -> list[str] | None:
    """Return the command for the path's npm, or None when it or its Node is missing or too old."""
    for name, minimum in (("node", NODE_MINIMUM), ("npm", NPM_MINIMUM)):
        program = shutil.which(name)
        if program is None or major_version([program, "--version"]) < minimum:
            return None
    return [str(shutil.which("npm"))]


def major_version(command: Sequence[str]) -> int:
    """Return the first number that a program gives as its version; 0 when it fails."""
    try:
        result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True)
        return int(result.stdout.strip().lstrip("v").partition(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


def remove(folder: Path) -> None:
    """Remove a folder, if it is there."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        pass
    except PermissionError as problem:
        message = f"{folder} is in use or protected: end what runs from it, then try again."
        raise SetupError(message) from problem


def missing_venv(version: tuple[int, ...], has: Callable[[str], bool]) -> str | None:
    """Return what to do when this Python cannot make environments, or None."""
    if has("venv") and has("ensurepip"):
        return None
    package = f"python{version[0]}.{version[1]}-venv"
    return (
        "This Python cannot make private environments: its 'venv' is not installed (on Debian and Ubuntu"
        " a package of its own, python3-venv). Install it, then try again:\n"
        f"    sudo apt install {package}"
    )


def has_module(name: str) -> bool:
    """Tell whether this Python has a module; an empty folder left behind is none."""
    spec = importlib.util.find_spec(name)
    return spec is not None and spec.origin is not None


def prepare(place: Place) -> None:
    """Set up what is not ready yet; say nothing and be quick when all is."""
    if not to_do(place):
        return
    message = missing_venv(sys.version_info[:3], has_module)
    if message:
        raise SetupError(message)
    with locked(place, lambda text: print(text, file=sys.stderr, flush=True)) as lock:
        steps = to_do(place)
        if not steps:  # the other run did it
            return
        place.log.write_text(time.strftime("%Y-%m-%d %H:%M:%S\n"), encoding="utf-8")
        progress = Progress(len(steps) + ("venv" in steps))
        setup = Setup(place, progress, lock)
        try:
            for name in steps:
                done = read_ready(place)
                done.pop(name, None)
                write_ready(place, done)
                getattr(setup, name)()
                write_ready(place, {**done, name: wanted(place)[name]})
        finally:
            progress.close()


# Handing over


def hand_over(place: Place, arguments: Sequence[str]) -> int:
    """Run the core's command line in the environment; return its exit status.

    ``-P`` keeps the current folder out of the modules' path: run in ``scripts/``,
    this very file would else be found as ``handbook``.
    """
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    env |= {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    command = [str(place.python), "-P", "-m", "handbook", *arguments]
    if os.name != "nt":  # this process becomes the other: signals and status need no care
        sys.stdout.flush()
        sys.stderr.flush()
        os.execve(command[0], command, env)
    with subprocess.Popen(command, env=env) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the program gets it too and ends as it sees fit
                continue


def main(arguments: Sequence[str]) -> int:
    """Set up if need be, hand over, return the exit status."""
    place = Place(Path(__file__).resolve().parents[1])
    try:
        prepare(place)
        return hand_over(place, arguments)
    except SetupError as problem:
        print(f"handbook: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nhandbook: Stopped. The next run takes the set-up up again.", file=sys.stderr)
        return 130
    except OSError as problem:
        print(f"handbook: The set-up stopped: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
