// The total: the hero, the full digits under it, and as of when they are true.

import { at, put } from "./dom.js";
import { digits, hero } from "./figures.js";
import { odometer, roll, rolling } from "./odometer.js";
import { expected, largest, widest } from "./size_class.js";

const REST = 5_000; // ms: a hero that changes more often is set without motion, or it is never read
const MOST = 2.66; // em of ink at the full size beside a multiple; wider figures are scaled down to that width
const GAPS = { en: 0.08, "zh-hans": 0.16 }; // em: before the unit and after it
const BETWEEN = 0.2, ROUNDING = 0.02; // em: .gap in wall.css; columns are set in whole fractions of a pixel

/** The panel; `words` of the page, `motion` whether it may move. */
export function totalPanel({ words, lang, motion }) {
  const line = odometer(at("digits"), (char) => (/\p{Script=Han}/u.test(char) ? "aside" : ""));
  const number = at("hero-number");
  let shown = -1, text = "", fitted = null, fittedIn = "", setAt = 0, wasStale = false;

  function fit(frame, money) {
    const most = widest(expected(frame), money, lang);
    const wanted = most.sign + most.number;
    const alone = !frame.reference;
    const key = `${most.unit} ${alone} ${innerWidth} ${innerHeight}`;
    if (fitted && wanted.length <= fitted.length && key === fittedIn) return;
    if (!fitted || wanted.length > fitted.length) fitted = wanted;
    fittedIn = key;
    const box = at("hero");
    const ems = widthOf(number, fitted), units = [most.unit, widest(0, money, lang).unit];
    box.style.setProperty("--fit", Math.min(1, roomOf(units, alone) / ems));
    box.style.setProperty("--box", `${ems}em`);
    box.dataset.ems = ems;
    box.classList.toggle("deep", fitted.includes(","));
    at("digits").style.minWidth = `${lineWidth(largest(expected(frame), money), money)}em`;
  }

  /** The width in em of an amount's full digits: what stands beside them does not move when they are more. */
  function lineWidth(amount, money) {
    const groups = digits(amount, money, lang);
    const ink = groups.map((group) => group.text + group.unit).join("");
    return widthOf(at("digits"), ink) + BETWEEN * (groups.length - 1) + ROUNDING;
  }

  /** The widest figure at the full size, em: what the longer of its units leaves of the row, which `alone` it has whole. */
  function roomOf(units, alone) {
    const box = at("hero"), word = at("hero-unit"), row = at("total-room").parentElement;
    const full = sizeOf(box) / Number(box.style.getPropertyValue("--fit") || 1);
    const longest = Math.max(...units.map((unit) => widthOf(word, unit)));
    const room = (widthBeside(row, alone) - longest * sizeOf(word)) / full - GAPS[lang];
    return alone ? room : Math.min(MOST, room);
  }

  function putHero(parts, up, when) {
    const next = parts.sign + parts.number;
    put(at("hero-unit"), parts.unit);
    if (next === text) return;
    const last = next.length - 1;
    const lastRolls = up && motion() && when - setAt >= REST && rollsAlone(text, next);
    setAt = when;
    const column = document.createElement("span");
    column.className = "col";
    column.textContent = next[last];
    number.replaceChildren(next.slice(0, last), column);
    if (lastRolls) roll(column, text[last], next[last]);
    number.style.setProperty("--shrink", shrink(next, parts.unit));
    text = next;
  }

  /** Also a page's first number goes, where nothing newer came before it was old. */
  function putNothing() {
    put(number, "—");
    for (const name of ["hero-unit", "digits", "plain-total"]) put(at(name), "");
    put(at("as-of"), words.waiting);
  }

  /** The full digits are set smaller where they and their time would reach the multiple. */
  function fitLine(said, text, alone) {
    const digits = at("digits"), stamp = at("as-of");
    const key = `${text.length} ${said.length} ${digits.style.minWidth} ${alone} ${innerWidth} ${innerHeight}`;
    if (digits.dataset.fitted === key) return;
    digits.dataset.fitted = key;
    digits.style.removeProperty("font-size");
    const gap = stamp.getBoundingClientRect().left - digits.getBoundingClientRect().right;
    const room = widthBeside(at("total-room").parentElement, alone) - stamp.offsetWidth - 2 * gap;
    const share = room / digits.offsetWidth;
    if (share < 1) digits.style.fontSize = `${(0.64 * share).toFixed(3)}rem`;
  }

  /** A figure wider than its box, which only a smaller unit's can be, is set smaller. */
  function shrink(next, unit) {
    if (next.length <= fitted.length) return 1;
    const box = Number(at("hero").dataset.ems) + (unit ? 0 : 0.7);
    return Math.min(1, box / widthOf(number, next));
  }

  return {
    update({ frame, money, phase, asOf, zone, stale, at: when }) {
      if (phase === "waiting") putNothing();
      if (phase === "waiting" || phase === "live") put(at("total-label"), words.total);
      if (phase !== "live") return;
      fit(frame, money);
      const { gross } = frame.turnover;
      const up = gross > shown && shown >= 0 && !wasStale; // no roll makes up for what was missed
      wasStale = stale;
      if (gross !== shown) {
        putHero(hero(gross, money, lang), up, when);
        line.set(inFull(gross, money, lang), up && motion());
        put(at("plain-total"), inFull(gross, money, lang));
        shown = gross;
      }
      const time = zone.hms(asOf);
      const said = frame.healing ? words.recounting(time) : stale ? words.outOfDate(time) : words.asOf(time);
      put(at("as-of"), said);
      fitLine(said, inFull(gross, money, lang), !frame.reference);
      at("as-of").classList.toggle("warn", stale || frame.healing);
    },
  };
}

/** Whether nothing but the last digit changes: beside a carry, a roll would show 2.39 from 2.29 to 2.30. */
export function rollsAlone(before, next) {
  const columns = rolling(before, next);
  return columns.length === 1 && columns[0] === next.length - 1;
}

/** The full digits on one line. */
export function inFull(amount, money, lang) {
  return digits(amount, money, lang).map((group) => group.text + group.unit).join(" ");
}

/** What the multiple leaves of the row, px: all of it where there is none. */
function widthBeside(row, alone) {
  const beside = parseFloat(getComputedStyle(row).getPropertyValue("--beside")) * sizeOf(document.documentElement);
  return row.clientWidth - (alone ? 0 : beside);
}

const sizeOf = (element) => parseFloat(getComputedStyle(element).fontSize);

/** Width of a text in em of the element that it would stand in. */
function widthOf(element, text) {
  const probe = document.createElement("span");
  probe.style.cssText = "position:absolute;visibility:hidden;white-space:nowrap";
  probe.textContent = text;
  element.append(probe);
  // At its own size: browsers round the width of a figure to whole pixels.
  const ems = probe.getBoundingClientRect().width / parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  return ems;
}
