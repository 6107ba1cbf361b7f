"""How well and how fast search finds: ours and the theme's own engine, side by side, in one run.

    .handbook/venv/bin/python tests/benchmarks/search.py

In Chromium, on the whole site: recall@5 and top-1 per language and kind through the real box, the held-out half and the
second set apart; the theme's engine on the same text, as it would be without ours (one index for all languages); bytes
with gzip; time to set an index up and to answer in the worker, also with ten times the text (all languages' units
twice).

The theme groups its hits by page; here any section of one of its first five pages counts as found.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import tempfile
from pathlib import Path
from sys import path as search_path
from types import SimpleNamespace
from typing import Any

from handbook import build as building
from handbook import index as indexing
from handbook.compose import compose
from handbook.index import Index
from handbook.load import load
from handbook.search.bundle import FOLDER, PARTS, SCRIPTS
from handbook.text.context import PageContext, page_url
from handbook.text.render import Renderer, markdown_settings
from material.plugins.search.plugin import SearchIndex
from mkdocs.structure.toc import get_toc
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
search_path.insert(0, str(ROOT / "tests"))
from browsing import chromium, served  # noqa: E402  needs the path
from search_queries import FOLDER as OPEN  # noqa: E402  needs the path
from search_queries import SETS, Query, ask, read_queries, scores, table  # noqa: E402

STOCK = {"lang": ["en"], "separator": r"[\s\-]+", "pipeline": ["stopWordFilter"]}
FIELDS = {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}}

STOCK_ASK = """async ([worker, index, queries]) => {
  const { config, docs } = await (await fetch(index)).json();
  const stock = new Worker(worker);
  const next = (type) => new Promise((done) => {
    stock.addEventListener("message", function hear({ data }) {
      if (data.type === type) { stock.removeEventListener("message", hear); done(data.data); }
    });
  });
  const ready = next(1);
  stock.postMessage({ type: 0, data: { config, docs, options: { suggest: false } } });
  await ready;
  const found = [];
  for (const query of queries) {
    const result = next(3);
    stock.postMessage({ type: 2, data: query });
    found.push((await result).items.slice(0, 5).map((group) => group.map((hit) => hit.location)));
  }
  stock.terminate();
  return found;
}"""

TIME = """async ([address, queries]) => {
  const worker = new Worker(address);
  const next = (type) => new Promise((done) => {
    worker.addEventListener("message", function hear({ data }) {
      if (data.type === type) { worker.removeEventListener("message", hear); done(data.data); }
    });
  });
  const begun = performance.now();
  const ready = next(1);
  worker.postMessage({ type: 0 });
  await ready;
  const setup = performance.now() - begun;
  const times = [];
  for (const query of queries) {
    const answer = next(3);
    const asked = performance.now();
    worker.postMessage({ type: 2, data: query });
    await answer;
    times.push(performance.now() - asked);
  }
  worker.terminate();
  return [setup, times];
}"""


def stock_index(index: Index, renderer: Renderer) -> str:
    """Return the theme's own index of all languages, made by its own code from the same text."""
    found = SearchIndex(**STOCK, fields=FIELDS)
    for lang in index.data.codes:
        for path in index.expected_paths():
            composed = compose(index, lang, path)
            if composed is None:
                continue
            md = renderer.markdown(PageContext(index, lang, path))
            content = md.convert(composed.markdown)
            toc = get_toc(md.toc_tokens)  # type: ignore[attr-defined]
            title = toc.items[0].title if toc.items else path
            page = SimpleNamespace(meta={}, content=content, toc=toc, url=page_url(lang, path), title=title)
            found.add_entry_from_context(page)
    return str(found.generate_search_index(None))


def stock_units(index: Index, lang: str, groups: list[list[str]]) -> list[str]:
    """Return the units of the theme's hits; each of the first five pages stands for all units it lists."""
    known = {}
    for unit in index.data.units:
        target = index.target(unit, lang)
        if target is not None:
            known[page_url(lang, target.path) + (f"#{target.anchor}" if target.anchor else "")] = unit
    return [next((known[hit] for hit in group if hit in known), "") for group in groups]


def stock_found(index: Index, lang: str, query: Query, groups: list[list[str]]) -> list[str]:
    """Return one unit a page: a right one where the page lists any."""
    units = [stock_units(index, lang, [[hit] for hit in group]) for group in groups]
    return [next((u for u in group if u in query.units), group[0] if group else "") for group in units]


