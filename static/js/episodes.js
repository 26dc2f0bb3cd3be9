// The times in which payments were held up, as the report and the strip tell them.

const HELD = ["queueing", "diverting"];

/** Whether payments are held up in an episode. */
export const isHeld = ({ state }) => HELD.includes(state);

/**
 * The times, {from, to} in ms, in which payments queued or were diverted; one that follows another
 * without a gap is the same. None goes on after `until`.
 */
export function heldUp(episodes, until) {
  const times = [];
  for (const { from, to } of episodes.filter(isHeld)) {
    const one = { from: Date.parse(from), to: Math.min(until, to === null ? until : Date.parse(to)) };
    if (one.to <= one.from) continue;
    if (times.at(-1)?.to === one.from) times.at(-1).to = one.to;
    else times.push(one);
  }
  return times;
}

/** Whole minutes of such times, together. */
export function minutesOf(times) {
  return Math.round(times.reduce((sum, { from, to }) => sum + to - from, 0) / 60_000);
}
