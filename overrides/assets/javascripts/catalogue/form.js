/* The form: what it says of the state, and what it shows of it. */
import { isFiltered } from "./address.js";
import { fields } from "./records.js";

export class Form {
  constructor(element) {
    this.element = element;
    this.text = element.elements.text;
    this.related = element.elements.related;
    this.sort = element.elements.sort;
    this.boxes = [...element.querySelectorAll("input[type=checkbox]")];
    this.active = element.querySelector(".hb-active");
    this.count = element.querySelector(".hb-count");
    this.clear = element.querySelector(".hb-clear");
    this.words = element.dataset;
  }

  /* field → the values that can be chosen; sort → the orders. */
  known() {
    const found = Object.fromEntries(fields.map((field) => [field, new Set()]));
    for (const box of this.boxes) found[box.name].add(box.value);
    for (const option of this.related?.options || []) if (option.value) found.related.add(option.value);
    found.sort = new Set([...this.sort.options].map((option) => option.value));
    return found;
  }

  read(state) {
    state.text = this.text.value;
    for (const field of fields) state.chosen[field].clear();
    for (const box of this.boxes) if (box.checked) state.chosen[box.name].add(box.value);
    if (this.related?.value) state.chosen.related.add(this.related.value);
    state.order = this.sort.value;
  }

  /* The select has one related unit; an address may name several, and the chips show them all. */
  write(state) {
    if (this.text.value.trim() !== state.text.trim()) this.text.value = state.text;
    for (const box of this.boxes) box.checked = state.chosen[box.name].has(box.value);
    if (this.related) this.related.value = [...state.chosen.related][0] || "";
    this.sort.value = state.order;
    this.clear.hidden = !isFiltered(state);
    this.chips(state);
  }

  label(field, value) {
    if (field === "related") return [...this.related.options].find((option) => option.value === value).textContent;
    return this.boxes.find((box) => box.name === field && box.value === value).parentElement.querySelector(".hb-value")
      .textContent;
  }

  chips(state) {
    const chosen = fields.flatMap((field) => [...state.chosen[field]].map((value) => [field, value]));
    this.active.replaceChildren(...chosen.map(([field, value]) => this.chip(field, value)));
    this.active.hidden = !chosen.length;
    for (const opener of this.element.querySelectorAll(".hb-opener")) {
      const list = document.getElementById(opener.getAttribute("aria-controls"));
      const number = list.querySelectorAll("input:checked").length;
      opener.lastElementChild.textContent = number ? ` (${number})` : "";
    }
  }

  chip(field, value) {
    const button = document.createElement("button");
    const name = this.label(field, value);
    button.type = "button";
    button.dataset.field = field;
    button.dataset.value = value;
    button.textContent = name;
    button.setAttribute("aria-label", this.words.remove.replace("{name}", name));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  showCounts(counts) {
    for (const box of this.boxes) {
      const number = counts[box.name].get(box.value) || 0;
      box.parentElement.querySelector(".hb-hits").textContent = `(${number})`;
      box.parentElement.classList.toggle("hb-without", !number && !box.checked);
    }
  }

  say(text) {
    if (this.count.textContent !== text) this.count.textContent = text;
  }

  sayHits(hits, total) {
    this.say(hits ? this.words.hits.replace("{count}", hits).replace("{total}", total) : this.words.none);
  }
}
