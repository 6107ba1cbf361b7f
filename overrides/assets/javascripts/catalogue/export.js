/* Files of exactly what is shown, made in the browser. */

/* A spreadsheet takes a cell that begins so for a formula; an apostrophe makes it text. */
const formula = /^[=+\-@＝＋－＠\t\r\n]/;

function csvCell(text) {
  const safe = formula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/* Semicolons: where the comma is the decimal mark, as in the Nordic countries, Excel splits at them, and LibreOffice
   knows them too. A byte order mark, without which Excel misreads å, ä, ö, þ. CRLF and quotes: RFC 4180. */
export function csv(columns, records) {
  const rows = [columns.map((column) => column.label)];
  for (const record of records) rows.push(columns.map((column) => record.cells[column.name]));
  return "\ufeff" + rows.map((row) => row.map(csvCell).join(";") + "\r\n").join("");
}

export function json(columns, records, page) {
  const content = {
    address: page.address,
    language: page.language,
    count: records.length,
    columns: Object.fromEntries(columns.map(({ name, label }) => [name, label])),
    initiatives: records.map((record) => ({
      id: record.unit,
      address: new URL(record.row.querySelector("a").href, page.address).href,
      ...record.cells,
    })),
  };
  return JSON.stringify(content, null, 1) + "\n";
}

const types = { csv: "text/csv;charset=utf-8", json: "application/json" };

export function save(name, format, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: types[format] }));
  link.download = `${name}.${format}`;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
