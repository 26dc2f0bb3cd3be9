// What the panels are given: everything they need of one moment, worked out once. Pure.

import { count, joined, remaining, success } from "./figures.js";
import { campaignTime } from "./clock.js";
import { safeName } from "./names.js";
import { age, silence } from "./state.js";
import { momentsOf } from "./zone.js";

// The wall is to say within 10 s that it stands still; a look each second, and a frame, come on top.
export const STALE_S = 8;
const LONGEST_YEAR = 12; // characters that a year's label has room for

/** Whether payments succeed, now and for all we know, less often than the campaign's limit for a red alarm. */
export function failing({ frame, meta, phase, stale }) {
  if (phase !== "live" || stale) return false;
  const rate = frame.payments.success_rate;
  const least = meta.limits?.success_critical_permille;
  return typeof rate === "number" && least !== undefined && rate * 1000 < least;
}

/** The year of comparison as words need it: {label, before}; `before`: the one before this. */
export function yearOf(frame, year) {
  const label = safeName(frame?.reference?.label ?? "", LONGEST_YEAR);
  return label ? { label, before: label === String(year - 1) } : null;
}

/** The view of a moment: `at` monotonic ms, `real` the server's time; `words` are the page's. */
export function viewOf({ state, past, goals, at, real, zone, attempt, words }) {
  const { frame, meta, minutes, step } = state;
  const late = age(state, at);
  const base = { frame, meta, minutes, step, past, goals, at, zone, attempt, seconds: late, stale: late > STALE_S };
  if (!frame) return { ...base, phase: "waiting", now: null, asOf: null };
  const window = { start: Date.parse(meta.windows[0].start), end: Date.parse(meta.windows.at(-1).end) };
  return {
    ...base, window,
    phase: frame.status,
    now: campaignTime(meta.clock, real),
    asOf: Date.parse(frame.as_of),
    silent: silence(state, at),
    moments: momentsOf(zone, window, words.dateShort),
    money: { currency: frame.turnover.currency, exponent: frame.turnover.exponent },
    year: yearOf(frame, zone.date(window.start).year),
  };
}

/** The conditions for a flag that hold now, and what each says. */
export function conditions(view, words) {
  const { frame, stale, seconds: late, silent, zone, phase, critical } = view;
  const lang = words.lang;
  const active = {};
  if (!frame) return stale ? { stale: words.noData } : active;
  const whole = (value) => remaining(Math.floor(value), lang).replace(/^0:/, "").replace(/^0(?=\d:)/, "");
  if (silent > STALE_S) active.stale = words.flagStale(whole(silent));
  else if (frame.healing) active.healing = words.flagHealing;
  else if (stale) active.stale = words.flagLate(whole(late));
  if (phase !== "live") return active;
  const { state, since } = frame.site;
  const stuck = joined(count(frame.payments.stuck, lang));
  const from = since ? zone.hm(Date.parse(since)) : "";
  if (state === "queueing") active.queueing = words.flagQueueing(from, stuck);
  if (state === "diverting") active.diverting = words.flagDiverting(from, stuck);
  if (critical) active.critical = words.flagCritical(success(frame.payments.success_rate));
  return active;
}
