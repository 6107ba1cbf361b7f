"""What the tests and benchmarks in a real browser share: a server, what a page must not do, axe-core."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handbook import build as building
from handbook.browser import find_chromium
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = """([place, tags]) => axe.run(place || document, {
  runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'],
})"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, with a Content-Security-Policy if there is one, and says nothing."""

    def __init__(self, *args: object, policy: str | None = None, **kwargs: object) -> None:
        self.policy = policy
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, policy: str | None = None) -> Iterator[str]:
    """Serve a folder; give the address, without a slash at its end."""
    handler = functools.partial(Handler, directory=str(folder), policy=policy)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(find_chromium()), args=FLAGS)
        yield running
        running.close()


def misdeeds(page: Page, allowed: str | tuple[str, ...] = "") -> list[str]:
    """Return a list that will name what the page does wrong: other hosts, failed requests, errors."""
    wrong: list[str] = []
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(allowed) else None)
    page.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return wrong


def violations(page: Page, root: Path, within: str | None = None) -> list[str]:
    """Return what axe-core objects to on an open page, or in a part of it."""
    page.evaluate((building.Paths(root).node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(AXE, [within, TAGS])["violations"]
    return [f"{page.url} {v['id']} {v['nodes'][0]['html'][:150]}" for v in found]


def with_generator(root: Path, small: Path) -> Path:
    """Put the generator's files beside a copy of the small handbook; return it."""
    shutil.copytree(root / "overrides", small / "overrides")
    (small / "hooks").mkdir()
    shutil.copyfile(root / "hooks" / "site.py", small / "hooks" / "site.py")
    return small
