// One breakdown's table: made once, then filled. A row stays its key's for good, so that a link in
// it keeps the focus, and a press on it that lasts over a frame opens it.

import { el, put, putName, show, vary } from "./dom.js";

/** A table {box, fill(lines, year)}; a line is {key, name, address, value, share, times, bar}. */
export function breakdownTable(name, words) {
  const heads = [words[name] ?? name, words.turnover, words.share, ""].map((text) => {
    const cell = el("th", "", text);
    cell.scope = "col";
    return cell;
  });
  const body = el("tbody", ""), rows = new Map();
  const box = el("div", "box", el("table", "", el("thead", "", el("tr", "", ...heads)), body));

  function rowOf(key) {
    if (!rows.has(key)) {
      const who = el("td", "who", el("span", ""));
      rows.set(key, el("tr", "", who, el("td", "value"), el("td", ""), el("td", "")));
    }
    return rows.get(key);
  }

  function fillRow(row, { name: called, address, value, share, times, bar }, compared) {
    const [who, amount, part, many] = row.children;
    putName(who.firstChild, called);
    link(who, called, address);
    put(amount, value);
    put(part, share);
    put(many, compared && times ? times + words.timesUnit : "");
    show(many, compared);
    vary(row, { "--bar": `${(bar * 100).toFixed(1)}%` });
  }

  function link(who, called, address) {
    if (!address) {
      if (who.children.length > 1) who.lastChild.remove();
      return;
    }
    if (who.children.length === 1) who.append(" ", el("a", "naming", words.nameIt));
    const naming = who.lastChild;
    if (naming.getAttribute("href") !== address) naming.href = address;
    naming.setAttribute("aria-label", `${words.nameIt}: ${called}`);
  }

  /** Puts rows in their order; one that moves keeps the focus. */
  function order(wanted) {
    const focused = document.activeElement;
    wanted.forEach((row, i) => {
      if (body.children[i] !== row) body.insertBefore(row, body.children[i] ?? null);
    });
    for (const [key, row] of rows) {
      if (wanted.includes(row)) continue;
      row.remove();
      rows.delete(key);
    }
    if (focused !== document.activeElement && body.contains(focused)) focused.focus({ preventScroll: true });
  }

  return {
    box,
    fill(lines, year) {
      const compared = Boolean(year) && lines.some((line) => line.times);
      put(heads[3], compared ? words.versus(year) : "");
      show(heads[3], compared);
      for (const line of lines) fillRow(rowOf(line.key), line, compared);
      order(lines.map((line) => rowOf(line.key)));
    },
  };
}
