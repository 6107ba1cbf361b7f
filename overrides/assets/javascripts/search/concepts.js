/* The termbase: what other words mean the same. And ids. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const SAME = 0.8;
  const TERM = 0.95;
  const LOOSE = 0.5;

  search.Concepts = class {
    /**
     * @param {Array} list [how the reader's language says it, how else it may be asked for, what may be meant so]
     * @param {Map<string, number>} endings of the reader's language
     */
    constructor(list, endings) {
      this.byFirst = new Map();
      const all = new Set();
      for (const [own, other, loose] of list) {
        const mine = own.map((text) => search.foldedWords(text));
        for (const text of [...own, ...other, ...loose]) {
          const words = search.foldedWords(text);
          const meant = mine.filter((target) => target.join(" ") !== words.join(" "));
          if (!words.length || !meant.length) continue;
          const weight = loose.includes(text) ? LOOSE : TERM;
          this.byFirst.set(words[0], [...(this.byFirst.get(words[0]) || []), { words, meant, weight }]);
          for (const word of words) all.add(word);
        }
      }
      this.vocabulary = new search.Vocabulary(all, [], endings);
    }

    /** Return which words of the termbase a word is, in any form: word → weight. */
    forms(word) {
      return new Map(this.vocabulary.alike(word).same.filter(([, weight]) => weight >= SAME));
    }

    /** Yield the terms within a query: the words from `from` to before `to` also mean each of `phrases`, as surely as `weight` says. */
    *within(words) {
      const forms = words.map((word) => this.forms(word));
      for (let from = 0; from < words.length; from += 1) {
        for (const [first] of forms[from]) {
          for (const { words: term, meant, weight } of this.byFirst.get(first) || []) {
            const fits = term.every((word, at) => forms[from + at]?.has(word));
            if (fits) yield { from, to: from + term.length, phrases: meant, weight };
          }
        }
      }
    }
  };

  const NUMBERED = /^([a-z])[\s.\-–—]*0*(\d{1,3})$/;
  const WORDED = /^([a-z])[\s\-–—]+([a-z0-9]+(?:[\s-][a-z0-9]+)*)$/;

  /** Return the id that a query is, however it is typed ("b32", "B 32", "t-dpia"), or null. */
  search.idIn = (query, units) => {
    const text = search.fold(query.trim().replace(/[\s?!.,:;]+$/, ""));
    const numbered = NUMBERED.exec(text);
    if (numbered) {
      for (const width of [2, 3]) {
        const unit = `${numbered[1].toUpperCase()}-${numbered[2].padStart(width, "0")}`;
        if (units.has(unit)) return unit;
      }
    }
    const worded = WORDED.exec(text);
    const unit = worded && `${worded[1].toUpperCase()}-${worded[2].replace(/\s/g, "-")}`;
    return unit && units.has(unit) ? unit : null;
  };
})();
