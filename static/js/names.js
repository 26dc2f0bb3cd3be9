// Names on the wall. Curated labels come first; a key without one is shown with everything that
// could hide or turn text taken out, and cut short.

const LONGEST = 40;

/** A key made safe to show: no control, format or surrogate characters, NFC, at most `longest`. */
export function safeName(key, longest = LONGEST) {
  const clean = key.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "").normalize("NFC").trim();
  return Array.from(clean).slice(0, longest).join("");
}

/** The language of a name where it is not the page's, else "": told by the letters it is written in. */
export function otherLanguage(name, pages) {
  const chinese = /\p{Script=Han}/u.test(name);
  if (pages === "en") return chinese ? "zh-hans" : "";
  return !chinese && /\p{Script=Latin}{2}/u.test(name) ? "en" : "";
}

/** The name of a dimension's key in the page's language. */
export function nameOf(labels, dimension, key, words) {
  const label = labels[dimension]?.[key];
  if (label) return label[words.lang];
  if (key === "other") return words.other;
  if (key === "unknown") return words.unknown;
  return safeName(key) || words.unknown;
}

/** A campaign's name without the year at its end, which screens set apart: {name, year}. */
export function titleOf(name, year) {
  const bare = name.endsWith(String(year)) ? name.slice(0, -String(year).length).trim() : name;
  return { name: safeName(bare) || safeName(name), year: String(year) };
}
