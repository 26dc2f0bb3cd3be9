import assert from "node:assert/strict";
import { test } from "node:test";

import { noticesOf, onlyNew } from "../../static/js/notices.js";
import { unclaimed } from "../../static/js/notices_shown.js";
import { sender, whyNot } from "../../static/js/posts_acts.js";
import { rulesOf } from "../../static/js/posts_feeds.js";
import { meant, moved } from "../../static/js/posts_keys.js";
import { actsOf, filtered, historyOf, queueOf, titleOfPost, toDecide } from "../../static/js/posts_order.js";
import { posterOf } from "../../static/js/posts_preview.js";
import { about, span, waitOf } from "../../static/js/posts_times.js";
import { postsWordsFor } from "../../static/js/posts_words.js";

const en = postsWordsFor("en"), zh = postsWordsFor("zh-hans");
const NOW = 1_352_612_300_000, MINUTE = 60_000;
const FEED = { id: 1, title: "Mastodon", stopped: false, not_before_ms: 0 };

function post(id, state, fields = {}) {
  return {
    id, state, feed: 1, kind: "news", occasion: `news:${id}`, created_ms: NOW - MINUTE, expires_ms: NOW + 15 * MINUTE, sent_ms: null,
    not_before_ms: 0, attempts: 1, left: false, notes: [], goal: { id: 5, title: { en: "¥10 billion", "zh-hans": "100亿元" } }, ...fields,
  };
}

const state = (fields = {}) => ({ posts: [], feeds: [FEED], milestones: [], alarms: [], stops: [], stopped: false, ...fields });

/** The names of all words, those of tables too. */
const names = (words, before = "") => Object.entries(words).flatMap(([name, word]) =>
  typeof word === "object" ? names(word, `${before}${name}.`) : [before + name]);

test("both languages have the same words", () => {
  assert.deepEqual(names(zh).sort(), names(en).sort());
});

test("what needs a person is first, then what goes out; what is over is the newest first", () => {
  const posts = ["approved", "sent", "proposed", "sending", "failed", "withdrawn", "unknown"].map((one, id) => post(id, one));
  assert.deepEqual(queueOf(posts, NOW).map((one) => one.state), ["unknown", "failed", "proposed", "sending", "approved"]);
  posts[1].notes = [{ at_ms: NOW }];
  assert.deepEqual(historyOf(posts, NOW).map((one) => one.state), ["sent", "withdrawn"]);
  assert.equal(toDecide(posts, NOW), 3);
});

test("what was left at that, or refused and too late, is over", () => {
  const posts = [post(1, "unknown", { left: true }), post(2, "failed", { expires_ms: NOW })];
  assert.deepEqual([queueOf(posts, NOW).length, historyOf(posts, NOW).length], [0, 2]);
});

test("a filter lets one feed or one state through, an empty one all", () => {
  const posts = [post(1, "sent"), post(2, "failed", { feed: 2 })];
  assert.equal(filtered(posts, { feed: "", state: "" }).length, 2);
  assert.deepEqual(filtered(posts, { feed: "2", state: "" }).map(({ id }) => id), [2]);
  assert.deepEqual(filtered(posts, { feed: "2", state: "sent" }), []);
});

test("a post is named after its milestone, in the language of the page", () => {
  assert.equal(titleOfPost(post(1, "sent"), zh), "100亿元");
  assert.equal(titleOfPost(post(1, "sent", { kind: "correction" }), en), "Correction: ¥10 billion");
  assert.equal(titleOfPost(post(1, "sent", { kind: "alarm", goal: null }), en), "Alarm");
});

test("what may be done depends on the state; to what is going or over nothing", () => {
  assert.deepEqual(actsOf(post(1, "approved")), ["hold", "edit", "withdraw"]);
  assert.deepEqual(actsOf(post(1, "unknown", { not_before_ms: 0 })), ["found", "again", "leave"]);
  assert.deepEqual(actsOf(post(1, "unknown", { not_before_ms: 9 })), ["found", "leave"]);
  for (const over of ["sending", "sent", "expired", "withdrawn"]) assert.deepEqual(actsOf(post(1, over)), []);
});

test("a key is what it is for, but not while somebody types, with a modifier, or held down", () => {
  const target = (inside) => ({ closest: () => inside });
  const press = (key, more = {}) => meant({ key, target: target(null), ...more });
  assert.deepEqual(press("a"), { act: "approve" });
  assert.deepEqual(press("ArrowUp"), { move: -1 });
  assert.deepEqual(press("s"), { stop: true });
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }, { repeat: true }, { target: target({}) }]) {
    assert.equal(press("a", more), null);
  }
  assert.deepEqual(press("j", { repeat: true }), { move: 1 });
  assert.equal(press("x"), null);
});

test("moving stops at both ends and begins at either", () => {
  assert.deepEqual([moved(-1, 1, 3), moved(-1, -1, 3), moved(2, 1, 3), moved(0, -1, 3), moved(1, 1, 3)], [0, 2, 2, 0, 2]);
});

