// The chart's crosshair: both years at a minute, and how many times. By pointing, by a tap, or by
// the arrow keys, where it is a slider whose value is what the tip says.

import { amountOf } from "./chart.js";
import { at, el, put, show } from "./dom.js";
import { times } from "./figures.js";

const NS = "http://www.w3.org/2000/svg";
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -60, PageUp: 60, Home: -Infinity, End: Infinity };

/** The index of the value nearest to `wanted` in an ascending list, -1 in none. */
export function nearest(values, wanted) {
  if (!values.length) return -1;
  const after = values.findIndex((value) => value >= wanted);
  if (after === -1) return values.length - 1;
  return after > 0 && wanted - values[after - 1] < values[after] - wanted ? after - 1 : after;
}

/** The index that `step` minutes lead to from index `i`, within the span of the axis. */
export function stepped(grid, i, step, { from, to }) {
  const first = grid.findIndex((when) => when >= from), last = grid.findLastIndex((when) => when <= to);
  return Math.min(last, Math.max(first, i + step));
}

export function hoverPanel({ words, lang }, chart) {
  const box = at("chart"), tip = at("tip"), slider = at("point");
  const line = document.createElementNS(NS, "line");
  line.setAttribute("class", "crosshair");
  at("crosshair").append(line);
  put(at("chart-label"), words.turnoverPerMinute);
  slider.setAttribute("aria-label", words.minute);
  let view = null, pointed = null, keyed = null; // px in the box; ms, by keys

  function draw() {
    const i = index();
    show(tip, i >= 0);
    show(at("crosshair"), i >= 0);
    if (i < 0) return;
    const { g, mine, other } = chart.drawing;
    const when = gridOf(chart.drawing)[i], x = g.x(when);
    for (const [name, value] of [["x1", x], ["x2", x], ["y1", g.upper], ["y2", g.lower]]) line.setAttribute(name, value);
    fill(when, mine.y[i], other.y[i]);
    tip.style.transform = `translateX(${Math.min(Math.max(0, x + 12), g.width - tip.offsetWidth)}px)`;
    if (keyed !== null) say(i);
  }

  /** Which minute is pointed at; -1 while none is. */
  function index() {
    if (!view || !chart.drawing || (pointed === null && keyed === null)) return -1;
    const { g } = chart.drawing;
    const when = keyed ?? g.from + ((pointed - g.left) / (g.right - g.left)) * (g.to - g.from);
    return nearest(gridOf(chart.drawing), when);
  }

  function fill(when, mine, other) {
    const amount = (value) => (value === undefined ? "—" : amountOf(value, view.money, lang, view.look));
    const many = mine !== undefined && other ? times(mine, other) : null;
    const own = String(view.zone.date(view.window.start).year);
    tip.replaceChildren(
      el("b", "", view.moments.full(when)),
      el("span", "mine", own), el("b", "", amount(mine)), el("span", "mine", many ? many + words.timesUnit : ""),
      ...(view.year ? [el("span", "aside", view.year.label), el("b", "", amount(other)), el("span", "")] : []),
    );
  }

  /** What is heard: the tip's words; a slider's value is spoken as it changes. */
  function say(i) {
    const said = [...tip.children].map((one) => one.textContent).filter(Boolean).join(" ");
    const now = { valuemin: 0, valuemax: gridOf(chart.drawing).length - 1, valuenow: i, valuetext: said };
    for (const [name, value] of Object.entries(now)) slider.setAttribute(`aria-${name}`, value);
  }

  function point(px, ms = null) {
    [pointed, keyed] = [px, ms];
    draw();
  }

  /** Points at the newest minute: where keys begin. */
  function begin() {
    const { mine } = chart.drawing ?? {};
    if (mine?.x.length) point(null, mine.x.at(-1));
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") point(null);
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    if (index() < 0) begin();
    const i = index();
    if (i < 0) return;
    const grid = gridOf(chart.drawing);
    point(null, grid[stepped(grid, i, STEPS[event.key], chart.drawing.g)]);
  }

  const pointAt = (event) => point(event.clientX - box.getBoundingClientRect().left);
  box.addEventListener("pointermove", pointAt);
  box.addEventListener("pointerdown", pointAt);
  // A finger that is lifted leaves the chart; what it asked for stays, until it taps elsewhere.
  box.addEventListener("pointerleave", (event) => event.pointerType === "touch" || point(null));
  document.addEventListener("pointerdown", ({ target }) => box.contains(target) || point(null));
  slider.addEventListener("focus", begin);
  slider.addEventListener("keydown", press);
  slider.addEventListener("blur", () => point(null));
  return {
    update(next) {
      view = next;
      draw();
    },
  };
}

/** The minutes that can be pointed at: those of the year that has more. */
function gridOf({ mine, other }) {
  return other.x.length > mine.x.length ? other.x : mine.x;
}
