/* What a hit shows of its unit: its title and the passage that fits best, with the words that were found. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const LENGTH = 190;
  const BACK = 70;
  const TELLING = 0.4;
  const INSERTED = /[\ue000\ue001]/g;

  /** Return a text in pieces, [text, whether it was found], in order; `found` has folded words. */
  search.marked = (text, found) => {
    const pieces = [];
    let last = 0;
    for (const word of search.words(text)) {
      if (!found.has(search.fold(word.text))) continue;
      if (word.at > last) pieces.push([text.slice(last, word.at), 0]);
      pieces.push([word.text, 1]);
      last = word.at + word.text.length;
    }
    if (last < text.length) pieces.push([text.slice(last), 0]);
    return pieces;
  };

  /** Of the words that were found (word → how rare), return those that say something: the rarest and nearly as rare. */
  search.telling = (words) => {
    const top = Math.max(0, ...words.values());
    return new Map([...words].filter(([, rarity]) => rarity >= TELLING * top));
  };

  /** Return the passage of an entry that holds most of `found`, cut to a few lines, in pieces. */
  search.passage = (entry, found) => {
    let best = { worth: -1, text: "", marks: [] };
    for (const [, ...blocks] of entry.sections) {
      for (const block of blocks) {
        const text = block.replace(INSERTED, "");
        const marks = search.words(text).filter((word) => found.has(search.fold(word.text)));
        const distinct = new Set(marks.map((word) => search.fold(word.text)));
        const worth = [...distinct].reduce((sum, word) => sum + found.get(word), 0);
        if (worth > best.worth) best = { worth, text, marks };
      }
    }
    return search.marked(cut(best.text, best.marks), found);
  };

  /** Cut a text to the stretch with most marks, beginning with a sentence where one begins near. */
  function cut(text, marks) {
    if (text.length <= LENGTH) return text;
    let start = 0;
    let most = 0;
    for (const { at } of marks) {
      const count = marks.filter((mark) => mark.at >= at && mark.at < at + LENGTH - BACK).length;
      if (count > most) [start, most] = [at, count];
    }
    start = begin(text, start);
    const end = text.length - start <= LENGTH ? text.length : text.lastIndexOf(" ", start + LENGTH);
    return (start > 0 && !sentenceAt(text, start) ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  }

  const sentenceAt = (text, at) => /[.!?][»”")]?\s$/.test(text.slice(Math.max(0, at - 3), at));

  function begin(text, at) {
    for (let place = at; place > Math.max(0, at - BACK); place -= 1) if (sentenceAt(text, place)) return place;
    if (at <= BACK) return 0;
    return text.lastIndexOf(" ", at - BACK / 2) + 1;
  }
})();
