/* Puts the chosen units together as one document: front, chapters, questions, terms, sources, references, resolution. */
import { h } from "./elements.js";
import { compare, writeAddress } from "./selection.js";
import { few } from "./units.js";

const HEADINGS = ["H1", "H2", "H3", "H4", "H5", "H6"];
const NUMBERED = "GBMI";
const anchor = (id) => `d-${id.toLowerCase()}`;

/** Resolve to {element, missing}: the document, and the ids that could not be fetched. */
export async function assemble(catalogue, state, pages, base) {
  const made = await few(state.ids, (id) => pages.unit(id));
  const missing = state.ids.filter((id, place) => !made[place].value);
  const units = made.filter((result) => result.value).map((result) => result.value);
  const used = { here: new Set(units.map((unit) => unit.id)), terms: new Set(), sources: new Set(), outside: new Set() };
  for (const unit of units) for (const link of unit.box.querySelectorAll('a[data-unit^="T-"]')) used.terms.add(link.dataset.unit);
  const terms = await definitions([...used.terms].filter((id) => !used.here.has(id)), pages, missing);
  used.terms = new Set(terms.map((term) => term.id));

  const questions = units.filter((unit) => unit.id[0] === "G").map((unit) => [unit, takeQuestions(unit, catalogue)])
    .filter(([, found]) => found);
  for (const part of [...units, ...terms]) {
    if (part.level) setLevels(part);
    references(part.box, used, catalogue, base);
  }
  for (const [, found] of questions) references(found, used, catalogue, base);

  const body = [
    ...chapters(units, catalogue),
    ...[questionPart(questions, catalogue), termPart(terms, catalogue), sourcePart(used, catalogue), outsidePart(used, catalogue, base)]
      .filter(Boolean),
    ...(state.resolution ? [resolutionPart(catalogue)] : []),
  ];
  const contents = body.flatMap((part) => part.entries);
  const element = h("article", { class: "hb-document", "aria-labelledby": "hb-document-title" },
    front(catalogue, state, contents, base), ...body.map((part) => part.element));
  return { element, missing };
}

/** Terms with their definitions only: forms and other languages stay in the glossary. */
async function definitions(ids, pages, missing) {
  const found = [];
  const results = await few(ids.sort(compare), (id) => pages.unit(id));
  results.forEach(({ value }, place) => {
    if (!value) missing.push(ids[place]);
    else {
      value.box.querySelectorAll(".hb-label, .hb-facts").forEach((element) => element.remove());
      found.push({ ...value, level: 0 });
    }
  });
  return found;
}

/** Take a guideline's questions for the council out of it: they stand together at the end. */
function takeQuestions(unit, catalogue) {
  const heading = [...unit.box.querySelectorAll(HEADINGS.join(","))]
    .find((element) => catalogue.questions.includes(element.textContent.trim()));
  if (!heading) return null;
  const box = h("div", {});
  while (heading.nextElementSibling && !HEADINGS.includes(heading.nextElementSibling.tagName)) box.append(heading.nextElementSibling);
  heading.remove();
  for (const advice of box.querySelectorAll(".hb-advice")) {
    advice.querySelector(".admonition-title")?.remove();
    advice.replaceWith(...advice.childNodes);
  }
  return box;
}

/** Headings inside a unit follow on from its own, which is 3 for a page and 4 below a chapter. */
function setLevels(unit) {
  const shift = (unit.id[0] === "P" ? 3 : 4) - unit.level;
  for (const old of unit.box.querySelectorAll(HEADINGS.join(","))) {
    const fresh = h(`h${Math.min(6, Number(old.tagName[1]) + shift)}`, { lang: old.lang || null, id: old.id || null });
    fresh.append(...old.childNodes);
    old.replaceWith(fresh);
  }
}

/** Lead references to where their unit stands: here, in the lists at the end, or at its permanent address. */
function references(box, used, catalogue, base) {
  for (const link of box.querySelectorAll("a[data-unit]")) {
    const id = link.dataset.unit;
    if (id[0] === "S") {
      used.sources.add(id);
      link.href = `#${anchor(id)}`;
    } else if (used.here.has(id) || used.terms.has(id)) link.href = `#${anchor(id)}`;
    else {
      used.outside.add(id);
      link.href = permanent(id, catalogue, base);
    }
    const around = link.closest("tr, li") || link.parentElement;
    if (NUMBERED.includes(id[0]) && !around.textContent.includes(id)) link.dataset.print = id;
  }
  for (const link of box.querySelectorAll("a[href]:not([data-unit])")) {
    if (!["", base.host].includes(link.host) && !link.textContent.includes(link.href)) link.dataset.print = link.href;
  }
}

const permanent = (id, catalogue, base) => new URL(`${catalogue.root}${catalogue.lang}/id/${id}/`, base).href;

