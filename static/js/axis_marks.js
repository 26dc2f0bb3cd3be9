// The labels of both axes, as shapes: hours above the plot, amounts in the gutter.

import { joined, milestone } from "./figures.js";

/** Labels along the top; the first begins at the axis, the last ends at it. */
export function hourShapes(marks, g) {
  return marks.map(({ at, text }, i) => {
    const anchor = i === 0 ? "start" : at === g.to ? "end" : "middle";
    return ["text", { class: "hour", x: g.x(at), y: 0.335 * g.rem, "text-anchor": anchor }, text];
  });
}

/** Round amounts at the right, and the unit once above them. */
export function amountShapes(values, g, money, lang, words) {
  const shapes = values.map((value) => {
    // A label at the very top would touch the hours: it hangs under its line.
    const y = Math.max(g.y(value) + 0.125 * g.rem, g.upper + 0.3 * g.rem);
    return ["text", { class: "amount", x: g.width, y, "text-anchor": "end" }, joined(milestone(value, money, lang))];
  });
  const unit = ["text", { class: "amount", x: g.width, y: 0.335 * g.rem, "text-anchor": "end" }, words.perMinute];
  return [unit, ...shapes];
}
