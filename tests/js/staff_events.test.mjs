import assert from "node:assert/strict";
import { test } from "node:test";

import { eventsOf } from "../../static/js/staff_events.js";
import { wordsFor } from "../../static/js/words.js";

const start = Date.parse("2012-11-10T16:00:00Z"), at = (minutes) => new Date(start + minutes * 60_000).toISOString();
const fell = (kind, minutes, label = "") => ({ kind, amount: 5e11, label, crossed_at: at(minutes) });
const view = {
  window: { start, end: start + 86_400_000 }, phase: "live", year: { label: "2011", before: true },
  money: { currency: "CNY", exponent: 2 },
  frame: {
    milestones: { reached: [fell("reference_total", 139), fell("amount", 496)] },
    site: { episodes: [{ state: "queueing", from: at(4), to: at(31) }, { state: "diverting", from: at(31), to: at(45) }] },
    notice: null,
  },
};
const said = (changes, lang = "en") => eventsOf({ ...view, ...changes }, wordsFor(lang), lang).map((one) => one.said);

test("events are told with the newest first", () => {
  assert.deepEqual(said({}), ["¥5B reached", "Passed all of 2011", "Payments normal again", "Payments diverted", "Payments queueing", "Start"]);
  assert.deepEqual(said({}, "zh-hans").slice(0, 3), ["突破 50亿", "超越去年全天", "支付恢复正常"]);
});

test("what is on air stands above them, and a label beside its milestone", () => {
  const frame = { ...view.frame, notice: "At 17:00 all stand up", milestones: { reached: [fell("amount", 60, "Half way")] } };
  assert.deepEqual(said({ frame }).slice(0, 2), ["On air: At 17:00 all stand up", "¥5B reached, Half way"]);
});

test("before the start there is nothing to tell, and the close is told last", () => {
  const none = { milestones: { reached: [] }, site: { episodes: [] }, notice: null };
  assert.deepEqual(said({ phase: "scheduled", frame: none }), []);
  assert.deepEqual(said({ phase: "closed", frame: none }), ["Closed", "Start"]);
});

test("a year that is not loaded is not named", () => {
  const frame = { ...view.frame, milestones: { reached: [fell("reference_total", 139)] } };
  assert.equal(said({ year: null, frame })[0], "¥5B reached");
});
