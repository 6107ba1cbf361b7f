/* How likely one word stands for another: an inflected form, a part of a compound, a slip of the finger.
   No language is known here: what an ending is, is learnt from the words of the text. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const LONGEST = 5;
  const STEM = 3;
  const COMMON = 0.004;

  /** Return a word's groups of three letters, its ends marked. */
  search.trigrams = (word) => {
    const padded = `^${word}$`;
    const found = [];
    for (let at = 0; at + 3 <= padded.length; at += 1) found.push(padded.slice(at, at + 3));
    return found;
  };

  /** Endings of a language: what often stands behind a whole word. Ending → how sure it is one, between 0 and 1. */
  search.endings = (words) => {
    const known = new Set(words);
    const counts = new Map();
    for (const word of known) {
      for (let at = Math.max(STEM, word.length - LONGEST); at < word.length; at += 1) {
        if (known.has(word.slice(0, at))) counts.set(word.slice(at), (counts.get(word.slice(at)) || 0) + 1);
      }
    }
    const enough = Math.max(2, COMMON * known.size);
    return new Map([["", 1], ...[...counts].map(([ending, count]) => [ending, Math.sqrt(Math.min(1, count / enough))])]);
  };

  function commonPrefix(a, b) {
    const most = Math.min(a.length, b.length);
    let length = 0;
    while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
    return length;
  }

  /** Return how likely two words are forms of one: the same stem, an ending each. */
  search.inflected = (a, b, endings) => {
    const shared = commonPrefix(a, b);
    let best = 0;
    for (let stem = shared; stem >= STEM && stem >= shared - 2; stem -= 1) {
      const one = a.length - stem;
      const other = b.length - stem;
      if (one > LONGEST || other > LONGEST) break;
      const sure = (endings.get(a.slice(stem)) || 0) * (endings.get(b.slice(stem)) || 0);
      const length = stem / (stem + 0.25 * (one + other));
      if (sure > 0.25 && (one + other <= stem || sure > 0.9)) best = Math.max(best, length * (0.6 + 0.4 * sure));
    }
    return best;
  };

  const SOUNDS = [[/[aeiouyjh]/g, ""], [/ck|[cq]/g, "k"], [/[wv]/g, "f"], [/d/g, "t"], [/z/g, "s"], [/(.)\1+/g, "$1"]];

  /** Return a word's consonants as they sound: what related languages and poor spelling leave alone. */
  search.skeleton = (word) => SOUNDS.reduce((left, [letters, sound]) => left.replace(letters, sound), word);

  /** Return the number of letters to change, add, drop or swap; more than `most` is as good as infinite. */
  search.distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      let best = i;
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
        best = Math.min(best, row[j]);
      }
      if (best > most) return most + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  };

  /** Return how likely a longer word is a compound with this word in it. */
  search.compounded = (a, b) => {
    if (b.length < a.length + 2 || a.length < 3) return 0;
    const size = Math.min(1, 0.7 + 0.05 * (a.length - 4));
    if (b.startsWith(a)) return 0.75 * size;
    if (a.length >= 4 && b.endsWith(a)) return 0.8 * size;
    return a.length >= 5 && b.includes(a) ? 0.65 * size : 0;
  };

  /** Return how likely one word is the other with a slip of the finger; `shared`: trigrams that both have. */
  search.slipped = (a, b, shared) => {
    const short = Math.min(a.length, b.length);
    if (short < 4) return 0;
    const dice = (2 * shared) / (a.length + b.length);
    const most = short < 7 ? 1 : 2;
    /* A change costs three trigrams, a swap four. */
    const changes = shared < Math.max(a.length, b.length) - 3 * most - 1 ? Infinity : search.distance(a, b, most);
    const near = changes === 1 ? (short < 5 ? 0.65 : 0.82) : 0.65;
    const slip = changes > most ? 0 : near * (a[0] === b[0] ? 1 : 0.8);
    const alike = dice >= 0.5 && Math.abs(a.length - b.length) <= 3;
    return Math.max(slip, alike ? 0.8 * dice : 0);
  };
})();
