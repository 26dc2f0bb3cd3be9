// The words of the staff page of posts: one table a language, with the same names.

import { en } from "./posts_words_en.js";
import { zh } from "./posts_words_zh.js";

/** The words of a language; English for one that is not known. */
export function postsWordsFor(lang) {
  return lang === "zh-hans" ? zh : en;
}
