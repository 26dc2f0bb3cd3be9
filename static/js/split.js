// The platforms: one bar, value and name at either end. One platform is a line, three have their
// names above the bar, four and more are a list like the others (lists.js).

import { at, el, renew, show } from "./dom.js";
import { compact, joined } from "./figures.js";
import { nameOf } from "./names.js";

/** Shares of the bar for values, largest first: they fill it. */
export function shares(values) {
  const whole = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => (whole ? value / whole : 0));
}

export function splitPanel({ words, lang }) {
  return {
    update({ frame, meta, money, phase }) {
      const all = Object.entries(frame?.by.platform ?? {}).filter(([, one]) => one.gross > 0);
      const shown = phase !== "scheduled" && all.length > 0 && all.length <= 3;
      show(at("split"), shown);
      if (!shown) return;
      const rows = all.sort(([, a], [, b]) => b.gross - a.gross).map(([key, one]) => ({
        gross: one.gross,
        name: nameOf(meta.labels, "platform", key, words),
        value: joined(compact(one.gross, money, lang)),
      }));
      renew(at("split"), rows.map((row) => [row.name, row.value]), () => draw(rows));
    },
  };

  function draw(rows) {
    const ends = rows.map(({ name, value }, i) => {
      const parts = [el("span", "who cut", name), el("b", "", value)];
      return el("span", "", ...(i && i === rows.length - 1 ? parts.reverse() : parts));
    });
    if (rows.length === 1) return [el("div", "ends", ...ends)];
    const parts = shares(rows.map((row) => row.gross)).map((share) => {
      const part = el("i", "");
      part.style.width = `calc(${(share * 100).toFixed(2)}% - 0.015rem)`;
      return part;
    });
    return [el("h2", "offscreen", words.platform), el("div", "ends", ...ends), el("div", "bar", ...parts)];
  }
}
