import assert from "node:assert/strict";
import { test } from "node:test";

import { gridValues, grownTop, scaleTop, timeMarks, timeSpan } from "../../static/js/axis.js";
import { amountOf } from "../../static/js/chart.js";
import { farRight, peakPlace, placeName } from "../../static/js/curve_names.js";
import { geometryOf, near } from "../../static/js/geometry.js";
import { nowShapes } from "../../static/js/now_mark.js";
import { labels, pinsOf } from "../../static/js/pins.js";
import { spanOf } from "../../static/js/scene.js";
import { change, fingerprint, lastYear, runningSum, settled, thisYear } from "../../static/js/series.js";
import { tableRows } from "../../static/js/staff_table.js";
import { following } from "../../static/js/steps.js";
import { wordsFor } from "../../static/js/words.js";
import { momentsOf, zoneOf } from "../../static/js/zone.js";

const START = Date.parse("2012-11-10T16:00:00Z");
const HOUR = 3_600_000, END = START + 24 * HOUR;
const zone = zoneOf("Asia/Shanghai");
const g = geometryOf({ width: 1230, height: 488, rem: 100, gutter: 0.98, span: [START, END], top: 4e9 });
const measure = (text) => text.length * 18;

test("the scale's top is the next round number above 1.08 times the peak", () => {
  const tops = [[3.29e9, 4e9], [3.8e9, 6e9], [0.92e9, 1e9], [0.93e9, 1.5e9], [7.5e9, 1e10], [1, 1.5]];
  for (const [peak, top] of tops) assert.equal(scaleTop(peak), top);
});

test("the scale grows, never shrinks, and leaves more room where it has just grown", () => {
  const first = grownTop({ top: 0, since: -Infinity }, 3.29e9, 0);
  assert.equal(first.top, 4e9);
  assert.deepEqual(grownTop(first, 1e9, 1_000), first);
  const next = grownTop(first, 3.8e9, 1_000);
  assert.deepEqual(next, { top: 6e9, since: 1_000 });
  assert.equal(grownTop(next, 5.8e9, 2_000).top, 1.5e10);
  assert.equal(grownTop(next, 5.8e9, 602_000).top, 8e9);
});

test("now steps on with a minute, another scale is faded to, a new size is set", () => {
  const scene = (points, changes = {}) => ({ mine: { x: Array(points).fill(0) }, g: { ...g, ...changes } });
  assert.equal(following(scene(5), scene(6)), "step");
  assert.equal(following(scene(5), scene(6, { top: 6e9 })), "scale");
  assert.equal(following(scene(5), scene(6, { rem: 50 })), "");
  assert.equal(following(scene(5), scene(9)), "");
  assert.equal(following(null, scene(6)), "");
});

test("gridlines stand at up to three round values", () => {
  assert.deepEqual(gridValues(4e9), [1e9, 2e9, 3e9]);
  assert.deepEqual(gridValues(6e9), [2e9, 4e9, 6e9]);
  assert.deepEqual(gridValues(1.5e9), [0.5e9, 1e9, 1.5e9]);
});

test("the first 3 hours fill the axis, then the whole day does", () => {
  assert.deepEqual(timeSpan(START, END, START + HOUR), [START, START + 3 * HOUR]);
  assert.deepEqual(timeSpan(START, END, START + 3 * HOUR), [START, END]);
  assert.deepEqual(timeSpan(START, START + HOUR, START), [START, START + HOUR]);
});

test("hours are those of the campaign's zone, and the day ends at 24:00", () => {
  const texts = timeMarks([START, END], END, zone, String).map((mark) => mark.text);
  assert.deepEqual(texts, ["00:00", "06:00", "12:00", "18:00", "24:00"]);
});

test("several days are marked with dates", () => {
  const words = wordsFor("zh-hans");
  const marks = timeMarks([START, START + 3 * 24 * HOUR], 0, zone, words.dateShort);
  assert.deepEqual(marks.map((mark) => mark.text), ["11月11日", "11月12日", "11月13日"]);
});

test("days of several begin at the zone's midnights, also where its clocks are put back", () => {
  const berlin = zoneOf("Europe/Berlin"), from = Date.parse("2026-10-23T18:00:00Z");
  const marks = timeMarks([from, from + 4 * 24 * HOUR], 0, berlin, String);
  assert.deepEqual(marks.map(({ at }) => berlin.hm(at)), ["20:00", "00:00", "00:00", "00:00", "00:00"]);
  assert.deepEqual(marks.map(({ text }) => text), ["", "24", "25", "26", "27"]);
});

test("of many days every second or third has its date", () => {
  const marks = timeMarks([START, START + 11 * 24 * HOUR], 0, zone, String);
  assert.deepEqual(marks.map(({ text }) => text), ["11", "", "13", "", "15", "", "17", "", "19", "", "21"]);
});

