// Which milestone a page announces, and what it remembers of those it has.

import { foremost } from "./goals.js";
import { read, write } from "./keepsake.js";
import { HOLD } from "./takeover.js";

const LATEST = 120_000; // ms: how late, after a cut, one is still shown

/**
 * The milestone to announce, or null: the foremost of those that fell just now and were not shown, and
 * that walls are to be covered by. `real`: ms now; `since`: when the page got its first figures. What
 * fell before is news to nobody, unless it would be on the page now, had the page been there. A
 * milestone is known by when it was announced: one that is dated anew is not news again.
 */
export function toAnnounce(reached, shown, real, since) {
  const isNews = (when) => real - when <= (when >= since ? LATEST : HOLD);
  const fresh = reached.filter(({ key, announced_at: when, take_over: covers = true }) =>
    covers && when !== null && shown[key] !== when && isNews(Date.parse(when)));
  return fresh.length ? foremost(fresh) : null;
}

/** A memory of what was shown, {read, write}, that outlives a reload where the browser has storage to `open`. */
export function memoryIn(open, campaign) {
  const name = `gmv-shown-${campaign}`;
  let own = {};
  return {
    read: () => ({ ...read(open, name), ...own }),
    write(shown) {
      own = shown;
      write(open, name, () => shown);
    },
  };
}
