/* Finds the units that answer a query. MiniSearch holds the index; what a word may stand for comes from Vocabulary. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const BOOST = { title: 4, names: 3, asked: 2, headings: 1.5, others: 0.8, text: 1 };
  const FIELDS = Object.keys(BOOST);
  const OWN = FIELDS.filter((field) => field !== "others");
  const KIND = { G: 1.1, T: 1.05, S: 0.6 };
  const HALF = 1.5;
  const PART = 0.7;
  const CERTAIN = 0.75;
  const TITLE = 0.2;
  const FEW = 4;
  const inserted = /\ue000[^\ue001]*\ue001/g;

  function prepared(row, id) {
    const [unit, address, title, place, sections, names, asked, others] = row;
    const fold = (texts) => texts.flatMap((text) => search.foldedWords(text.replace(inserted, " ")));
    return {
      id, unit, address, title, kind: unit[0] || "P", place, sections, others,
      fields: {
        title: fold([title]),
        names: fold(names),
        asked: fold(asked),
        headings: fold(sections.map(([heading]) => heading)),
        others: fold(others),
        text: fold(sections.flatMap(([, ...blocks]) => blocks)),
      },
    };
  }

  search.Engine = class {
    constructor(data) {
      this.entries = data.entries.map(prepared);
      this.index = new MiniSearch({
        fields: FIELDS,
        idField: "id",
        extractField: (entry, field) => (field === "id" ? entry.id : entry.fields[field]),
        stringifyField: (words) => words,
        tokenize: (words) => words,
        processTerm: (word) => word,
      });
      this.index.addAll(this.entries);
      this.spread = new Map();
      const native = new Set();
      const foreign = new Set();
      for (const entry of this.entries) {
        const own = new Set(OWN.flatMap((field) => entry.fields[field]));
        for (const word of own) native.add(word);
        for (const word of entry.fields.others) foreign.add(word);
        for (const word of new Set([...own, ...entry.fields.others])) this.spread.set(word, (this.spread.get(word) || 0) + 1);
      }
      const families = (data.families || []).map((family) => family.map(search.fold));
      this.vocabulary = new search.Vocabulary(native, families);
      this.foreign = new search.Vocabulary([...foreign].filter((word) => !native.has(word)), [], this.vocabulary.endings);
      this.concepts = new search.Concepts(data.concepts, this.vocabulary.endings);
      this.units = new Map(this.entries.map((entry) => [entry.unit, entry.id]));
    }

    rarity(count) {
      const all = this.entries.length;
      return Math.log(1 + (all - count + 0.5) / (count + 0.5));
    }

    /** Entry → {strength in [0, 1), words}, for words that may all stand for one thing: word → weight. */
    strengths(weights) {
      const found = this.index.search({ combineWith: "OR", queries: [...weights.keys()] }, {
        fields: FIELDS,
        boost: BOOST,
        tokenize: (word) => [word],
        processTerm: (word) => word,
        boostTerm: (word) => weights.get(word) / this.rarity(this.spread.get(word) || 1),
      });
      return new Map(found.map((hit) => {
        const surest = Math.max(...hit.terms.map((word) => weights.get(word)));
        const raw = hit.score / hit.queryTerms.length / surest;
        return [hit.id, { strength: surest * raw / (raw + HALF), words: hit.terms }];
      }));
    }

    /** The words of the text that a word of the query may stand for: word → weight. */
    meanings(word) {
      const found = new Map();
      const note = (list, factor = 1) => {
        for (const [other, weight] of list) found.set(other, Math.max(factor * weight, found.get(other) || 0));
      };
      const { same, within, near } = this.vocabulary.alike(word);
      note(same);
      note(within);
      note(this.foreign.alike(word).same.filter(([, weight]) => weight >= 0.8));
      if (Math.max(0, ...found.values()) >= CERTAIN) return found;
      const corrected = near.filter(([, weight]) => weight >= CERTAIN * near[0][1]);
      note(corrected);
      for (const [other, weight] of corrected.slice(0, 2)) {
        const further = this.vocabulary.alike(other);
        note(further.same, weight);
        note(further.within, weight);
      }
      return found;
    }

    /** Tell whether the text has the word itself, or a form of it. */
    certain(word) {
      const { same } = this.vocabulary.alike(word);
      return same.length > 0 && same[0][1] >= CERTAIN;
    }

    /** What one word of a query finds: entry → {strength, words}, and how rare it is. */
    slot(word) {
      const meanings = this.meanings(word);
      if (!meanings.size) return { found: new Map(), rarity: this.rarity(0) };
      const found = this.strengths(meanings);
      const top = Math.max(...meanings.values());
      const sure = new Map([...meanings].filter(([, weight]) => weight >= 0.7 * top));
      const spread = sure.size === meanings.size ? found : this.strengths(sure);
      return { found, rarity: this.rarity(spread.size) };
    }

    /** Several words that have to be there all. */
    phrase(words) {
      const slots = words.map((word) => this.slot(word));
      const found = new Map();
      for (const [id, first] of slots[0].found) {
        const others = slots.slice(1).map((slot) => slot.found.get(id));
        if (others.every(Boolean)) {
          const all = [first, ...others];
          found.set(id, { strength: Math.min(...all.map((one) => one.strength)), words: all.flatMap((one) => one.words) });
        }
      }
      return found;
    }

    /** The parts of a compound: what has both counts, what has one counts less. */
    parted(word) {
      const parts = word.length < 6 ? null : this.vocabulary.parts(word);
      if (!parts) return new Map();
      const slots = parts.map((part) => this.slot(part));
      const whole = slots.reduce((sum, slot) => sum + slot.rarity, 0);
      const found = together(slots, whole);
      return new Map([...found].map(([id, { score, cover, words }]) => (
        [id, { strength: PART * score * cover, words: [...words.keys()] }])));
    }

    /** The slots of a query, one for each word, with all that each may mean. */
    slots(words) {
      const slots = words.map((word) => {
        const slot = this.slot(word);
        const plain = this.certain(word) && slot.found.size >= FEW;
        if (!plain) raise(slot, this.parted(word), 1);
        return slot;
      });
      for (const { from, to, phrases } of this.concepts.within(words)) {
        for (const phrase of phrases) {
          const found = this.phrase(phrase);
          for (const slot of slots.slice(from, to)) raise(slot, found, 0.95);
        }
      }
      return slots;
    }

    /** Return the hits of a query, best first: {entry, score, words}; words: what was found → how rare it is. */
    hits(query) {
      const asked = search.foldedWords(query);
      const slots = this.slots(asked);
      const total = slots.reduce((sum, slot) => sum + slot.rarity, 0) || 1;
      const hits = [...together(slots, total)].map(([id, { score, cover, words }]) => {
        const entry = this.entries[id];
        const { title } = entry.fields;
        const named = title.filter((word) => words.has(word)).length / (title.length || 1);
        return { entry, score: score * cover * (1 + TITLE * named) * (KIND[entry.kind] || 1), words };
      });
      hits.sort((a, b) => b.score - a.score || a.entry.id - b.entry.id);
      return this.named(query, hits);
    }

    /** An id leads straight to its unit. */
    named(query, hits) {
      const unit = search.idIn(query, this.units);
      if (unit === null) return hits;
      const entry = this.entries[this.units.get(unit)];
      const top = hits.length ? hits[0].score : 1;
      return [{ entry, score: 2 * top, words: new Map(), named: true }, ...hits.filter((hit) => hit.entry !== entry)];
    }
  };

  /** Entry → {score, cover, words}: what the slots find, the rare ones weighing more; both are shares of the whole. */
  function together(slots, whole) {
    const found = new Map();
    for (const slot of slots) {
      for (const [id, { strength, words }] of slot.found) {
        const had = found.get(id) || { score: 0, cover: 0, words: new Map() };
        had.score += slot.rarity * strength / whole;
        had.cover += slot.rarity * Math.min(1, 2 * strength) / whole;
        for (const word of words) had.words.set(word, Math.max(slot.rarity, had.words.get(word) || 0));
        found.set(id, had);
      }
    }
    return found;
  }

  /** Let a slot also mean what else was found. */
  function raise(slot, found, factor) {
    for (const [id, { strength, words }] of found) {
      const had = slot.found.get(id);
      if (had && had.strength >= factor * strength) continue;
      slot.found.set(id, { strength: factor * strength, words: had ? [...had.words, ...words] : words });
    }
  }
})();
