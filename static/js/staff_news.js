// What the staff page says beside alarms: milestones as they fall, and the total every 10 minutes
// while figures are live.

import { toAnnounce } from "./announced.js";
import { hero, joined } from "./figures.js";
import { announcement } from "./goals.js";
import { speak } from "./spoken.js";

const EVERY = 600_000; // ms of real time

/** Returns what tells the news of a view, "" while there is none; begins with its first view. */
export function newsOf({ words, lang }) {
  let since = null, totalAt = null, shown = {};

  function fell({ frame, phase, real, money }) {
    const { reached } = frame.milestones;
    const one = phase === "live" ? toAnnounce(reached, shown, real, since) : null;
    if (!one) return "";
    shown = Object.fromEntries(reached.map((each) => [each.key, each.announced_at]));
    return announcement(one, money, words);
  }

  function total({ frame, phase, real, asOf, zone, money, held }) {
    if (phase !== "live" || held || real - totalAt < EVERY) return "";
    totalAt = real;
    return words.announceTotal(joined(hero(frame.turnover.gross, money, lang)), zone.hm(asOf));
  }

  return (view) => {
    since ??= view.real;
    totalAt ??= view.real;
    return view.stale ? "" : fell(view) || total(view);
  };
}

export function newsPanel(page) {
  const tell = newsOf(page);
  return {
    update(view) {
      const line = tell(view);
      if (line) speak(line);
    },
  };
}
