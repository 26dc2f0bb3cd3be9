// What has happened, the newest first: milestones, what payments were in, the director's line that
// is on air, start and close. All of it stands in the frame.

import { at, el, put, putName, renew } from "./dom.js";
import { isHeld } from "./episodes.js";
import { joined, milestone } from "./figures.js";
import { isGross } from "./goals.js";
import { goalName, safeName } from "./names.js";

const MOST = 8, NOTICE = 200; // rows; characters of the director's line
const TOLD = new Set(["start", "close", "site"]); // by the window and the episodes

/** The events of a moment, [{at, said}], newest first; `at` is null where nobody has written it down. */
export function eventsOf({ frame, window, phase, year, money }, words, lang) {
  const past = phase === "scheduled" ? [] : [{ at: window.start, said: words.started }];
  if (phase === "closed") past.push({ at: window.end, said: words.closed });
  for (const one of frame.milestones.reached.filter(({ kind }) => !TOLD.has(kind))) past.push({ at: Date.parse(one.crossed_at), said: reached(one) });
  const held = frame.site.episodes.filter(isHeld);
  for (const one of held) {
    past.push({ at: Date.parse(one.from), said: words[one.state] });
    if (one.to && !held.some(({ from }) => from === one.to)) past.push({ at: Date.parse(one.to), said: words.normalAgain });
  }
  past.sort((a, b) => b.at - a.at);
  const onAir = frame.notice ? [{ at: null, said: `${words.onAir} ${safeName(frame.notice, NOTICE)}` }] : [];
  return [...onAir, ...past].slice(0, MOST);

  function reached(one) {
    const name = goalName(one, lang);
    if (!isGross(one)) return name || words.milestoneReached;
    if (one.kind === "reference_total" && year) return words.passedAll(year);
    const said = words.reached(joined(milestone(one.amount, money, lang)));
    return name ? `${said}, ${name}` : said;
  }
}

export function eventsPanel({ words, lang }) {
  put(at("events-label"), words.events);
  return {
    update(view) {
      const rows = eventsOf(view, words, lang).map(({ at: when, said }) => [when === null ? "" : view.moments.full(when), said]);
      renew(at("events"), rows, () => rows.map(([time, said]) =>
        el("li", "", el("span", "aside", time), putName(el("span", ""), said))));
    },
  };
}
