/* The termbase: what other words mean the same. And ids. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  search.Concepts = class {
    /** @param {Array} list [own phrases, other phrases] */
    constructor(list) {
      this.phrases = new Map();
      this.longest = 1;
      for (const [own, other] of list) {
        const mine = own.map((text) => search.foldedWords(text));
        for (const text of [...own, ...other]) this.add(search.foldedWords(text), mine);
      }
    }

    add(words, mine) {
      const key = words.join(" ");
      const targets = mine.filter((target) => target.join(" ") !== key);
      if (!targets.length || !key) return;
      this.phrases.set(key, [...(this.phrases.get(key) || []), ...targets]);
      this.longest = Math.max(this.longest, words.length);
    }

    /** Yield the terms within a query: the words from `from` to before `to` also mean `phrases`. */
    *within(words) {
      for (let from = 0; from < words.length; from += 1) {
        for (let length = Math.min(this.longest, words.length - from); length > 0; length -= 1) {
          const phrases = this.phrases.get(words.slice(from, from + length).join(" "));
          if (phrases) yield { from, to: from + length, phrases };
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
