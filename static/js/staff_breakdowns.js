// The breakdowns as tables: value, share, multiple of last year.

import { breakdownTable } from "./breakdown_table.js";
import { at, renew } from "./dom.js";
import { compact, joined, share, timesOf } from "./figures.js";
import { labelOf, nameOf } from "./names.js";
import { rank } from "./ranking.js";

const ROWS = 10;
const SHORT = ["platform", "channel"]; // a few rows each: the events stand below them

const isBare = (dimension, key, labels) =>
  !["other", "unknown"].includes(key) && labelOf(labels, dimension, key) === null;

export function breakdownsPanel({ words, lang, labelAddress }) {
  const orders = {}, tables = {};
  return {
    update(view) {
      const known = Object.entries(view.frame.by).filter(([, keys]) => Object.keys(keys).length);
      const content = known.map(([name, keys]) => [name, rows(name, keys, view)]);
      const isShort = ([name]) => SHORT.includes(name);
      place("short-breakdowns", content.filter(isShort), view.year);
      place("breakdowns", content.filter((one) => !isShort(one)), view.year);
    },
  };

  function place(where, content, year) {
    for (const [name] of content) tables[name] ??= breakdownTable(name, words);
    renew(at(where), content.map(([name]) => name), () => content.map(([name]) => tables[name].box));
    for (const [name, lines] of content) tables[name].fill(lines, year);
  }

  function rows(name, keys, { meta, money, frame, at: when }) {
    const gross = Object.fromEntries(Object.entries(keys).map(([key, one]) => [key, one.gross]));
    orders[name] = rank(orders[name] ?? null, gross, when);
    const most = Math.max(1, ...Object.values(gross));
    return orders[name].keys.slice(0, ROWS).map((key) => ({
      key,
      name: nameOf(meta.labels, name, key, words),
      address: isBare(name, key, meta.labels) ? addressFor(name, key) : null,
      value: joined(compact(gross[key], money, lang)),
      share: share(gross[key], frame.turnover.gross),
      times: timesOf(keys[key].multiple),
      bar: gross[key] / most,
    }));
  }

  /** Where staff give a key its name; walls that anybody may see show no other. */
  function addressFor(dimension, key) {
    return `${labelAddress}&${new URLSearchParams({ dimension, key })}`;
  }
}