test("a time of several days has its date, or is its date where there is little room", () => {
  const words = wordsFor("en"), at = START + 26 * HOUR;
  const several = momentsOf(zone, { start: START, end: START + 72 * HOUR }, words.dateShort);
  assert.deepEqual([several.full(at), several.short(at)], ["12 Nov 02:00", "12 Nov"]);
  const one = momentsOf(zone, { start: START, end: END }, words.dateShort);
  assert.deepEqual([one.full(END), one.full(START), one.short(at)], ["24:00", "00:00", "02:00"]);
});

test("the running minute is no point yet, and a minute without events is at nought", () => {
  const minutes = new Map([[START, 600], [START + 120_000, 900], [START + 180_000, 40]]);
  const { y } = thisYear(minutes, 60, START, END, START + 185_000);
  assert.deepEqual(y, [600, 0, 900]);
});

test("a minute is given 2 s of real time to come in, but for the last of a day that is closed", () => {
  const at = (speed, phase) => settled({ phase, asOf: END, meta: { clock: { speed } } });
  assert.equal(END - at(1, "live"), 2_000);
  assert.equal(END - at(360, "live"), 720_000);
  assert.equal(at(360, "closed"), END);
});

test("points of longer steps are turnover a minute all the same", () => {
  assert.deepEqual(thisYear(new Map([[START, 1000]]), 300, START, END, START + 300_000).y, [200]);
  assert.deepEqual(lastYear([1, 2, 3, 4, 5, 9], START, END, 300).y, [3, 9]);
});

test("a running total adds what each step came to", () => {
  assert.deepEqual(runningSum({ x: [1, 2, 3], y: [60, 0, 12] }, 60).y, [60, 60, 72]);
  assert.deepEqual(runningSum({ x: [1, 2], y: [60, 12] }, 300).y, [300, 360]);
});

test("staff may look at the last hours alone, of a campaign that is live", () => {
  const span = (hour, hours, phase = "live") =>
    spanOf({ window: { start: START, end: END }, phase, asOf: START + hour * HOUR, look: { hours, running: false } });
  assert.deepEqual(span(16, 3), [START + 13 * HOUR, START + 16 * HOUR]);
  assert.deepEqual(span(16.1, 3), [START + 13.25 * HOUR, START + 16.25 * HOUR]);
  assert.deepEqual(span(0.5, 1), [START, START + HOUR]);
  assert.deepEqual(span(24, 3, "closed"), [START, END]);
});

test("a new minute extends the curve, a corrected one is restyled, nothing new draws nothing", () => {
  const drawn = { x: [1, 2], y: [5, 6] };
  assert.deepEqual(change(drawn, { x: [1, 2, 3], y: [5, 6, 7] }), { how: "extend", from: 2 });
  assert.deepEqual(change(drawn, { x: [1, 2, 3], y: [5, 9, 7] }), { how: "restyle" });
  assert.deepEqual(change(drawn, { x: [1], y: [5] }), { how: "restyle" });
  assert.deepEqual(change(drawn, { x: [1, 2], y: [5, 6] }), { how: "none" });
});

const pin = (hour, kind = "reached") => ({ at: START + hour * HOUR, kind, value: "¥5B", time: "00:00" });

test("labels that would come too close are dropped: last year's total stays, then the next, then the newest", () => {
  const kept = (pins) => labels(pins, g, measure).map(({ index }) => index).sort();
  assert.deepEqual(kept([pin(1), pin(1.5), pin(2.3, "reference")]), [2]);
  assert.deepEqual(kept([pin(10), pin(10.5)]), [1]);
  assert.deepEqual(kept([pin(17.6), pin(18, "next")]), [1]);
  assert.deepEqual(kept([pin(2), pin(10), pin(18, "next")]), [0, 1, 2]);
});

test("a label slides right of one it would touch, as far as its pin's middle", () => {
  const near = (hour) => labels([pin(2, "reference"), pin(hour)], g, measure).map(({ x }) => x);
  const [, slid] = near(4.4);
  assert.ok(slid > g.x(pin(4.4).at) - 13 && slid <= g.x(pin(4.4).at));
  assert.equal(near(4.2).length, 1);
});

test("a label at the day's end stays inside the plot, out of the amounts' gutter", () => {
  const [{ x }] = labels([pin(24)], g, measure);
  assert.equal(x + measure("00:00"), g.right);
});

test("a milestone to come has a pin only where its time is expected", () => {
  const next = { amount: 15e11, kind: "amount", eta: null };
  const words = wordsFor("zh-hans");
  const shown = (eta, phase = "live") => pinsOf({ milestones: { reached: [], next: { ...next, eta } }, moments: momentsOf(zone, { start: START, end: END }, words.dateShort), year: null,
    money: { currency: "CNY", exponent: 2 }, lang: "zh-hans", words, phase });
  assert.deepEqual(shown(null), []);
  assert.equal(shown("2012-11-11T12:04:00Z")[0].time, "预计 20:04");
  assert.deepEqual(shown("2012-11-11T12:04:00Z", "closed"), []);
});

