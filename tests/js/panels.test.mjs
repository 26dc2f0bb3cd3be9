import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { runningTotals, timeToGo } from "../../static/js/countdown.js";
import { CHARTS, degraded, PANELS, pausedLine } from "../../static/js/degrade.js";
import { heldUp, minutesOf } from "../../static/js/episodes.js";
import { isWide, track } from "../../static/js/forecast.js";
import { roomBefore } from "../../static/js/header.js";
import { listed } from "../../static/js/lists.js";
import { toAnnounce } from "../../static/js/announced.js";
import { otherLanguage, titleOf } from "../../static/js/names.js";
import { eased, pictureTimes, rolling, upwards } from "../../static/js/odometer.js";
import { postsWordsFor } from "../../static/js/posts_words.js";
import { rank } from "../../static/js/ranking.js";
import { expected, widest } from "../../static/js/size_class.js";
import { shares } from "../../static/js/split.js";
import { nearest, stepped } from "../../static/js/staff_hover.js";
import { rendered, stateParts } from "../../static/js/staff_site.js";
import { linkSaid, siteOf } from "../../static/js/strip.js";
import { rollsAlone } from "../../static/js/total.js";
import { yearOf } from "../../static/js/view.js";
import { wordsFor } from "../../static/js/words.js";
import { dayOf, zoneOf } from "../../static/js/zone.js";

const en = wordsFor("en"), zh = wordsFor("zh-hans"), posts = postsWordsFor("en");
const yuan = { currency: "CNY", exponent: 2 };

test("only changed digits roll, and none where the figure has grown longer", () => {
  assert.deepEqual(rolling("¥12,271", "¥12,304"), [4, 5, 6]);
  assert.deepEqual(rolling("9,999", "10,000"), []);
});

test("the hero's last digit rolls where nothing else changes", () => {
  assert.equal(rollsAlone("2.28", "2.29"), true);
  assert.equal(rollsAlone("2.29", "2.30"), false);
  assert.equal(rollsAlone("2.29", "3.29"), false);
  assert.equal(rollsAlone("9.99", "10.00"), false);
});

test("the time left keeps the room of its longest hours", () => {
  assert.equal(roomBefore(36_000, 86_400, "en"), "");
  assert.equal(roomBefore(35_999, 86_400, "en"), "0");
  assert.equal(roomBefore(3_000, 7_200, "en"), "");
  assert.equal(roomBefore(35_999, 260_000, "zh-hans"), "");
});

test("a roll begins slowly, runs, and comes to rest", () => {
  const way = [0, 0.1, 0.25, 0.5, 1].map((time) => Math.round(100 * eased(time)));
  assert.deepEqual(way, [0, 16, 61, 88, 100]);
});

test("a digit rolls upwards, over nine", () => {
  assert.deepEqual(upwards("8", "1"), ["8", "9", "0", "1"]);
  assert.deepEqual(upwards("3", "4"), ["3", "4"]);
});

test("the hero's class has room for the forecast, or ten times what is known", () => {
  const frame = { turnover: { gross: 5e11 }, forecast: { high: 198e10 }, reference: null, milestones: { next: null } };
  assert.equal(widest(expected(frame), yuan, "en").number, "99.99");
  assert.equal(widest(expected(frame), yuan, "zh-hans").number, "999.99");
  assert.equal(widest(expected({ ...frame, forecast: { from: "2012-11-10T18:00:00Z" } }), yuan, "en").number, "9.99");
  const early = { ...frame, turnover: { gross: 0 }, forecast: null, reference: { total: 336e9 } };
  assert.equal(widest(expected(early), yuan, "zh-hans").number, "999.99");
});

test("rows change places on a lead of 2 %, at most every 10 s", () => {
  const first = rank(null, { a: 100, b: 90 }, 0);
  assert.deepEqual(rank(first, { a: 100, b: 101 }, 20_000).keys, ["a", "b"]);
  assert.deepEqual(rank(first, { a: 100, b: 103 }, 9_000).keys, ["a", "b"]);
  assert.deepEqual(rank(first, { a: 100, b: 103 }, 10_000).keys, ["b", "a"]);
});

