// Which wall of a playlist is shown, and when the next one takes its place. Pure; ms on one clock.
//
// The next is loaded shortly before its time and shown once it is drawn: one that cannot be is passed
// over. A wall is never left during its milestone; a flag holds it too, but not for ever, so that one
// campaign's long alarm does not hide the others. A milestone on the wall that waits brings it forward.

const AHEAD = 15_000; // the next one is loaded so long before its time
const PATIENCE = 20_000; // and has so long to be drawn
const FLAG_HOLDS = 300_000;

export const BEGIN = { shown: null, since: 0, coming: null, begun: 0, last: -1 };

/**
 * The state after one look at `at`, and what to do: "load" or "drop" the wall that is coming, "turn" to
 * it, or null. `count` walls stay `every` ms each; `front` and `back` are what the shown and the coming
 * wall look like: {drawn, taken, flagged}.
 */
export function step(state, { count, every, at, front, back }) {
  if (state.coming === null) return begin(state, count, every, at);
  if (!back.drawn) {
    const over = at - state.begun > PATIENCE;
    return over ? { state: { ...state, coming: null }, act: "drop" } : { state, act: null };
  }
  if (!mayTurn(state, every, at, front, back)) return { state, act: null };
  return { state: { ...state, shown: state.coming, since: at, coming: null }, act: "turn" };
}

function begin(state, count, every, at) {
  const wait = Math.max(every / 2, every - AHEAD);
  if (state.shown !== null && at - state.since < wait) return { state, act: null };
  const next = (state.last + 1) % count;
  // All others were passed over: they are tried again in the next round.
  if (next === state.shown) return { state: { ...state, since: count > 1 ? at : state.since, last: next }, act: null };
  return { state: { ...state, coming: next, begun: at, last: next }, act: "load" };
}

function mayTurn({ shown, since }, every, at, front, back) {
  if (shown === null) return true;
  if (front.taken) return false;
  const over = at - since - every;
  return back.taken || (over >= 0 && (!front.flagged || over >= FLAG_HOLDS));
}
