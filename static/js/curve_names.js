// Words on the curves: the year of each, and the peak. Each finds a place that is free and keeps it
// until it is taken, or another is far better.

import { near } from "./geometry.js";
import { highest, lowest } from "./series.js";

const PLACES = 48;
const STAYS = 0.15; // of a score: a name moves for more than that

/** Where a name may stand above its curve: {x, y, box, slope, high, crossed} for each of 48 places;
    `inside`: on the other year's area, in part at least. */
function places(series, across, g, width, height) {
  const found = [];
  for (let i = 1; i < PLACES; i += 1) {
    const x = g.left + ((g.right - g.left) * i) / PLACES;
    const [from, to] = [timeAt(g, x - width / 2 - 0.1 * g.rem), timeAt(g, x + width / 2 + 0.1 * g.rem)];
    if (!series.x.length || from < g.from || to > Math.min(g.to, series.x.at(-1))) continue;
    const top = highest(series, from, to);
    const edges = Math.min(highest(series, from, timeAt(g, x - width / 4)), highest(series, timeAt(g, x + width / 4), to));
    const y = g.y(top) - 0.15 * g.rem;
    const low = lowest(across, from, to);
    const inside = g.y(highest(across, from, to)) < y; // be it with a corner: it must be read there too
    const crossed = inside && g.y(low) > y - height;
    found.push({ i, x, y, inside, slope: (top - edges) / g.top, high: top / g.top, crossed, box: { x: x - width / 2, y: y - height, w: width, h: height } });
  }
  return found;
}

/** The best free place for a name, or null; `kept` is the place of the last time, `across` the other curve. */
export function placeName({ series, across, width, taken, kept, score }, g) {
  const height = 0.3 * g.rem;
  const free = places(series, across, g, width, height).filter(({ box }) =>
    box.y > g.upper && taken.every((other) => !near(box, other, 0.12 * g.rem)));
  if (!free.length) return null;
  const worth = (one) => score(one) - (one.crossed ? 1 : one.inside ? 0.5 : 0);
  const best = free.reduce((most, one) => (worth(one) > worth(most) ? one : most));
  const before = free.find((one) => one.i === kept);
  const place = before && worth(before) > worth(best) - STAYS ? before : best;
  return { ...place, worth: worth(place) };
}

/** This year's name likes a flat top, last year's the far right. */
export const onTop = ({ slope, high }) => high - 6 * Math.max(0, slope);
export const farRight = ({ i, slope }) => -Math.abs(i / PLACES - 0.8) - 2 * Math.max(0, slope);

/** A name as a shape; on the other year's area it is set lighter. */
export function nameShape(place, classes, text) {
  return ["text", { class: place.inside ? `${classes} inside` : classes, x: place.x, y: place.y, "text-anchor": "middle" }, text];
}

/** The peak's label beside it, right or else left, or right of what stands there, above all `curves`; null where nothing is free. */
export function peakPlace({ at, value, width, taken, curves }, g) {
  const height = 0.28 * g.rem, reach = 0.26 * g.rem, gap = 0.1 * g.rem;
  const level = Math.max(g.y(value) + 0.125 * g.rem, g.upper + 0.32 * g.rem);
  const boxAt = (x) => {
    const most = Math.max(...curves.map((curve) => highest(curve, timeAt(g, x - gap), timeAt(g, x + width + gap))));
    return { x, y: Math.min(level, g.y(most) - gap) - height, w: width, h: height };
  };
  const beyond = taken.map((other) => other.x + other.w + reach).filter((x) => x > g.x(at)).sort((a, b) => a - b);
  const places = [g.x(at) + reach, g.x(at) - reach - width, ...beyond].map(boxAt);
  const isInside = (box) => box.x >= g.left && box.x + box.w <= g.right && box.y >= g.upper - gap;
  const box = places.find((one) => isInside(one) && taken.every((other) => !near(one, other, gap)));
  return box ? { x: box.x, y: box.y + height, box } : null;
}

/** The instant at a place of the plot. */
function timeAt(g, x) {
  return g.from + ((x - g.left) / (g.right - g.left)) * (g.to - g.from);
}
