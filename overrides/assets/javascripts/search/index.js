/* The units of one language in MiniSearch. It finds and weighs words exactly as they are given; what a word of a query
   may stand for is worked out before (meanings.js). */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  /* names: the unit's own other names; asked: what readers may call it; others: other languages, data. */
  const BOOST = { title: 4, names: 3, asked: 2, headings: 1.5, others: 0.8, text: 1 };
  const FIELDS = Object.keys(BOOST);
  const OWN = FIELDS.filter((field) => field !== "others");
  const HALF = 1.5;
  const INSERTED = /\ue000[^\ue001]*\ue001/g;

  /** A row of the data as an entry; the titles of other units that its text mentions are not searched. */
  function entryOf(row, id) {
    const [unit, address, title, place, sections, names, asked, others] = row;
    const fold = (texts) => texts.flatMap((text) => search.foldedWords(text.replace(INSERTED, " ")));
    const fields = {
      title: fold([title]),
      names: fold(names),
      asked: fold(asked),
      headings: fold(sections.map(([heading]) => heading)),
      others: fold(others),
      text: fold(sections.flatMap(([, ...blocks]) => blocks)),
    };
    return { id, unit, address, title, kind: unit[0] || "P", place, sections, fields };
  }

  search.Index = class {
    /** @param {Array[]} rows of the data, see bundle.py */
    constructor(rows) {
      this.entries = rows.map(entryOf);
      this.units = new Map(this.entries.map((entry) => [entry.unit, entry.id]));
      this.found = new MiniSearch({
        fields: FIELDS,
        idField: "id",
        extractField: (entry, field) => (field === "id" ? entry.id : entry.fields[field]),
        stringifyField: (words) => words,
        tokenize: (words) => words,
        processTerm: (word) => word,
      });
      this.found.addAll(this.entries);
      this.spread = new Map();
      this.own = new Set();
      this.foreign = new Set();
      for (const { fields } of this.entries) this.count(fields);
      for (const word of this.own) this.foreign.delete(word);
    }

    count(fields) {
      const own = new Set(OWN.flatMap((field) => fields[field]));
      for (const word of own) this.own.add(word);
      for (const word of fields.others) this.foreign.add(word);
      for (const word of new Set([...own, ...fields.others])) this.spread.set(word, (this.spread.get(word) || 0) + 1);
    }

    /** Return how rare something is that stands in `count` entries. */
    rarity(count) {
      const all = this.entries.length;
      return Math.log(1 + (all - count + 0.5) / (count + 0.5));
    }

    /** Return entry → {strength in [0, 1), words}, for words that may all stand for one thing: word → weight. */
    strengths(weights) {
      const hits = this.found.search({ combineWith: "OR", queries: [...weights.keys()] }, {
        fields: FIELDS,
        boost: BOOST,
        tokenize: (word) => [word],
        processTerm: (word) => word,
        /* A rare form of a word says no more than a common one: how rare the thing is, is weighed for all forms. */
        boostTerm: (word) => weights.get(word) / this.rarity(this.spread.get(word) || 1),
      });
      return new Map(hits.map((hit) => {
        const surest = Math.max(...hit.terms.map((word) => weights.get(word)));
        const raw = hit.score / hit.queryTerms.length / surest;
        return [hit.id, { strength: surest * raw / (raw + HALF), words: hit.terms }];
      }));
    }

    /** Return the passages of an entry as sets of folded words; the first one is its title and other names. */
    passages(entry) {
      entry.passages ||= [
        new Set([...entry.fields.title, ...entry.fields.names, ...entry.fields.asked]),
        ...entry.sections.flat().map((text) => new Set(search.foldedWords(text))),
      ];
      return entry.passages;
    }
  };
})();
