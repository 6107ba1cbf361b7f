/* Takes units out of the handbook's own pages, which it fetches from the same place, each once. */
import { h } from "./elements.js";

const HEADINGS = "h1, h2, h3, h4, h5, h6";
const LEFT_OUT = ".headerlink, .hb-related, .hb-unit-end, .hb-downloads, .hb-dossier, .hb-up, .hb-printed, script, style, link";
const level = (element) => (/^H[1-6]$/.test(element.tagName) ? Number(element.tagName[1]) : 0);

/** A store of pages: `unit(id)` resolves to {id, title, lang, nodes} or rejects. */
export function store(catalogue, base) {
  const pages = new Map();

  function page(address) {
    if (!pages.has(address)) pages.set(address, fetchPage(address));
    return pages.get(address);
  }

  return {
    async unit(id) {
      const url = new URL(catalogue.units[id].url, base);
      url.hash = "";
      try {
        return extract(await page(url.href), id, url.href);
      } catch (error) {
        pages.delete(url.href); // so that another try asks anew
        throw error;
      }
    },
  };
}

async function fetchPage(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Work through `items` a few at a time; returns what each came to, in order. */
export async function few(items, work, width = 6) {
  const results = new Array(items.length);
  let next = 0;
  async function run() {
    while (next < items.length) {
      const place = next;
      next += 1;
      results[place] = await work(items[place]).then((value) => ({ value }), (error) => ({ error }));
    }
  }
  await Promise.all(Array.from({ length: width }, run));
  return results;
}

/** Take one unit out of its page: its heading's text, and what follows it without the units inside it. */
export function extract(page, id, address) {
  const heading = [...page.querySelectorAll(HEADINGS)].find((element) => element.dataset.unit === id);
  if (!heading) throw new Error(`${id} ${address}`);
  const box = h("div", {});
  let inside = 0;
  for (let node = heading.nextElementSibling; node; node = node.nextElementSibling) {
    const depth = level(node);
    if (depth && depth <= level(heading)) break;
    if (depth && inside && depth <= inside) inside = 0;
    if (depth && node.dataset.unit) inside = depth;
    if (!inside) box.append(document.importNode(node, true));
  }
  const title = heading.cloneNode(true);
  title.querySelectorAll(".headerlink").forEach((link) => link.remove());
  box.querySelectorAll(LEFT_OUT).forEach((element) => element.remove());
  footnotes(page, box);
  withoutEmptyHeadings(box);
  ownNames(box, id);
  absolute(box, address);
  return { id, title: title.textContent.trim(), lang: heading.lang, level: level(heading), box };
}

/** Notes stand at their page's end; those that the unit refers to come along. */
function footnotes(page, box) {
  const notes = [...box.querySelectorAll("a.footnote-ref")]
    .map((link) => page.getElementById(decodeURIComponent(link.hash.slice(1))))
    .filter(Boolean);
  if (!notes.length) return;
  const list = h("ol", { class: "footnotes" });
  for (const note of new Set(notes)) list.append(document.importNode(note, true));
  list.querySelectorAll(".footnote-backref").forEach((link) => link.remove());
  box.append(h("div", { class: "footnote" }, list));
}

/** A heading under which only other units stood has nothing to say here. */
function withoutEmptyHeadings(box) {
  for (const heading of [...box.querySelectorAll(HEADINGS)].reverse()) {
    const next = heading.nextElementSibling;
    if (!next || (level(next) && level(next) <= level(heading))) heading.remove();
  }
}

/** Names inside a unit become names of the dossier, since two pages may use the same. */
function ownNames(box, id) {
  const named = (name) => `d-${id.toLowerCase()}-${name}`;
  for (const element of box.querySelectorAll("[id]")) element.id = named(element.id);
  for (const attribute of ["for", "aria-labelledby", "aria-describedby"]) {
    for (const element of box.querySelectorAll(`[${attribute}]`)) {
      element.setAttribute(attribute, element.getAttribute(attribute).split(/\s+/).map(named).join(" "));
    }
  }
  for (const link of box.querySelectorAll('a[href^="#"]')) {
    const target = named(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (box.querySelector(`#${CSS.escape(target)}`)) link.setAttribute("href", `#${target}`);
  }
}

function absolute(box, address) {
  for (const [selector, name] of [["a[href]", "href"], ["img[src]", "src"]]) {
    for (const element of box.querySelectorAll(selector)) {
      const value = element.getAttribute(name);
      if (!value.startsWith("#d-")) element.setAttribute(name, new URL(value, address).href);
    }
  }
}
