import assert from "node:assert/strict";
import { test } from "node:test";

import { farOff, placeOf } from "../../static/js/far_off.js";
import { keep, recall } from "../../static/js/keepsake.js";
import { orbit, wander } from "../../static/js/kiosk.js";
import { memoryIn } from "../../static/js/announced.js";
import { restKeeper, swapped } from "../../static/js/rest.js";
import { serves, versionKeeper } from "../../static/js/version.js";
import { zoneOf } from "../../static/js/zone.js";

const MINUTE = 60_000, HOUR = 60 * MINUTE;

/** A style as an element has it, and how often it was written to. */
function fakeStyle() {
  const set = new Map(), element = { writes: 0 };
  element.style = {
    getPropertyValue: (name) => set.get(name) ?? "",
    setProperty: (name, value) => { element.writes += 1; set.set(name, String(value)); },
  };
  return element;
}

test("the page never wanders further than 0.08 rem", () => {
  for (let minute = 0; minute < 8; minute += 1) {
    for (const step of orbit(minute)) assert.ok(Math.abs(step) <= 0.08);
  }
});

test("the page is moved once a minute, and off the panels' edges", () => {
  const page = fakeStyle();
  for (const minute of [0, 0, 0]) wander(page, minute, 0.06);
  assert.equal(page.style.getPropertyValue("--orbit-y"), "0.06rem");
  assert.equal(page.writes, 2);
});

/** A keeper whose server answers as told, and how often it was asked and the page loaded. */
function fakeKeeper() {
  const made = { up: true, asked: 0, loaded: 0 };
  const answers = async () => { made.asked += 1; return made.up; };
  const look = versionKeeper(answers, () => { made.loaded += 1; });
  made.look = async (version, busy, at) => { look(version, busy, at); await new Promise(setImmediate); };
  return made;
}

test("a new version is loaded once the server has answered, and once only", async () => {
  const page = fakeKeeper();
  await page.look("a", false, 0);
  await page.look("b", false, 1_000);
  assert.deepEqual([page.asked, page.loaded], [1, 0]);
  for (const at of [2_000, 3_000, 30_000]) await page.look("b", false, at);
  assert.deepEqual([page.asked, page.loaded], [1, 1]);
});

test("while an alarm or a milestone is up the page stays", async () => {
  const page = fakeKeeper();
  await page.look("a", false, 0);
  await page.look("b", true, 1_000);
  assert.equal(page.asked, 0);
  await page.look("b", false, 2_000);
  await page.look("b", true, 3_000);
  assert.equal(page.loaded, 0);
});

test("a server that does not answer is asked again after 10 s, and an old answer is no answer", async () => {
  const page = fakeKeeper();
  page.up = false;
  await page.look("a", false, 0);
  for (const at of [1_000, 2_000, 9_000]) await page.look("b", false, at);
  assert.deepEqual([page.asked, page.loaded], [1, 0]);
  page.up = true;
  await page.look("b", false, 11_000);
  await page.look("b", true, 12_000);
  await page.look("b", false, 20_000);
  assert.equal(page.loaded, 0);
});

test("a server that refuses, or is away, does not serve the page", async () => {
  assert.equal(await serves(async () => ({ ok: true }), "/wall/"), true);
  assert.equal(await serves(async () => ({ ok: false }), "/wall/"), false);
  assert.equal(await serves(async () => { throw new TypeError("no network"); }, "/wall/"), false);
});

function fakeStorage() {
  const items = new Map();
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, text) => items.set(name, text),
    removeItem: (name) => items.delete(name),
  };
}
const STATE = { frame: { v: 1, kind: "frame", seq: 7 }, meta: { zone: "UTC" }, step: 60, minutes: new Map([[0, 900]]) };

test("the last figures outlive a reload, and are given once", () => {
  const storage = fakeStorage();
  keep(() => storage, "festival", STATE, 1_000);
  const message = recall(() => storage, "festival", 1_800);
  assert.deepEqual([message.kind, message.seq, message.step_seconds], ["snapshot", 7, 60]);
  assert.deepEqual(message.minutes, [["1970-01-01T00:00:00.000Z", 900, 0, 0]]);
  assert.equal(recall(() => storage, "festival", 1_900), null);
});

test("figures that a page left long ago, or another campaign's, are not shown", () => {
  const storage = fakeStorage();
  keep(() => storage, "festival", STATE, 1_000);
  assert.equal(recall(() => storage, "another", 1_000), null);
  assert.equal(recall(() => storage, "festival", 62_000), null);
});

const denied = () => { throw new DOMException("denied", "SecurityError"); };

test("where storage is denied, full or spoilt nothing is kept, and nothing fails", () => {
  const full = { ...fakeStorage(), setItem: denied };
  for (const open of [denied, () => full, () => ({ ...full, getItem: () => "{" })]) {
    keep(open, "festival", STATE, 1_000);
    assert.equal(recall(open, "festival", 1_000), null);
  }
  keep(fakeStorage, "festival", { ...STATE, minutes: new Map([[NaN, 900]]) }, 1_000);
});

test("a milestone that was shown is remembered, by the page alone where storage is denied", () => {
  const storage = fakeStorage(), page = memoryIn(denied, "festival");
  memoryIn(() => storage, "festival").write({ m1: "16:20" });
  assert.deepEqual(memoryIn(() => storage, "festival").read(), { m1: "16:20" });
  assert.deepEqual(page.read(), {});
  page.write({ m1: "16:20" });
  assert.deepEqual(page.read(), { m1: "16:20" });
});

const closed = (at, gross = 1) => ({ frame: { turnover: { gross }, final: true }, phase: "closed", alarm: null, at });

test("30 minutes after its last figure a wall rests, and the report turns every 5 minutes", () => {
  const rest = restKeeper();
  const turns = [0, 29, 30, 34, 35, 40].map((minutes) => rest(closed(minutes * MINUTE)));
  assert.deepEqual(turns, [0, 0, 1, 1, 2, 3]);
  assert.deepEqual([1, 2, 3].map((turn) => swapped(closed(0), turn, false)), [false, true, false]);
});

test("a figure or an alarm wakes it at once; a countdown does not rest", () => {
  const rest = restKeeper();
  rest(closed(0));
  assert.equal(rest(closed(31 * MINUTE)), 1);
  assert.equal(rest({ ...closed(32 * MINUTE), alarm: { kind: "stale" } }), 0);
  assert.equal(rest(closed(33 * MINUTE, 2)), 0);
  rest({ ...closed(34 * MINUTE), phase: "scheduled" });
  assert.equal(rest({ ...closed(99 * MINUTE), phase: "scheduled" }), 0);
});

test("on an OLED panel the columns change sides each full hour", () => {
  const zone = zoneOf("Asia/Shanghai");
  const at = (hour, oled) => swapped({ phase: "live", now: hour * HOUR, zone }, 0, oled);
  assert.deepEqual([at(0, true), at(0.99, true), at(1, true), at(1, false)], [false, false, true, false]);
});

test("the countdown stands alone more than 12 h ahead, in many places", () => {
  const view = (hours) => ({ phase: "scheduled", window: { start: hours * HOUR }, now: 0 });
  assert.deepEqual([farOff(view(12)), farOff(view(12.1)), farOff({ ...view(13), phase: "live" })], [false, true, false]);
  const places = Array.from({ length: 60 }, (_, minute) => placeOf(minute));
  assert.ok(places.flat().every((share) => share >= 0 && share < 1));
  assert.ok(new Set(places.map(([x, y]) => `${Math.floor(4 * x)} ${Math.floor(4 * y)}`)).size >= 12);
});
