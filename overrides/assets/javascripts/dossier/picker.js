/* The list to choose from: groups of tick boxes, a reading list to take in at once, and a search among them. */
import { fill, h } from "./elements.js";

/** Make the picker. `change(ids, on)` is told what is ticked; returns {element, show(chosen)}. */
export function picker(catalogue, change) {
  const { words, units } = catalogue;
  const boxes = new Map();
  const groups = catalogue.groups.map((group) => makeGroup(group, catalogue, boxes, change));
  const hits = h("p", { class: "hb-hits", role: "status" });
  const search = h("input", { type: "search", id: "hb-dossier-filter", autocomplete: "off" });
  const haystack = new Map([...boxes.keys()].map((id) => [id, `${id} ${units[id].title}`.toLocaleLowerCase(catalogue.lang)]));

  function filter() {
    const needles = search.value.trim().toLocaleLowerCase(catalogue.lang).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [id, box] of boxes) {
      const fits = needles.every((needle) => haystack.get(id).includes(needle));
      box.closest("li").hidden = !fits;
      if (fits) count += 1;
    }
    for (const group of groups) {
      group.filtered(needles.length > 0);
      group.count();
    }
    if (needles.length) hits.textContent = count ? fill(words.hits, { count }) : words.no_hits;
    else hits.textContent = "";
  }
  search.addEventListener("input", filter);

  const element = h("div", { class: "hb-picker" },
    readingLists(catalogue, change),
    h("div", { class: "hb-field" }, h("label", { for: search.id }, words.filter), search, hits),
    ...groups.map((group) => group.element));

  return {
    element,
    show(chosen) {
      for (const [id, box] of boxes) box.checked = chosen.has(id);
      for (const group of groups) group.count();
    },
  };
}

function readingLists(catalogue, change) {
  const { words } = catalogue;
  const select = h("select", { id: "hb-dossier-list" }, h("option", { value: "" }, words.list_none));
  const lists = [];
  for (const kind of catalogue.reading) {
    const part = h("optgroup", { label: kind.title });
    for (const list of kind.lists) part.append(h("option", { value: lists.push(list) - 1 }, list.title));
    select.append(part);
  }
  const add = () => {
    if (select.value !== "") change(lists[Number(select.value)].units, true);
  };
  return h("div", { class: "hb-field" },
    h("label", { for: select.id }, words.list),
    h("div", { class: "hb-row" }, select, h("button", { type: "button", onclick: add }, words.add)));
}

/** One kind of unit, folded: its parts are fieldsets, each with a button for all of it. */
function makeGroup(group, catalogue, boxes, change) {
  const { words } = catalogue;
  const parts = group.parts.map((part) => makePart(part, group, catalogue, boxes, change));
  const total = new Set(group.parts.flatMap((part) => part.units)).size;
  const told = h("span", { class: "hb-told" });
  const element = h("details", { class: "hb-group", "data-kind": group.kind },
    h("summary", {}, h("span", {}, group.title), " ", told),
    ...parts.map((part) => part.element));
  let wasOpen = null;
  return {
    element,
    count() {
      const ids = group.parts.flatMap((part) => part.units);
      told.textContent = fill(words.selected, { count: ids.filter((id) => boxes.get(id).checked).length, total });
      for (const part of parts) part.count();
    },
    filtered(active) {
      for (const part of parts) part.element.hidden = !part.element.querySelector("li:not([hidden])");
      const any = parts.some((part) => !part.element.hidden);
      element.hidden = !any;
      if (active) {
        wasOpen ??= element.open;
        element.open = any;
      } else if (wasOpen !== null) {
        element.open = wasOpen;
        wasOpen = null;
      }
    },
  };
}

function makePart(part, group, catalogue, boxes, change) {
  const { words, units } = catalogue;
  const list = h("ul", {});
  for (const id of part.units) {
    const box = h("input", { type: "checkbox", value: id });
    box.addEventListener("change", () => change([id], box.checked));
    boxes.set(id, box);
    const name = h("span", { class: "hb-name", lang: units[id].lang }, units[id].title);
    list.append(h("li", {}, h("label", {}, box, " ", "GBMI".includes(id[0]) ? h("span", { class: "hb-id" }, id) : null, " ", name)));
  }
  const visible = () => part.units.filter((id) => !boxes.get(id).closest("li").hidden);
  const all = () => visible().length > 0 && visible().every((id) => boxes.get(id).checked);
  const button = h("button", { type: "button", onclick: () => change(visible(), !all()) });
  const legend = part.title === group.title ? h("legend", { class: "hb-unseen" }, part.title) : h("legend", {}, part.title);
  return {
    element: h("fieldset", {}, legend, button, list),
    count() {
      const label = all() ? words.none : words.all;
      button.textContent = label;
      button.setAttribute("aria-label", `${label}: ${part.title}`);
    },
  };
}
