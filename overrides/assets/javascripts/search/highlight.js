/* Marks on the page what search found there: whole words whose folded form stands in the address (?h=…). */
(() => {
  const search = globalThis.handbookSearch;
  const url = new URL(location.href);
  const wanted = new Set((url.searchParams.get("h") || "").split(" ").filter(Boolean).map(search.fold));
  const article = document.querySelector("article.md-content__inner");
  if (!wanted.size || !article) return;

  const LEFT_OUT = "script, style, svg, .headerlink, .hb-label, .hb-related, form";

  function mark(node) {
    const found = search.words(node.data).filter((word) => wanted.has(search.fold(word.text)));
    for (const word of found.reverse()) {
      const rest = node.splitText(word.at);
      rest.splitText(word.text.length);
      const element = document.createElement("mark");
      element.dataset.mdHighlight = "";
      rest.replaceWith(element);
      element.append(rest);
    }
  }

  const nodes = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(LEFT_OUT)) nodes.push(walker.currentNode);
  nodes.forEach(mark);

  /* The address is to be copied and cited without the words. */
  url.searchParams.delete("h");
  history.replaceState(history.state, "", url);

  /* A unit with an anchor is in sight; on a whole page the reader is led to where most was found. */
  if (url.hash) return;
  const blocks = new Map();
  for (const element of article.querySelectorAll("mark[data-md-highlight]")) {
    const block = element.closest("p, li, td, th, dd, h1, h2, h3, h4, h5, h6") || element;
    const words = blocks.get(block) || new Set();
    blocks.set(block, words.add(search.fold(element.textContent)));
  }
  const [best] = [...blocks].sort((a, b) => b[1].size - a[1].size)[0] || [];
  if (best && best.getBoundingClientRect().bottom > innerHeight) best.scrollIntoView({ block: "center" });
})();
