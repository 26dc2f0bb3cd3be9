// The breakdowns as tables: value, share, multiple of last year.

import { at, el, renew } from "./dom.js";
import { compact, joined, share, timesOf } from "./figures.js";
import { nameOf } from "./names.js";
import { rank } from "./ranking.js";

const ROWS = 10;

export function breakdownsPanel({ words, lang }) {
  const orders = {};
  return {
    update(view) {
      const tables = Object.entries(view.frame.by).filter(([, keys]) => Object.keys(keys).length);
      const content = tables.map(([name, keys]) => [name, rows(name, keys, view)]);
      renew(at("breakdowns"), [content, view.year], () => content.map(([name, lines]) => table(name, lines, view.year)));
    },
  };

  function rows(name, keys, { meta, money, frame, at: when }) {
    const gross = Object.fromEntries(Object.entries(keys).map(([key, one]) => [key, one.gross]));
    orders[name] = rank(orders[name] ?? null, gross, when);
    const most = Math.max(1, ...Object.values(gross));
    return orders[name].keys.slice(0, ROWS).map((key) => ({
      name: nameOf(meta.labels, name, key, words),
      value: joined(compact(gross[key], money, lang)),
      share: share(gross[key], frame.turnover.gross),
      times: timesOf(keys[key].multiple),
      bar: gross[key] / most,
    }));
  }

  function table(name, lines, year) {
    const compared = year && lines.some((line) => line.times);
    const heads = [words[name] ?? name, words.turnover, words.share, ...(compared ? [words.versus(year)] : [])];
    const head = el("tr", "", ...heads.map((text) => {
      const cell = el("th", "", text);
      cell.scope = "col";
      return cell;
    }));
    const body = lines.map((line) => {
      const row = el("tr", "", el("td", "who", line.name), el("td", "value", line.value), el("td", "", line.share),
        ...(compared ? [el("td", "", line.times ? line.times + words.timesUnit : "")] : []));
      row.style.setProperty("--bar", `${(line.bar * 100).toFixed(1)}%`);
      return row;
    });
    return el("div", "box", el("table", "", el("thead", "", head), el("tbody", "", ...body)));
  }
}
