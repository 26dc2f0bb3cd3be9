// The pins on the rail: what was reached, last year's total, and the one to come. Labels that would
// come closer than 0.30 rem are dropped, pins never are; first last year's total, then the next,
// then the newest reached.

import { joined, milestone } from "./figures.js";
import { isGross } from "./goals.js";

const GAP = 0.3, INDENT = 0.13; // rem

/** The pins of a frame, amounts of turnover: {at, kind, value, time}, kinds "reference", "next" and "reached". */
export function pinsOf({ milestones, phase, moments, year, money, lang, words }) {
  const value = ({ amount }) => joined(milestone(amount, money, lang));
  const time = moments.full;
  const pins = milestones.reached.filter(isGross).map((one) => {
    const at = Date.parse(one.crossed_at);
    const reference = one.kind === "reference_total" && Boolean(year);
    return { at, kind: reference ? "reference" : "reached", value: value(one),
      time: reference ? words.past(time(at), year) : time(at) };
  });
  const { next } = milestones;
  if (next?.eta && phase !== "closed") {
    pins.push({ at: Date.parse(next.eta), kind: "next", value: value(next), time: words.about(time(Date.parse(next.eta))) });
  }
  return pins;
}

/** The room that a pin takes of the plot. */
export function pinBox({ at }, { x, lower, rem }) {
  return { x: x(at) - 0.1 * rem, y: lower - 0.1 * rem, w: 0.2 * rem, h: 0.1 * rem };
}

function precedence(pins) {
  const order = { reference: 0, next: 1, reached: 2, past: 2 };
  return pins.map((pin, i) => i).sort((a, b) =>
    order[pins[a].kind] - order[pins[b].kind] || pins[b].at - pins[a].at);
}

/** Which pins get labels, and where: {index, x, anchor}. `measure(text, class)` is a width in px. */
export function labels(pins, g, measure) {
  const taken = [], found = [];
  for (const index of precedence(pins)) {
    const pin = pins[index];
    const width = Math.max(measure(pin.value, "pin-value"), measure(pin.time, "pin-time"));
    const x = placed(pin, width, taken, g);
    if (x === null) continue;
    taken.push({ x, w: width });
    found.push({ index, x });
  }
  return found;
}

/** Where a label begins: left of its pin, or slid right as far as the pin's middle; null if nowhere. */
function placed(pin, width, taken, g) {
  const gap = GAP * g.rem, ideal = g.x(pin.at) - INDENT * g.rem;
  const inside = (x) => Math.max(0, Math.min(x, g.right - width)); // the gutter is the amounts'
  const free = (x) => taken.every((other) => x + width + gap <= other.x || other.x + other.w + gap <= x);
  const beside = taken.map((other) => other.x + other.w + gap).filter((x) => x > ideal && x <= g.x(pin.at));
  return [ideal, ...beside].map(inside).find(free) ?? null;
}

/** The rail, the pins and their labels as shapes. `now` is where this year has got to, or null. */
export function railShapes(pins, g, now, measure) {
  const { rem, lower: y } = g;
  const middle = now === null ? g.left : g.x(now);
  const shapes = [["line", { class: "rail-rest", x1: middle, y1: y, x2: g.right, y2: y }]];
  if (now !== null) shapes.push(["line", { class: "rail", x1: g.left, y1: y, x2: middle, y2: y }]);
  for (const pin of pins) {
    const place = { cx: g.x(pin.at), cy: y };
    if (pin.kind === "next") shapes.push(["circle", { class: "pin next-ground", ...place, r: 0.16 * rem }]);
    shapes.push(["circle", { class: `pin ${pin.kind}`, ...place, r: (pin.kind === "next" ? 0.1 : 0.125) * rem }]);
  }
  for (const { index, x } of labels(pins, g, measure)) {
    const { kind, value, time } = pins[index];
    const quiet = kind === "next" ? "to-come" : kind;
    shapes.push(["text", { class: `pin-value ${quiet}`, x, y: y + 0.585 * rem }, value]);
    shapes.push(["text", { class: "pin-time", x, y: y + 0.98 * rem }, time]);
  }
  return shapes;
}
