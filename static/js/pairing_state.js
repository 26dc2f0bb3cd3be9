// What a wall that waits to be paired knows and shows. Pure; times are monotonic ms.

const ASK = 4_000;
const MANY = 15; // a minute of refusals

/** `code` holds until `until`; `trouble` is the name of the words that say what is wrong. */
export const EMPTY = { code: null, until: 0, trouble: null, refusals: 0, reload: false };

/**
 * The state after an answer {status, paired, code, seconds_left}, or null where none came.
 *
 * A refusal (403) means that the page's token against forged requests is not the browser's: an older
 * one, which a new page mends. New pages are of no use where the browser keeps no cookies, or the
 * board does not know that the proxy in front of it speaks HTTPS.
 */
export function after(state, answer, now) {
  const next = { ...state, refusals: 0, trouble: null, reload: false };
  if (!answer || answer.status >= 500) return { ...next, trouble: "notConnected" };
  if (answer.status === 429) return { ...next, trouble: "tooManyWalls" };
  if (answer.status === 403) {
    const refusals = state.refusals + 1;
    return { ...next, refusals, trouble: "refused", reload: Boolean(state.code) || refusals >= MANY };
  }
  if (answer.status !== 200) return { ...next, trouble: "notConnected" }; // a proxy's, it may be
  if (answer.paired) return { ...next, reload: true };
  return { ...next, code: answer.code, until: now + answer.seconds_left * 1_000 };
}

/** How long to wait before asking again, ms. */
export function wait(answer) {
  return Math.max(ASK, (answer?.retryAfter || 0) * 1_000);
}

/** The code in two groups, a dash where none holds; and a line beneath it. */
export function shown(state, now, words) {
  const left = Math.ceil((state.until - now) / 1_000);
  if (!state.code || left <= 0) return { code: "—", note: state.trouble ? words[state.trouble] : "" };
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const code = `${state.code.slice(0, 3)}-${state.code.slice(3)}`;
  return { code, note: state.trouble ? words[state.trouble] : words.newCodeIn(clock) };
}
