// What the wall and the staff page share: figures come in, and a look at each full second, and at
// new figures, goes out to the panels.

import { flagOf, heldSince, hold } from "./alarms.js";
import { ServerClock, servedAt } from "./clock.js";
import { connect } from "./connection.js";
import { fontsLoaded, inTime } from "./fonts.js";
import { keep, recall } from "./keepsake.js";
import { plotly } from "./plotly.js";
import { referenceKeeper } from "./reference.js";
import { EMPTY, reduce } from "./state.js";
import { serves } from "./version.js";
import { conditions, failing, viewOf } from "./view.js";
import { zoneOf } from "./zone.js";

// Between two changes of figures, ms: a roll takes 300 of them, and with 1,000 an event took over a second
// to the page.
const GAP = 700;
const SECOND = 1_000;
const FAILING_FOR = 60_000;
const now = () => performance.now();
const session = () => sessionStorage;

/** Calls after some time; returns how to call it off. */
export function later(call, ms) {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}

/** From `real`, the server's time in ms, to its next full second; a second while it is unknown. */
export function untilTick(real) {
  return SECOND - ((real || 0) % SECOND);
}

/** Opens the page anew where it is served: to whom the figures no longer are, it is another one. */
async function leave() {
  if (await serves(fetch, location.href)) location.reload();
}

/** Runs a screen: `show(view)` is called at each full second, and for figures GAP apart; returns what a reload calls before. */
export function runScreen(config, words, show) {
  const last = recall(session, config.slug, Date.now());
  const server = new ServerClock();
  server.add(config.now, servedAt());
  const get = (...given) => fetch(...given);
  const reference = referenceKeeper(config.reference, get, () => look());
  let state = EMPTY, zone = null, alarms = {}, failingSince = null;
  let shown = EMPTY, changedAt = -Infinity, pending = null, ticks = null, dressed = false;

  function heard(message, sentAt) {
    server.add(sentAt, now());
    take(message);
  }

  function take(message) {
    const next = reduce(state, message, now(), server.now(now()));
    if (next.ask) link.ask();
    if (next.state === state) return;
    const first = !state.frame;
    state = next.state;
    if (zone?.name !== state.meta.zone) zone = { name: state.meta.zone, ...zoneOf(state.meta.zone) };
    document.body.dataset.gross = state.frame.turnover.gross; // the page has it; shown at the next look
    if (first) look();
    else lookSoon();
  }

  /** Begins with what the page before this one kept, unless an older version of it wrote what this one cannot read. */
  function begin(message) {
    try {
      take(message);
      currentView(now());
    } catch {
      [state, zone, alarms, failingSince] = [EMPTY, null, {}, null];
    }
  }

  /** New figures are shown at once, but GAP apart at least. */
  function lookSoon() {
    const wait = changedAt + GAP - now();
    if (wait <= 0) look();
    else pending ??= later(look, wait);
  }

  function look() {
    if (!dressed) return;
    pending?.();
    ticks?.();
    pending = null;
    // The clock, and how old the figures are; figures that wait their turn bring both along.
    ticks = later(() => pending ?? look(), untilTick(server.now(now())));
    if (shown !== state) [shown, changedAt] = [state, now()];
    const view = currentView(now());
    if (view.frame) reference.look(view.frame.epoch, view.at);
    show(view);
  }

  function currentView(when) {
    const real = server.now(when);
    const view = viewOf({ state, past: reference.year, goals: reference.goals, at: when, real, zone, attempt: link.attempt, words });
    failingSince = heldSince(failingSince, failing(view), when);
    const critical = failingSince !== null && when - failingSince >= FAILING_FOR;
    alarms = hold(alarms, conditions({ ...view, critical }, words), when, view.meta?.clock.speed);
    return { ...view, critical, real, alarm: flagOf(alarms) };
  }

  const socketUrl = `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${config.socket}`;
  const link = connect({ socketUrl, snapshotUrl: config.snapshot }, heard,
    { Socket: WebSocket, fetch: get, now, random: Math.random, refused: leave });
  if (last) begin(last);
  new ResizeObserver(() => look()).observe(document.body);
  setInterval(link.tick, SECOND);
  // A page that goes on from the one before is shown with its curve, or it would be gone for a moment.
  inTime(Promise.all([fontsLoaded(config.lang), last && plotly().catch(() => {})])).then(() => {
    dressed = true;
    look();
  });
  /** Keeps what is shown for the page that is loaded next. */
  return () => keep(session, config.slug, state, Date.now());
}
