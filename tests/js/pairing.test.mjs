import assert from "node:assert/strict";
import { test } from "node:test";

import { after, EMPTY, shown, wait } from "../../static/js/pairing_state.js";
import { wordsFor } from "../../static/js/words.js";

const words = wordsFor("en");
const GIVEN = { status: 200, paired: false, code: "K7XW3M", seconds_left: 600 };
const waiting = after(EMPTY, GIVEN, 1_000);

test("the code is shown in two groups, with the time for which it holds", () => {
  assert.deepEqual(shown(waiting, 1_000, words), { code: "K7X-W3M", note: "New code in 10:00" });
  assert.deepEqual(shown(waiting, 20_500, words), { code: "K7X-W3M", note: "New code in 9:41" });
});

test("a code that is over is not shown, whatever the board says or does not", () => {
  assert.deepEqual(shown(waiting, 601_000, words), { code: "—", note: "" });
  assert.deepEqual(shown(EMPTY, 0, words), { code: "—", note: "" });
});

test("without an answer the code stays, and it is said that none comes", () => {
  for (const answer of [null, { status: 503 }]) {
    const state = after(waiting, answer, 5_000);
    assert.deepEqual(shown(state, 5_000, words), { code: "K7X-W3M", note: words.notConnected });
    assert.equal(shown(after(state, GIVEN, 9_000), 9_000, words).note, "New code in 10:00");
  }
});

test("an answer that is not the board's is no crowd of walls", () => {
  for (const status of [404, 407, 413]) {
    assert.equal(shown(after(waiting, { status }, 5_000), 5_000, words).note, words.notConnected);
  }
});

test("once it is confirmed the page is opened anew", () => {
  assert.equal(waiting.reload, false);
  const paired = after(waiting, { status: 200, paired: true }, 5_000);
  assert.equal(paired.reload, true);
  for (const answer of [null, GIVEN]) assert.equal(after(paired, answer, 9_000).reload, false);
});

test("a page whose token is an old one is opened anew", () => {
  assert.equal(after(waiting, { status: 403 }, 0).reload, true);
});

test("a browser that is always refused is told so, and the page opened anew but once a minute", () => {
  let state = EMPTY;
  for (let n = 0; n < 14; n += 1) state = after(state, { status: 403 }, 0);
  assert.deepEqual([state.reload, shown(state, 0, words).note], [false, words.refused]);
  assert.equal(after(state, { status: 403 }, 0).reload, true);
});

test("who asks too often waits as long as the board says", () => {
  const answer = { status: 429, retryAfter: 16 };
  assert.equal(shown(after(EMPTY, answer, 0), 0, words).note, words.tooManyWalls);
  assert.deepEqual([wait(answer), wait(GIVEN), wait(null)], [16_000, 4_000, 4_000]);
});
