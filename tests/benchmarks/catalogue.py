"""What a large catalogue costs: CPU of its data, bytes of its first view, time to filter. Prints one run's figures.

    .handbook/venv/bin/python tests/benchmarks/catalogue.py

In a temporary copy of the handbook, with invented initiatives beside the real ones:

- CPU seconds of one language's catalogue data, by phase, for each number given, and how they grow;
- for the largest number: the site of that language is built and opened in Chromium. Bytes are those that a server
  sends with gzip (fonts as they are). A filter's time is from the keystroke or tick until the changed page is painted;
  its CPU is that of the page's main thread, which a busy machine does not lengthen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from handbook import build as building
from handbook import index as indexing
from handbook.catalogue import initiatives
from handbook.load import load
from handbook.similar import similar_to
from handbook.site_pages import Site
from handbook.text.render import Renderer, markdown_settings
from playwright.sync_api import CDPSession, Page, Response

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from browsing import chromium, served  # noqa: E402  needs the path
from invented import invent  # noqa: E402

CATALOGUE = "initiatives/index.md"
QUERIES = ("a", "vik", "test dal", "kommune", "xyzxyz", "")
FILTER = """([name, value]) => new Promise((done) => {
  const control = document.querySelector(`.hb-filter [name=${name}]${name === "text" ? "" : `[value="${value}"]`}`);
  const start = performance.now();
  if (name === "text") control.value = value; else control.checked = !control.checked;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def handbook(folder: Path, number: int) -> Path:
    """Put a copy of the handbook with `number` invented initiatives into `folder`."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "hooks").mkdir()
    shutil.copyfile(ROOT / "hooks" / "site.py", folder / "hooks" / "site.py")
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    invent(folder, number)
    return folder


def phases(root: Path, lang: str) -> dict[str, float]:
    """Return CPU seconds by phase, in this process."""
    found: dict[str, float] = {}

    def timed(name: str, start: float) -> float:
        now = time.process_time()
        found[name] = now - start
        return now

    at = time.process_time()
    data = load(root)
    at = timed("reading the data", at)
    site = Site(root)
    site.__dict__["index"] = indexing.build(data, indexing.read_pages(data))
    at = timed("reading the pages of all languages", at)
    for unit in initiatives(data):
        similar_to(data, unit)
    at = timed("similar initiatives", at)
    renderer = Renderer(markdown_settings(root))

    def render(path: str) -> None:
        composed = site.page(lang, path)
        if composed is not None:
            renderer.html(site.context(lang, path), composed.markdown)

    for path in (CATALOGUE, *site.pieces[lang]):
        render(path)
    at = timed("the catalogue's pages", at)
    for unit in initiatives(data):
        render(f"initiatives/{unit.slug}.md")
    timed("the initiatives' pages", at)
    return found


def growth(numbers: list[int], lang: str) -> None:
    """Print CPU by phase for each number, each in a process of its own."""
    results: dict[int, dict[str, float]] = {}
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            root = handbook(Path(folder) / "handbook", number)
            command = [sys.executable, __file__, "--phases", str(root), "--lang", lang]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            results[number] = json.loads(done.stdout)
    names = [*results[numbers[0]], "all"]
    for result in results.values():
        result["all"] = sum(result.values())
    print(f"CPU seconds of one language's catalogue ({lang}), invented initiatives beside the real ones")
    print(f"  {'':36}" + "".join(f"{number:>9}" for number in numbers) + "   growth")
    for name in names:
        row = [results[number][name] for number in numbers]
        print(f"  {name:36}" + "".join(f"{value:9.2f}" for value in row) + f"{row[-1] / row[0]:8.1f}×")


def in_browser(number: int, lang: str) -> None:
    """Print the first view's bytes and the filters' times."""
    with tempfile.TemporaryDirectory() as folder:
        root = handbook(Path(folder) / "handbook", number)
        os.environ["HANDBOOK_NODE_MODULES"] = str(building.Paths(ROOT).node_modules)
        start = time.perf_counter()
        building.generate_site(root, root / "out", lang)
        print(f"The site of one language with {number} initiatives more: {time.perf_counter() - start:.0f} s")
        with served(root / "out") as address, chromium() as browser:
            measure(browser.new_page(viewport={"width": 1280, "height": 900}), f"{address}/{lang}/initiatives/")


def measure(page: Page, address: str) -> None:
    """Open the catalogue in `page` and use it."""
    got: list[Response] = []

    def note(response: Response) -> None:
        got.append(response)

    page.on("response", note)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    sizes: dict[str, int] = {}
    for response in got:
        kind = response.url.split("?")[0].rsplit("/", 1)[-1].rsplit(".", 1)[-1] or "html"
        body = response.body()
        sizes[kind] = sizes.get(kind, 0) + (len(body) if kind == "woff2" else len(gzip.compress(body, 6)))
    print(f"First view: {sum(sizes.values()) / 1000:.0f} kB gz in {len(got)} requests: ", end="")
    print(", ".join(f"{kind} {size / 1000:.0f}" for kind, size in sorted(sizes.items(), key=lambda s: -s[1])))
    first = page.evaluate(FILTER, ["text", "sol"])
    page.wait_for_function("document.querySelector('.hb-pieces')?.hidden ?? true")
    rows = page.locator(".hb-count").text_content()
    print(f"First use: {first:.0f} ms to the first paint, then the further pieces are there: {rows}")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy(session)
    times = []
    for _ in range(5):
        times += [page.evaluate(FILTER, ["text", query]) for query in QUERIES]
        for field, value in (("country", "DK"), ("status", "stopped"), ("function", "case-handling")):
            times += [page.evaluate(FILTER, [field, value]), page.evaluate(FILTER, [field, value])]
    cpu = 1000 * (busy(session) - before) / len(times)
    sorts = [page.evaluate(SORT, column) for column in ("year", "title", "owner") for _ in range(3)]
    print(f"A filter: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms of {len(times)}", end="")
    print(f"; {cpu:.0f} ms CPU on average")
    print(f"A change of order: median {statistics.median(sorts):.0f} ms, worst {max(sorts):.0f} ms of {len(sorts)}")


def busy(session: CDPSession) -> float:
    """Return the seconds of CPU that the page's main thread has used."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))


SORT = """(column) => new Promise((done) => {
  const start = performance.now();
  document.querySelector(`.hb-listing th[data-column=${column}] button`).click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--numbers", type=int, nargs="+", default=[500, 2000])
    parser.add_argument("--lang", default=load(ROOT).codes[0])
    parser.add_argument("--phases", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.phases:
        print(json.dumps(phases(options.phases, options.lang)))
        return
    growth(options.numbers, options.lang)
    in_browser(options.numbers[-1], options.lang)


if __name__ == "__main__":
    main()
