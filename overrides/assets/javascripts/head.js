/* Runs before the theme's script. */
(() => {
  /* The theme asks for a sitemap at every link[rel=alternate], also at other hosts. Readers' browsers need not:
     the links are for search engines, which have read the page by now. The token stays, the exact match goes. */
  for (const link of document.querySelectorAll("link[rel=alternate][hreflang]")) {
    link.setAttribute("rel", "alternate hreflang");
  }
  /* The chooser at / proposes the language that was last chosen. The place on the page and what was chosen there
     (filters, a dossier's units) stand in the address, the same in every language, and come along. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.hb-switch");
    if (link) {
      link.search = location.search;
      link.hash = location.hash;
      try { localStorage.setItem("hb-language", link.hreflang); } catch { /* private mode */ }
    }
  });
})();
