// Every milestone as the API lists it: fetched again where figures begin a new epoch, where frames tell
// of another, and now and then, as what became of one is told there alone.

const SOONEST = 5_000, AGAIN = 60_000, PATIENCE = 20_000; // ms

/** Keeps the list at `url`: `look(view)` fetches it when it is wanted; `goals` is the newest. */
export function listingKeeper(url, get) {
  let goals = [], known = null, triedAt = -Infinity, under = false;

  async function load(wanted) {
    under = true;
    try {
      const answer = await get(url, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.ok) [goals, known] = [await answer.json(), wanted];
    } catch {
      // tried again at a later look
    } finally {
      under = false;
    }
  }

  return {
    look({ frame, at }) {
      const wanted = JSON.stringify([frame.epoch, frame.milestones.reached.map((one) => [one.key, one.crossed_at, one.confirmed])]);
      if (under || at - triedAt < (wanted === known ? AGAIN : SOONEST)) return;
      triedAt = at;
      load(wanted);
    },
    get goals() {
      return goals;
    },
  };
}