test("rows change places where one leads another than its neighbour by 2 %", () => {
  const first = rank(null, { a: 103, b: 102, c: 101 }, 0);
  assert.deepEqual(rank(first, { a: 100, b: 101.5, c: 103 }, 10_000).keys, ["c", "b", "a"]);
  assert.deepEqual(rank(first, { a: 100, b: 101.5, c: 102 }, 10_000).keys, ["a", "b", "c"]);
});

test("a new row comes last until the order is looked at again, other and unknown stay last", () => {
  const first = rank(null, { other: 500, a: 100, unknown: 900 }, 0);
  assert.deepEqual(first.keys, ["a", "other", "unknown"]);
  assert.deepEqual(rank(first, { other: 500, a: 100, unknown: 900, b: 50 }, 10_000).keys, ["a", "b", "other", "unknown"]);
});

test("the year at a name's end is set apart", () => {
  assert.deepEqual(titleOf("11.11 Shopping Festival 2012", 2012), { name: "11.11 Shopping Festival", year: "2012" });
  assert.equal(titleOf("2012", 2012).name, "2012");
});

test("a milestone is announced once, the highest of several, and not when it is old", () => {
  const now = Date.parse("2026-11-11T00:02:00Z");
  const fell = (key, amount, announced) => ({ key, amount, announced_at: announced });
  const fresh = fell("a", 1, "2026-11-11T00:01:59Z"), higher = fell("b", 2, "2026-11-11T00:01:58Z");
  const old = fell("c", 3, "2026-11-10T23:59:59Z");
  assert.equal(toAnnounce([fresh, higher, old], {}, now, 0).key, "b");
  assert.equal(toAnnounce([fresh], { a: fresh.announced_at }, now, 0), null);
  assert.equal(toAnnounce([old, fell("d", 4, null)], {}, now, 0), null);
});

test("a page that was opened after a milestone announces it for 8 s, one that saw it for 120 s", () => {
  const fell = Date.parse("2026-11-11T00:02:00Z");
  const reached = [{ key: "a", amount: 1, announced_at: "2026-11-11T00:02:00Z" }];
  const announced = (after, opened) => toAnnounce(reached, {}, fell + after, fell + opened) !== null;
  assert.deepEqual([announced(8_000, 7_000), announced(8_001, 7_000)], [true, false]);
  assert.deepEqual([announced(120_000, 0), announced(120_001, 0)], [true, false]);
});

test("the forecast's track ends above its band; a wide band stands alone", () => {
  const parts = track(50, { gross: 90, low: 80, high: 100 });
  assert.ok(parts.high < 1 && Math.abs(parts.done - 50 / 103) < 1e-9);
  assert.equal(isWide({ gross: 100, low: 70, high: 110 }), true);
  assert.equal(isWide({ gross: 100, low: 80, high: 120 }), false);
});

test("platforms fill the bar; four and more are a list", () => {
  assert.deepEqual(shares([3, 1]), [0.75, 0.25]);
  const many = Object.fromEntries(["a", "b", "c", "d"].map((key) => [key, {}]));
  assert.deepEqual(listed({ platform: many, category: { x: {} } }, ["category", "region"]), ["platform", "category"]);
  assert.deepEqual(listed({ platform: { a: {} }, category: {}, region: { y: {} } }, ["category", "region"]), ["region"]);
});

const zone = zoneOf("Asia/Shanghai");
const site = (state, episodes, at) =>
  siteOf({ frame: { site: { state, episodes } }, phase: "live", asOf: Date.parse(at), critical: false, zone }, en);
const past = { state: "queueing", from: "2012-11-10T16:12:00Z", to: "2012-11-10T16:31:00Z", worst_stuck: 9 };

test("the strip says for 15 minutes that payments have recovered", () => {
  assert.equal(site("normal", [past], "2012-11-10T16:45:00Z").said, "Recovered 00:31, queueing lasted 19 min");
  assert.equal(site("normal", [past], "2012-11-10T16:46:00Z").state, "normal");
  assert.equal(site("queueing", [past], "2012-11-10T16:32:00Z").kind, "warn");
});

test("episodes are counted and added up for the report", () => {
  const open = { ...past, from: "2012-11-10T16:40:00Z", to: null };
  const until = Date.parse("2012-11-10T17:00:00Z");
  assert.deepEqual([heldUp([past, open], until).length, minutesOf(heldUp([past, open], until))], [2, 19 + 20]);
});

