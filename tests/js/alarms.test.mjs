import assert from "node:assert/strict";
import { test } from "node:test";

import { flagOf, heldSince, hold } from "../../static/js/alarms.js";
import { conditions, failing } from "../../static/js/view.js";
import { wordsFor } from "../../static/js/words.js";
import { zoneOf } from "../../static/js/zone.js";

/** The flag after conditions that hold from given seconds on: [[second, conditions], …]. */
function flagAfter(...looks) {
  return flagOf(looks.reduce((memory, [second, active]) => hold(memory, active, second * 1_000), {}));
}

test("queueing raises its flag after 5 s and lowers it 30 s after it ended", () => {
  const on = { queueing: "since 16:12" };
  assert.equal(flagAfter([0, on], [4, on]), null);
  assert.equal(flagAfter([0, on], [5, on]).said, "since 16:12");
  assert.equal(flagAfter([0, on], [5, on], [6, {}], [35, {}]).said, "since 16:12");
  assert.equal(flagAfter([0, on], [5, on], [6, {}], [36, {}]), null);
});

test("the site's state is held in the campaign's time, stale data in ours", () => {
  const look = (memory, second, active) => hold(memory, active, second * 1_000, 60);
  const up = look(look({}, 0, { queueing: "x" }), 1, { queueing: "x" });
  assert.equal(flagOf(up).kind, "queueing");
  assert.equal(flagOf(look(look(up, 2, {}), 3, {})), null);
  assert.equal(flagOf(look(look({}, 0, { healing: "y" }), 4, { healing: "y" })), null);
});

test("a blink of a condition raises nothing", () => {
  const on = { queueing: "x" };
  assert.equal(flagAfter([0, on], [3, {}], [4, on], [8, on]), null);
});

test("stale data is flagged at once, before all else, and clears at once", () => {
  const both = { stale: "no data", queueing: "x" };
  assert.equal(flagAfter([0, both]).kind, "stale");
  assert.equal(flagAfter([0, both], [6, both], [7, { queueing: "x" }]).kind, "queueing");
});

test("a condition's hold is counted from when it began", () => {
  assert.equal(heldSince(null, true, 7), 7);
  assert.equal(heldSince(7, true, 9), 7);
  assert.equal(heldSince(7, false, 9), null);
});

test("payments fail below the campaign's limit, and only where one is known", () => {
  const frame = (rate) => ({ payments: { success_rate: rate } });
  const limits = { success_critical_permille: 900 };
  const fails = (rate, more) => failing({ frame: frame(rate), meta: { limits }, phase: "live", stale: false, ...more });
  assert.deepEqual([fails(0.899), fails(0.9), fails(null)], [true, false, false]);
  assert.equal(fails(0.1, { meta: {} }), false);
  assert.equal(fails(0.1, { phase: "closed" }), false);
  assert.equal(fails(0.1, { stale: true }), false, "what stood when the figures stopped does not grow into an alarm");
});

const view = (changes) => ({
  frame: { healing: false, site: { state: "normal", since: null }, payments: { stuck: 0, success_rate: 1 } },
  stale: false, seconds: 1, silent: 1, zone: zoneOf("Asia/Shanghai"), phase: "live", critical: false, ...changes,
});

test("silence, lag and rebuilding are told apart", () => {
  const words = wordsFor("en");
  assert.deepEqual(conditions(view({}), words), {});
  const silent = conditions(view({ stale: true, seconds: 372, silent: 372 }), words);
  assert.equal(silent.stale, "No new data for 6:12. Reconnecting");
  assert.equal(conditions(view({ stale: true, seconds: 75 }), words).stale, "Figures 1:15 behind");
  assert.equal(conditions(view({ silent: 8 }), words).stale, undefined);
  assert.ok(conditions(view({ stale: true, silent: 8.1 }), words).stale); // R10: said within 10 s
  const healing = view({ stale: true, seconds: 75 });
  healing.frame.healing = true;
  assert.deepEqual(Object.keys(conditions(healing, words)), ["healing"]);
});
