// Last year's minutes and this year's milestones, fetched once and again where the figures' epoch is a
// new one: it is where either was edited.

const AGAIN = 10_000, PATIENCE = 20_000;

/**
 * Keeps the reference: `look(epoch, now)` fetches when wanted; `year` is the newest, or null.
 * `onNew()` is called when one has come.
 */
export function referenceKeeper(url, fetch, onNew) {
  let year = null, goals = [], wanted = null, triedAt = -Infinity, under = false;

  async function load(epoch) {
    under = true;
    try {
      const answer = await fetch(url, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
      if (!answer.ok) return;
      const told = await answer.json();
      [year, goals, wanted] = [yearOf(told), told.milestones ?? [], epoch];
      onNew();
    } catch {
      // tried again at a later look
    } finally {
      under = false;
    }
  }

  return {
    look(epoch, now) {
      if (epoch === wanted || under || now - triedAt < AGAIN) return;
      triedAt = now;
      load(epoch);
    },
    get year() {
      return year;
    },
    /** This year's milestones, also where no other year is loaded. */
    get goals() {
      return goals;
    },
  };
}

/** The year of an answer, or null where none is loaded. */
export function yearOf(answer) {
  return answer.label ? answer : null;
}
