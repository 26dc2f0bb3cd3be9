// How a row of tests/figures.json calls static/js/figures.js.
import * as figures from "../../static/js/figures.js";

const NAMES = { milestone_in_words: "milestoneInWords", times_of: "timesOf" };
const WITH_MONEY = ["hero", "digits", "compact", "estimate", "milestone", "milestone_in_words", "band"];

export function callFigure(name, args) {
  const call = figures[NAMES[name] ?? name];
  if (!WITH_MONEY.includes(name)) return plain(call(...args));
  const [currency, exponent, lang] = args.slice(-3);
  return plain(call(...args.slice(0, -3), { currency, exponent }, lang));
}

function plain(found) {
  if (Array.isArray(found)) return found.map((group) => group.text + group.unit).join(" ");
  return found !== null && typeof found === "object" ? figures.joined(found) : found;
}
