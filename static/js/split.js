// The platforms: one bar, value and name at either end. One platform is a line, three have their
// names above the bar, four and more are a list like the others (lists.js).

import { at, el, putName, renew, show } from "./dom.js";
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
    const cells = rows.map(({ name, value }) => [putName(el("span", "who cut", ""), name), el("b", "", value)]);
    const heading = el("h2", "offscreen", words.platform);
    if (rows.length === 1) return [heading, el("div", "ends", el("span", "", ...cells[0]))];
    const names = rows.length === 3 ? el("div", "thirds", ...cells.flat()) : ends(cells);
    return [heading, names, el("div", "bar", ...shares(rows.map((row) => row.gross)).map(part))];
  }

  function ends([first, last]) {
    return el("div", "ends", el("span", "", ...first), el("span", "", ...last.reverse()));
  }
}

/** A part of the bar; the style sheet keeps the smallest wide enough to be seen. */
function part(share) {
  const made = el("i", "");
  made.style.flexGrow = share.toFixed(4);
  return made;
}
