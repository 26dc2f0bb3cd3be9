// The chart's scales: one time axis, one value axis, no constant of any campaign in either.

import { SEVERAL } from "./zone.js";

const HOUR = 3_600_000, DAY = 24 * HOUR;
const OPENING = 3 * HOUR, CALM = HOUR / 6;
const DATES = 6; // at most, so that they stay apart
const TOPS = [1, 1.5, 2, 3, 4, 6, 8, 10];
const STEPS = { 1: 0.25, 1.5: 0.5, 2: 0.5, 3: 1, 4: 1, 6: 2, 8: 2, 10: 2.5 };

/** The top of the scale: the next of 1, 1.5, 2, 3, 4, 6, 8 × 10ⁿ above 1.08 × the peak. */
export function scaleTop(peak) {
  const wanted = Math.max(1, peak * 1.08);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return TOPS.find((top) => top * power >= wanted) * power;
}

/**
 * The scale {top, since} for a peak, after the scale before: it grows, and never shrinks. Within
 * 10 minutes of its last growth (ms, real time) it makes room for twice the peak, to stay longer.
 */
export function grownTop({ top, since }, peak, at) {
  const needed = scaleTop(peak);
  if (needed <= top) return { top, since };
  if (!top) return { top: needed, since }; // the first one
  return { top: at - since < CALM ? scaleTop(2 * peak) : needed, since: at };
}

/** Up to three round values to draw lines at. */
export function gridValues(top) {
  const power = 10 ** Math.floor(Math.log10(top) + 1e-9);
  const step = STEPS[Math.round((top / power) * 10) / 10] * power;
  return [1, 2, 3].map((n) => n * step).filter((value) => value <= top);
}

/** The part of the window that the axis shows: its first 3 hours alone at first, of a day or so. */
export function timeSpan(start, end, now) {
  const opening = end - start >= 4 * OPENING && end - start <= SEVERAL;
  return opening && now >= start && now < start + OPENING ? [start, start + OPENING] : [start, end];
}

/** Labels along the time axis: {at, text, begins}. Hours at the quarters; of several days, their dates. */
export function timeMarks([from, to], end, zone, dateText) {
  if (to - from > SEVERAL) return dayMarks(from, to, zone, dateText);
  const parts = to - from === OPENING ? 3 : 4;
  return Array.from({ length: parts + 1 }, (_, i) => {
    const at = from + ((to - from) * i) / parts;
    return { at, text: at === end ? zone.hmEnd(at) : zone.hm(at) };
  });
}

/** A mark at each midnight, with the date that begins there, or every second, third … one's. */
function dayMarks(from, to, zone, dateText) {
  const days = midnights(from, to, zone);
  const every = Math.ceil(days.length / DATES);
  const marks = days.map((at, i) => {
    const { month, day } = zone.date(at);
    return { at, text: i % every ? "" : dateText(day, month), begins: true };
  });
  return days[0] === from ? marks : [{ at: from, text: "" }, ...marks];
}

/** The zone's midnights from `from` to before `to`; days of 23 and of 25 hours too. */
function midnights(from, to, zone) {
  const into = (at) => {
    const [hours, minutes] = zone.hm(at).split(":").map(Number);
    return hours * HOUR + minutes * 60_000;
  };
  const nearest = (at) => (into(at) > DAY / 2 ? at + DAY - into(at) : at - into(at));
  const found = [];
  for (let at = from - into(from); at < to; at = nearest(at + DAY)) if (at >= from) found.push(at);
  return found;
}
