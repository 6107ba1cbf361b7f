/* What a row of the table says: its cells by column, its values by field, its text for the search. */
import { fold } from "./fold.js";

export const fields = ["country", "service_area", "ai_type", "function", "status", "kind", "year", "related"];

export function columnsOf(table) {
  return [...table.tHead.rows[0].cells].map((cell) => ({ name: cell.dataset.column, label: cell.textContent.trim() }));
}

export function readRow(row, columns) {
  const cells = {};
  columns.forEach(({ name }, position) => {
    cells[name] = row.cells[position].textContent.replace(/\s+/g, " ").trim();
  });
  const values = {};
  for (const field of fields) {
    values[field] = (row.getAttribute(`data-${field.replaceAll("_", "-")}`) || "").split(" ").filter(Boolean);
  }
  const text = fold([row.dataset.unit, row.dataset.text || "", ...Object.values(cells)].join("\n"));
  return { row, unit: row.dataset.unit, cells, values, text };
}
