import assert from "node:assert/strict";
import { test } from "node:test";

import { listingKeeper } from "../../static/js/listing.js";
import { rowsOf } from "../../static/js/staff_milestones.js";
import { wordsFor } from "../../static/js/words.js";

const before = "2012-11-11T05:38:04Z";
const one = (key, kind, amount, more = {}) => ({
  key, kind, measure: kind === "amount" ? "gross" : kind, amount, label: "", label_zh: "", crossed_at: null, announced_at: null, confirmed: false, ...more,
});
const view = (reached = [], more = {}) => ({
  frame: { epoch: 1, milestones: { reached, next: null }, reference: null }, goals: [], year: null, at: 0,
  money: { currency: "CNY", exponent: 2 }, moments: { exact: () => "13:38:04", full: () => "13:38" }, ...more,
});
const fell = { crossed_at: before, announced_at: before };
const said = (given, lang = "en") => rowsOf(given, wordsFor(lang)).map(({ name, aside, time }) => [name, aside, time].filter(Boolean).join(", "));

test("turnover stands first, then every other milestone by its name, reached or not", () => {
  const listed = [one("a", "amount", 1e12), one("o", "orders", 5e7, { label: "50 million orders", label_zh: "5,000万笔订单" })];
  const reached = [{ ...listed[1], ...fell, confirmed: true }];
  assert.deepEqual(said(view(reached, { listed })), ["¥10B, not reached", "50 million orders, 13:38:04"]);
  assert.deepEqual(said(view(reached, { listed }), "zh-hans"), ["100亿, 未达到", "5,000万笔订单, 13:38:04"]);
});

test("what is provisional, dated anew, found late or undercut is marked so", () => {
  const listed = [one("a", "amount", 1e12, { ...fell, redated: true, late: true, undercut: true }), one("b", "amount", 2e12)];
  assert.deepEqual(said(view([], { listed })), ["¥10B, provisional · time corrected · found late · no longer reached, 13:38:04", "¥20B, not reached"]);
  assert.deepEqual(said(view([], { listed }), "zh-hans")[0], "100亿, 待确认 · 时间已更正 · 延后统计 · 更正后未达到, 13:38:04");
  const confirmed = [one("a", "amount", 1e12, { ...fell, confirmed: true })];
  assert.deepEqual(said(view(confirmed, { listed }))[0], "¥10B, time corrected · found late · no longer reached, 13:38:04");
});

test("of a large club the latest are listed", () => {
  const listed = Array.from({ length: 100 }, (_, i) => one(`c${i}`, "share", 5, { label: `c${i}`, crossed_at: new Date(1e12 + 1_000 * i).toISOString() }));
  const names = rowsOf(view([], { listed }), wordsFor("en")).map((row) => row.name);
  assert.deepEqual([names.length, names[0], names.at(-1)], [40, "c60", "c99"]);
});

/** A keeper whose server answers what `answers` has next; null is no network. */
function world(...answers) {
  const seen = { asked: 0 };
  const keeper = listingKeeper("/milestones", async () => {
    const answer = answers[seen.asked++];
    if (!answer) throw new TypeError("no network");
    return { ok: true, json: async () => answer };
  });
  const look = async (reached, at) => {
    keeper.look(view(reached, { at }));
    await new Promise(setImmediate);
    return [keeper.goals, seen.asked];
  };
  return look;
}

test("the list is fetched again when frames tell of another milestone, and else once a minute", async () => {
  const look = world(["old"], ["new"], ["newest"]);
  assert.deepEqual(await look([], 0), [["old"], 1]);
  assert.deepEqual(await look([], 59_999), [["old"], 1]);
  assert.deepEqual(await look([one("a", "amount", 1, fell)], 59_999), [["new"], 2]);
  assert.deepEqual(await look([one("a", "amount", 1, fell)], 119_998), [["new"], 2]);
  assert.deepEqual(await look([one("a", "amount", 1, fell)], 119_999), [["newest"], 3]);
});

test("what could not be fetched is asked for again after 5 s, and what is known stays", async () => {
  const look = world(["old"], null, ["new"]), another = [one("a", "amount", 1, fell)];
  await look([], 0);
  assert.deepEqual(await look(another, 6_000), [["old"], 2]);
  assert.deepEqual(await look(another, 10_999), [["old"], 2]);
  assert.deepEqual(await look(another, 11_000), [["new"], 3]);
});
