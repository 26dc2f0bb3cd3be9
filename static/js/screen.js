// What the wall and the staff page share: figures come in, and one look a second at most goes out
// to the panels.

import { flagOf, heldSince, hold } from "./alarms.js";
import { ServerClock } from "./clock.js";
import { connect } from "./connection.js";
import { fontsLoaded } from "./fonts.js";
import { referenceKeeper } from "./reference.js";
import { reloadIfAnswered } from "./reload.js";
import { EMPTY, reduce } from "./state.js";
import { conditions, failing, viewOf } from "./view.js";
import { zoneOf } from "./zone.js";

// Between two looks, ms: a roll takes 600, and with 1,000 an event took over a second to the page.
const LOOK = 700;
const FAILING_FOR = 60_000;
const now = () => performance.now();

/** Calls after some time; returns how to call it off. */
export function later(call, ms) {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}

/** What the server wrote into the page for its script. */
export function readConfig() {
  return JSON.parse(document.getElementById("config").textContent);
}

/** Runs a screen: `show(view)` is called once a second, and at once for a frame after a pause. */
export function runScreen(config, words, show) {
  const server = new ServerClock();
  const get = (...given) => fetch(...given);
  const reference = referenceKeeper(config.reference, get, () => look());
  let state = EMPTY, zone = null, alarms = {}, failingSince = null;
  let shown = EMPTY, changedAt = -Infinity, pending = null, dressed = false;

  function heard(message, sentAt) {
    server.add(sentAt, now());
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

  /** New figures are shown at once, but a second apart at least. */
  function lookSoon() {
    const wait = changedAt + LOOK - now();
    if (wait <= 0) look();
    else pending ??= later(look, wait);
  }

  function look() {
    if (!dressed) return;
    pending?.();
    pending = null;
    if (shown !== state) [shown, changedAt] = [state, now()];
    const view = currentView(now());
    if (view.frame) reference.look(view.frame.epoch, view.at);
    show(view);
  }

  function currentView(when) {
    const real = server.now(when);
    const view = viewOf({ state, past: reference.year, at: when, real, zone, attempt: link.attempt });
    failingSince = heldSince(failingSince, view.phase === "live" && failing(view.frame, view.meta?.limits), when);
    const critical = failingSince !== null && when - failingSince >= FAILING_FOR;
    alarms = hold(alarms, conditions({ ...view, critical }, words), when, view.meta?.clock.speed);
    return { ...view, critical, real, alarm: flagOf(alarms) };
  }

  const socketUrl = `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${config.socket}`;
  const link = connect({ socketUrl, snapshotUrl: config.snapshot }, heard,
    { Socket: WebSocket, fetch: get, now, random: Math.random, refused: reloadIfAnswered });
  new ResizeObserver(() => look()).observe(document.body);
  setInterval(() => {
    link.tick();
    if (!pending) look(); // the clock, and how old the figures are
  }, LOOK);
  fontsLoaded(config.lang).then(() => {
    dressed = true;
    look();
  });
}
