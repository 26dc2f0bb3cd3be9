import assert from "node:assert/strict";
import { test } from "node:test";

import { ServerClock, campaignTime } from "../../static/js/clock.js";
import { EMPTY, age, reduce } from "../../static/js/state.js";

const SENT = "2012-11-11T08:00:00.000Z";
const NOW = Date.parse(SENT);
const WINDOWS = [{ start: "2012-11-10T16:00:00Z", end: "2012-11-11T16:00:00Z" }];

function message(changes = {}) {
  return { kind: "frame", v: 1, epoch: 1, seq: 1, sent_at: SENT, behind_seconds: 0.5, minutes: [], ...changes };
}

function snapshot(changes = {}) {
  const minutes = [["2012-11-10T16:00:00Z", 700, 0, 7]];
  return message({ kind: "snapshot", meta: { zone: "UTC", windows: WINDOWS }, step_seconds: 60, minutes, ...changes });
}

const begun = reduce(EMPTY, snapshot(), 1_000, NOW).state;

test("a frame before any snapshot asks for one", () => {
  assert.deepEqual(reduce(EMPTY, message(), 0, NOW), { state: EMPTY, ask: true });
});

test("a frame brings its minutes up to date and leaves the others", () => {
  const minutes = [["2012-11-10T16:01:00Z", 900, 0, 9]];
  const { state } = reduce(begun, message({ seq: 2, minutes }), 2_000, NOW);
  assert.deepEqual([...state.minutes].map(([, gross]) => gross), [700, 900]);
  assert.equal(state.frame.seq, 2);
});

test("a frame of another epoch changes nothing and asks for the snapshot", () => {
  const { state, ask } = reduce(begun, message({ epoch: 2 }), 2_000, NOW);
  assert.equal(state, begun);
  assert.equal(ask, true);
});

const later = (seconds) => new Date(NOW + seconds * 1_000).toISOString();

test("frames that were lost need no repair, but after 30 s without one the snapshot is asked for", () => {
  const soon = reduce(begun, message({ seq: 40, sent_at: later(29) }), 30_000, NOW);
  assert.deepEqual([soon.ask, soon.state.frame.seq], [false, 40]);
  const late = reduce(begun, message({ seq: 40, sent_at: later(31) }), 32_000, NOW);
  assert.deepEqual([late.ask, late.state.frame.seq], [true, 40]);
  const after = reduce(late.state, message({ seq: 41, sent_at: later(32) }), 33_000, NOW);
  assert.equal(after.ask, false);
});

/** A state after a gap of 340 s, whose minutes from the second to the sixth are missing. */
function cut() {
  const minutes = [["2012-11-10T16:05:00Z", 50, 0, 1]];
  return reduce(begun, message({ seq: 340, sent_at: later(340), minutes }), 341_000, NOW);
}

test("while the answer does not come the snapshot is asked for again, every 10 s", () => {
  let { state } = cut();
  const asked = [];
  for (let second = 341; second <= 380; second += 1) {
    const next = reduce(state, message({ seq: second, sent_at: later(second) }), second * 1_000, NOW);
    state = next.state;
    if (next.ask) asked.push(second);
  }
  assert.deepEqual(asked, [350, 360, 370, 380]);
});

test("an answer that a frame has overtaken brings the missing minutes, and the frame's own stay", () => {
  const minutes = [["2012-11-10T16:03:00Z", 30, 0, 1], ["2012-11-10T16:05:00Z", 40, 0, 1]];
  const { state } = reduce(cut().state, snapshot({ seq: 339, sent_at: later(339), minutes }), 341_100, NOW);
  const at = (minute) => state.minutes.get(Date.parse(`2012-11-10T16:0${minute}:00Z`));
  assert.deepEqual([at(3), at(5), state.frame.seq, state.missing], [30, 50, 340, false]);
  assert.equal(reduce(state, message({ seq: 351, sent_at: later(351) }), 352_000, NOW).ask, false);
});

