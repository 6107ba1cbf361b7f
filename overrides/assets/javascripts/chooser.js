/* Proposes a language by marking it and putting it first: that of the address where nothing was found, the remembered
   one, or the browser's. Remembers a choice. */
(() => {
  const links = [...document.querySelectorAll("a[data-lang]")];
  const key = "hb-language";
  const remembered = (() => { try { return localStorage.getItem(key); } catch { return null; } })();
  const aliases = { no: "nb", nn: "nb" };
  const wanted = [...location.pathname.split("/").filter((part) => part.length === 2), remembered, ...(navigator.languages || [])]
    .filter(Boolean)
    .map((tag) => tag.toLowerCase().split("-")[0])
    .map((code) => aliases[code] || code);
  const match = wanted.map((code) => links.find((link) => link.dataset.lang === code)).find(Boolean);
  if (match) {
    match.dataset.proposed = "true";
    const item = match.closest("li");
    item.parentElement.prepend(item);
  }
  for (const link of links) {
    link.addEventListener("click", () => {
      try { localStorage.setItem(key, link.dataset.lang); } catch { /* private mode */ }
    });
  }
})();
