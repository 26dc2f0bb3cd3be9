// The last figures of a page that loads itself anew: the next page shows them, as old as they are,
// until its own have come. `open` returns the browser's storage: where that is denied or full, or holds
// what cannot be read, nothing is kept.

const GOOD = 60_000; // ms: what is older was left by a page that did not come back

/** Keeps a screen's state; `machine` is the machine's time in ms. */
export function keep(open, campaign, { frame, meta, minutes, step, missing }, machine) {
  write(open, nameOf(campaign), () => {
    const rows = [...minutes].map(([at, gross]) => [new Date(at).toISOString(), gross, 0, 0]);
    const message = { ...frame, kind: "snapshot", meta, minutes: rows, step_seconds: step, missing };
    return { message, machine };
  });
}

/** What was kept, as a snapshot; null where nothing was. It is given once. */
export function recall(open, campaign, machine) {
  const kept = read(open, nameOf(campaign));
  if (kept) write(open, nameOf(campaign), () => null);
  const age = kept && machine - kept.machine;
  return kept && age >= 0 && age < GOOD ? kept.message : null;
}

/** Whether figures of a campaign wait to be recalled. */
export function isKept(open, campaign) {
  return read(open, nameOf(campaign)) !== null;
}

/** What is stored under a name; null where nothing is, or it cannot be read. */
export function read(open, name) {
  try {
    return JSON.parse(open().getItem(name));
  } catch {
    return null;
  }
}

/** Stores what `make` returns, where the browser lets us. */
export function write(open, name, make) {
  try {
    open().setItem(name, JSON.stringify(make()));
  } catch {
    // the page goes on without
  }
}

const nameOf = (campaign) => `gmv-last-${campaign}`;
