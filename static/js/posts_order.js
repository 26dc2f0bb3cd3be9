// Which posts stand in the queue and in what order, which in the history, and what each is about.

import { safeName } from "./names.js";

// What needs a person comes first.
const QUEUE = ["unknown", "failed", "proposed", "sending", "approved"];
const DECIDED_BY_PERSONS = ["unknown", "failed", "proposed"];

/** Whether a post waits; an unknown one that was left at that is history, as what was refused and is too late. */
export function isWaiting({ state, left, expires_ms: expires }, now) {
  if (state === "unknown") return !left;
  return QUEUE.includes(state) && !(state === "failed" && expires <= now);
}

/** The posts of the queue in the order in which they are shown. */
export function queueOf(posts, now) {
  const place = (post) => QUEUE.indexOf(post.state);
  return posts.filter((post) => isWaiting(post, now)).sort((a, b) => place(a) - place(b) || a.expires_ms - b.expires_ms || a.id - b.id);
}

/** The posts that are over, the newest first. */
export function historyOf(posts, now) {
  return posts.filter((post) => !isWaiting(post, now)).sort((a, b) => lastMoved(b) - lastMoved(a) || b.id - a.id);
}

/** When something was done to a post for the last time. */
export const lastMoved = (post) => Math.max(post.created_ms, post.sent_ms ?? 0, ...post.notes.map((note) => note.at_ms));

/** How many posts only a person moves on. */
export const toDecide = (posts, now) => posts.filter((post) => isWaiting(post, now) && DECIDED_BY_PERSONS.includes(post.state)).length;

/** The posts that a filter {feed, state} lets through; "" lets everything. */
export function filtered(posts, { feed, state }) {
  return posts.filter((post) => (!feed || String(post.feed) === feed) && (!state || post.state === state));
}

/** The name of a milestone in the page's language. */
export const goalTitle = (goal, words) => safeName(goal.title[words.lang], 80);

/** What a post is about, in a few words. */
export function titleOfPost(post, words) {
  const about = post.goal ? goalTitle(post.goal, words) : words.kinds[post.kind];
  return post.kind === "correction" && post.goal ? words.correctionOf(about) : about;
}

/** What may be done to a post in its state, the likeliest first; again not while it is looked for. */
export function actsOf({ state, not_before_ms: lookedFor }) {
  return {
    proposed: ["approve", "edit", "withdraw"],
    approved: ["hold", "edit", "withdraw"],
    failed: ["approve", "edit", "withdraw"],
    unknown: lookedFor ? ["found", "leave"] : ["found", "again", "leave"],
  }[state] ?? [];
}
