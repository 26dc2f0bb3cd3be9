// How long until and since, and what a post in the queue waits for. Times in ms.

import { lastMoved } from "./posts_order.js";

const SECOND = 1_000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE;
const two = (value) => String(value).padStart(2, "0");

/** A length of time: "0:42", "12:05", "3:07 h". */
export function span(ms, lang) {
  const seconds = Math.max(0, Math.ceil(ms / SECOND));
  if (ms < HOUR) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  const minutes = Math.floor(ms / MINUTE);
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)} ${lang === "en" ? "h" : "小时"}`;
}

/** A number of seconds in round words: "60 s", "2 min". */
export function about(seconds, lang) {
  const [unit, size] = seconds >= 120 && seconds % 60 === 0 ? ["min", 60] : ["s", 1];
  return `${seconds / size} ${lang === "en" ? unit : { min: "分钟", s: "秒" }[unit]}`;
}

/** What a post waits for at the server's time `now`, in words. */
export function waitOf(post, feed, stopped, now, { words, clock }) {
  const expires = words.expiresIn(span(post.expires_ms - now, words.lang));
  if (post.state === "sending") return words.attempt(post.attempts);
  if (post.state === "unknown" && post.not_before_ms) return soughtOf(post, feed, stopped, now, { words, clock });
  if (post.state === "unknown" || post.state === "failed") return words.ago(span(now - lastMoved(post), words.lang));
  if (post.state === "proposed") return expires;
  if (stopped) return `${words.waitsForSwitch} · ${expires}`;
  if (feed.stopped) return `${words.waitsForFeed} · ${expires}`;
  if (feed.not_before_ms > now) return words.waitsUntil(clock(feed.not_before_ms));
  return post.not_before_ms > now ? words.goesIn(span(post.not_before_ms - now, words.lang)) : words.goesNow;
}

/** When the outbox looks for one of which nobody knows; what is stopped is not asked either. */
function soughtOf(post, feed, stopped, now, { words, clock }) {
  if (stopped) return words.waitsForSwitch;
  if (feed.stopped) return words.waitsForFeed;
  return words.soughtAt(clock(Math.max(post.not_before_ms, feed.not_before_ms, now)));
}
