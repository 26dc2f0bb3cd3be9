// What staff are told of beside the lists: what fell, what waits, what went wrong, alarms. Told of a
// state, so that nothing is lost with a connection; each has a name by which it is told once.

import { goalTitle, titleOfPost } from "./posts_order.js";

/** The notices that a state holds: [{id, text, grave}]. */
export function noticesOf(state, words) {
  const fell = state.milestones.map((goal) => ({ id: `fell:${goal.id}`, text: words.noticeFell(goalTitle(goal, words)) }));
  return [...fell, ...waiting(state, words), ...troubles(state, words), ...alarms(state, words), ...switched(state, words)];
}

/** Posts of one occasion are one notice, as many feeds as it has. */
function waiting({ posts }, words) {
  const occasions = new Map();
  for (const post of posts.filter(({ state }) => state === "proposed")) {
    occasions.set(post.occasion, [...(occasions.get(post.occasion) ?? []), post]);
  }
  return [...occasions].map(([occasion, some]) => ({
    id: `waits:${occasion}`, text: words.noticeWaiting(titleOfPost(some[0], words), some.length),
  }));
}

function troubles({ posts, feeds }, words) {
  const tell = { unknown: words.noticeUnknown, failed: words.noticeFailed };
  const some = posts.filter(({ state, left }) => tell[state] && !left);
  return some.map((post) => {
    const feed = feeds.find(({ id }) => id === post.feed);
    const text = tell[post.state](titleOfPost(post, words), feed?.title ?? "");
    return { id: `${post.state}:${post.id}:${post.attempts}`, text, grave: true };
  });
}

function alarms({ alarms: raised }, words) {
  return raised.map(({ id, said, cleared_ms: over }) => {
    const what = said[words.lang];
    return over ? { id: `clear:${id}`, text: words.noticeClear(what) } : { id: `alarm:${id}`, text: words.noticeAlarm(what), grave: true };
  });
}

function switched({ stopped, stops }, words) {
  if (!stops.length) return [];
  return [{ id: `switch:${stops[0].at_ms}`, text: stopped ? words.noticeStopped : words.noticeResumed, grave: stopped }];
}

/** Returns what tells of a state the notices that were in none before; the first state is where it begins. */
export function onlyNew() {
  let known = null;
  return (notices) => {
    const fresh = known ? notices.filter(({ id }) => !known.has(id)) : [];
    known = new Set([...(known ?? []), ...notices.map(({ id }) => id)]);
    return fresh;
  };
}
