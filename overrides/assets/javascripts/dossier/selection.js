/* What is chosen, and how an address says it: ?only=G-03,M-26..M-39&title=Sak%2045/26. The same reading as
   `handbook.py pdf --only`: ids and ranges, comma-separated, in the order given, each once. */

const ORDER = "GBMITLSP";
const DIGITS = { G: 2, B: 2, M: 2, I: 3, S: 2 };
const WORD = /^[TLP]-[a-z0-9]+(-[a-z0-9]+)*$/;
const NUMBERED = /^([GBMIS])-([0-9]+)$/;

/** Tell whether a text is an id in its exact written form. */
export function isId(text) {
  const match = NUMBERED.exec(text);
  if (!match) return WORD.test(text);
  const number = Number(match[2]);
  return number > 0 && match[2] === String(number).padStart(DIGITS[match[1]], "0");
}

/** Compare two ids: by kind, then number, then word. */
export function compare(a, b) {
  const [x, y] = [a, b].map((id) => [ORDER.indexOf(id[0]), /^\d+$/.test(id.slice(2)) ? Number(id.slice(2)) : 0, id.slice(2)]);
  return x[0] - y[0] || x[1] - y[1] || (x[2] < y[2] ? -1 : Number(x[2] > y[2]));
}

/** Read a selection: {ids, wrong}; a range takes the known ids of its kind between its ends. */
export function expand(text, known) {
  const ids = new Set();
  const wrong = [];
  for (const part of text.split(",").map((p) => p.trim()).filter(Boolean)) {
    const ends = part.split("..");
    if (ends.length === 1) {
      if (isId(part)) ids.add(part);
      else wrong.push(part);
      continue;
    }
    const [first, last] = ends;
    const fits = ends.length === 2 && isId(first) && isId(last) && first[0] === last[0];
    const span = fits ? known.filter((id) => id[0] === first[0] && compare(first, id) <= 0 && compare(id, last) <= 0) : [];
    if (!span.length) wrong.push(part);
    for (const id of span.sort(compare)) ids.add(id);
  }
  return { ids: [...ids], wrong };
}

/** Write a selection as briefly as it reads back: three or more neighbours of a numbered kind become a range. */
export function compress(ids, known) {
  const place = new Map(known.filter((id) => id[0] in DIGITS).sort(compare).map((id, position) => [id, position]));
  const parts = [];
  for (let start = 0; start < ids.length;) {
    let end = start;
    while (end + 1 < ids.length && ids[end + 1][0] === ids[start][0]
      && place.has(ids[end]) && place.get(ids[end + 1]) === place.get(ids[end]) + 1) end += 1;
    if (end - start < 2) end = start;
    parts.push(end > start ? `${ids[start]}..${ids[end]}` : ids[start]);
    start = end + 1;
  }
  return parts.join(",");
}

/** Read the address: {ids, wrong, title, resolution}. What stands after # counts where nothing stands after ?. */
export function readAddress(location, known) {
  const query = new URLSearchParams(location.search);
  const found = query.has("only") ? query : new URLSearchParams(location.hash.replace(/^#\??/, ""));
  return {
    ...expand(found.get("only") || "", known),
    title: found.get("title") || "",
    resolution: found.get("resolution") !== "0",
  };
}

/** Write the part of the address after the path; empty when nothing is chosen. */
export function writeAddress({ ids, title, resolution }, known) {
  const parts = [];
  if (ids.length) parts.push(`only=${compress(ids, known)}`);
  if (title) parts.push(`title=${encodeURIComponent(title).replaceAll("%2F", "/")}`);
  if (!resolution) parts.push("resolution=0");
  return parts.length ? `?${parts.join("&")}` : "";
}

/** Write the command that makes the same choice a PDF. */
export function commandLine({ ids, title }, known, lang) {
  const quoted = `"${title.replace(/[\\"$`]/g, "\\$&")}"`;
  return `python3 scripts/handbook.py pdf --lang ${lang} --only ${compress(ids, known)}`
    + `${title ? ` --title ${quoted}` : ""} --out ${fileName(title)}.pdf`;
}

/** Turn a title into the name of a file. */
export function fileName(title) {
  const plain = title.toLowerCase().normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return plain.slice(0, 60) || "handbook";
}
