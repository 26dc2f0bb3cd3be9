import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { curated, curatedView, goalName, nameOf, safeName } from "../../static/js/names.js";
import { wordsFor } from "../../static/js/words.js";

const en = wordsFor("en"), zh = wordsFor("zh-hans");
const table = JSON.parse(readFileSync(new URL("../names.json", import.meta.url), "utf8"));
const labels = { region: { zj: { en: "Zhejiang", "zh-hans": "浙江" } } };
const share = (gross, multiple = null) => ({ gross, payments: 1, multiple });

for (const [name, shown] of table) {
  test(`S20: ${JSON.stringify(name).slice(0, 40)} is made safe as in Python`, () => {
    assert.equal(safeName(name), shown);
  });
}

test("names are the curated ones, else a key made safe", () => {
  assert.equal(nameOf(labels, "region", "zj", zh), "浙江");
  assert.equal(nameOf(labels, "region", "other", en), "Other");
  assert.equal(nameOf(labels, "region", "a\u202Eb\u0000c\u200Bd", en), "abcd");
  assert.equal(nameOf(labels, "region", "\u200B", en), "Not named");
});

test("a milestone's label is the Chinese one on a Chinese page where there is one, and made safe", () => {
  const goal = { label: "Ten\u200B billion", label_zh: "百亿\u202E达成" };
  assert.deepEqual([goalName(goal, "en"), goalName(goal, "zh-hans")], ["Ten billion", "百亿达成"]);
  assert.equal(goalName({ label: "Ten", label_zh: "" }, "zh-hans"), "Ten");
  assert.equal(goalName({ label: "Ten" }, "zh-hans"), "Ten");
  assert.equal(goalName({ label: "", label_zh: "十" }, "en"), "");
});

test("names of JavaScript's own are names like others", () => {
  for (const key of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
    assert.equal(nameOf(labels, "region", key, en), key);
    assert.equal(nameOf(labels, key, "zj", en), "zj");
  }
});

test("on a public wall keys without a label count as other", () => {
  const shares = { "<b>": share(700), zj: share(500, 2.5), rude: share(30), other: share(4), unknown: share(3) };
  assert.deepEqual(curated(shares, labels, "region"),
    { zj: share(500, 2.5), unknown: share(3), other: { gross: 734, payments: 3, multiple: null } });
});

test("where nothing has a label there is no list, where all have one it is as it came", () => {
  assert.deepEqual(curated({ rude: share(700), other: share(4) }, labels, "region"), {});
  const named = { zj: share(500, 2.5), unknown: share(3) };
  assert.deepEqual(curated(named, labels, "region"), named);
});

test("on a public wall a merchant's milestone needs a name that staff have given", () => {
  const share = (of) => ({ key: `club-${of}`, kind: "share", dimension: "region", of });
  const reached = [share("zj"), share("rude"), { key: "m1", kind: "amount" }, { key: "v", kind: "counter", of: "visits" }];
  const view = { meta: { labels }, frame: { by: {}, milestones: { reached, next: null } } };
  assert.deepEqual(curatedView(view).frame.milestones.reached.map((one) => one.key), ["club-zj", "m1", "v"]);
});

test("a view without figures is left as it is", () => {
  const waiting = { frame: null, meta: null };
  assert.equal(curatedView(waiting), waiting);
});
