import assert from "node:assert/strict";
import { test } from "node:test";

import { alarmChange } from "../../static/js/spoken.js";
import { newsOf } from "../../static/js/staff_news.js";
import { wordsFor } from "../../static/js/words.js";
import { zoneOf } from "../../static/js/zone.js";

const en = wordsFor("en"), zh = wordsFor("zh-hans");
const START = Date.parse("2012-11-11T08:00:00Z"), MINUTE = 60_000;

test("an alarm is said as it comes, not as its figures change, and once more when it is over", () => {
  const first = { kind: "queueing", said: "38 stuck" }, later = { kind: "queueing", said: "39 stuck" };
  assert.equal(alarmChange(null, first, en), "38 stuck");
  assert.equal(alarmChange(first, later, en), null);
  assert.equal(alarmChange(later, { kind: "stale", said: "No new data" }, en), "No new data");
  assert.equal(alarmChange(later, null, en), "Over: 39 stuck");
  assert.equal(alarmChange(later, null, zh), "已恢复正常（39 stuck）");
  assert.equal(alarmChange(null, null, en), null);
});

function view(minutes, changes = {}) {
  const real = START + minutes * MINUTE;
  const frame = { turnover: { gross: 1_227_164_030_600 }, milestones: { reached: [] } };
  const money = { currency: "CNY", exponent: 2 };
  return { frame, money, real, asOf: real, phase: "live", stale: false, held: null, zone: zoneOf("Asia/Shanghai"), ...changes };
}

test("the staff page says the total every 10 minutes, but not while figures are held or out of date", () => {
  const tell = newsOf({ words: en, lang: "en" });
  assert.deepEqual([0, 9.9, 10, 11].map((minutes) => tell(view(minutes))),
    ["", "", "Total turnover ¥12.27 billion as of 16:10", ""]);
  assert.equal(tell(view(20, { held: view(15) })), "");
  assert.equal(tell(view(20, { stale: true })), "");
  assert.equal(tell(view(20, { phase: "closed" })), "");
  assert.equal(tell(view(21)), "Total turnover ¥12.27 billion as of 16:21");
});

test("the staff page says a milestone once as it falls, also while figures are held", () => {
  const tell = newsOf({ words: en, lang: "en" });
  const one = { key: "a", amount: 1_000_000_000_000, announced_at: new Date(START + MINUTE).toISOString() };
  const fell = { ...view(1).frame, milestones: { reached: [one] } };
  assert.equal(tell(view(0)), "");
  assert.equal(tell(view(1, { frame: fell, held: view(0) })), "Milestone reached: ¥10 billion");
  assert.equal(tell(view(1.1, { frame: fell })), "");
});