test("an answer from before the gap, or of another epoch, is none", () => {
  const { state } = cut();
  const old = snapshot({ seq: 300, sent_at: later(300) }), foreign = snapshot({ epoch: 0, seq: 339, sent_at: later(339) });
  for (const answer of [old, foreign]) assert.equal(reduce(state, answer, 341_100, NOW).state, state);
});

test("minutes that are summed over 5 come with a snapshot, asked for as often, and again after 10 s", () => {
  let { state } = reduce(EMPTY, snapshot({ step_seconds: 300 }), 0, NOW);
  const asked = [];
  for (let second = 1; second <= 320; second += 1) {
    const next = reduce(state, message({ seq: second + 1, sent_at: later(second) }), second * 1_000, NOW);
    state = next.state;
    if (next.ask) asked.push(second);
  }
  assert.deepEqual(asked, [300, 310, 320]);
  const whole = reduce(state, snapshot({ seq: 400, step_seconds: 300, sent_at: later(321) }), 321_000, NOW);
  assert.equal(reduce(whole.state, message({ seq: 401, sent_at: later(322) }), 322_000, NOW).ask, false);
});

test("what was sent before is passed over", () => {
  const { state } = reduce(begun, message({ seq: 5 }), 2_000, NOW);
  assert.equal(reduce(state, message({ seq: 4 }), 2_100, NOW).state, state);
  assert.equal(reduce(state, snapshot({ seq: 4 }), 2_100, NOW).state, state);
});

test("after 30 s of silence any snapshot is taken, so that a board set back is shown again", () => {
  const { state } = reduce(begun, message({ epoch: 1, seq: 5 }), 2_000, NOW);
  assert.equal(reduce(state, snapshot({ epoch: 0 }), 33_000, NOW).state.frame.epoch, 0);
});

test("what is no message of version 1 is passed over", () => {
  for (const odd of [null, {}, message({ v: 2 }), message({ kind: "hello" })]) {
    assert.deepEqual(reduce(begun, odd, 2_000, NOW), { state: begun, ask: false });
  }
});

test("figures age by their lag, by the time since they came, and by that since they were sent", () => {
  assert.equal(age(begun, 5_000), 4.5);
  const stored = reduce(EMPTY, snapshot(), 1_000, NOW + 60_000).state;
  assert.equal(age(stored, 1_000), 60.5);
});

test("the message that travelled least tells the server's time", () => {
  const server = new ServerClock();
  for (const [sent, came] of [[10_000, 300], [11_000, 1_010], [12_000, 2_400]]) server.add(sent, came);
  assert.equal(server.now(5_000), 14_990);
});

test("a message that is repeated for hours does not stop the clock", () => {
  const server = new ServerClock();
  server.add(10_000, 0);
  for (let at = 1_500; at < 3_600_000; at += 1_500) server.add(10_000, at);
  assert.equal(server.now(3_600_000), 3_610_000);
});

test("a server whose clock was set back is believed after 30 messages, a few late ones are not", () => {
  const server = new ServerClock();
  server.add(100_000, 0);
  for (let second = 1; second < 30; second++) server.add(90_000 + 1_000 * second, 1_000 * second);
  assert.equal(server.now(0), 100_000);
  server.add(120_000, 30_000);
  assert.equal(server.now(0), 90_000);
});

test("a link that grows slow is no server whose clock was set back", () => {
  const server = new ServerClock();
  for (let second = 0; second < 100; second++) server.add(1_000 * second, 1_000 * second + 100 * second);
  assert.equal(server.now(0), 0);
});

test("a rehearsal's clock runs at its speed from its anchor", () => {
  const clock = { real: "2026-11-22T13:00:00Z", campaign: "2012-11-10T16:00:00Z", speed: 144 };
  const real = Date.parse("2026-11-22T13:00:10Z");
  assert.equal(new Date(campaignTime(clock, real)).toISOString(), "2012-11-10T16:24:00.000Z");
});
