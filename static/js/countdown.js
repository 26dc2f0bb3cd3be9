// Before the start: the time to go as the hero, last year's total beside it, and what last year had
// come to at four moments. No sky blue: this year has no data yet.

import { at, el, put, putFigure, renew, show, vary } from "./dom.js";
import { compact, joined, milestone, remaining } from "./figures.js";
import { goalName } from "./names.js";

const MOMENTS = [[10, "minutesShort", 10], [60, "hoursShort", 1], [360, "hoursShort", 6], [720, "hoursShort", 12]];

const MOST = 6; // milestones: the highest, which are the day's own

/** A year's running total at some minutes from its start: [{minutes, total}], those it reached. */
export function runningTotals(minutes, moments) {
  return moments.filter((moment) => moment <= minutes.length).map((moment) => ({
    minutes: moment,
    total: minutes.slice(0, moment).reduce((sum, value) => sum + value, 0),
  }));
}

/** The time to go as parts {number, unit}: "1:23:45"; from 48 hours its days and hours. */
export function timeToGo(seconds, words) {
  const hours = Math.floor(seconds / 3600);
  if (hours < 48) return [{ number: remaining(seconds, words.lang), unit: "" }];
  return [{ number: String(Math.floor(hours / 24)), unit: words.daysShort }, { number: String(hours % 24), unit: words.hours }];
}

export function countdownPanel({ words, lang }) {
  return {
    update(view) {
      const before = view.phase === "scheduled";
      for (const name of ["countdown", "when", "before"]) show(at(name), before);
      document.querySelector("main").classList.toggle("bare", before && !view.frame.reference);
      if (!before) return;
      const { window, now, zone } = view;
      const left = Math.max(0, Math.ceil((window.start - now) / 1000));
      put(at("total-label"), words.startsIn);
      const parts = timeToGo(left, words);
      renew(at("countdown"), parts, () => parts.flatMap(({ number, unit }) => [
        el("span", "", number), ...(unit ? [" ", el("span", "hero-unit", unit), " "] : [])]));
      const { weekday, day, month } = zone.date(window.start);
      put(at("when"), words.startsOn(weekday, day, month, zone.hm(window.start)));
      total(view);
      const { past, goals, frame, year } = view;
      renew(at("before"), [past?.minutes.length, goals, frame.milestones.next, year], () => tower(view));
    },
  };

  function total({ frame, money, year }) {
    const panel = at("multiple");
    show(panel, Boolean(frame.reference));
    panel.classList.toggle("total-of", true);
    if (!frame.reference) return;
    put(at("multiple-label"), words.allOf(year));
    putFigure(at("multiple-figure"), compact(frame.reference.total, money, lang));
    put(at("multiple-then"), words.toBeat);
    fit(at("multiple-figure"), panel);
  }

  function tower({ past, goals, frame, year, money, moments }) {
    const sections = [];
    const running = runningTotals(past?.minutes ?? [], MOMENTS.map(([minutes]) => minutes));
    if (running.length && year) {
      const most = running.at(-1).total || 1;
      const rows = running.map(({ minutes, total: value }) => {
        const [, word, n] = MOMENTS.find(([moment]) => moment === minutes);
        return row(words[word](n), joined(compact(value, money, lang)), value / most);
      });
      sections.push(section(words.running(year), rows));
    }
    const { next } = frame.milestones;
    const today = goals.length || !next ? goals : [next];
    if (!today.length) return sections;
    const expected = next?.eta ? words.expected : "";
    const rows = [...today].sort((a, b) => a.amount - b.amount).slice(-MOST).map((one) => {
      const aside = one.amount === past?.total ? words.yearTotal(year) : goalName(one, lang);
      const eta = next?.eta && one.key === next.key ? moments.full(Date.parse(next.eta)) : "";
      return row(joined(milestone(one.amount, money, lang)), eta, null, aside);
    });
    sections.push(section(words.milestonesToday, rows, expected));
    return sections;
  }
}

/** Sets a figure smaller where it is wider than its panel. */
function fit(figure, panel) {
  const key = `${figure.textContent} ${panel.clientWidth}`;
  if (panel.dataset.key === key) return;
  panel.dataset.key = key;
  vary(figure, { "--fit": 1 });
  vary(figure, { "--fit": Math.min(1, panel.clientWidth / figure.scrollWidth).toFixed(3) });
}

function section(title, rows, aside = "") {
  const head = el("div", "head", el("h2", "", title), el("span", "aside", aside));
  return el("section", "list free", head, el("div", "rows", ...rows));
}

function row(name, value, share, aside = "") {
  const rule = el("i", "");
  rule.style.transform = `scaleX(${share ?? 0})`;
  return el("div", "row", el("b", "who", name), el("span", "aside cut", aside), el("b", "", value), ...(share === null ? [] : [rule]));
}
