/* What is chosen, as the address keeps it: ?text=…&country=DK&country=FI&sort=-year. Unknown values are ignored. */
import { fields } from "./records.js";

const names = ["text", ...fields, "sort"];

export function emptyState(order) {
  return { text: "", chosen: Object.fromEntries(fields.map((field) => [field, new Set()])), order };
}

/* known: field → set of its values, sort → set of orders. */
export function readAddress(search, known, order) {
  const given = new URLSearchParams(search);
  const state = emptyState(order);
  state.text = given.get("text") || "";
  for (const field of fields) {
    for (const value of given.getAll(field)) if (known[field]?.has(value)) state.chosen[field].add(value);
  }
  if (known.sort.has(given.get("sort"))) state.order = given.get("sort");
  return state;
}

/* The query for a state; what others keep in the address stays. */
export function writeAddress(search, state, order) {
  const kept = new URLSearchParams(search);
  for (const name of names) kept.delete(name);
  if (state.text.trim()) kept.set("text", state.text.trim());
  for (const field of fields) for (const value of state.chosen[field]) kept.append(field, value);
  if (state.order !== order) kept.set("sort", state.order);
  const query = kept.toString();
  return query ? `?${query}` : "";
}

export function isFiltered(state) {
  return Boolean(state.text.trim()) || fields.some((field) => state.chosen[field].size > 0);
}
