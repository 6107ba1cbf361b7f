/* The words of the text, and which of them a word of a query may stand for. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const MOST = 40;
  const LEAST = 0.34;
  const CERTAIN = 0.7;
  const SURE = 0.75;
  const SOUNDING = 0.7;
  const CONSONANTS = 4;
  const HALF = 5;

  search.Vocabulary = class {
    /**
     * @param {Iterable<string>} words folded words of the text
     * @param {string[][]} families forms of one word that don't look alike, folded
     * @param {Map<string, number>} endings where they are known already
     */
    constructor(words, families = [], endings = null) {
      this.words = [...words];
      this.known = new Set(this.words);
      this.sorted = [...this.words].sort();
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
     * `same` are its forms, `within` compounds with it, `near` what it may be misspelt for when the text has no form.
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
        const candidates = this.sharing(spelling);
        for (const [other] of candidates) {
          note("same", other, spelling === other ? 1 : search.inflected(spelling, other, this.endings));
          note("within", other, search.compounded(spelling, other));
        }
        if (Math.max(0, ...kinds.same.values()) >= SURE) continue;
        for (const [other, shared] of candidates) note("near", other, search.slipped(spelling, other, shared));
        for (const other of this.sounding(spelling)) note("near", other, SOUNDING);
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

    /** Return the words that share enough trigrams with a word, and how many. */
    sharing(word) {
      const touched = [];
      for (const gram of new Set(search.trigrams(word))) {
        for (const number of this.grams.get(gram) || []) {
          if (this.counts[number] === 0) touched.push(number);
          this.counts[number] += 1;
        }
      }
      const found = [];
      for (const number of touched) {
        const shared = this.counts[number];
        this.counts[number] = 0;
        const other = this.words[number];
        if (shared >= 0.3 * Math.min(word.length, other.length)) found.push([other, shared]);
      }
      return found;
    }

    /** Return the words with the same consonants. */
    sounding(word) {
      this.sounds ||= this.words.reduce((sounds, other) => {
        const key = search.skeleton(other);
        const list = sounds.get(key);
        if (list) list.push(other);
        else sounds.set(key, [other]);
        return sounds;
      }, new Map());
      const key = search.skeleton(word);
      if (key.length < CONSONANTS) return [];
      return (this.sounds.get(key) || []).filter((other) => Math.abs(other.length - word.length) <= 3);
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

    /** Return the longer end of a compound that is a word of the text, where the other end is none, or null. */
    half(word) {
      for (let length = word.length - 3; length >= Math.max(HALF, 0.4 * word.length); length -= 1) {
        const ends = [[0, length], [word.length - length, word.length]];
        const known = ends.find(([from, to]) => this.piece(word, from, to) >= SURE);
        if (known) return word.slice(...known);
      }
      return null;
    }

    /** Return how sure a piece of a compound is a word of the text, or begins one. */
    piece(word, from, to) {
      const text = word.slice(from, to);
      if (this.known.has(text)) return text.length > 3 ? 1 : 0.6;
      const beyond = from === 0 ? word.slice(0, to + 1) : null;
      let best = 0;
      for (const other of this.beginning(text.slice(0, Math.max(3, text.length - 3)))) {
        if (other === word || (beyond && other.startsWith(beyond))) continue;
        const same = search.inflected(text, other, this.endings);
        const longer = text.length >= 4 && other.startsWith(text) ? 0.5 * search.compounded(text, other) : 0;
        best = Math.max(best, same >= CERTAIN ? 0.9 * same : longer);
      }
      return best;
    }

    /** Yield the words that begin with some letters. */
    *beginning(letters) {
      let low = 0;
      let high = this.sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.sorted[middle] < letters) low = middle + 1;
        else high = middle;
      }
      for (; low < this.sorted.length && this.sorted[low].startsWith(letters); low += 1) yield this.sorted[low];
    }
  };

  function ranked(found) {
    return [...found].filter(([, weight]) => weight >= LEAST).sort((a, b) => b[1] - a[1]).slice(0, MOST);
  }
})();