/** A part of the document; one that runs on does not begin a sheet of its own. */
function part(title, id, ...children) {
  const heading = h("h3", { id }, title);
  const runsOn = ["d-sources", "d-outside"].includes(id);
  return {
    element: h("section", { class: runsOn ? "hb-chapter hb-runs-on" : "hb-chapter", "aria-labelledby": id }, heading, ...children),
    entries: [{ id, title }],
  };
}

function chapters(units, catalogue) {
  const found = [];
  let before = "";
  for (const unit of units) {
    const kind = unit.id[0];
    const name = catalogue.units[unit.id].title;
    const entry = { id: anchor(unit.id), title: NUMBERED.includes(kind) ? `${unit.id} ${name}` : name, lang: unit.lang };
    if (kind === "P") {
      const page = part(unit.title, anchor(unit.id), ...unit.box.childNodes);
      page.element.firstChild.lang = unit.lang;
      found.push({ element: page.element, entries: [entry] });
    } else {
      if (kind !== before) {
        found.push(part(catalogue.words[`kinds.${kind}`], `d-chapter-${found.length}`));
        found.at(-1).entries = [];
      }
      const heading = h("h4", { id: anchor(unit.id), lang: unit.lang || null }, unit.title);
      found.at(-1).element.append(h("section", { class: `hb-unit hb-kind-${kind}`, "aria-labelledby": anchor(unit.id) },
        heading, ...unit.box.childNodes));
      found.at(-1).entries.push(entry);
    }
    before = kind;
  }
  return found;
}

function questionPart(questions, catalogue) {
  if (!questions.length) return null;
  return part(catalogue.words["guideline.questions"], "d-questions",
    h("p", { class: "hb-label" }, catalogue.words["advice.title"]), ...questions.map(([unit, box]) => h("section", {},
    h("h4", {}, h("a", { href: `#${anchor(unit.id)}`, lang: unit.lang || null }, `${unit.id} ${unit.title}`)), ...box.childNodes)));
}

function termPart(terms, catalogue) {
  if (!terms.length) return null;
  return part(catalogue.words["kinds.T"], "d-terms", h("dl", { class: "hb-terms" }, ...terms.flatMap((term) => [
    h("dt", { id: anchor(term.id), lang: term.lang || null }, term.title),
    h("dd", {}, ...term.box.childNodes),
  ])));
}

function sourcePart(used, catalogue) {
  const ids = [...used.sources].filter((id) => id in catalogue.sources).sort(compare);
  if (!ids.length) return null;
  return part(catalogue.words["kinds.S"], "d-sources", h("ul", {}, ...ids.map((id) => {
    const { before, title, lang, after } = catalogue.sources[id];
    return h("li", { id: anchor(id) }, h("span", { class: "hb-id" }, id), " ", before,
      title && h("cite", { lang: lang || null }, title), after || "");
  })));
}

function outsidePart(used, catalogue, base) {
  const ids = [...used.outside].filter((id) => id in catalogue.units).sort(compare);
  if (!ids.length) return null;
  return part(catalogue.words.outside, "d-outside", h("ul", { class: "hb-addresses" }, ...ids.map((id) => h("li", {},
    NUMBERED.includes(id[0]) ? h("span", { class: "hb-id" }, `${id} `) : null,
    h("span", { lang: catalogue.units[id].lang || null }, catalogue.units[id].title), " ",
    h("a", { href: permanent(id, catalogue, base) }, `${catalogue.address}${catalogue.lang}/id/${id}/`)))));
}

function resolutionPart(catalogue) {
  const { words } = catalogue;
  const lines = Array.from({ length: 9 }, () => h("div", { class: "hb-line" }));
  return part(words["pdf.resolution"], "d-resolution",
    h("p", {}, words["pdf.resolution_text"]),
    h("div", { class: "hb-lines", "aria-hidden": "true" }, ...lines),
    h("div", { class: "hb-signatures" }, ...["pdf.place_date", "pdf.signature", "pdf.place_date", "pdf.signature"]
      .map((key) => h("p", {}, words[key]))));
}

function front(catalogue, state, contents, base) {
  const { words } = catalogue;
  const query = writeAddress(state, Object.keys(catalogue.units));
  return h("header", { class: "hb-front" },
    h("p", { class: "hb-handbook" }, words["handbook.title"]),
    h("h2", { id: "hb-document-title", tabindex: "-1" }, state.title || words.untitled),
    h("p", {}, `${words["footer.edition"]} ${catalogue.edition} · ${catalogue.date}`,
      h("br"), catalogue.draft ? words["pdf.draft"] : "", catalogue.draft ? h("br") : "", words["footer.licence"]),
    h("p", { class: "hb-own-address" }, `${words.link}: `,
      h("a", { href: new URL(query, base).href }, `${catalogue.address}${catalogue.page}${query}`)),
    h("nav", { "aria-labelledby": "hb-document-contents" },
      h("h3", { id: "hb-document-contents" }, words["pdf.contents"]),
      h("ol", {}, ...contents.map((entry) => h("li", {}, h("a", { href: `#${entry.id}`, lang: entry.lang || null }, entry.title))))));
}

