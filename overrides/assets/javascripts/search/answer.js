/* What the worker sends to the page: hits with passages; and where nothing is found, what comes closest. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const SHARE = 0.12;
  const LEAST = 0.03;
  const MOST = 100;
  const CLOSEST = 4;
  const ALIKE = 0.3;
  const HIGHLIGHTED = 12;

  /** Return the hits that are worth showing. */
  function worthy(hits) {
    const least = hits.length ? Math.max(LEAST, SHARE * hits[0].score) : 0;
    return hits.filter((hit) => hit.named || hit.score >= least).slice(0, MOST);
  }

  /**
   * Answer a query.
   * @param {search.Engine} engine
   * @param {string} query
   * @param {number} from number of the first hit wanted
   * @param {number} count how many
   */
  search.answer = (engine, query, from, count) => {
    const all = worthy(engine.hits(query));
    const hits = all.slice(from, from + count).map(({ entry, score, words }) => {
      const found = search.telling(words);
      return {
        unit: entry.unit,
        address: entry.address,
        title: search.marked(entry.title, found),
        kind: entry.kind,
        place: entry.place,
        passage: search.passage(entry, found),
        found: [...found].sort((a, b) => b[1] - a[1]).slice(0, HIGHLIGHTED).map(([word]) => word),
        score,
      };
    });
    return { query, from, total: all.length, hits, closest: all.length ? [] : closest(engine, query) };
  };

  /** Return the titles that look most like the query: {address, title}. */
  function closest(engine, query) {
    const grams = new Set(search.foldedWords(query).flatMap(search.trigrams));
    const likeness = (entry) => {
      const own = new Set(entry.fields.title.flatMap(search.trigrams));
      const shared = [...own].filter((gram) => grams.has(gram)).length;
      return (2 * shared) / (own.size + grams.size || 1);
    };
    return engine.index.entries
      .filter((entry) => entry.kind === "T" || entry.kind === "L" || entry.kind === "G")
      .map((entry) => ({ entry, worth: likeness(entry) }))
      .filter(({ worth }) => worth >= ALIKE)
      .sort((a, b) => b.worth - a.worth)
      .slice(0, CLOSEST)
      .map(({ entry: { unit, address, title } }) => ({ unit, address, title }));
  }
})();
