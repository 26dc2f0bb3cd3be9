import assert from "node:assert/strict";
import { test } from "node:test";

import { BEGIN, step } from "../../static/js/rotation.js";

const DRAWN = { drawn: true, taken: false, flagged: false };
const BLANK = { drawn: false, taken: false, flagged: false };

/** Runs a playlist of `count` walls, 60 s each, a look a second; `looks(second)` is {front, back}. */
function run(count, seconds, looks = () => ({})) {
  let state = BEGIN;
  const acts = [];
  for (let second = 0; second <= seconds; second += 1) {
    const seen = { front: DRAWN, back: DRAWN, ...looks(second, state) };
    const next = step(state, { count, every: 60_000, at: second * 1_000, ...seen });
    state = next.state;
    if (next.act) acts.push([second, next.act, state.shown]);
  }
  return acts;
}

test("the first is shown once it is drawn, the next is loaded 15 s before its time", () => {
  const looks = (second) => ({ back: second < 3 ? BLANK : DRAWN });
  assert.deepEqual(run(2, 70, looks), [[0, "load", null], [3, "turn", 0], [48, "load", 0], [63, "turn", 1]]);
});

test("a playlist of one is loaded once", () => {
  assert.deepEqual(run(1, 400), [[0, "load", null], [1, "turn", 0]]);
});

test("one that is not drawn within 20 s is passed over", () => {
  const looks = (second, { coming }) => ({ back: coming === 1 ? BLANK : DRAWN });
  const shown = run(3, 190, looks).filter(([, act]) => act === "turn").map(([, , index]) => index);
  assert.deepEqual(shown, [0, 2, 0]);
});

test("where no other can be drawn the one that is shown stays", () => {
  const looks = (second, { coming }) => ({ back: coming === 0 ? DRAWN : BLANK });
  assert.deepEqual(run(2, 300, looks).filter(([, act]) => act === "turn"), [[1, "turn", 0]]);
});

test("a wall is not left during its milestone", () => {
  const looks = (second) => ({ front: { ...DRAWN, taken: second >= 58 && second < 66 } });
  assert.deepEqual(run(2, 70, looks).at(-1), [66, "turn", 1]);
});

test("a flag holds a wall, for 5 minutes at most", () => {
  const for30 = (second) => ({ front: { ...DRAWN, flagged: second < 90 } });
  assert.deepEqual(run(2, 95, for30).at(-1), [90, "turn", 1]);
  const always = () => ({ front: { ...DRAWN, flagged: true } });
  assert.deepEqual(run(2, 400, always).at(-1), [361, "turn", 1]);
});

test("a milestone on the wall that waits brings it forward", () => {
  const looks = (second) => ({ back: { ...DRAWN, taken: second >= 50 } });
  assert.deepEqual(run(2, 55, looks).at(-1), [50, "turn", 1]);
});
