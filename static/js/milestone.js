// The take-over when a milestone falls: 8 s over the lower part of the page, while the total above
// it runs on. Once for each milestone, also after a reload; not for one that fell long ago, or
// before this page was there to see it.

import { toAnnounce } from "./announced.js";
import { at, el, renew, show } from "./dom.js";
import { joined, milestoneInWords } from "./figures.js";
import { announcement, happens, isGross, labelOfGoal } from "./goals.js";
import { titleOf } from "./names.js";
import { speak } from "./spoken.js";
import { takeOver } from "./takeover.js";
import { factsOf } from "./takeover_facts.js";

const LABEL = [[2.1, 1], [1.75, 1], [2.1, 2], [1.8, 2], [1.4, 3], [1.1, 3], [0.8, 5]]; // rem and lines, of a label of its own

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
    renew(panel, [one, frame.milestones.next, lang], () => {
      const title = el("h2", "", titleOver(one, view), ...(meta.clock.rehearsal ? [el("b", "plate", words.rehearsal)] : []));
      return [el("div", "", title), facts(one, view), bigOf(one, money)];
    });
    const big = panel.lastChild;
    if (big.classList.contains("free")) settle(big);
    else fit(big);
    speak(announcement(one, money, words));
  }

  /** What happens stands under the campaign's name, or what it happens to; it is no feat. */
  function titleOver(one, { meta, zone, window }) {
    if (!happens(one)) return words.milestoneReached;
    return one.kind === "site" ? words.siteState : titleOf(meta.name[lang], zone.date(window.start).year).name;
  }

  /** The amount; in its place the name of what is no turnover, or a label that says more than it. */
  function bigOf(one, money) {
    const label = labelOfGoal(one, lang);
    if (!isGross(one)) return el("div", "big free", label || words.milestoneReached);
    const parts = milestoneInWords(one.amount, money, lang);
    return label && one.kind === "amount" && label !== joined(parts) && free(label, parts)
      ? el("div", "big free", label)
      : el("div", "big", parts.sign + parts.number, el("span", "unit", parts.unit));
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

  function facts(one, view) {
    return el("dl", "", ...factsOf(one, view, words).map(([name, figure, aside]) => el("div", "", el("dt", "", name),
      el("dd", "", el("span", "figure", figure), ...(aside ? [el("span", "", aside)] : [])))));
  }
}
