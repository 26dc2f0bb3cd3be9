// After the close: the full digits across the page, five facts, and how the site held.

import { at, el, put, putFigure, renew, show } from "./dom.js";
import { heldUp, minutesOf } from "./episodes.js";
import { compact, count, digits, estimate, joined, share, success, times } from "./figures.js";

const SIZE = 2.86; // rem, of the digits

export function reportPanel({ words, lang }) {
  return {
    update(view) {
      const closed = view.phase === "closed";
      for (const name of ["final", "facts", "report"]) show(at(name), closed);
      if (!closed) return;
      put(at("total-label"), view.frame.final ? words.finalTotal : words.notFinalTotal);
      digitsAcross(view);
      facts(view);
      site(view);
    },
  };

  function digitsAcross({ frame, money }) {
    const groups = digits(frame.turnover.gross, money, lang);
    const line = at("final");
    const parts = groups.flatMap(({ text, unit }) => [el("span", "", text), ...(unit ? [el("span", "unit aside", unit)] : [])]);
    renew(line, groups, () => parts);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const ink = parts.length && line.lastChild.getBoundingClientRect().right - line.getBoundingClientRect().left;
    const ems = ink / parseFloat(getComputedStyle(line).fontSize);
    const size = `${Math.min(SIZE, Math.floor((99.5 * at("total-room").clientWidth) / rem / ems) / 100)}rem`;
    if (line.style.fontSize !== size) line.style.fontSize = size;
  }

  function facts({ frame, money, year, moments }) {
    const { peak_per_second: most, peak_at: when } = frame.payments;
    const many = frame.reference && times(frame.turnover.gross, frame.reference.total);
    const list = [
      [words.rounded, compact(frame.turnover.gross, money, lang)],
      many && [words.versusAll(year), { sign: "", number: many, unit: words.timesUnit }, "mine"],
      [words.orders, count(frame.orders, lang)],
      frame.buyers !== null && [words.buyers, count(frame.buyers, lang)],
      [words.peakOfAll(when ? moments.short(Date.parse(when)) : ""), count(most, lang)],
    ].filter(Boolean);
    renew(at("facts"), list, () => list.map(([label, parts, classes = ""]) => {
      const figure = el("div", `figure ${classes}`);
      putFigure(figure, parts);
      return el("div", "", el("h2", "label", label), figure);
    }));
  }

  function site({ frame, money, moments, window }) {
    const held = heldUp(frame.site.episodes, window.end);
    const rows = [
      [words.paymentSuccess, success(frame.payments.success_rate)],
      [words.queueingLine, words.queueingSum(held.length, minutesOf(held))],
      ...(frame.forecast && "gross" in frame.forecast ? [forecastWas(frame, money, moments)] : []),
    ];
    renew(at("report"), rows, () => [el("h2", "offscreen", words.payments), ...rows.map(([name, value]) =>
      el("div", "row", el("span", "who", name), el("b", "", value)))]);
  }

  /** How good the forecast was that the last frame still carries. */
  function forecastWas({ forecast, turnover }, money, moments) {
    const off = share(Math.abs(forecast.gross - turnover.gross), turnover.gross);
    const said = words.forecastOff(joined(estimate(forecast.gross, money, lang)), off, forecast.gross < turnover.gross);
    return [words.forecastWas(forecast.made_at ? moments.full(Date.parse(forecast.made_at)) : ""), said];
  }
}