test("what is held up after the close is not the campaign's", () => {
  const late = { ...past, from: "2012-11-11T16:10:00Z", to: null }, over = { ...past, from: "2012-11-11T15:50:00Z", to: "2012-11-11T16:20:00Z" };
  const until = Date.parse("2012-11-11T16:00:00Z");
  assert.deepEqual([heldUp([late], until), minutesOf(heldUp([over, late], until))], [[], 10]);
});

test("queueing that turns into diverting is one time, and so it is told", () => {
  const diverted = { state: "diverting", from: past.to, to: "2012-11-10T16:42:00Z" };
  assert.equal(minutesOf(heldUp([past, diverted], Infinity)), 30);
  assert.equal(heldUp([past, diverted], Infinity).length, 1);
  assert.equal(site("normal", [past, diverted], "2012-11-10T16:45:00Z").said, "Recovered 00:42, queueing lasted 30 min");
});

test("last year is called so only where it is the year before", () => {
  const frame = { reference: { label: "2011" } };
  assert.equal(zh.then("20.3亿", yearOf(frame, 2012)), "去年 20.3亿");
  assert.equal(zh.then("20.3亿", yearOf(frame, 2019)), "2011 年 20.3亿");
  assert.equal(zh.versusAt(yearOf(frame, 2019)), "为 2011 年同时刻的");
  assert.equal(en.then("¥2B", yearOf(frame, 2019)), "¥2B then");
});

test("last year's running total is given at the moments it reached", () => {
  assert.deepEqual(runningTotals([1, 2, 3], [2, 3, 9]), [{ minutes: 2, total: 3 }, { minutes: 3, total: 6 }]);
});

test("two days ahead the countdown says days and hours", () => {
  assert.deepEqual(timeToGo(12 * 86_400 + 4 * 3600 + 59, en).map(({ number, unit }) => number + unit), ["12d", "4h"]);
  assert.deepEqual(timeToGo(2 * 86_400, zh).map(({ number, unit }) => number + unit), ["2天", "0小时"]);
  assert.deepEqual(timeToGo(2 * 86_400 - 1, en), [{ number: "47:59:59", unit: "" }]);
});

test("a name in the other language is told by its letters", () => {
  const told = [["浙江", "en"], ["Zhejiang", "en"], ["Tmall", "zh-hans"], ["11.11 购物", "zh-hans"], ["2012", "zh-hans"]];
  assert.deepEqual(told.map(([name, pages]) => otherLanguage(name, pages)), ["zh-hans", "", "en", "", ""]);
});

test("both languages have the same words, and each function takes the same arguments", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
  for (const [name, word] of Object.entries(en)) assert.equal(typeof word, typeof zh[name], name);
});

