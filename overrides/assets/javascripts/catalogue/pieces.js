/* The rows of a long table's further pages. */

async function rowsOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = [...page.querySelectorAll(".hb-listing tbody tr[data-unit]")];
  for (const link of page.querySelectorAll(".hb-listing tbody a[href]")) {
    link.setAttribute("href", new URL(link.getAttribute("href"), answer.url).href);
  }
  return rows.map((row) => document.adoptNode(row));
}

/* All further rows, in order. Throws when a page cannot be had: part of a table is no table. */
export async function furtherRows(navigation) {
  const links = [...navigation.querySelectorAll("a[href]:not([aria-current])")];
  return (await Promise.all(links.map((link) => rowsOf(link.href)))).flat();
}
