// The breakdowns as lists: by value, with the multiple of last year; the rule under a row is its bar.

import { at, el, put, putName } from "./dom.js";
import { compact, joined, timesOf } from "./figures.js";
import { nameOf } from "./names.js";
import { rank } from "./ranking.js";

const ROWS = 8; // as many as the widest wall shows; the others hide the later ones
const FADE = { duration: 300 }; // of a row that another has taken the place of
const STEPS = 500; // of a bar, a pixel each on a screen of 1080 lines: it moves where that is seen

/** Which dimensions are lists: those the campaign chose, and platforms where a bar is too little. */
export function listed(by, dimensions) {
  const chosen = dimensions.filter((name) => name !== "platform" && Object.keys(by[name] ?? {}).length);
  return Object.keys(by.platform ?? {}).length > 3 ? ["platform", ...chosen].slice(0, 2) : chosen.slice(0, 2);
}

export function listsPanel({ words, lang, motion }) {
  const lists = new Map();

  function listOf(name) {
    if (!lists.has(name)) {
      const head = el("div", "head", el("h2", "", words[name] ?? name), el("span", "aside"));
      const section = el("section", "list", head, el("div", "rows"));
      lists.set(name, { section, versus: head.lastChild, rows: section.lastChild, order: null });
      at("lists").append(section);
    }
    return lists.get(name);
  }

  return {
    update({ frame, meta, money, phase, year, at: when }) {
      const names = phase === "live" || phase === "closed" ? listed(frame.by, meta.dimensions) : [];
      for (const [name, { section }] of lists) section.hidden = !names.includes(name);
      for (const name of names) fill(name, frame.by[name], meta.labels, money, year, when);
    },
  };

  function fill(name, shares, labels, money, year, when) {
    const list = listOf(name);
    const gross = Object.fromEntries(Object.entries(shares).map(([key, one]) => [key, one.gross]));
    list.order = rank(list.order, gross, when);
    const compared = Boolean(year) && Object.values(shares).some((one) => one.multiple !== null);
    put(list.versus, compared ? words.versus(year) : "");
    const keys = list.order.keys.slice(0, ROWS);
    while (list.rows.children.length > keys.length) list.rows.lastChild.remove();
    while (list.rows.children.length < keys.length) list.rows.append(emptyRow());
    const most = Math.max(1, ...keys.map((key) => gross[key]));
    keys.forEach((key, i) => fillRow(list.rows.children[i], key, {
      name: nameOf(labels, name, key, words),
      value: joined(compact(gross[key], money, lang)),
      times: compared ? timesOf(shares[key].multiple) : undefined,
      bar: gross[key] / most,
    }));
  }

  function fillRow(row, key, { name, value, times, bar }) {
    const [who, figure, many, rule] = row.children;
    const overtaken = row.dataset.key !== undefined && row.dataset.key !== key;
    row.dataset.key = key;
    if (overtaken && motion()) row.animate([{ opacity: 0 }, { opacity: 1 }], FADE);
    putName(who, name);
    put(figure, value);
    put(many, times ? times + words.timesUnit : "");
    many.hidden = times === undefined;
    const length = `scaleX(${Math.round(bar * STEPS) / STEPS})`;
    if (rule.style.transform !== length) rule.style.transform = length;
  }
}

function emptyRow() {
  return el("div", "row", el("span", "who cut"), el("b", ""), el("span", "aside"), el("i", ""));
}
