// What the chart draws of a view: both years' points, where they lie, and the marks on both axes.

import { grownTop, gridValues, timeMarks, timeSpan } from "./axis.js";
import { geometryOf } from "./geometry.js";
import { highest, lastYear, runningSum, settled, thisYear } from "./series.js";

const GUTTER = { en: 0.98, "zh-hans": 1.2 }, HOUR = 3_600_000, QUARTER = HOUR / 4;
const NONE = { x: [], y: [] };
/** How the chart is looked at: the whole of it, a minute each; on the staff page otherwise if asked. */
export const WHOLE = { hours: 0, running: false };

/** The part of the time axis that is shown; last hours end with a quarter, so that they stay for one. */
export function spanOf({ window: { start, end }, phase, asOf, look = WHOLE }) {
  if (phase !== "live") return [start, end];
  if (!look.hours) return timeSpan(start, end, asOf);
  const from = Math.max(start, Math.min(Math.ceil(asOf / QUARTER) * QUARTER, end) - look.hours * HOUR);
  return [from, Math.min(end, from + look.hours * HOUR)];
}

/** Returns what makes the scene {mine, other, rates, g, marks, gridX, gridY} of a view, for a box {width, height, rem}. */
export function sceneMaker({ words, lang }) {
  const scales = new Map();
  let known = {};

  /** Last year's points, worked out once for the minutes that were fetched. */
  function pastCurve({ past, window, step }) {
    if (known.past !== past || known.step !== step || known.start !== window.start) {
      known = { past, step, start: window.start, points: lastYear(past?.minutes ?? [], window.start, window.end, step) };
    }
    return known.points;
  }

  /** The top of the scale; each way of looking has its own. */
  function topOf(most, { hours, running }, at) {
    const key = `${hours} ${running}`;
    scales.set(key, grownTop(scales.get(key) ?? { top: 0, since: -Infinity }, most, at));
    return scales.get(key).top;
  }

  return (view, size) => {
    const { window, asOf, minutes, step, phase, zone, look = WHOLE } = view;
    const rates = phase === "scheduled" ? NONE : thisYear(minutes, step, window.start, window.end, settled(view));
    const [mine, other] = [rates, pastCurve(view)].map((one) => (look.running ? runningSum(one, step) : one));
    const span = spanOf(view);
    const most = Math.max(highest(mine, ...span), highest(other, ...span));
    const g = geometryOf({ ...size, gutter: GUTTER[lang], span, top: topOf(most, look, view.at) });
    const marks = timeMarks(span, window.end, zone, words.dateShort);
    return { mine, other, rates, g, marks, gridX: marks.map((mark) => mark.at), gridY: most ? gridValues(g.top) : [] };
  };
}