def sizes(site: Path, lang: str) -> int:
    """Return the bytes with gzip of all that one language's search loads."""
    folder, scripts = site / FOLDER, site / SCRIPTS
    files = [folder / f"{lang}.js", folder / f"{lang}.data.js", folder / "minisearch.js"]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in [*files, *(scripts / name for name in PARTS)])


def enlarge(site: Path, lang: str, codes: tuple[str, ...]) -> str:
    """Write a worker with ten times the text of `lang`: the units of all languages, twice. Return its address."""
    folder = site / FOLDER
    own: dict[str, Any] = {}
    entries: list[Any] = []
    for code in codes:
        text = (folder / f"{code}.data.js").read_text(encoding="utf-8")
        data = json.loads(text[text.index(" = ") + 3 :].rstrip().rstrip(";"))
        own = data if code == lang else own
        entries += data["entries"]
    copies = 10 // len(codes)
    data = own | {"entries": entries * copies}
    (folder / "big.data.js").write_text(f"(globalThis.handbookSearch ||= {{}}).data = {json.dumps(data)};")
    code = (folder / f"{lang}.js").read_text(encoding="utf-8").replace(f"{lang}.data.js", "big.data.js")
    (folder / "big.js").write_text(code, encoding="utf-8")
    return f"{FOLDER}/big.js"


def quality(page: Page, base: str, index: Index, *, stock: bool) -> None:
    """Print the tables of recall."""
    for title, folder in SETS.items():
        ours, theirs = {}, {}
        for lang in index.data.codes:
            queries = read_queries(folder, lang)
            if not queries:
                continue
            page.goto(f"{base}/{lang}/")
            ours[lang] = scores(queries, ask(page, queries))
            if stock:
                found = page.evaluate(STOCK_ASK, [stock_worker(base), f"{base}/stock.json", [q.text for q in queries]])
                units = [stock_found(index, lang, q, groups) for q, groups in zip(queries, found, strict=True)]
                theirs[lang] = scores(queries, units)
        if ours:
            print("\n" + table(f"This search, {title}", ours))
        if theirs:
            print("\n" + table(f"The theme's search, {title}", theirs))


def stock_worker(base: str) -> str:
    """Return the address of the theme's own worker."""
    import material  # noqa: PLC0415  only for its files

    folder = Path(material.__file__).parent / "templates" / "assets" / "javascripts" / "workers"
    return f"{base}/assets/javascripts/workers/{next(folder.glob('search.*.js')).name}"


def speed(page: Page, base: str, site: Path, index: Index) -> None:
    """Print bytes and times."""
    print("\nlanguage   kB gzip   set-up ms   answer ms: median   95 %   worst")
    for lang in index.data.codes:
        texts = [query.text for query in read_queries(OPEN, lang)] * 3
        page.goto(f"{base}/{lang}/")
        line(page, lang, sizes(site, lang), f"{base}/{FOLDER}/{lang}.js", texts)
        line(page, f"{lang} × 10", 0, f"{base}/{enlarge(site, lang, index.data.codes)}", texts)


def line(page: Page, name: str, size: int, address: str, texts: list[str]) -> None:
    """Print one line of times."""
    setup, times = page.evaluate(TIME, [address, texts])
    shown = f"{size / 1000:8.0f}" if size else " " * 8
    percentile = statistics.quantiles(times, n=20)[-1]
    print(f"{name:8}  {shown}  {setup:10.0f}  {statistics.median(times):17.1f} {percentile:6.1f} {max(times):7.1f}")


def main() -> None:
    """Build the site, or take a built one, and print everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--site", type=Path, help="a site that is built already")
    parser.add_argument("--no-stock", action="store_true", help="leave the theme's engine out")
    parser.add_argument("--no-speed", action="store_true", help="leave times and bytes out")
    options = parser.parse_args()
    index = indexing.build(load(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or Path(folder) / "site"
        if options.site is None:
            building.generate_site(ROOT, site)
        if not options.no_stock:
            (site / "stock.json").write_text(stock_index(index, Renderer(markdown_settings(ROOT))), encoding="utf-8")
        with served(site) as base, chromium() as browser:
            page = browser.new_page()
            quality(page, base, index, stock=not options.no_stock)
            if not options.no_speed:
                speed(page, base, site, index)


if __name__ == "__main__":
    main()
