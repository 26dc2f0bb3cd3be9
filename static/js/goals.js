// Milestones: what each is measured by, which of several is the news, and what it is called.

import { joined, milestoneInWords } from "./figures.js";
import { goalName } from "./names.js";

const LONGEST = 80; // characters of a label
const GROSS = "gross";
// Those that are not of turnover, the first of which is the greater news.
const RANKS = ["close", "start", "multiple", "share", "orders", "payments", "counter", "peak_minute", "peak_second", "bulletin", "site"];
// What happens rather than is reached.
const HAPPENS = new Set(["start", "close", "bulletin", "site"]);

/** Whether a milestone is an amount of turnover: those alone are pins, and next. */
export function isGross({ measure = GROSS }) {
  return measure === GROSS;
}

export function happens({ kind }) {
  return HAPPENS.has(kind);
}

/** The greatest news of several milestones: turnover before all else, and of one kind the highest. */
export function foremost(several) {
  return several.reduce((most, one) => (outranks(one, most) ? one : most));
}

function outranks(one, other) {
  const before = rank(one) - rank(other);
  return before ? before < 0 : one.amount > other.amount;
}

function rank(one) {
  if (isGross(one)) return -1;
  const place = RANKS.indexOf(one.kind);
  return place < 0 ? RANKS.length : place;
}

/** The name of a milestone, "" where it has none; of turnover it is beside the amount. */
export function labelOfGoal(one, lang) {
  return goalName(one, lang, LONGEST);
}

/** What is said aloud of a milestone that fell. */
export function announcement(one, money, { lang, ...words }) {
  if (isGross(one)) return words.announceMilestone(joined(milestoneInWords(one.amount, money, lang)));
  const name = labelOfGoal(one, lang) || words.milestoneReached;
  return happens(one) ? name : words.announceMilestone(name);
}