test("the rate stands at the right of now, late in the day at its left, and inside the plot", () => {
  const flat = { x: [START, END], y: [1e9, 1e9] };
  const said = [["rate", "¥13.3M"], ["rate-unit", "per min now"]];
  for (const [hour, anchor] of [[16, "start"], [20, "end"]]) {
    const at = START + hour * HOUR;
    const { shapes, boxes } = nowShapes({ at, value: 1e9, said, stale: false }, g, { mine: flat, other: flat }, measure);
    assert.equal(shapes[2][1]["text-anchor"], anchor);
    assert.ok(boxes[1].y >= g.upper && boxes[1].y + boxes[1].h <= g.lower);
  }
});

const hours = Array.from({ length: 25 }, (_, hour) => START + hour * HOUR);
const level = (value) => ({ x: hours, y: hours.map(() => value) });
const nameAt = (kept, across, taken = []) =>
  placeName({ series: level(1e9), across, width: 60, taken, kept, score: farRight }, g).i;

test("a name keeps its place until another is far better", () => {
  const best = nameAt(undefined, level(0));
  assert.equal(nameAt(best - 4, level(0)), best - 4);
  assert.equal(nameAt(2, level(0)), best);
});

test("a name stands where the other curve does not run through it", () => {
  const late = { x: hours, y: hours.map((at) => (at > START + 14 * HOUR ? 1.2e9 : 3e9)) };
  assert.ok(START + (nameAt(undefined, late) / 48) * 24 * HOUR < START + 14 * HOUR);
});

test("a name would rather stand on the ground than on the other year's area", () => {
  const until = { x: hours.slice(0, 15), y: hours.slice(0, 15).map(() => 3.9e9) };
  const place = (across) => placeName({ series: level(0.2e9), across, width: 60, taken: [], score: farRight }, g);
  assert.equal(place(until).inside, false);
  assert.equal(place(level(3.9e9)).inside, true);
});

test("the peak is named beside it, or right of what stands there", () => {
  const curve = { x: [START + HOUR, START + 2 * HOUR], y: [3.3e9, 1e9] };
  const peak = { at: START + HOUR, value: 3.3e9, width: 300, curves: [curve] };
  const free = peakPlace({ ...peak, taken: [] }, g);
  assert.equal(free.x, g.x(peak.at) + 26);
  const line = { x: g.x(START + 4 * HOUR), y: g.upper, w: 4, h: g.lower - g.upper };
  assert.equal(peakPlace({ ...peak, taken: [line] }, g).x, line.x + line.w + 26);
  assert.equal(peakPlace({ ...peak, at: START + 20 * HOUR, taken: [] }, g).x, g.x(START + 20 * HOUR) - 26 - 300);
  assert.equal(peakPlace({ ...peak, taken: [{ ...line, w: 1000 }] }, g), null);
  const flat = { x: hours, y: hours.map(() => 3.2e9) };
  assert.ok(peakPlace({ ...peak, curves: [flat], taken: [] }, g).y < g.y(3.2e9));
});

test("boxes that touch within the gap are near", () => {
  const box = (x) => ({ x, y: 0, w: 10, h: 10 });
  assert.equal(near(box(0), box(12), 3), true);
  assert.equal(near(box(0), box(14), 3), false);
});

test("a curve with the same ends, length and total but other minutes is told apart", () => {
  const drawn = fingerprint([5, 900_000_000_000, 20, 7]);
  assert.equal(fingerprint([5, 900_000_000_000, 20, 7]), drawn);
  for (const other of [[5, 20, 900_000_000_000, 7], [5, 900_000_000_001, 19, 7]]) assert.notEqual(fingerprint(other), drawn);
});

test("a running total is cut where a rate is rounded", () => {
  const yuan = { currency: "CNY", exponent: 2 };
  assert.equal(amountOf(999_600_000_000, yuan, "en", { running: true }), "¥9.99B");
  assert.equal(amountOf(999_600_000_000, yuan, "en", { running: false }), "¥10.00B");
});

test("the chart's table has a row an hour, this one so far, and last year's to come", () => {
  const rates = (minutes, rate) => ({ x: Array.from({ length: minutes }, (_, i) => START + i * 60_000), y: Array(minutes).fill(rate) });
  const series = { mine: rates(90, 200), other: rates(180, 100) }, window = { start: START, end: END };
  assert.deepEqual(tableRows(series, window, 60, { running: false }), [
    { at: START, mine: 12_000, other: 6_000, whole: true },
    { at: START + HOUR, mine: 6_000, other: 6_000, whole: false },
    { at: START + 2 * HOUR, mine: null, other: 6_000, whole: false },
  ]);
  const sums = { mine: runningSum(series.mine, 60), other: runningSum(series.other, 60) };
  const totals = tableRows(sums, window, 60, { running: true });
  assert.deepEqual(totals.map(({ mine, other }) => [mine, other]), [[12_000, 6_000], [18_000, 12_000], [null, 18_000]]);
});

test("the chart's table of several days has a row a day", () => {
  const mine = { x: [START, START + 300_000, START + 25 * HOUR], y: [10, 10, 10] };
  const rows = tableRows({ mine, other: { x: [], y: [] } }, { start: START, end: START + 72 * HOUR }, 300, { running: false });
  assert.deepEqual(rows.map(({ at, mine: gross }) => [at - START, gross]), [[0, 100], [24 * HOUR, 50]]);
});
