/* Filters, sorts and exports the table of initiatives. Without JavaScript the whole table is there, in pieces if long. */
import { emptyState, isFiltered, readAddress, writeAddress } from "./address.js";
import { csv, json, save } from "./export.js";
import { Form } from "./form.js";
import { setUpOpeners } from "./openers.js";
import { furtherRows } from "./pieces.js";
import { columnsOf, readRow } from "./records.js";
import { select, sorter } from "./select.js";

/* A table up to this length is always shown whole. */
const WHOLE = 100;
/* Of a longer one so many rows come at once: laying out rows is what takes time. */
const STEP = 50;

class Listing {
  constructor(block) {
    this.block = block;
    this.table = block.querySelector("table");
    this.body = this.table.tBodies[0];
    const template = block.querySelector("template");
    const element = template.content.firstElementChild.cloneNode(true);
    template.replaceWith(element);
    this.form = new Form(element);
    this.columns = columnsOf(this.table);
    this.order = element.dataset.order;
    this.total = Number(element.dataset.total);
    this.pieces = block.querySelector(".hb-pieces");
    this.records = null;
    this.step = this.total > WHOLE ? STEP : WHOLE;
    this.limit = this.step;
    this.hits = [];
    this.sorted = new Map();
    this.sort = sorter(document.documentElement.lang, element.dataset.letters);
    this.known = this.form.known();
    this.state = emptyState(this.order);
    this.lastChange = "";
    setUpOpeners(element);
    this.setUpHead();
    this.setUpMore();
    this.listen();
    this.readAddress();
  }

  setUpHead() {
    for (const cell of this.table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "hb-sort";
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        const column = cell.dataset.column;
        this.state.order = this.state.order === column ? `-${column}` : column;
        this.changed("sort");
      });
    }
  }

  setUpMore() {
    this.more = document.createElement("button");
    this.more.type = "button";
    this.more.className = "hb-show-more";
    this.more.hidden = true;
    this.block.append(this.more);
    this.more.addEventListener("click", () => {
      const first = this.limit;
      this.limit += this.step;
      this.show();
      this.body.rows[first]?.querySelector("a")?.focus();
    });
    addEventListener("beforeprint", () => {
      if (!this.records) return;
      this.limit = this.records.length;
      this.show();
    });
  }

  listen() {
    const { element, text } = this.form;
    /* Who reaches for the form will use it: the further pieces are under way before the first letter. */
    for (const kind of ["focusin", "pointerenter"]) {
      element.addEventListener(kind, () => this.load().catch(() => {}), { once: true });
    }
    element.addEventListener("submit", (event) => event.preventDefault());
    element.addEventListener("input", (event) => {
      const relatedBefore = [...this.state.chosen.related];
      this.form.read(this.state);
      if (event.target !== this.form.related && relatedBefore.length > 1) {
        this.state.chosen.related = new Set(relatedBefore);
      }
      this.changed(event.target === text ? "text" : "choice");
    });
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.classList.contains("hb-clear")) this.clear();
      if (button?.dataset.field) this.remove(button);
      if (button?.dataset.format) this.export(button.dataset.format);
    });
    addEventListener("popstate", () => {
      this.lastChange = "";
      this.readAddress();
    });
  }

  clear() {
    this.state = emptyState(this.state.order);
    this.changed("clear");
    this.form.text.focus();
  }

  remove(button) {
    const chips = [...this.form.active.querySelectorAll("button")];
    const place = chips.indexOf(button);
    this.state.chosen[button.dataset.field].delete(button.dataset.value);
    this.changed("choice");
    const left = [...this.form.active.querySelectorAll("button")];
    (left[Math.min(place, left.length - 1)] || this.form.text).focus();
  }

  async export(format) {
    if (!(await this.ready())) return;
    const page = { address: location.href, language: document.documentElement.lang };
    const text = format === "csv" ? csv(this.columns, this.hits) : json(this.columns, this.hits, page);
    save(this.form.words.file, format, text);
  }

  /* Typing makes one step of history, every other change its own. */
  changed(kind) {
    const address = location.pathname + writeAddress(location.search, this.state, this.order) + location.hash;
    if (kind === "text" && this.lastChange === "text") history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.lastChange = kind;
    this.apply();
  }

  readAddress() {
    this.state = readAddress(location.search, this.known, this.order);
    if (this.records || isFiltered(this.state) || this.state.order !== this.order) {
      this.apply();
      return;
    }
    /* Nothing asked for yet: the table stands as it was built. */
    this.form.write(this.state);
    this.showOrder();
    this.form.sayHits(this.total, this.total);
  }

  /* All records; the further pieces are fetched at the first call. */
  load() {
    this.loading ??= this.loadAll().catch((error) => {
      this.loading = null;
      throw error;
    });
    return this.loading;
  }

  async loadAll() {
    const rows = [...this.body.rows];
    if (this.pieces) rows.push(...(await furtherRows(this.pieces)));
    this.records = rows.map((row) => readRow(row, this.columns));
  }

  async ready() {
    if (this.records) return true;
    if (this.pieces) this.form.say(this.form.words.loading);
    try {
      await this.load();
    } catch {
      this.form.say(this.form.words.failed);
      return false;
    }
    if (this.pieces) this.pieces.hidden = true;
    this.select();
    return true;
  }

  async apply() {
    this.form.write(this.state);
    this.showOrder();
    if (!(await this.ready())) return;
    this.limit = this.step;
    this.select();
    this.show();
  }

  select() {
    const { order } = this.state;
    if (!this.sorted.has(order)) this.sorted.set(order, this.sort(this.records, order));
    const { hits, counts } = select(this.sorted.get(order), this.state);
    this.hits = hits;
    this.form.showCounts(counts);
    this.form.sayHits(hits.length, this.records.length);
    this.table.caption.textContent = this.table.caption.textContent.replace(/\(\d+\)$/, `(${hits.length})`);
  }

  show() {
    const shown = this.hits.slice(0, this.limit);
    this.body.replaceChildren(...shown.map((record) => record.row));
    const left = this.hits.length - shown.length;
    this.more.hidden = left <= 0;
    this.more.textContent = this.form.words.more.replace("{count}", Math.min(left, this.step));
  }

  showOrder() {
    for (const cell of this.table.tHead.rows[0].cells) {
      const { column } = cell.dataset;
      if (this.state.order === column) cell.setAttribute("aria-sort", "ascending");
      else if (this.state.order === `-${column}`) cell.setAttribute("aria-sort", "descending");
      else cell.removeAttribute("aria-sort");
    }
  }
}

for (const block of document.querySelectorAll(".hb-listing")) {
  if (block.querySelector("template")) new Listing(block);
}
