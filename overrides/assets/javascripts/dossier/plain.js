/* A document as plain text: headings and paragraphs with a blank line between, lists with their marks. */

const BLOCKS = new Set(["P", "UL", "OL", "DL", "DT", "DD", "LI", "TABLE", "TR", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER",
  "NAV", "FIGURE", "FIGCAPTION", "DETAILS", "SUMMARY", "BLOCKQUOTE", "PRE", "H1", "H2", "H3", "H4", "H5", "H6"]);
const squeeze = (text) => text.replace(/[ \t\r\n]+/g, " ");

/** Return the text of an element. */
export function plainText(root) {
  const lines = [];
  blocks(root, "", lines);
  return `${lines.join("\n").replace(/\n{3,}/g, "\n\n").trim()}\n`;
}

function blocks(parent, indent, lines) {
  let loose = "";
  const flush = () => {
    if (loose.trim()) lines.push(indent + squeeze(loose).trim(), "");
    loose = "";
  };
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && BLOCKS.has(node.tagName)) {
      flush();
      block(node, indent, lines);
    } else loose += inline(node);
  }
  flush();
}

function block(element, indent, lines) {
  if (element.hidden || element.getAttribute("aria-hidden") === "true" || element.classList.contains("hb-web-only")) return;
  if (element.tagName === "UL" || element.tagName === "OL") {
    list(element, indent, lines);
    lines.push("");
  } else if (element.tagName === "TABLE") {
    if (element.caption) lines.push(indent + squeeze(element.caption.textContent).trim());
    for (const row of element.rows) lines.push(indent + [...row.cells].map((cell) => squeeze(inline(cell)).trim()).join(" | "));
    lines.push("");
  } else if (element.tagName === "DL") {
    for (const term of element.querySelectorAll("dt")) {
      const value = term.nextElementSibling;
      lines.push(`${indent}${squeeze(term.textContent).trim()}: ${value ? squeeze(inline(value)).trim() : ""}`);
    }
    lines.push("");
  } else blocks(element, indent, lines);
}

function list(element, indent, lines) {
  let number = (element.start || 1) - 1;
  for (const item of element.children) {
    number += 1;
    const mark = item.querySelector(":scope > label > input, :scope > p > label > input, :scope > input")
      ? "☐" : element.tagName === "OL" ? `${number}.` : "-";
    const inner = [];
    blocks(item, "", inner);
    const kept = inner.filter((line) => line.trim());
    kept.forEach((line, place) => lines.push(indent + (place ? " ".repeat(mark.length + 1) : `${mark} `) + line));
  }
}

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.tagName === "INPUT") return "";
  if (node.tagName === "svg") return node.querySelector("title")?.textContent || "";
  if (node.tagName === "BR") return " ";
  const text = [...node.childNodes].map(inline).join("");
  const shown = node.dataset?.print;
  return BLOCKS.has(node.tagName) ? ` ${text} ` : text + (shown ? ` (${shown})` : "");
}
