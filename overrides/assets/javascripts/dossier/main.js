/* The page "make a dossier": the choice lives in the address, so that it can be sent on and gone back from. */
import { chosenList } from "./chosen.js";
import { assemble } from "./document.js";
import { fill, h } from "./elements.js";
import { picker } from "./picker.js";
import { plainText } from "./plain.js";
import { commandLine, compare, fileName, readAddress, writeAddress } from "./selection.js";
import { store } from "./units.js";

const place = document.querySelector("[data-hb-dossier]");
const base = new URL(".", location.href);

async function start() {
  const answer = await fetch(new URL(place.dataset.hbDossier, base));
  if (!answer.ok) throw new Error(answer.status);
  run(await answer.json());
}

function run(catalogue) {
  const { words } = catalogue;
  const known = Object.keys(catalogue.units);
  const pages = store(catalogue, base);
  const pageTitle = document.title;
  let state = { ids: [], title: "", resolution: true };
  let shown = null; // the document, once asked for
  let turn = 0;

  const status = h("p", { role: "status", class: "hb-announced" });
  const notices = h("div", { class: "hb-notices", role: "alert" });
  const pick = picker(catalogue, change);
  const list = chosenList(catalogue, act);
  const title = h("input", { type: "text", id: "hb-dossier-title", maxlength: "150", "aria-describedby": "hb-dossier-hint" });
  const resolution = h("input", { type: "checkbox", id: "hb-dossier-resolution" });
  const command = h("code", {});
  const order = h("button", { type: "button", onclick: () => set({ ids: [...state.ids].sort(compare) }) }, words.order);
  const clear = h("button", { type: "button", onclick: () => { set({ ids: [] }); heading.focus(); } }, words.clear);
  const show = h("button", { type: "button", class: "hb-main", onclick: showAsked }, words.show);
  const tools = h("div", { class: "hb-row hb-tools", hidden: true },
    h("button", { type: "button", onclick: () => window.print() }, words.print),
    navigator.clipboard && h("button", { type: "button", onclick: () => copy(() => plainText(shown)) }, words.copy_text),
    h("button", { type: "button", onclick: save }, words.save_text),
    navigator.clipboard && h("button", { type: "button", onclick: () => copy(() => location.href) }, words.copy_link));
  const whenChosen = h("div", {},
    h("div", { class: "hb-row" }, order, clear),
    h("div", { class: "hb-field" },
      h("label", { for: title.id }, words.title), title, h("p", { id: "hb-dossier-hint", class: "hb-hint" }, words.title_hint)),
    h("p", {}, h("label", {}, resolution, " ", words.resolution)),
    h("div", { class: "hb-row" }, show),
    h("details", { class: "hb-command" }, h("summary", {}, words.command),
      h("p", {}, words.command_text), h("pre", { tabindex: "0" }, command)));
  const heading = h("h2", { tabindex: "-1", id: "hb-dossier-chosen" }, words.chosen);
  const holder = h("div", {});
  place.replaceChildren(
    h("form", { class: "hb-form" },
      h("h2", {}, words.choose), notices, pick.element,
      h("section", { class: "hb-selection", "aria-labelledby": heading.id }, heading, status, list.element, whenChosen, tools)),
    holder);
  place.querySelector("form").addEventListener("submit", (event) => event.preventDefault());

  let typing = 0;
  title.addEventListener("input", () => {
    state = { ...state, title: title.value.trim() };
    clearTimeout(typing);
    typing = setTimeout(() => { write("replaceState"); render(); }, 400);
  });
  resolution.addEventListener("change", () => set({ resolution: resolution.checked }));
  window.addEventListener("popstate", read);

  function change(ids, on) {
    const wanted = new Set(ids);
    const added = ids.filter((id) => !state.ids.includes(id));
    set({ ids: on ? [...state.ids, ...added] : state.ids.filter((id) => !wanted.has(id)) });
  }

  function act(name, id) {
    const ids = [...state.ids];
    const at = ids.indexOf(id);
    ids.splice(at, 1);
    if (name !== "remove") ids.splice(name === "up" ? at - 1 : at + 1, 0, id);
    set({ ids });
    if (name !== "remove") {
      list.focus(id, name);
      status.textContent = fill(words.moved, { id, place: ids.indexOf(id) + 1, count: ids.length });
    } else if (!(ids.length && list.focus(ids[Math.min(at, ids.length - 1)], "remove"))) heading.focus();
  }

  /** Take over a change that the reader made: a step of its own in the browser's history. */
  function set(values) {
    clearTimeout(typing);
    state = { ...state, ...values };
    notices.replaceChildren();
    write("pushState");
    render();
  }

  /** What was typed last counts now: a document put together once more, a moment later, would take the focus away. */
  function showAsked() {
    clearTimeout(typing);
    write("replaceState");
    build(true);
  }

  function write(how) {
    const address = `${location.pathname}${writeAddress(state, known)}`;
    if (address !== location.pathname + location.search + location.hash) history[how](null, "", address);
  }

  /** Take over what the address says, and tell what of it can't be had. */
  function read() {
    const found = readAddress(location, known);
    const unknown = [...found.wrong];
    notices.replaceChildren();
    for (const id of found.ids.filter((one) => !(one in catalogue.units))) {
      if (id in catalogue.withdrawn) notices.append(withdrawn(id));
      else unknown.push(id);
    }
    if (unknown.length) notices.prepend(h("p", {}, fill(words.unknown, { ids: unknown.join(", ") })));
    state = { ids: found.ids.filter((id) => id in catalogue.units), title: found.title, resolution: found.resolution };
    render();
  }

  function withdrawn(id) {
    const { since, reason, by } = catalogue.withdrawn[id];
    return h("p", {}, `${fill(words.withdrawn, { id, since, reason })} `,
      by in catalogue.units && h("button", { type: "button", onclick: () => change([by], true) }, fill(words.replaced, { id: by })));
  }

  function render() {
    const { ids } = state;
    pick.show(new Set(ids));
    list.show(ids);
    if (document.activeElement !== title) title.value = state.title;
    resolution.checked = state.resolution;
    whenChosen.hidden = !ids.length;
    command.textContent = commandLine(state, known, catalogue.lang);
    status.textContent = ids.length ? fill(words.count, { count: ids.length }) : "";
    if (shown) build(false);
  }

  /** Put the document together anew; only the last call's comes to stand. */
  async function build(asked) {
    turn += 1;
    const mine = turn;
    if (!state.ids.length) {
      shown = null;
      finish(null, []);
      return;
    }
    if (asked) status.textContent = words.building;
    const { element, missing } = await assemble(catalogue, state, pages, base);
    if (mine !== turn) return;
    shown = element;
    finish(element, missing);
    if (asked) {
      status.textContent = words.ready;
      element.querySelector("h2").focus();
    }
  }

  function finish(element, missing) {
    holder.replaceChildren(...(missing.length ? [h("div", { class: "hb-notices", role: "alert" },
      h("p", {}, `${fill(words.missing, { ids: missing.join(", ") })} `,
        h("button", { type: "button", onclick: () => build(true) }, words.retry)))] : []), ...(element ? [element] : []));
    tools.hidden = !element;
    document.documentElement.classList.toggle("hb-has-document", Boolean(element));
    document.title = element ? state.title || words.untitled : pageTitle;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text());
      status.textContent = words["download.copied"];
    } catch {
      status.textContent = words["download.failed"];
    }
  }

  function save() {
    const address = URL.createObjectURL(new Blob([`\ufeff${plainText(shown)}`], { type: "text/plain;charset=utf-8" }));
    h("a", { href: address, download: `${fileName(state.title)}.txt` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  read();
  if (state.ids.length) build(false); // who follows a link wants to see what it names
}

if (place) {
  start().catch(() => place.replaceChildren(h("p", { role: "alert" }, place.dataset.hbFailed)));
}
