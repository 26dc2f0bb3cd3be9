// All milestones, reached and to come, as the API lists them; frames say at once what has fallen.

import { at, el, put, renew } from "./dom.js";
import { joined, milestone } from "./figures.js";
import { goalName } from "./names.js";

export function milestonesPanel({ words, lang }) {
  put(at("milestones-label"), words.milestones);
  return {
    update({ frame, goals, money, moments, year }) {
      const reached = new Map(frame.milestones.reached.map((one) => [one.key, one]));
      const known = [...frame.milestones.reached, frame.milestones.next, ...goals].filter(Boolean);
      const all = [...new Map(known.map((one) => [one.key, one])).values()].sort((a, b) => a.amount - b.amount);
      const rows = all.map((one) => {
        const fell = reached.get(one.key);
        const eta = frame.milestones.next?.key === one.key ? frame.milestones.next.eta : null;
        return {
          kind: fell ? (fell.kind === "reference_total" ? "reference" : "fell") : "open",
          amount: joined(milestone(one.amount, money, lang)),
          label: year && one.amount === frame.reference.total ? words.allOf(year) : goalName(one, lang),
          time: fell ? moments.exact(Date.parse(fell.crossed_at)) : eta ? words.about(moments.full(Date.parse(eta))) : words.notReached,
        };
      });
      renew(at("milestones"), rows, () => rows.map((row) =>
        el("li", row.kind, el("b", "", row.amount), el("span", "aside", row.label), el("span", "time", row.time))));
    },
  };
}
