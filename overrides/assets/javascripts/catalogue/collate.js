/* Compares texts as a language sorts them. Chromium brings no order for some languages, Icelandic among them: they sort by
   the letters that the build gives, groups of those that sort alike: "a á b …". */

const parts = /\d+|\D/g;

function byLetters(letters) {
  const places = new Map();
  letters.split(" ").forEach((group, place) => {
    for (const letter of group) places.set(letter, place);
  });
  const weight = (part) => {
    if (/\d/.test(part)) return [1, Number(part)];
    const place = places.get(part) ?? places.get(part.normalize("NFD")[0]);
    if (place !== undefined) return [2, place];
    return /\p{L}/u.test(part) ? [3, part.codePointAt(0)] : [0, part.codePointAt(0)];
  };
  const weights = (text) => (text.toLowerCase().normalize("NFC").match(parts) || []).map(weight);
  return (one, other) => {
    const left = weights(one);
    const right = weights(other);
    for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
      const difference = left[at][0] - right[at][0] || left[at][1] - right[at][1];
      if (difference) return difference;
    }
    return left.length - right.length || (one < other ? -1 : Number(one > other));
  };
}

export function comparer(locale, letters) {
  if (!Intl.Collator.supportedLocalesOf([locale]).length) return byLetters(letters);
  return new Intl.Collator(locale, { numeric: true }).compare;
}
