import assert from "node:assert/strict";
import { test } from "node:test";

import { backoff, connect } from "../../static/js/connection.js";

/** A world without a network: sockets that tests speak for, a clock they set. */
function fakeWorld({ random = 0.5, answer = null } = {}) {
  const world = {
    time: 0, sockets: [], fetched: 0, heard: [], refusals: 0,
    now: () => world.time,
    random: () => random,
    refused: () => { world.refusals += 1; },
    fetch: async () => {
      world.fetched += 1;
      if (!answer) throw new TypeError("no network");
      return { ok: !answer.status, json: async () => answer, headers: new Map(), ...answer };
    },
    Socket: class {
      constructor() {
        this.readyState = 1;
        this.sent = [];
        world.sockets.push(this);
      }
      send(text) { this.sent.push(text); }
      close() { this.closed = true; }
    },
  };
  world.link = connect({}, (message, sentAt) => world.heard.push([message, sentAt]), world);
  world.after = async (ms) => {
    for (const end = world.time + ms; world.time < end;) {
      world.time += 1_000;
      world.link.tick();
      await Promise.resolve();
    }
    await new Promise(setImmediate);
  };
  world.say = (message) => world.sockets.at(-1).onmessage({ data: JSON.stringify(message) });
  return world;
}

const FRAME = { kind: "frame", sent_at: "2012-11-11T00:00:00Z" };

test("what the socket says is passed on with the time it was sent", () => {
  const world = fakeWorld();
  world.say(FRAME);
  assert.deepEqual(world.heard, [[FRAME, Date.parse(FRAME.sent_at)]]);
});

test("a socket silent for 5 s is closed, the snapshot fetched, and another socket opened", async () => {
  const world = fakeWorld({ answer: FRAME });
  await world.after(9_000);
  assert.equal(world.sockets[0].closed, true);
  assert.equal(world.sockets.length, 2);
  assert.ok(world.fetched >= 1 && world.heard.length === world.fetched);
});

test("a socket that speaks every 2 s is left alone", async () => {
  const world = fakeWorld();
  for (let i = 0; i < 20; i += 1) {
    await world.after(2_000);
    world.say(FRAME);
  }
  assert.equal(world.sockets.length, 1);
  assert.equal(world.fetched, 0);
});

test("it never gives up: a day without a network, then one message", async () => {
  const world = fakeWorld({ random: 1 });
  for (let i = 0; i < 100; i += 1) {
    world.sockets.at(-1).onclose?.({ code: 1006 });
    await world.after(31_000);
  }
  assert.ok(world.sockets.length >= 100);
  assert.ok(world.link.attempt >= 100);
  world.say(FRAME);
  assert.equal(world.link.attempt, 0);
});

test("where there are too many viewers it reads snapshots and asks again after 30 to 60 s", async () => {
  const world = fakeWorld({ random: 0, answer: FRAME });
  world.sockets[0].onclose({ code: 4429 });
  await world.after(29_000);
  assert.equal(world.sockets.length, 1);
  assert.ok(world.fetched >= 5);
  await world.after(2_000);
  assert.equal(world.sockets.length, 2);
});

test("a right that has ended is told: by the socket, or by the board's own 404 and no proxy's", async () => {
  const world = fakeWorld();
  world.sockets[0].onclose({ code: 4401 });
  assert.equal(world.refusals, 1);
  for (const [type, refusals] of [["application/problem+json", 1], ["text/html", 0]]) {
    const polling = fakeWorld({ answer: { status: 404, headers: new Map([["Content-Type", type]]) } });
    await polling.after(6_000);
    assert.equal(polling.refusals, refusals);
  }
});

test("where sockets are forbidden it reads snapshots, and goes on trying", async () => {
  const world = fakeWorld({ answer: FRAME });
  const Allowed = world.Socket;
  let tried = 0;
  world.Socket = class { constructor() { tried += 1; throw new DOMException("no", "SecurityError"); } };
  world.sockets[0].onclose({ code: 1006 });
  await world.after(30_000);
  assert.ok(tried > 1);
  assert.equal(world.fetched, 10); // 3 s apart
  world.Socket = Allowed;
  await world.after(31_000);
  assert.ok(world.sockets.length >= 2);
});

test("told to reconnect it stays for its time, then opens another socket", async () => {
  const world = fakeWorld({ random: 0 });
  world.say({ kind: "reconnect", reconnect_in: 4.5 });
  assert.deepEqual(world.heard, []);
  await world.after(4_000);
  assert.equal(world.sockets[0].closed, undefined);
  await world.after(1_000);
  assert.equal(world.sockets[0].closed, true);
  assert.equal(world.sockets.length, 2); // at once: the time was spread already
});

test("the snapshot is asked for over the socket while there is one", () => {
  const world = fakeWorld();
  world.link.ask();
  assert.deepEqual(world.sockets[0].sent, ['{"type":"snapshot"}']);
});

test("waits are spread from 1 s to twice as long each time, 30 s at most", () => {
  assert.deepEqual([1, 2, 3, 9].map((tries) => backoff(tries, () => 0)), [1_000, 1_000, 1_000, 1_000]);
  assert.deepEqual([1, 2, 3, 9].map((tries) => backoff(tries, () => 1)), [2_000, 4_000, 8_000, 30_000]);
});
