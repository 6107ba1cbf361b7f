/* Draws hits into the theme's list. All text goes in as text, never as HTML. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const make = (tag, options = {}, ...children) => {
    const { attributes = {}, ...properties } = options;
    const element = Object.assign(document.createElement(tag), properties);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  search.make = make;

  const pieces = (list) => list.map(([text, found]) => (found ? make("mark", { textContent: text }) : text));

  /** A link that the theme's keys reach; `score` orders what Enter chooses among. */
  function link(href, score, content, attributes = {}) {
    const inner = make("article", { className: "md-search-result__article md-typeset" }, ...content);
    inner.setAttribute("data-md-score", String(score));
    return make("a", { className: "md-search-result__link", href, tabIndex: -1, attributes }, inner);
  }

  /** Return a hit's address with the words to highlight there. */
  function address(hit, base) {
    const url = new URL(hit.address, base);
    if (hit.found.length) url.searchParams.set("h", hit.found.join(" "));
    return url.href;
  }

  /** Return a hit as a list item. */
  search.hitItem = (hit, { base, kinds }) => {
    const id = /^[A-Z]-\d/.test(hit.unit) ? [make("span", { className: "hb-hit-id", textContent: hit.unit }), " "] : [];
    const place = [kinds[hit.kind], hit.place].filter(Boolean).join(" · ");
    const content = [
      make("h2", {}, ...id, ...pieces(hit.title)),
      make("p", { className: "hb-hit-place", textContent: place }),
    ];
    if (hit.passage.length) content.push(make("p", { className: "hb-hit-passage" }, ...pieces(hit.passage)));
    return make("li", { className: "md-search-result__item" },
      link(address(hit, base), hit.score.toFixed(3), content, { "data-unit": hit.unit }));
  };

  /** Return what may help where nothing is found: the closest titles, and pages to look things up in. */
  search.helpItems = (closest, { base, words, help }) => {
    const entry = ({ address: place, title }) => make("li", {},
      make("a", { href: new URL(place, base).href, tabIndex: -1 },
        make("span", { textContent: title, attributes: { "data-md-score": "0" } })));
    const group = (title, entries) => (entries.length === 0 ? [] : [
      make("li", { className: "hb-search-help" }, make("p", { textContent: title }), make("ul", {}, ...entries.map(entry))),
    ]);
    return [...group(words.closest, closest), ...group(words.lookup, help)];
  };

  /** Return the line that offers the hits in other languages; `count` tells how many a language has. */
  search.othersItem = (query, { base, words, others }, count) => {
    const list = make("ul");
    for (const other of others) {
      const url = new URL(other.start, base);
      url.searchParams.set("q", query);
      const name = make("span", { textContent: other.name, attributes: { "data-md-score": "-1" } });
      const number = make("span", { className: "hb-search-number" });
      list.append(make("li", {}, make("a", {
        href: url.href, hreflang: other.lang, tabIndex: -1, attributes: { lang: other.lang },
      }, name, number)));
      name.addEventListener("hb-count", async () => { number.textContent = ` (${await count(other, query)})`; });
    }
    const details = make("details", { className: "hb-search-others" },
      make("summary", { textContent: words.others, tabIndex: -1 }), list);
    details.addEventListener("toggle", () => {
      for (const name of list.querySelectorAll("[data-md-score]")) name.dispatchEvent(new Event("hb-count"));
    }, { once: true });
    return make("li", { className: "hb-search-other-languages" }, details);
  };
})();
