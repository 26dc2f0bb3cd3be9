// Pointing at the chart, or tapping it: both years at that minute, and how many times.

import { at, el, put, show } from "./dom.js";
import { estimate, joined, times } from "./figures.js";

const NS = "http://www.w3.org/2000/svg";

/** The index of the value nearest to `wanted` in an ascending list, -1 in none. */
export function nearest(values, wanted) {
  if (!values.length) return -1;
  const after = values.findIndex((value) => value >= wanted);
  if (after === -1) return values.length - 1;
  return after > 0 && wanted - values[after - 1] < values[after] - wanted ? after - 1 : after;
}

export function hoverPanel({ words, lang }, chart) {
  const box = at("chart"), tip = at("tip");
  const line = document.createElementNS(NS, "line");
  line.setAttribute("class", "crosshair");
  at("crosshair").append(line);
  put(at("chart-label"), words.turnoverPerMinute);
  let view = null, pointed = null;

  function draw() {
    const on = Boolean(pointed !== null && view && chart.drawing?.other);
    show(tip, on);
    show(at("crosshair"), on);
    if (!on) return;
    const { g, mine, other } = chart.drawing;
    const when = g.from + ((pointed - g.left) / (g.right - g.left)) * (g.to - g.from);
    const grid = other.x.length > mine.x.length ? other.x : mine.x;
    const i = nearest(grid, when);
    if (i < 0) return;
    const x = g.x(grid[i]);
    for (const [name, value] of [["x1", x], ["x2", x], ["y1", g.upper], ["y2", g.lower]]) line.setAttribute(name, value);
    fill(grid[i], mine.y[i], other.y[i]);
    tip.style.transform = `translateX(${Math.min(Math.max(0, x + 12), g.width - tip.offsetWidth)}px)`;
  }

  function fill(when, mine, other) {
    const amount = (value) => (value === undefined ? "—" : joined(estimate(value, view.money, lang)));
    const many = mine !== undefined && other ? times(mine, other) : null;
    const own = String(view.zone.date(view.window.start).year);
    tip.replaceChildren(
      el("b", "", view.zone.hm(when)),
      el("span", "mine", own), el("b", "", amount(mine)), el("span", "mine", many ? many + words.timesUnit : ""),
      ...(view.year ? [el("span", "aside", view.year.label), el("b", "", amount(other)), el("span", "")] : []),
    );
  }

  box.addEventListener("pointermove", (event) => {
    pointed = event.clientX - box.getBoundingClientRect().left;
    draw();
  });
  box.addEventListener("pointerleave", () => {
    pointed = null;
    draw();
  });
  return {
    update(next) {
      view = next;
      draw();
    },
  };
}
