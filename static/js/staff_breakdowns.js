// The breakdowns as tables: value, share, multiple of last year.

import { at, el, renew } from "./dom.js";
import { compact, joined, share, timesOf } from "./figures.js";
import { labelOf, nameOf } from "./names.js";
import { rank } from "./ranking.js";

const ROWS = 10;
const SHORT = ["platform", "channel"]; // a few rows each: the events stand below them

const isBare = (dimension, key, labels) =>
  !["other", "unknown"].includes(key) && labelOf(labels, dimension, key) === null;

export function breakdownsPanel({ words, lang, labelAddress }) {
  const orders = {};
  return {
    update(view) {
      const tables = Object.entries(view.frame.by).filter(([, keys]) => Object.keys(keys).length);
      const content = tables.map(([name, keys]) => [name, rows(name, keys, view)]);
      const isShort = ([name]) => SHORT.includes(name);
      place("short-breakdowns", content.filter(isShort), view.year);
      place("breakdowns", content.filter((one) => !isShort(one)), view.year);
    },
  };

  function place(where, content, year) {
    renew(at(where), [content, year], () => content.map(([name, lines]) => table(name, lines, year)));
  }

  function rows(name, keys, { meta, money, frame, at: when }) {
    const gross = Object.fromEntries(Object.entries(keys).map(([key, one]) => [key, one.gross]));
    orders[name] = rank(orders[name] ?? null, gross, when);
    const most = Math.max(1, ...Object.values(gross));
    return orders[name].keys.slice(0, ROWS).map((key) => ({
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

  function naming({ address, name }) {
    if (!address) return [];
    const link = el("a", "naming", words.nameIt);
    link.href = address;
    link.setAttribute("aria-label", `${words.nameIt}: ${name}`);
    return [" ", link];
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
      const row = el("tr", "", el("td", "who", line.name, ...naming(line)), el("td", "value", line.value), el("td", "", line.share),
        ...(compared ? [el("td", "", line.times ? line.times + words.timesUnit : "")] : []));
      row.style.setProperty("--bar", `${(line.bar * 100).toFixed(1)}%`);
      return row;
    });
    return el("div", "box", el("table", "", el("thead", "", head), el("tbody", "", ...body)));
  }
}
