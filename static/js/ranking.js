// The order of a list: by value, but two rows change places at most every 10 s and only on a lead
// of 2 %, so that near-equal rows do not dance.

const EVERY = 10_000, LEAD = 1.02;
const LAST = ["other", "unknown"];

/** The order after a look: {keys, at}; `before` is the last one or null, `gross` maps key to value. */
export function rank(before, gross, at) {
  const sorted = Object.keys(gross).sort((a, b) =>
    LAST.indexOf(a) - LAST.indexOf(b) || gross[b] - gross[a] || (a < b ? -1 : 1));
  if (!before) return { keys: sorted, at };
  const kept = before.keys.filter((key) => key in gross);
  const keys = [...kept, ...sorted.filter((key) => !kept.includes(key))];
  if (at - before.at < EVERY || !overtaken(keys, gross)) return { keys, at: before.at };
  return { keys: sorted, at };
}

/** Whether a row leads any above it, not its neighbour alone: three may each be a little ahead of the last. */
function overtaken(keys, gross) {
  let least = Infinity; // of those above
  return keys.some((key) => {
    const isLast = LAST.includes(key), leads = !isLast && gross[key] > least * LEAD;
    least = isLast ? -Infinity : Math.min(least, gross[key]);
    return leads;
  });
}
