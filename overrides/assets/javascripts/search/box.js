/* The search box: the theme opens, closes and moves about in it; this asks the worker and shows what it answers. */
(() => {
  const settings = JSON.parse(document.getElementById("hb-search")?.textContent || "null");
  const input = document.querySelector(".md-search__input");
  if (!settings || !input) return;

  const search = globalThis.handbookSearch;
  const SETUP = 0;
  const QUERY = 2;
  const RESULT = 3;
  const COUNT = 10;
  const PATIENCE = 400;
  const { words } = settings;
  const base = new URL(`${settings.base.replace(/\/$/, "")}/`, location.href);
  const shown = { ...settings, base };
  const status = document.getElementById("hb-search-status");
  const list = document.querySelector(".md-search-result__list");
  const start = status.textContent.trim();

  /** Asks one language's worker; of questions put while it is busy only the last is asked. */
  class Finder {
    constructor(address, answered) {
      this.answered = answered;
      this.busy = false;
      this.waiting = null;
      this.worker = new Worker(new URL(address, base));
      this.worker.addEventListener("message", ({ data }) => data.type === RESULT && this.receive(data.data));
      this.worker.addEventListener("error", () => this.receive({ failed: true }));
    }

    warm() { this.worker.postMessage({ type: SETUP }); }

    ask(question) {
      if (this.busy) { this.waiting = question; return; }
      this.busy = true;
      this.worker.postMessage({ type: QUERY, data: question });
    }

    receive(answer) {
      this.busy = false;
      const next = this.waiting;
      this.waiting = null;
      if (next) this.ask(next);
      if (!next || answer.from > 0) this.answered(answer);
    }
  }

  let finder = null;
  let current = null;
  let goAhead = false;
  let slow = 0;

  function say(text) { if (status.textContent !== text) status.textContent = text; }

  function wake() {
    if (finder) return;
    finder = new Finder(settings.worker, answered);
    finder.warm();
  }

  function changed() {
    const text = input.value.trim();
    goAhead = false;
    if (!text) { clear(); return; }
    if (current && current.query === text) return;
    wake();
    clearTimeout(slow);
    slow = setTimeout(() => say(words.loading), PATIENCE);
    finder.ask({ text, count: COUNT });
  }

  function clear() {
    current = null;
    clearTimeout(slow);
    list.replaceChildren();
    delete list.dataset.query;
    say(start);
  }

  function answered(answer) {
    clearTimeout(slow);
    if (answer.failed) { finder = null; current = null; list.replaceChildren(); say(words.failed); return; }
    if (answer.query !== input.value.trim()) { changed(); return; }
    if (answer.from > 0) { more(answer); return; }
    current = { query: answer.query, total: answer.total, seen: answer.hits.length };
    list.replaceChildren(...answer.hits.map((hit) => search.hitItem(hit, shown)));
    if (answer.total === 0) list.append(...search.helpItems(answer.closest, shown));
    if (shown.others.length) list.append(search.othersItem(answer.query, shown, count));
    list.parentElement.parentElement.scrollTop = 0;
    list.dataset.query = answer.query;
    say(counted(answer));
    watchLast();
    if (goAhead) go();
  }

  function counted({ query, total }) {
    if (total === 0) return words.none.replace("{query}", query);
    return total === 1 ? words.one : words.hits.replace("{count}", total);
  }

  /* Further hits come when the last one is seen. */
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting) || !current || current.seen >= current.total) return;
    seen.disconnect();
    finder.ask({ text: current.query, from: current.seen, count: COUNT });
  });

  function watchLast() {
    seen.disconnect();
    const last = [...list.querySelectorAll(".md-search-result__item")].at(-1);
    if (last && current.seen < current.total) seen.observe(last);
  }

  function more(answer) {
    if (!current || answer.query !== current.query || answer.from !== current.seen) return;
    current.seen += answer.hits.length;
    const end = list.querySelector(".hb-search-other-languages");
    for (const hit of answer.hits) list.insertBefore(search.hitItem(hit, shown), end);
    watchLast();
  }

  /** Ask another language's worker how many hits it has; its index is loaded only now. */
  const abroad = new Map();
  function count(other, query) {
    return new Promise((resolve) => {
      const found = abroad.get(other.lang) || new Finder(other.worker, () => {});
      abroad.set(other.lang, found);
      found.answered = (answer) => resolve(answer.failed ? "–" : answer.total);
      found.ask({ text: query, count: 0 });
    });
  }

  function go() {
    goAhead = false;
    list.querySelector(".md-search-result__link")?.click();
  }

  /* Enter goes to the first hit, of the words that stand in the box now; without hits it goes nowhere. */
  function enter(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const text = input.value.trim();
    if (current && current.query === text) go();
    else if (text) goAhead = true;
  }

  input.addEventListener("focus", wake);
  input.addEventListener("input", changed);
  input.addEventListener("keydown", enter);
  input.form.addEventListener("reset", () => setTimeout(changed));
  input.form.addEventListener("submit", (event) => event.preventDefault());
  if (document.activeElement === input) wake();
  if (input.value) changed();
})();
