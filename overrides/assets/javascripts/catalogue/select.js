/* Which records fit, how many would fit with one more value, and the records in an order. */
import { comparer } from "./collate.js";
import { fields } from "./records.js";
import { queryWords } from "./fold.js";

/* Within a field any chosen value fits; across fields, and of the words, all must. */
export function select(records, state) {
  const words = queryWords(state.text);
  const wanted = fields.filter((field) => state.chosen[field].size);
  const counts = Object.fromEntries(fields.map((field) => [field, new Map()]));
  const hits = [];
  for (const record of records) {
    if (!words.every((word) => record.text.includes(word))) continue;
    const missed = wanted.filter((field) => !record.values[field].some((value) => state.chosen[field].has(value)));
    if (!missed.length) hits.push(record);
    /* A field's own choice does not lessen what its other values would bring. */
    const open = missed.length ? missed : fields;
    if (missed.length < 2) for (const field of open) count(counts[field], record.values[field]);
  }
  return { hits, counts };
}

function count(counts, values) {
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
}

/* By what a column shows, in the language's own order, numbers by value; ties by id, whatever the direction. */
export function sorter(locale, letters) {
  const compare = comparer(locale, letters);
  return (records, order) => {
    const column = order.replace(/^-/, "");
    const direction = order.startsWith("-") ? -1 : 1;
    const shown = (record) => (column === "id" ? record.unit : record.cells[column]);
    return [...records].sort(
      (a, b) => direction * compare(shown(a), shown(b)) || compare(a.unit, b.unit),
    );
  };
}
