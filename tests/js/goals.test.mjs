import assert from "node:assert/strict";
import { test } from "node:test";

import { toAnnounce } from "../../static/js/announced.js";
import { announcement, foremost, isGross } from "../../static/js/goals.js";
import { pinsOf } from "../../static/js/pins.js";
import { eventsOf } from "../../static/js/staff_events.js";
import { factsOf } from "../../static/js/takeover_facts.js";
import { wordsFor } from "../../static/js/words.js";

const now = Date.parse("2012-11-11T05:38:05Z"), before = "2012-11-11T05:38:04Z";
const money = { currency: "CNY", exponent: 2 };
const fell = (kind, amount, more = {}) => ({
  key: `${kind}-${amount}`, kind, measure: kind === "amount" ? "gross" : kind, amount, label: "", label_zh: "",
  crossed_at: before, announced_at: before, confirmed: true, take_over: true, ...more,
});
const seen = (reached, shown = {}) => toAnnounce(reached, shown, now, 0)?.key ?? null;
const zone = { hms: (ms) => new Date(ms).toISOString().slice(11, 19), hm: (ms) => new Date(ms).toISOString().slice(11, 16) };
const view = {
  asOf: now, money, zone, year: { label: "2011", before: true }, moments: { full: zone.hms },
  frame: {
    milestones: { reached: [], next: { amount: 15e11, eta: null } }, turnover: { gross: 1_000_021_430_600 },
    reference: { total: 336_000_000_000, to_now: 162_000_000_000 }, peak_minute: { gross: 3_290_000_000 },
    payments: { peak_per_second: 3_412, stuck: 12_410 },
  },
};
const facts = (one, lang = "en") => factsOf(one, view, wordsFor(lang)).map(([name, figure]) => `${name} ${figure}`);

test("turnover is the foremost news, then what is greater, and of one kind the highest", () => {
  const several = [fell("site", 0), fell("orders", 5e7), fell("amount", 1e11), fell("orders", 1e8), fell("amount", 5e11), fell("share", 9e12)];
  assert.equal(foremost(several).key, "amount-500000000000");
  assert.equal(foremost(several.filter((one) => !isGross(one))).key, "share-9000000000000");
  assert.equal(foremost([fell("site", 0), fell("bulletin", 600), fell("orders", 5e7), fell("orders", 1e8)]).key, "orders-100000000");
  assert.equal(foremost([fell("unheard of", 9), fell("site", 0)]).key, "site-0");
});

test("what is not to take over never does, though nothing else fell", () => {
  const quiet = fell("amount", 9e12, { take_over: false });
  assert.equal(seen([quiet]), null);
  assert.equal(seen([quiet, fell("bulletin", 600)]), "bulletin-600");
});

test("a milestone that is dated anew is not announced again", () => {
  const one = fell("amount", 1e12), anew = { ...one, crossed_at: "2012-11-11T05:37:59Z", confirmed: true };
  assert.equal(seen([one]), one.key);
  assert.equal(seen([anew], { [one.key]: one.announced_at }), null);
});

test("pins are amounts of turnover alone, where they fell by the newest record", () => {
  const milestones = { reached: [fell("orders", 5e7), fell("amount", 1e12, { crossed_at: "2012-11-11T05:37:59Z" })], next: null };
  const pins = pinsOf({ milestones, phase: "live", moments: view.moments, year: null, money, lang: "en", words: wordsFor("en") });
  assert.deepEqual(pins, [{ at: Date.parse("2012-11-11T05:37:59Z"), kind: "reached", value: "¥10B", time: "05:37:59" }]);
});

test("beside an amount stand its time, how much of last year it is, and the next", () => {
  assert.deepEqual(facts(fell("amount", 1e12)), ["Reached at 05:38:04", "vs all of 2011 3.0×", "Next ¥15B"]);
});

test("beside another milestone stand its time and the total, and what it is about", () => {
  assert.deepEqual(facts(fell("orders", 5e7)), ["Reached at 05:38:04", "Total turnover ¥10.00B", "vs 2011 at 05:38 6.2×"]);
  assert.deepEqual(facts(fell("peak_minute", 0)), ["Reached at 05:38:04", "Per minute ¥32.9M", "Total turnover ¥10.00B"]);
  assert.deepEqual(facts(fell("peak_second", 0), "zh-hans"), ["突破时间 05:38:04", "支付/秒 3,412", "成交总额 100.0亿"]);
  assert.deepEqual(facts(fell("site", 0)), ["Time 05:38:04", "Stuck over 60 s 12,410", "Total turnover ¥10.00B"]);
  assert.deepEqual(facts(fell("start", 0)), ["Time 05:38:04", "vs 2011 at 05:38 6.2×"]);
});

test("aloud an amount is said in words, and what is none by its name", () => {
  const say = (one, lang = "en") => announcement(one, money, wordsFor(lang));
  assert.equal(say(fell("amount", 1e12)), "Milestone reached: ¥10 billion");
  assert.equal(say(fell("orders", 5e7, { label: "50 million orders" })), "Milestone reached: 50 million orders");
  assert.equal(say(fell("site", 0, { label: "Payments queueing", label_zh: "支付排队中" }), "zh-hans"), "支付排队中");
});

test("events name what is no turnover, and tell the start, the close and the site's states once", () => {
  const reached = [fell("start", 0, { label: "Start" }), fell("site", 0, { label: "Queueing" }), fell("orders", 5e7, { label: "50 million orders" })];
  const frame = { ...view.frame, milestones: { reached }, site: { episodes: [] }, notice: null };
  const events = eventsOf({ ...view, frame, window: { start: now - 1e7, end: now + 1e7 }, phase: "live" }, wordsFor("en"), "en");
  assert.deepEqual(events.map((one) => one.said), ["50 million orders", "Start"]);
});
