// What the chart draws of a view: both years' points, where they lie, and the marks on both axes.

import { grownTop, gridValues, timeMarks, timeSpan } from "./axis.js";
import { geometryOf } from "./geometry.js";
import { lastYear, peak, settled, thisYear } from "./series.js";

const GUTTER = { en: 0.98, "zh-hans": 1.2 };
const NONE = { x: [], y: [] };

/** Returns what makes the scene {mine, other, g, marks, gridX, gridY} of a view, for a box {width, height, rem}. */
export function sceneMaker({ words, lang }) {
  let scale = { top: 0, since: -Infinity }, known = {};

  /** Last year's points, worked out once for the minutes that were fetched. */
  function pastCurve({ past, window, step }) {
    if (known.past !== past || known.step !== step || known.start !== window.start) {
      known = { past, step, start: window.start, points: lastYear(past?.minutes ?? [], window.start, window.end, step) };
    }
    return known.points;
  }

  return (view, size) => {
    const { window, asOf, minutes, step, phase, zone } = view;
    const mine = phase === "scheduled" ? NONE : thisYear(minutes, step, window.start, window.end, settled(view));
    const other = pastCurve(view);
    const most = Math.max(peak(mine.y), peak(other.y));
    scale = grownTop(scale, most, view.at);
    const span = phase === "live" ? timeSpan(window.start, window.end, asOf) : [window.start, window.end];
    const g = geometryOf({ ...size, gutter: GUTTER[lang], span, top: scale.top });
    const marks = timeMarks(span, window.end, zone, words.dateShort);
    return { mine, other, g, marks, gridX: marks.map((mark) => mark.at), gridY: most ? gridValues(scale.top) : [] };
  };
}
