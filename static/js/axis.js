// The chart's scales: one time axis, one value axis, no constant of any campaign in either.

const HOUR = 3_600_000, DAY = 24 * HOUR;
const OPENING = 3 * HOUR, CALM = HOUR / 6;
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
  const opening = end - start >= 4 * OPENING && end - start <= 2 * DAY;
  return opening && now >= start && now < start + OPENING ? [start, start + OPENING] : [start, end];
}

/** Labels along the time axis: {at, text}. Hours at the quarters; of several days, their dates. */
export function timeMarks([from, to], end, zone, dateText) {
  if (to - from > 2 * DAY) return dayMarks(from, to, zone, dateText);
  const parts = to - from === OPENING ? 3 : 4;
  return Array.from({ length: parts + 1 }, (_, i) => {
    const at = from + ((to - from) * i) / parts;
    return { at, text: at === end ? zone.hmEnd(at) : zone.hm(at) };
  });
}

function dayMarks(from, to, zone, dateText) {
  const days = Math.ceil((to - from) / DAY);
  const every = Math.ceil(days / 6);
  const marks = [];
  for (let day = 0; day < days; day += every) {
    const at = from + day * DAY;
    const { month, day: date } = zone.date(at);
    marks.push({ at, text: dateText(date, month) });
  }
  return marks;
}
