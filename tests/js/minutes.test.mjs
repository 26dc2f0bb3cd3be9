import assert from "node:assert/strict";
import { test } from "node:test";

import { Minutes, NONE } from "../../static/js/minutes.js";

const START = Date.parse("2012-11-10T16:00:00Z"), MINUTE = 60_000;
const WINDOWS = [
  { start: "2012-11-10T16:00:00Z", end: "2012-11-10T17:00:00Z" },
  { start: "2012-11-11T16:00:00Z", end: "2012-11-11T17:00:00Z" },
];
const row = (minute, gross) => [new Date(START + minute * MINUTE).toISOString(), gross, 0, 0];
const hour = Minutes.of([row(0, 700), row(2, 0)], 60, WINDOWS);

test("a minute that is known has its gross, also nought, and any other none", () => {
  assert.deepEqual([0, 1, 2].map((minute) => hour.get(START + minute * MINUTE)), [700, undefined, 0]);
  assert.deepEqual([START - MINUTE, START + 1, START + 1e12].map((at) => hour.get(at)), [undefined, undefined, undefined]);
  assert.deepEqual([...hour], [[START, 700], [START + 2 * MINUTE, 0]]);
});

test("it reaches from the first window's start to the last one's end, and no further", () => {
  const { length } = [...Minutes.of(Array.from({ length: 3_000 }, (_, i) => row(i - 100, i)), 60, WINDOWS)];
  assert.equal(length, 25 * 60);
});

test("new ones take the place of old ones, in a copy", () => {
  const next = hour.with([row(0, 900), row(1, 5)]);
  assert.deepEqual([...next].map(([, gross]) => gross), [900, 5, 0]);
  assert.deepEqual([...hour].map(([, gross]) => gross), [700, 0]);
});

test("longer steps lie where they begin", () => {
  const fives = Minutes.of([row(0, 1), row(5, 2), row(7, 3)], 300, WINDOWS);
  assert.deepEqual([...fives], [[START, 1], [START + 5 * MINUTE, 2]]);
});

test("before the first snapshot there is none", () => {
  assert.deepEqual([NONE.get(0), [...NONE]], [undefined, []]);
});

test("the largest minute is held exactly", () => {
  assert.equal(hour.with([row(1, Number.MAX_SAFE_INTEGER)]).get(START + MINUTE), Number.MAX_SAFE_INTEGER);
});
