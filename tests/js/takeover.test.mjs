import assert from "node:assert/strict";
import { test } from "node:test";

import { takeOver } from "../../static/js/takeover.js";

/** A panel whose animations and timer the test ends. */
function world(moves) {
  const seen = { shown: false, timer: null, timers: 0, off: 0, moving: [] };
  const animate = () => {
    const one = { cancel: () => { one.onfinish = null; } };
    seen.moving.push(one);
    return one;
  };
  const later = (call) => {
    seen.timer = call;
    seen.timers += 1;
    return () => { seen.off += 1; };
  };
  seen.raise = takeOver({ animate }, { motion: () => moves, later, cover: (on) => { seen.shown = on; } });
  seen.fall = () => { seen.shown = true; seen.raise(); };
  seen.finish = () => seen.moving.at(-1).onfinish?.();
  return seen;
}

test("a take-over is shown until it has sunk", () => {
  const seen = world(true);
  seen.fall();
  seen.timer();
  assert.equal(seen.shown, true);
  seen.finish();
  assert.equal(seen.shown, false);
});

test("a milestone that falls while the last one sinks is not hidden by the end of that", () => {
  const seen = world(true);
  seen.fall();
  seen.timer();
  const sinking = seen.moving.at(-1);
  seen.fall();
  sinking.onfinish?.();
  assert.equal(seen.shown, true);
  seen.timer();
  seen.finish();
  assert.equal(seen.shown, false);
});

test("one that falls while another is up stays its whole time, with no second rise", () => {
  const seen = world(true);
  seen.fall();
  seen.fall();
  assert.deepEqual([seen.moving.length, seen.timers, seen.off], [1, 2, 1]);
});

test("with motion off it goes at once", () => {
  const seen = world(false);
  seen.fall();
  seen.timer();
  assert.deepEqual([seen.shown, seen.moving.length], [false, 0]);
});
