// Four figures: orders, buyers, payments a second and the most there were. Unknown is a dash.

import { at, el, put, putFigure, show } from "./dom.js";
import { count } from "./figures.js";

const DASH = { sign: "", number: "—", unit: "" };

export function metricsPanel({ words, lang }) {
  const cells = [words.orders, words.buyers, words.perSecond, words.peakPerSecond("")].map((label) => {
    const cell = el("div", "", el("h2", "label", label), el("div", "figure"));
    at("figures").append(cell);
    return cell;
  });
  return {
    update({ frame, phase, moments }) {
      show(at("figures"), phase === "live");
      if (phase !== "live") return;
      const { per_second: rate, peak_per_second: most, peak_at: when } = frame.payments;
      [frame.orders, frame.buyers, rate, most].forEach((value, i) => {
        putFigure(cells[i].lastChild, value === null ? DASH : count(value, lang));
      });
      put(cells[3].firstChild, words.peakPerSecond(when ? moments.short(Date.parse(when)) : ""));
    },
  };
}
