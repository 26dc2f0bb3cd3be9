// All milestones, reached and to come, as the API lists them; frames say at once what has fallen.

import { at, el, put, putName, renew } from "./dom.js";
import { joined, milestone } from "./figures.js";
import { isGross } from "./goals.js";
import { goalName } from "./names.js";

const MOST = 40; // that fell and are no turnover

/** The rows of a list: {kind, name, aside, time}, turnover first; what frames say goes before what was listed. */
export function rowsOf({ frame, goals, listed = [], money, moments, year }, words) {
  const { reached, next } = frame.milestones;
  const known = new Map();
  for (const one of [...goals, ...listed, ...reached, next].filter(Boolean)) known.set(one.key, { ...known.get(one.key), ...one });
  const all = [...known.values()];
  const gross = all.filter(isGross).sort((a, b) => a.amount - b.amount);
  return [...gross, ...latest(all.filter((one) => !isGross(one)))].map(row);

  function row(one) {
    const fell = Boolean(one.crossed_at), last = one.kind === "reference_total";
    const label = goalName(one, words.lang), marks = fell ? marksOf(one, words) : [];
    const eta = next?.key === one.key ? next.eta : null;
    return {
      kind: fell ? (last ? "reference" : "fell") : "open",
      name: isGross(one) ? joined(milestone(one.amount, money, words.lang)) : label || words.milestoneReached,
      aside: [beside(one, label), ...marks].filter(Boolean).join(" · "),
      time: fell ? moments.exact(Date.parse(one.crossed_at)) : eta ? words.about(moments.full(Date.parse(eta))) : words.notReached,
    };
  }

  function beside(one, label) {
    if (!isGross(one)) return "";
    return year && one.amount === frame.reference.total ? words.allOf(year) : label;
  }
}

/** Of those that fell the latest, in their order, as a club may have thousands; then those to come. */
function latest(others) {
  const fell = others.filter((one) => one.crossed_at).sort((a, b) => Date.parse(a.crossed_at) - Date.parse(b.crossed_at));
  return [...fell.slice(-MOST), ...others.filter((one) => !one.crossed_at)];
}

/** What is to be known of one that fell, beside its time. */
export function marksOf({ confirmed = true, redated, late, undercut }, words) {
  return [
    !confirmed && words.provisional, redated && words.redated, late && words.countedLate, undercut && words.undercut,
  ].filter(Boolean);
}

export function milestonesPanel({ words, listing }) {
  put(at("milestones-label"), words.milestones);
  return {
    update(view) {
      listing?.look(view);
      const rows = rowsOf({ ...view, listed: listing?.goals }, words);
      renew(at("milestones"), rows, () => rows.map(({ kind, name, aside, time }) =>
        el("li", kind, putName(el("b", ""), name), el("span", "aside", aside), el("span", "time", time))));
    },
  };
}
