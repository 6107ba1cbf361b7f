/* Makes alike what readers type differently: å/aa/a, æ/ä/ae, ø/ö/oe/o, ð/d, þ/th, accents, capitals. */
const letters = { æ: "ae", œ: "oe", ø: "o", ð: "d", đ: "d", þ: "th", ß: "ss", ł: "l", ı: "i" };

export function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[æœøðđþßłı]/g, (letter) => letters[letter])
    .replace(/aa|ae/g, "a")
    .replace(/oe/g, "o");
}

/* The words of a query, folded; each must be found somewhere. */
export function queryWords(text) {
  return fold(text).split(/\s+/).filter(Boolean);
}
