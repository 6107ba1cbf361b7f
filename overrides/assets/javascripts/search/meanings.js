/* What the words of a query may mean: other forms, compounds, misspellings, other words for the same, parts. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const CERTAIN = 0.75;
  const ABROAD = 0.8;
  const SHORTEST = 6;
  const FEW = 4;
  const PART = 0.7;
  const HALF = 0.4;
  const LITTLE = 0.1;

  search.Meanings = class {
    /**
     * @param {search.Index} index
     * @param {object} data concepts, families and function words, see bundle.py
     */
    constructor(index, data) {
      this.index = index;
      this.vocabulary = new search.Vocabulary(index.own, data.families.map((family) => family.map(search.fold)));
      const { endings } = this.vocabulary;
      this.foreign = new search.Vocabulary(index.foreign, [], endings);
      this.concepts = new search.Concepts(data.concepts, endings);
      this.little = new Set(data.little.map(search.fold));
    }

    /** Return the slots of a query, one for each word: {found: entry → {strength, words}, rarity}. */
    slots(words) {
      const slots = words.map((word) => {
        const slot = this.slot(word);
        if (!this.certain(word) || slot.found.size < FEW) raise(slot, this.parted(word), 1);
        /* "my" is rare in a handbook, but nobody looks for it: it weighs only among its like. */
        if (this.little.has(word)) slot.rarity *= LITTLE;
        return slot;
      });
      for (const { from, to, phrases, weight } of this.concepts.within(words)) {
        for (const phrase of phrases) {
          const found = this.phrase(phrase);
          for (const slot of slots.slice(from, to)) raise(slot, found, weight);
        }
      }
      return slots;
    }

    /** Tell whether the text has the word itself, or a form of it. */
    certain(word) {
      const { same } = this.vocabulary.alike(word);
      return same.length > 0 && same[0][1] >= CERTAIN;
    }

    /** Return the words of the text that a word of the query may stand for: word → weight. */
    meanings(word) {
      const found = new Map();
      const note = (list, factor = 1) => {
        for (const [other, weight] of list) found.set(other, Math.max(factor * weight, found.get(other) || 0));
      };
      const { same, within, near } = this.vocabulary.alike(word);
      note(same);
      note(within);
      const sure = Math.max(0, ...found.values()) >= CERTAIN;
      note(this.foreign.alike(word).same.filter(([, weight]) => weight >= ABROAD));
      if (sure) return found;
      const corrected = near.filter(([, weight]) => weight >= CERTAIN * near[0][1]);
      note(corrected);
      for (const [other, weight] of corrected.slice(0, 2)) {
        const further = this.vocabulary.alike(other);
        note(further.same, weight);
        note(further.within, weight);
      }
      return found;
    }

    /** Return what one word finds, and how rare that is. */
    slot(word) {
      const meanings = this.meanings(word);
      if (!meanings.size) return { found: new Map(), rarity: this.index.rarity(0) };
      const found = this.index.strengths(meanings);
      const least = 0.7 * Math.max(...meanings.values());
      const likely = [...found.values()].filter(({ words }) => words.some((other) => meanings.get(other) >= least));
      return { found, rarity: this.index.rarity(likely.length) };
    }

    /** Return what has all of several words. */
    phrase(words) {
      const slots = words.map((word) => this.slot(word));
      const found = new Map();
      for (const id of slots[0].found.keys()) {
        const hits = slots.map((slot) => slot.found.get(id));
        if (!hits.every(Boolean)) continue;
        const strength = Math.min(...hits.map((hit) => hit.strength));
        found.set(id, { strength, words: hits.flatMap((hit) => hit.words) });
      }
      return found;
    }

    /** Return what has the parts of a compound that the text may lack, or the one part it has; what has both counts most. */
    parted(word) {
      if (word.length < SHORTEST) return new Map();
      const parts = this.vocabulary.parts(word);
      const half = parts ? null : this.vocabulary.half(word);
      if (!parts && !half) return new Map();
      const found = search.together((parts || [half]).map((part) => this.slot(part)));
      return new Map([...found].map(([id, { score, cover, words }]) => (
        [id, { strength: (parts ? PART : HALF) * score * cover, words: [...words.keys()] }])));
    }
  };

  /** Let a slot also mean what else was found. */
  function raise(slot, found, factor) {
    for (const [id, { strength, words }] of found) {
      const had = slot.found.get(id);
      if (had && had.strength >= factor * strength) continue;
      slot.found.set(id, { strength: factor * strength, words: had ? [...had.words, ...words] : words });
    }
  }

  /**
   * Put slots together: entry → {score, cover, words}. Rare things weigh more; both are shares of what could be.
   * `words`: what was found → how rare the slot is that found it.
   */
  search.together = (slots) => {
    const whole = slots.reduce((sum, slot) => sum + slot.rarity, 0) || 1;
    const found = new Map();
    for (const slot of slots) {
      const share = slot.rarity / whole;
      for (const [id, { strength, words }] of slot.found) {
        const had = found.get(id) || { score: 0, cover: 0, words: new Map() };
        had.score += share * strength;
        had.cover += share * Math.min(1, 2 * strength);
        for (const word of words) had.words.set(word, Math.max(slot.rarity, had.words.get(word) || 0));
        found.set(id, had);
      }
    }
    return found;
  };
})();
