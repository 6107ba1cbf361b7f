/* The words of the text, and which of them a word of a query may stand for. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const MOST = 40;
  const LEAST = 0.34;
  const CERTAIN = 0.7;

  search.Vocabulary = class {
    /**
     * @param {Iterable<string>} words folded words of the text
     * @param {string[][]} families forms of one word that don't look alike, folded
     * @param {Map<string, number>} endings where they are known already
     */
    constructor(words, families = [], endings = null) {
      this.words = [...words];
      this.known = new Set(this.words);
      this.endings = endings || search.endings(this.words);
      this.grams = new Map();
      this.words.forEach((word, number) => {
        for (const gram of new Set(search.trigrams(word))) {
          const list = this.grams.get(gram);
          if (list) list.push(number);
          else this.grams.set(gram, [number]);
        }
      });
      this.families = families;
      this.kin = new Map();
      families.forEach((family, number) => {
        for (const word of family) this.kin.set(word, [...(this.kin.get(word) || []), number]);
      });
      const absent = [...this.kin.keys()].filter((word) => !this.known.has(word));
      this.absent = absent.length ? new search.Vocabulary(absent, [], this.endings) : null;
      this.counts = new Uint8Array(this.words.length);
      this.remembered = new Map();
    }

    /**
     * Return the words of the text that a word may stand for, each a list of [word, weight], the likeliest first:
     * `same` are its forms, `within` compounds with it, `near` what it may be misspelt for.
     */
    alike(word) {
      let found = this.remembered.get(word);
      if (!found) {
        if (this.remembered.size > 500) this.remembered.clear();
        found = this.look(word);
        this.remembered.set(word, found);
      }
      return found;
    }

    look(word) {
      const kinds = { same: new Map(), within: new Map(), near: new Map() };
      const note = (kind, other, weight) => {
        if (weight > (kinds[kind].get(other) || 0)) kinds[kind].set(other, weight);
      };
      for (const spelling of [word, ...search.respelled(word)]) {
        if (this.known.has(spelling)) note("same", spelling, 1);
        for (const [other, shared] of this.sharing(spelling)) {
          note("same", other, spelling === other ? 1 : search.inflected(spelling, other, this.endings));
          note("within", other, search.compounded(spelling, other));
          note("near", other, search.slipped(spelling, other, shared));
        }
      }
      for (const [form, weight] of this.relatives(word, kinds.same)) {
        for (const number of this.kin.get(form) || []) {
          for (const other of this.families[number]) if (this.known.has(other)) note("same", other, 0.9 * weight);
        }
      }
      return Object.fromEntries(Object.entries(kinds).map(([kind, found]) => [kind, ranked(found)]));
    }

    /** Return the words by which to look up families: the word itself, its forms, forms that the text lacks. */
    relatives(word, same) {
      const near = [[word, 1], ...[...same].filter(([, weight]) => weight >= CERTAIN)];
      if (this.kin.has(word) || this.known.has(word) || !this.absent) return near;
      return [...near, ...this.absent.alike(word).same.filter(([, weight]) => weight >= CERTAIN)];
    }

    /** Yield the words that share enough trigrams with a word, and how many. */
    *sharing(word) {
      const touched = [];
      for (const gram of new Set(search.trigrams(word))) {
        for (const number of this.grams.get(gram) || []) {
          if (this.counts[number] === 0) touched.push(number);
          this.counts[number] += 1;
        }
      }
      for (const number of touched) {
        const shared = this.counts[number];
        this.counts[number] = 0;
        const other = this.words[number];
        if (shared >= 0.3 * Math.min(word.length, other.length)) yield [other, shared];
      }
    }

    /** Return how a compound may fall into words of the text, the likeliest way, or null. */
    parts(word) {
      let best = null;
      for (let at = 3; at <= word.length - 3; at += 1) {
        const left = this.piece(word, 0, at);
        const right = left && this.piece(word, at, word.length);
        if (!right || (Math.min(at, word.length - at) === 3 && Math.max(left, right) < 1)) continue;
        const worth = Math.min(left, right) + 0.1 * (left + right);
        if (!best || worth > best.worth) best = { worth, parts: [word.slice(0, at), word.slice(at)] };
      }
      return best && best.parts;
    }

    /** Return how sure a piece of a compound is a word of the text, or a part of one. */
    piece(word, from, to) {
      const text = word.slice(from, to);
      if (this.known.has(text)) return text.length > 3 ? 1 : 0.6;
      const { same, within } = this.alike(text);
      const beyond = word.slice(0, to + 1);
      const other = same.find(([form]) => from > 0 || !form.startsWith(beyond));
      if (other && other[1] >= CERTAIN) return 0.9 * other[1];
      const longer = within.find(([form]) => (from > 0 ? form !== word : !form.startsWith(beyond)));
      return text.length >= 4 && longer ? 0.5 * longer[1] : 0;
    }
  };

  function ranked(found) {
    return [...found].filter(([, weight]) => weight >= LEAST).sort((a, b) => b[1] - a[1]).slice(0, MOST);
  }
})();
