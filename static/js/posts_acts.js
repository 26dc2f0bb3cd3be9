// What staff do, as requests: the answer is the whole state anew, or why nothing was done.

const PATIENCE = 10_000; // ms

/** Why nothing was done, in words: `status` 0 where there was no answer. */
export function whyNot(status, problem, words) {
  if (status === 0 || status >= 500) return words.whys.offline();
  const why = words.whys[problem?.why];
  if (why) return why(words.shortStates[problem.state] ?? problem.state);
  return status === 403 ? words.whys.session() : words.whys.gone(); // the page's token is an older login's
}

/** Returns what sends {where, body} and promises {state} or {why}. */
export function sender({ posts, token }, words, fetch) {
  return async (where, body = {}) => {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(posts + where, { method: "POST", headers, body: JSON.stringify(body), signal });
      const told = await answer.json();
      return answer.ok ? { state: told } : { why: whyNot(answer.status, told, words) };
    } catch {
      return { why: whyNot(0, null, words) }; // it may have been done: the next state tells
    }
  };
}