test("every word is used somewhere, and every one that is used is there", () => {
  const folder = new URL("../../static/js/", import.meta.url);
  const pages = readdirSync(folder).filter((name) => !/words_\w+\.js$/.test(name));
  const text = pages.map((name) => readFileSync(new URL(name, folder), "utf8")).join("");
  const dimensions = ["platform", "category", "region", "channel", "merchant"]; // frames name them
  const isUsed = (word) => text.includes(`"${word}"`) || new RegExp(`\\bwords\\.${word}\\b`).test(text);
  const known = { ...en, ...posts };
  assert.deepEqual(Object.keys(known).filter((word) => !dimensions.includes(word) && !isUsed(word)), []);
  const asked = [...text.matchAll(/\bwords\.([a-zA-Z]+)(?!["\w])/g)].map(([, word]) => word);
  assert.deepEqual(asked.filter((word) => word !== "js" && !(word in known)), []); // words.js is the module
});

test("the nearest minute is found, also beyond the last", () => {
  assert.equal(nearest([0, 60, 120], 80), 1);
  assert.equal(nearest([0, 60, 120], 100), 2);
  assert.equal(nearest([0, 60], 999), 1);
  assert.equal(nearest([], 5), -1);
});

test("keys lead from minute to minute, and not beyond what the axis shows", () => {
  const grid = [0, 60, 120, 180, 240], axis = { from: 60, to: 200 };
  assert.deepEqual([1, -1, 60, -60, -Infinity, Infinity].map((step) => stepped(grid, 2, step, axis)), [3, 1, 3, 1, 1, 3]);
});

const day = 86_400_000;
const dayIn = (name, now, start, end) =>
  dayOf(zoneOf(name), Date.parse(now), { start: Date.parse(start), end: Date.parse(end) });

test("days of a window are counted from its start", () => {
  const start = "2012-10-31T16:00:00Z", end = "2012-11-11T16:00:00Z";
  assert.deepEqual(dayIn("Asia/Shanghai", "2012-11-03T04:00:00Z", start, end), { day: 3, of: 11 });
  assert.deepEqual(dayIn("Asia/Shanghai", "2012-12-03T04:00:00Z", start, end), { day: 11, of: 11 });
});

test("a day of 25 hours or of 23 is a day; one of 28 hours has no number", () => {
  const start = "2026-10-23T22:00:00Z", end = "2026-10-26T23:00:00Z"; // three days in Berlin
  assert.deepEqual(dayIn("Europe/Berlin", "2026-10-25T22:30:00Z", start, end), { day: 2, of: 3 });
  assert.deepEqual(dayIn("Europe/Berlin", "2027-03-28T22:30:00Z", "2027-03-26T23:00:00Z", "2027-03-29T22:00:00Z"), { day: 3, of: 3 });
  assert.equal(dayIn("Asia/Shanghai", "2012-11-11T02:00:00Z", "2012-11-10T12:00:00Z", "2012-11-11T16:00:00Z"), null);
});

test("times are the campaign zone's, whatever the machine's own", () => {
  const at = Date.parse("2012-11-11T16:00:00Z");
  assert.equal(zone.hms(at), "00:00:00");
  assert.equal(zone.hmsEnd(at), "24:00:00");
  assert.equal(zoneOf("America/New_York").hm(Date.parse("2026-11-01T06:30:00Z")), "01:30");
});

test("a page gives up what the level names and all before it, and says so", () => {
  const at = (level) => ({ degrade: { level, name: "" } });
  assert.equal(degraded(at(1), CHARTS), false);
  assert.equal(degraded(at(2), CHARTS), true);
  assert.equal(degraded(at(7), PANELS), true);
  assert.equal(degraded({}, CHARTS), false);
  assert.equal(degraded(null, CHARTS), false);
  assert.equal(pausedLine(at(1), en), "");
  assert.equal(pausedLine(at(2), en), "Charts are paused under load");
  assert.equal(pausedLine(at(3), zh), "图表与分类数据暂停更新");
});

test("the bar of the day shows how far it has come and when payments were held", () => {
  const episodes = [{ state: "queueing", from: 20, to: 30 }, { state: "recovered", from: 30, to: 40 }, { state: "diverting", from: 45, to: null }];
  const iso = (n) => n === null ? null : new Date(n * 1000).toISOString();
  const frame = { site: { episodes: episodes.map((one) => ({ ...one, from: iso(one.from), to: iso(one.to) })) } };
  const parts = stateParts({ window: { start: 0, end: 100_000 }, asOf: 50_000, phase: "live", frame });
  assert.deepEqual(parts, [["gone", 0, 0.5], ["held", 0.2, 0.3], ["held", 0.45, 0.5]]);
});

test("a roll has ten pictures at most, goes on with each, and ends where it should in its time", () => {
  const times = pictureTimes();
  assert.ok(times.length <= 10);
  assert.deepEqual([times[0], times.at(-1)[1]], [[0, 0], 1]);
  assert.ok(times.at(-1)[0] <= 1);
  times.slice(1).forEach(([at, moved], i) => assert.ok(at > times[i][0] && moved > times[i][1]));
});

test("a strip that stands still tells the try while there is no connection, else how late figures are", () => {
  assert.equal(linkSaid({ frame: {}, attempt: 3, seconds: 12.7 }, en), "Try 3");
  assert.equal(linkSaid({ frame: {}, attempt: 0, seconds: 12.7 }, en), "12 s behind");
  assert.equal(linkSaid({ frame: {}, attempt: 0, seconds: 12.7 }, zh), "延迟 12 秒");
  assert.equal(linkSaid({ frame: null, attempt: 0, seconds: 12.7 }, en), "");
});

test("what the server wrote into the page is of when it was asked for, in the campaign's time", () => {
  assert.equal(rendered({ now: 500_000, at: 2_000, meta: { clock: { speed: 144 } } }), 212_000);
});
