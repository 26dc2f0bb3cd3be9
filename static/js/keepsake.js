// The last figures of a page that loads itself anew: the next page shows them, as old as they are,
// until its own have come.

const GOOD = 60_000; // ms: what is older was left by a page that did not come back

/** Keeps a screen's state; `real` is the server's time, `machine` the machine's own, both in ms. */
export function keep(storage, campaign, { frame, meta, minutes, step }, real, machine) {
  const rows = [...minutes].map(([at, gross]) => [new Date(at).toISOString(), gross, 0, 0]);
  const message = { ...frame, kind: "snapshot", meta, minutes: rows, step_seconds: step };
  storage.setItem(nameOf(campaign), JSON.stringify({ message, real, machine }));
}

/** What was kept, {message, real}, `real` being the server's time now; null where nothing was. It is given once. */
export function recall(storage, campaign, machine) {
  const kept = JSON.parse(storage.getItem(nameOf(campaign)));
  storage.removeItem(nameOf(campaign));
  const age = kept && machine - kept.machine;
  return kept && age >= 0 && age < GOOD ? { message: kept.message, real: kept.real + age } : null;
}

const nameOf = (campaign) => `gmv-last-${campaign}`;
