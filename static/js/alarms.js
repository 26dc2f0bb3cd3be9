// Which alarm flag is up. One at a time, the graver first. A condition must hold 5 s to raise its
// flag and 30 s to clear it; stale data has its hold in the 8 s limit, and clears at once. What the
// site is in is counted in the campaign's time: a rehearsal at 144 times would else show it for hours.

const RAISE = 5_000, CLEAR = 30_000;
const HOLDS = {
  stale: [0, 0], critical: [0, CLEAR], healing: [RAISE, 0],
  queueing: [RAISE, CLEAR], diverting: [RAISE, CLEAR],
};
const OF_THE_SITE = ["queueing", "diverting"];
export const GRAVEST_FIRST = ["stale", "critical", "healing", "queueing", "diverting"];

/**
 * Memory of the alarms after one look at `at` ms: `active` maps the kinds that hold now to what they
 * say; the campaign's clock runs at `speed`.
 */
export function hold(memory, active, at, speed = 1) {
  const next = {};
  for (const kind of GRAVEST_FIRST) {
    const holds = HOLDS[kind].map((ms) => (OF_THE_SITE.includes(kind) ? ms / speed : ms));
    next[kind] = step(memory[kind] ?? { raw: false, up: false, since: -Infinity }, active[kind], at, holds);
  }
  return next;
}

function step(before, said, at, [raise, clear]) {
  const raw = said !== undefined;
  const since = raw === before.raw ? before.since : at;
  const waited = at - since;
  const up = raw ? before.up || waited >= raise : before.up && waited < clear;
  return { raw, since, up, said: said ?? before.said };
}

/** The flag to show: {kind, said}, or null. */
export function flagOf(memory) {
  const kind = GRAVEST_FIRST.find((one) => memory[one]?.up);
  return kind ? { kind, said: memory[kind].said } : null;
}

/** Counts how long a condition has held: `since` of the last look in, of this one out. */
export function heldSince(since, holds, at) {
  return holds ? (since ?? at) : null;
}
