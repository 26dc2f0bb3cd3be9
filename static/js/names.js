// Names on the screens. A curated label comes first; a key without one counts as other on a wall that
// anybody may see, and is shown elsewhere with everything taken out that could hide, turn or stack text.
// dashboard/core/names.py is the same in Python; both are held to tests/names.json.

const LONGEST = 40;
const OTHER = "other", UNKNOWN = "unknown";

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]/gu;
// At most three accents a letter, which Tibetan needs, and none before the first.
const PILED = /^[\p{Mn}\p{Me}]+|(?<=[\p{Mn}\p{Me}]{3})[\p{Mn}\p{Me}]+/gu;

/** A name made safe to show: NFC, one line, at most `most` characters; "" where nothing is left. */
export function safeName(text, most = LONGEST) {
  const line = text.replace(UNSEEN, "").normalize("NFC").replace(/\s+/gu, " ").trim();
  return Array.from(line.replace(PILED, "")).slice(0, most).join("").trim();
}

/** The curated label of a dimension's key, {en, "zh-hans"}, or null. */
export function labelOf(labels, dimension, key) {
  const names = Object.hasOwn(labels, dimension) ? labels[dimension] : {};
  return Object.hasOwn(names, key) ? names[key] : null;
}

/** The language of a name where it is not the page's, else "": told by the letters it is written in. */
export function otherLanguage(name, pages) {
  const chinese = /\p{Script=Han}/u.test(name);
  if (pages === "en") return chinese ? "zh-hans" : "";
  return !chinese && /\p{Script=Latin}{2}/u.test(name) ? "en" : "";
}

/** The name of a dimension's key in the page's language. */
export function nameOf(labels, dimension, key, words) {
  const label = labelOf(labels, dimension, key);
  if (!label && key === OTHER) return words.other;
  return safeName(label ? label[words.lang] : key === UNKNOWN ? "" : key) || words.unknown;
}

/** The label of a milestone in a page's language: the Chinese one where there is one, else the other. */
export function goalName({ label, label_zh: chinese }, lang, most) {
  return safeName((lang === "zh-hans" && chinese) || label || "", most);
}

/** The view of a wall that anybody may see: curated names only (S20). */
export function curatedView(view) {
  if (!view.frame) return view;
  const { labels } = view.meta;
  const by = Object.entries(view.frame.by).map(([name, shares]) => [name, curated(shares, labels, name)]);
  const { milestones } = view.frame;
  const reached = milestones.reached.filter((one) => isCurated(one, labels));
  return { ...view, frame: { ...view.frame, by: Object.fromEntries(by), milestones: { ...milestones, reached } } };
}

/** Whether a milestone names nobody that staff have given no name: its own may be a merchant's. */
function isCurated({ kind, dimension, of }, labels) {
  return kind !== "share" || labelOf(labels, dimension ?? "", of ?? "") !== null;
}

/** One breakdown: keys without a label count as other; without any label there is nothing to tell. */
export function curated(shares, labels, dimension) {
  const isNamed = ([key]) => key !== OTHER && labelOf(labels, dimension, key) !== null;
  const all = Object.entries(shares), named = all.filter(isNamed);
  if (!named.length) return {};
  const kept = all.filter((one) => isNamed(one) || one[0] === UNKNOWN);
  const rest = all.filter((one) => !kept.includes(one)).map(([, share]) => share);
  if (!rest.length) return shares;
  const sum = (field) => rest.reduce((total, share) => total + share[field], 0);
  return Object.fromEntries([...kept, [OTHER, { gross: sum("gross"), payments: sum("payments"), multiple: null }]]);
}

/** A campaign's name without the year at its end, which screens set apart: {name, year}. */
export function titleOf(name, year) {
  const bare = name.endsWith(String(year)) ? name.slice(0, -String(year).length).trim() : name;
  return { name: safeName(bare) || safeName(name), year: String(year) };
}
