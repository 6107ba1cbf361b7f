/* Finds the units that answer a query, best first. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const KIND = { G: 1.1, T: 1.05, S: 0.6 };
  const TITLE = 0.2;
  const CLOSE = 0.5;
  const LOOKED_AT = 30;

  search.Engine = class {
    constructor(data) {
      this.index = new search.Index(data.entries);
      for (const [old, now] of data.moved) this.index.units.set(old, this.index.units.get(now));
      this.meanings = new search.Meanings(this.index, data);
    }

    /** Return the hits of a query, best first: {entry, score, words}; words: what was found → how rare it is. */
    hits(query) {
      const slots = this.meanings.slots(search.foldedWords(query));
      const hits = [...search.together(slots)].map(([id, { score, cover, words }]) => {
        const entry = this.index.entries[id];
        const { title } = entry.fields;
        const named = title.filter((word) => words.has(word)).length / (title.length || 1);
        return { entry, score: score * cover * (1 + TITLE * named) * (KIND[entry.kind] || 1), words };
      });
      hits.sort(better);
      for (const hit of hits.slice(0, LOOKED_AT)) hit.score *= 1 + CLOSE * this.closeness(hit.entry, slots);
      hits.sort(better);
      return this.named(query, hits);
    }

    /** Return how much of a query stands together in one passage of an entry, as a share. */
    closeness(entry, slots) {
      const whole = slots.reduce((sum, slot) => sum + slot.rarity, 0) || 1;
      const matched = slots.filter((slot) => slot.found.has(entry.id));
      const shares = this.index.passages(entry).map((passage) => matched
        .filter((slot) => slot.found.get(entry.id).words.some((word) => passage.has(word)))
        .reduce((sum, slot) => sum + slot.rarity, 0));
      return Math.max(0, ...shares) / whole;
    }

    /** An id leads straight to its unit. */
    named(query, hits) {
      const unit = search.idIn(query, this.index.units);
      if (unit === null) return hits;
      const entry = this.index.entries[this.index.units.get(unit)];
      const top = hits.length ? hits[0].score : 1;
      return [{ entry, score: 2 * top, words: new Map(), named: true }, ...hits.filter((hit) => hit.entry !== entry)];
    }
  };

  const better = (a, b) => b.score - a.score || a.entry.id - b.entry.id;
})();
