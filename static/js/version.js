// A page whose files are of an older version loads itself anew: once the server answers, never over
// an alarm or a milestone.

const PATIENCE = 8_000; // ms: for an answer
const AGAIN = 10_000, FRESH = 3_000; // ms: between two questions to the server, and how long its yes is good

/**
 * Returns what is told at each look the version of the newest snapshot, whether the page must not go
 * now, and the time (ms). `answers()` promises whether the server would serve the page; `reload()`
 * is called where it would.
 */
export function versionKeeper(answers, reload) {
  let mine = null, asked = -Infinity, good = -Infinity;
  return (version, busy, at) => {
    mine ??= version;
    if (version === mine || busy) return;
    if (at - good <= FRESH) {
      mine = version; // once, whatever becomes of it
      reload();
    } else if (at - asked >= AGAIN) {
      asked = at;
      answers().then((yes) => { good = yes ? at : good; });
    }
  };
}

/** Whether the server serves this page now. */
export async function serves(fetch, address) {
  try {
    return (await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false; // no network
  }
}
