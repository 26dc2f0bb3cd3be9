// "Now": a line through curve and rail, a dot, and the rate beside it; where data has stopped, a
// dashed line marked "last data".

import { highest } from "./series.js";

const TURN = 0.75; // past this share of the axis the rate stands at the left

/** {shapes, boxes}: what to draw, and which room it takes. `said` is [[class, text], [class, text]]. */
export function nowShapes({ at, value, said, stale }, g, curves, measure) {
  const { rem } = g;
  const x = g.x(at), y = g.y(value);
  const block = place({ x, y, at, said }, g, curves, measure);
  const [[first, big], [second, small]] = said;
  return {
    shapes: [
      ["line", { class: stale ? "now-line stale" : "now-line", x1: x, y1: g.upper, x2: x, y2: g.lower + 0.16 * rem }],
      ["circle", { class: "now-dot", cx: x, cy: y, r: 0.125 * rem }],
      ["text", { class: `${first} halo`, x: block.x, y: block.first, "text-anchor": block.anchor }, big],
      ["text", { class: `${second} halo`, x: block.x, y: block.second, "text-anchor": block.anchor }, small],
    ],
    boxes: [{ x: x - 0.02 * rem, y: g.upper, w: 0.04 * rem, h: g.lower - g.upper }, block.box],
  };
}

function place({ x, y, at, said }, g, { mine, other }, measure) {
  const { rem } = g;
  const width = Math.max(...said.map(([classes, text]) => measure(text, classes)));
  const rise = (said[0][0] === "rate" ? 0.5 : 0.28) * rem; // capitals of the first line
  const left = (x - g.left) / (g.right - g.left) > TURN;
  const edge = left ? x - 0.25 * rem - width : x + 0.26 * rem;
  const over = (px) => g.from + ((px - g.left) / (g.right - g.left)) * (g.to - g.from);
  const [from, to] = [over(edge - 0.1 * rem), over(edge + width)];
  const under = left ? Math.max(highest(mine, from, at), highest(other, from, to)) : highest(other, from, to);
  // The second line's foot stays clear of the curve below it, the first line's head of the plot's.
  const lowest = g.y(under) - 0.16 * rem;
  const second = Math.max(g.upper + rise + 0.45 * rem, Math.min(y + 0.25 * rem, lowest, g.lower - 0.25 * rem));
  const first = second - 0.45 * rem;
  const box = { x: edge, y: first - rise, w: width, h: second - first + rise + 0.08 * rem };
  return { x: left ? x - 0.25 * rem : edge, anchor: left ? "end" : "start", first, second, box };
}
