// What a screen knows: the newest figures, every minute, and how old they are. Pure: a message and
// the time it came in, the next state out. Figures are absolute, so a lost frame needs no repair; after a
// longer gap minutes may be missing, and the snapshot is asked for until one has come that has them.

import { Minutes, NONE } from "./minutes.js";

const STEP = 60;
const GAP = 30_000; // ms: a frame has the minutes that changed in so long
const AGAIN = 10_000;

export const EMPTY = {
  frame: null, meta: null, step: STEP, minutes: NONE, at: null, lag: 0, wholeAt: 0, askedAt: 0, missing: false,
};

/**
 * The state after one message, and whether the snapshot must be asked for.
 *
 * `at` is monotonic ms; `real` the server's time then; a message that was sent long before
 * (a stored snapshot while the figures cannot be read) is as old as that.
 */
export function reduce(state, message, at, real) {
  if (message?.v !== 1 || !["frame", "snapshot"].includes(message.kind)) return { state, ask: false };
  const isOlder = state.frame && compare(message, state.frame) < 0 && at - state.at < 30_000;
  if (isOlder) return { state: covers(message, state) ? filled(state, message) : state, ask: false };
  if (message.kind === "snapshot") return { state: fromSnapshot(message, at, real), ask: false };
  if (!state.frame || message.epoch !== state.frame.epoch) return { state, ask: true };
  const sent = Date.parse(message.sent_at);
  const missing = isMissing(state, sent), ask = missing && sent - state.askedAt >= AGAIN;
  const next = { ...state, ...arrival(message, at, real), ...addMinutes(state, message), missing };
  return { state: ask ? { ...next, askedAt: sent } : next, ask };
}

/** Whether minutes are missing: since a gap, or where they are summed and come with snapshots alone. */
function isMissing({ frame, step, wholeAt, missing }, sent) {
  const gap = sent - Date.parse(frame.sent_at) > GAP;
  const late = step !== STEP && sent - wholeAt >= step * 1_000;
  return missing || gap || late;
}

/**
 * Whether a snapshot that is older than the newest frame has what is missing: one answer is shared by
 * all who ask within a second, and a frame may have overtaken it; the frame has the minutes since.
 */
function covers({ kind, epoch, sent_at: sent }, { frame, missing }) {
  const since = Date.parse(frame.sent_at) - Date.parse(sent);
  return kind === "snapshot" && missing && epoch === frame.epoch && since < GAP;
}

/** The state with an older snapshot's minutes, and those of its own frame over them. */
function filled(state, { meta, minutes, step_seconds: step, sent_at: sent }) {
  const own = step === STEP ? state.frame.minutes ?? [] : [];
  return {
    ...state, step, minutes: Minutes.of([...minutes, ...own], step, meta.windows), wholeAt: Date.parse(sent), missing: false,
  };
}

function compare(a, b) {
  return a.epoch - b.epoch || a.seq - b.seq;
}

function fromSnapshot(snapshot, at, real) {
  const { meta, minutes, step_seconds: step, missing = false, ...frame } = snapshot;
  const sent = Date.parse(frame.sent_at);
  return {
    meta, step, minutes: Minutes.of(minutes, step, meta.windows), wholeAt: sent, askedAt: sent, missing, ...arrival(frame, at, real),
  };
}

function arrival(frame, at, real) {
  const lag = Math.max(0, real - Date.parse(frame.sent_at));
  return { frame, at, lag };
}

/** Minutes summed over a longer step come with snapshots alone. */
function addMinutes(state, message) {
  if (state.step !== STEP || !message.minutes.length) return {};
  return { minutes: state.minutes.with(message.minutes) };
}

/** How old the figures are at `at`, in seconds: their lag when sent, and the time since. */
export function age(state, at) {
  if (!state.frame) return at / 1000; // since the page began
  return state.frame.behind_seconds + (state.lag + at - state.at) / 1000;
}

/** Seconds since the last message. */
export function silence(state, at) {
  return (state.frame ? state.lag + at - state.at : at) / 1000;
}
