// The words of the screens: one table a language, with the same names.

import { en } from "./words_en.js";
import { zh } from "./words_zh.js";

/** The words of a language; English for one that is not known. */
export function wordsFor(lang) {
  return lang === "zh-hans" ? zh : en;
}
