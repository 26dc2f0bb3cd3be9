// Minutes as the curve draws them: finished ones only, in order, the empty ones at nought.

const SETTLES = 2_000; // ms of real time that the last payments of a minute take to come in

/** Up to when minutes are finished; a clock at `speed` times ours shows a short one for longer. */
export function settled({ phase, asOf, meta }) {
  return phase === "closed" ? asOf : asOf - SETTLES * meta.clock.speed;
}

/** Points {x, y} (ms, minor units a minute) of this year, from `start` up to `asOf`. */
export function thisYear(minutes, step, start, end, asOf) {
  const size = step * 1000;
  const x = [], y = [];
  for (let at = start; at + size <= Math.min(asOf, end); at += size) {
    x.push(at);
    y.push(Math.floor((minutes.get(at) ?? 0) / (step / 60)));
  }
  return { x, y };
}

/** Points of another year, laid over this year's window. */
export function lastYear(perMinute, start, end, step = 60) {
  const x = [], y = [];
  const each = step / 60;
  for (let i = 0; i < perMinute.length && start + i * 60_000 < end; i += each) {
    const part = perMinute.slice(i, i + each);
    x.push(start + i * 60_000);
    y.push(Math.floor(part.reduce((sum, value) => sum + value, 0) / part.length));
  }
  return { x, y };
}

/** Points of a rate a minute as running totals; `step` seconds lie between them. */
export function runningSum({ x, y }, step) {
  let sum = 0;
  return { x, y: y.map((rate) => (sum += (rate * step) / 60)) };
}

/** What Plotly must do to get from `drawn` to `next`: "none", "extend" from `from`, or "restyle". */
export function change(drawn, next) {
  const { length } = drawn.y;
  if (length > next.y.length || drawn.x[0] !== next.x[0]) return { how: "restyle" };
  for (let i = 0; i < length; i += 1) if (drawn.y[i] !== next.y[i]) return { how: "restyle" };
  return length === next.y.length ? { how: "none" } : { how: "extend", from: length };
}

/** A number that another row of whole numbers, or another order of them, hardly has too. */
export function fingerprint(values) {
  return values.reduce((all, value) => (31 * all + value) % 2_147_483_647, 7);
}

/** The largest value, 0 of none. */
export function peak(values) {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** The highest value between two instants, 0 where there is none. */
export function highest({ x, y }, from, to) {
  let most = 0;
  for (let i = firstFrom(x, from); x[i] <= to; i += 1) most = Math.max(most, y[i]);
  return most;
}

/** The lowest value between two instants, infinity where there is none. */
export function lowest({ x, y }, from, to) {
  let least = Infinity;
  for (let i = firstFrom(x, from); x[i] <= to; i += 1) least = Math.min(least, y[i]);
  return least;
}

/** Index of the first of rising instants that is not before `from`: names ask 300 times a minute. */
function firstFrom(x, from) {
  let low = 0, high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
