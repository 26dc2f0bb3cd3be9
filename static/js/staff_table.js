// The chart as a table, for who does not see it: a row an hour, of several days a row a day. It is
// made while it is open alone.

import { at, el, put, renew } from "./dom.js";
import { compact, joined, times } from "./figures.js";
import { SEVERAL } from "./zone.js";

const HOUR = 3_600_000;

/**
 * The rows {at, mine, other, whole} of a chart's series {mine, other}, amounts in minor units, null
 * where none is known: the turnover of each hour or day, or, `running`, the total at its end.
 * `whole`: all of it has passed, so that the years can be compared.
 */
export function tableRows({ mine, other }, { start, end }, step, { running }) {
  const size = end - start > SEVERAL ? 24 * HOUR : HOUR, rows = [];
  const within = ({ x, y }, from) => y.filter((_, i) => x[i] >= from && x[i] < Math.min(from + size, end));
  const amount = (values) => {
    if (!values.length) return null;
    return running ? values.at(-1) : values.reduce((sum, rate) => sum + (rate * step) / 60, 0);
  };
  const full = (from) => (Math.min(from + size, end) - from) / (step * 1000);
  for (let from = start; from < end; from += size) {
    const own = within(mine, from), past = within(other, from);
    if (own.length || past.length) rows.push({ at: from, mine: amount(own), other: amount(past), whole: own.length >= full(from) });
  }
  return rows;
}

export function tablePanel({ words, lang }, chart) {
  const details = at("chart-table"), table = el("table", "");
  let view = null;
  put(details.firstElementChild, words.chartTable);
  details.lastElementChild.append(table);
  details.addEventListener("toggle", draw);

  function draw() {
    if (!details.open || !view || !chart.drawing) return;
    const { window, step, look, year, zone, moments } = view;
    const own = String(zone.date(window.start).year);
    const heads = [look.running ? words.runningTotal : words.turnover, own, ...(year ? [year.label, words.versus(year)] : [])];
    const lines = tableRows(chart.drawing, window, step, look).map((row) => lineOf(row, moments, year));
    renew(table, [heads, lines], () => [
      el("thead", "", el("tr", "", ...heads.map((text) => headed("col", text)))),
      el("tbody", "", ...lines.map(([time, ...cells]) => el("tr", "", headed("row", time), ...cells.map((text) => el("td", "", text))))),
    ]);
  }

  function lineOf({ at: from, mine, other, whole }, moments, year) {
    const amount = (value) => (value === null ? "—" : joined(compact(value, view.money, lang)));
    const many = whole && other ? times(mine, other) + words.timesUnit : "";
    return [moments.full(from), amount(mine), ...(year ? [amount(other), many] : [])];
  }

  return {
    update(next) {
      view = next;
      draw();
    },
  };
}

function headed(scope, text) {
  const cell = el("th", "", text);
  cell.scope = scope;
  return cell;
}