test("a wait is told by what it waits for", () => {
  const page = { words: en, clock: () => "13:42:20" };
  const wait = (one, feed = FEED, stopped = false) => waitOf(one, feed, stopped, NOW, page);
  assert.equal(wait(post(1, "proposed")), "expires in 15:00");
  assert.equal(wait(post(1, "approved", { not_before_ms: NOW + 42_000 })), "goes out by itself in 0:42");
  assert.equal(wait(post(1, "approved")), "goes out next");
  assert.equal(wait(post(1, "approved"), FEED, true), "waits: posting is stopped · expires in 15:00");
  assert.equal(wait(post(1, "approved"), { ...FEED, stopped: true }), "waits: its feed is stopped · expires in 15:00");
  assert.equal(wait(post(1, "approved"), { ...FEED, not_before_ms: NOW + 1 }), "waits until 13:42:20, as its feed asked");
  const sought = post(1, "unknown", { not_before_ms: NOW + 1 });
  assert.equal(wait(sought), "is looked for at 13:42:20: not to be sent again before");
  assert.equal(wait(sought, FEED, true), "waits: posting is stopped");
  assert.equal(wait(post(1, "failed", { notes: [{ at_ms: NOW - 5_000 }] })), "0:05 ago");
});

test("times are written short", () => {
  assert.deepEqual([span(-5, "en"), span(61_000, "en"), span(11_280_000, "en"), span(11_280_000, "zh-hans")], ["0:00", "1:01", "3:08 h", "3:08 小时"]);
  assert.deepEqual([about(60, "en"), about(120, "en"), about(900, "zh-hans"), about(90, "zh-hans")], ["60 s", "2 min", "15 分钟", "90 秒"]);
});

test("what was not done says why, and without an answer that nobody knows", async () => {
  assert.match(whyNot(409, { why: "state", state: "sent" }, en), /“Sent”/);
  assert.match(whyNot(401, { why: "session" }, en), /log in/);
  assert.match(whyNot(403, { why: "denied" }, en), /may not/);
  assert.match(whyNot(403, { detail: "the token" }, en), /log in/);
  assert.match(whyNot(503, {}, en), /no answer/);
  const send = sender({ posts: "/p/", token: "t" }, en, () => Promise.reject(new Error("cut")));
  assert.deepEqual(await send("1/approve"), { why: en.whys.offline() });
});

test("an act goes with the token of the page", async () => {
  const asked = [];
  const send = sender({ posts: "/p/", token: "t" }, en, async (url, options) => {
    asked.push([url, options.method, options.headers["X-CSRFToken"], options.body]);
    return { ok: true, json: async () => ({ kind: "posts" }) };
  });
  assert.deepEqual(await send("1/approve", { seen: "x" }), { state: { kind: "posts" } });
  assert.deepEqual(asked, [["/p/1/approve", "POST", "t", '{"seen":"x"}']]);
});

test("posts of one occasion are one notice; trouble is one each, again at each attempt", () => {
  const three = [post(1, "proposed", { occasion: "news:5" }), post(2, "proposed", { occasion: "news:5" }), post(3, "unknown")];
  const told = noticesOf(state({ posts: three }), en);
  assert.deepEqual(told.map(({ id, text }) => [id, text]), [
    ["waits:news:5", "¥10 billion: 2 posts wait for approval"],
    ["unknown:3:1", "¥10 billion: nobody knows if the post on Mastodon is out"],
  ]);
});

test("alarms, their end, milestones and the switch are told", () => {
  const said = { en: "feed in trouble" };
  const alarms = [{ id: 1, said, cleared_ms: null }, { id: 2, said, cleared_ms: 5 }];
  const milestones = [{ id: 5, title: { en: "¥10 billion" } }];
  const told = noticesOf(state({ alarms, milestones, stopped: true, stops: [{ at_ms: 9 }] }), en);
  assert.deepEqual(told.map(({ text }) => text), ["¥10 billion reached", "Alarm: feed in trouble", "Over: feed in trouble", "All posting is stopped"]);
});

test("a notice is told once, and what was there at the beginning never", () => {
  const fresh = onlyNew(), of = (...ids) => ids.map((id) => ({ id }));
  assert.deepEqual(fresh(of("a")), []);
  assert.deepEqual(fresh(of("a", "b")), of("b"));
  assert.deepEqual(fresh(of()), []);
  assert.deepEqual(fresh(of("a", "b", "c")), of("c"));
});

test("of several tabs one alone tells; without a storage each does", () => {
  const kept = new Map(), storage = () => ({ getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text) });
  assert.deepEqual(unclaimed([{ id: "a" }], storage, "festival"), [{ id: "a" }]);
  assert.deepEqual(unclaimed([{ id: "a" }, { id: "b" }], storage, "festival"), [{ id: "b" }]);
  const denied = () => { throw new Error("denied"); };
  assert.deepEqual(unclaimed([{ id: "a" }], denied, "festival"), [{ id: "a" }]);
});

test("an operators' feed says that alarms go out at once, past approval, gap and cap; another its rules", () => {
  const feed = { audience: "public", lang: "en", approval: "ask", holding_s: 60, cap_an_hour: 6, gap_s: 60 };
  assert.deepEqual(rulesOf(feed, en), ["English", "a person approves", "at most 6 an hour", "60 s apart"]);
  const operators = { ...feed, audience: "operators" };
  assert.deepEqual(rulesOf(operators, en), ["operators", "English", "alarms go out at once: no approval, no gap, no cap"]);
  assert.equal(rulesOf(operators, zh).at(-1), "报警直接发出：不等批准，不限间隔和条数");
});

test("a picture has another address once its post was touched, so that no old one is shown", () => {
  const one = post(7, "proposed", { poster: "wide" }), at = (given) => posterOf(given, { pictures: true }, { posts: "/posts/" });
  const redated = { ...one, notes: [{ at_ms: NOW }] };
  assert.deepEqual([at(one), at(redated)], [`/posts/7/poster.png?at=${NOW - MINUTE}`, `/posts/7/poster.png?at=${NOW}`]);
  assert.equal(posterOf(one, { pictures: false }, {}), "");
});
