// The staff page of posts: what waits, by its urgency; the switch; the feeds; what went out.

import { at, el, put, show, told } from "./dom.js";
import { noticePanel } from "./notices_shown.js";
import { sender } from "./posts_acts.js";
import { feedsPanel } from "./posts_feeds.js";
import { filterBar } from "./posts_filters.js";
import { historyPanel } from "./posts_history.js";
import { meant } from "./posts_keys.js";
import { followPosts } from "./posts_line.js";
import { queuePanel } from "./posts_queue.js";
import { stopPanel } from "./posts_stop.js";
import { postsWordsFor } from "./posts_words.js";
import { followTheme } from "./theme.js";
import { zoneOf } from "./zone.js";

const config = told("config");
const words = postsWordsFor(config.lang);
const zone = zoneOf(config.zone);
const DAY = 86_400_000;
const page = { words, config, clock, fell: zone.hms, with: (post) => ({ post, words }) };
let seen = null;

/** A time of day, to the second; with its date where that is not today's. */
function clock(ms) {
  const { day, month } = zone.date(ms), today = zone.date(seen.now);
  const isToday = Math.abs(seen.now - ms) < DAY && today.day === day;
  return isToday ? zone.hms(ms) : `${words.date(day, month)} ${zone.hms(ms)}`;
}

const send = sender(config, words, (...given) => fetch(...given));
followTheme(at("theme"));

/** Does one thing, says what came of it; promises whether it was done. */
async function act(where, body, done) {
  const { state, why } = await send(where, body);
  put(at("said"), why ?? done);
  at("said").classList.toggle("warn", Boolean(why));
  if (state) line.take(state);
  return Boolean(state);
}

async function measure(post, text) {
  const { state } = await send(`${post.id}/measure`, { text });
  return state; // {used, most}
}

const queue = queuePanel(page, (post, name, body) => act(`${post.id}/${name}`, bodyOf(name, body), words.done[name]), measure);
const stop = stopPanel(page, (stopped) => act("stop", { stopped }, words.done[stopped ? "stop" : "resume"]));
const feeds = feedsPanel(page, ({ id, stopped }) => act(`feeds/${id}/stop`, { stopped: !stopped }, words.done[stopped ? "resume" : "stop"]));
const filters = filterBar(page, () => seen && update(seen));
const panels = [stop, queue, feeds, historyPanel(page)];
const notices = noticePanel({ words, slug: config.slug, title: config.title });

/** What an act is decided on goes along; a hold asks for nothing. */
function bodyOf(name, body) {
  return ["hold", "leave", "withdraw", "found"].includes(name) ? { ...body, seen: "" } : body;
}

function update(view) {
  const isNew = view.state !== seen?.state;
  seen = view;
  if (isNew) notices.update(view.state);
  filters.update(view.state);
  for (const panel of panels) panel.update({ ...view, filter: filters.filter });
  put(at("state"), view.stale ? words.stale : words.live);
  put(at("as-of"), words.asOf(clock(view.asOf)));
  at("state").classList.toggle("warn", view.stale);
  document.body.classList.toggle("stale", view.stale);
}

const line = followPosts(config, update);
document.addEventListener("keydown", (event) => {
  const { move, act: name, stop: stopping } = meant(event) ?? {};
  if (!move && !name && !stopping) return;
  event.preventDefault();
  if (move) queue.move(move);
  else if (stopping) stop.ask();
  else queue.begin(name);
});

const KEYS = [["j k", "move"], ["a", "approve"], ["e", "edit"], ["h", "hold"], ["w", "withdraw"], ["f r l", "decide"], ["s", "stop"]];
at("keys").append(...KEYS.map(([keys, name]) => el("span", "", ...keys.split(" ").map((key) => el("kbd", "", key)), ` ${words.keys[name]}`)));
for (const name of ["filters", "keys"]) show(at(name), true);
