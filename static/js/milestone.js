// The take-over when a milestone falls: 8 s over the lower part of the page, while the total above
// it runs on. Once for each milestone, also after a reload; not for one that fell long ago, or
// before this page was there to see it.

import { at, el, renew, show } from "./dom.js";
import { joined, milestone, milestoneInWords, times } from "./figures.js";
import { read, write } from "./keepsake.js";
import { goalName } from "./names.js";
import { speak } from "./spoken.js";
import { HOLD, takeOver } from "./takeover.js";

const LATEST = 120_000; // ms: how late, after a cut, one is still shown
const LONGEST = 80; // characters of a label
const LABEL = [[2.1, 2], [1.8, 2], [1.4, 3], [1.1, 3]]; // rem and lines, of a label of its own

/**
 * The milestone to announce, or null: the highest of those that fell just now and were not shown.
 * `real`: ms now; `since`: when the page got its first figures. What fell before is news to nobody,
 * unless it would be on the page now, had the page been there.
 */
export function toAnnounce(reached, shown, real, since) {
  const isNews = (when) => real - when <= (when >= since ? LATEST : HOLD);
  const fresh = reached.filter(({ key, announced_at: when }) =>
    when !== null && shown[key] !== when && isNews(Date.parse(when)));
  return fresh.length ? fresh.reduce((most, one) => (one.amount > most.amount ? one : most)) : null;
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

export function milestonePanel({ words, lang, motion, memory, later }) {
  const panel = at("takeover");
  const raise = takeOver(panel, { motion, later, cover });
  let since = null;
  return {
    update(view) {
      if (view.frame) since ??= view.real;
      if (view.phase !== "live" || view.stale) return;
      const { reached } = view.frame.milestones;
      const one = toAnnounce(reached, memory.read(), view.real, since);
      if (!one) return;
      memory.write(Object.fromEntries(reached.map((each) => [each.key, each.announced_at])));
      cover(true);
      fill(one, view);
      raise();
    },
  };

  function cover(on) {
    show(panel, on);
    document.querySelector("main").classList.toggle("taken", on);
  }

  function fill(one, view) {
    const { frame, meta, money } = view;
    const parts = milestoneInWords(one.amount, money, lang);
    renew(panel, [one, frame.milestones.next, lang], () => {
      const title = el("h2", "", words.milestoneReached,
        ...(meta.clock.rehearsal ? [el("b", "plate", words.rehearsal)] : []));
      const label = goalName(one, lang, LONGEST);
      const big = label && one.kind === "amount" && label !== joined(parts) && free(label, parts)
        ? el("div", "big free", label)
        : el("div", "big", parts.sign + parts.number, el("span", "unit", parts.unit));
      return [el("div", "", title), facts(one, view), big];
    });
    const big = panel.lastChild;
    if (big.classList.contains("free")) settle(big);
    else fit(big);
    speak(words.announceMilestone(joined(parts)));
  }

  /** A long label is set smaller until all of it is seen. */
  function settle(big) {
    for (const [size, lines] of LABEL) {
      big.style.fontSize = `${size}rem`;
      big.style.webkitLineClamp = lines;
      if (big.scrollHeight < 1.2 * big.clientHeight) return; // another line would be half as much at least
    }
  }

  /** A long figure is set smaller, so that it stays clear of the facts at its right. */
  function fit(big) {
    big.style.removeProperty("font-size");
    const room = panel.children[1].getBoundingClientRect().left - big.getBoundingClientRect().left;
    const share = (0.96 * room) / big.scrollWidth;
    if (share < 1) big.style.fontSize = `calc(4.6rem * ${share.toFixed(3)})`;
  }

  /** A label of its own is shown in place of the amount only where it is more than the amount. */
  function free(label, { number }) {
    return !label.includes(number);
  }

  function facts(one, { frame, money, zone, moments, year }) {
    const list = el("dl", "");
    const fact = (name, figure, aside) => list.append(el("div", "", el("dt", "", name),
      el("dd", "", el("span", "figure", figure), ...(aside ? [el("span", "", aside)] : []))));
    fact(words.reachedAt, zone.hms(Date.parse(one.crossed_at)));
    const many = frame.reference && times(one.amount, frame.reference.total);
    if (many) fact(words.versusAll(year), many + words.timesUnit);
    const { next } = frame.milestones;
    if (next) {
      const eta = next.eta && words.about(moments.full(Date.parse(next.eta)));
      fact(words.next, joined(milestone(next.amount, money, lang)), eta);
    }
    return list;
  }
}
