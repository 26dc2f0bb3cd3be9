// The labels of both axes, as shapes: hours above the plot, amounts in the gutter.

import { joined, milestone } from "./figures.js";

/** The lines at both ends of the plot: Plotly's own would be cut in half at the box's edge. */
export function edgeShapes(g) {
  return [g.left, g.right].map((x) => ["line", { class: "edge", x1: x, y1: g.upper, x2: x, y2: g.lower }]);
}

/** Labels along the top; the first begins at the axis, the last ends at it, a date where its day does. */
export function hourShapes(marks, g) {
  return marks.filter(({ text }) => text).map(({ at, text, begins }) => {
    const anchor = begins || at === g.from ? "start" : at === g.to ? "end" : "middle";
    return ["text", { class: "hour", x: g.x(at), y: 0.335 * g.rem, "text-anchor": anchor }, text];
  });
}

/** Round amounts at the right, and their unit once above them. */
export function amountShapes(values, g, money, lang, per) {
  const shapes = values.map((value) => {
    // A label at the very top would touch the hours: it hangs under its line.
    const y = Math.max(g.y(value) + 0.125 * g.rem, g.upper + 0.3 * g.rem);
    return ["text", { class: "amount", x: g.width, y, "text-anchor": "end" }, joined(bare(milestone(value, money, lang)))];
  });
  const unit = ["text", { class: "amount", x: g.width, y: 0.335 * g.rem, "text-anchor": "end" }, per];
  return [unit, ...shapes];
}

/** A sign of more than one letter, "US$" or "KWD ", has no room in the gutter. */
function bare(parts) {
  return parts.sign.length > 1 ? { ...parts, sign: "" } : parts;
}
