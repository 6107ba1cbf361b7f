/* Words as search compares them: small letters without marks, the Nordic letters as people without them type them.
   Shared by the search worker and the page. */
(() => {
  const search = (globalThis.handbookSearch ||= {});

  const LETTERS = { å: "a", ä: "a", æ: "a", ö: "o", ø: "o", œ: "o", ð: "d", đ: "d", þ: "th", ß: "ss", ł: "l", ı: "i" };
  const SPECIAL = /[åäæöøœðđþßłı]/g;
  const MARKS = /\p{M}/gu;
  const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
  const DIGRAPHS = [["aa", "a"], ["ae", "a"], ["oe", "o"], ["dh", "d"]];

  /** Return a text folded: "Håndbøker" → "handboker". */
  search.fold = (text) => text
    .normalize("NFC")
    .toLowerCase()
    .replace(SPECIAL, (letter) => LETTERS[letter])
    .normalize("NFD")
    .replace(MARKS, "");

  /** Return the words of a text as {text, at}: as written, and where. */
  search.words = (text) => {
    const found = [];
    for (const match of text.matchAll(WORD)) found.push({ text: match[0], at: match.index });
    return found;
  };

  /** Return the folded words of a text. */
  search.foldedWords = (text) => search.fold(text).match(WORD) || [];

  /** Return how else a folded word may have been meant: "haandbog" → "handbog". */
  search.respelled = (word) => {
    let shorter = word;
    for (const [pair, letter] of DIGRAPHS) shorter = shorter.replaceAll(pair, letter);
    return shorter === word ? [] : [shorter];
  };
})();
