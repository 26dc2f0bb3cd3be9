// How the site and the data are: state and its episodes, what is stuck, what lies in quarantine.

import { at, el, put, renew } from "./dom.js";
import { compact, count, joined, success } from "./figures.js";
import { safeName } from "./names.js";
import { siteOf } from "./strip.js";
import { icon } from "./icons.js";

/** The states of the window so far: [kind, from, to], shares of it from 0 to 1; `held` while payments were. */
export function stateParts({ window: { start, end }, asOf, phase, frame }) {
  const share = (ms) => Math.round((10_000 * (Math.min(Math.max(ms, start), end) - start)) / (end - start)) / 10_000;
  const now = phase === "closed" ? end : asOf;
  const held = frame.site.episodes.filter((one) => one.state !== "recovered")
    .map((one) => ["held", share(Date.parse(one.from)), share(one.to ? Date.parse(one.to) : now)]);
  return [["gone", 0, share(now)], ...held];
}

/** The two ends of the bar, and what lies between them. */
function ends({ window: { start, end }, moments }) {
  return [start, (start + end) / 2, end].map((ms) => el("span", "", moments.full(ms)));
}

function part(kind, from, to) {
  const made = el("i", kind);
  made.style.left = `${from * 100}%`;
  made.style.width = `${(to - from) * 100}%`;
  return made;
}

/** When the page was asked for, campaign time: what its server wrote into it is of then, and never renewed. */
export function rendered({ now, at: since, meta }) {
  return now - since * meta.clock.speed;
}

export function sitePanel({ words, lang }) {
  put(at("site-label"), words.siteState);
  let quarantineAt = null;
  return {
    update(view) {
      const { frame, zone, money, moments } = view;
      const number = (value) => joined(count(value, lang));
      const site = siteOf(view, words);
      const parts = stateParts(view);
      renew(at("day-bar"), parts, () => parts.map(([kind, from, to]) => part(kind, from, to)));
      renew(at("day-ends"), [view.window, zone.name], () => ends(view));
      renew(at("site-state"), site, () => [icon(site.icon), el("b", site.kind, site.said ?? words.stateNames[frame.site.state])]);
      const lines = [
        [words.successNow, success(frame.payments.success_rate)],
        [words.stuckNow, number(frame.payments.stuck)],
        [words.pending, number(frame.payments.pending)],
        ...(frame.topups.count ? [[words.topups, joined(compact(frame.topups.amount, money, lang))]] : []),
        ...Object.entries(frame.counters).map(([name, one]) => [safeName(name), number(one.total)]),
      ];
      renew(at("site-figures"), lines, () => lines.map(([name, value]) =>
        el("tr", "", el("td", "who", name), el("td", "value", value))));
      quarantineAt ??= rendered(view);
      put(at("quarantine-as-of"), words.asOf(moments.exact(quarantineAt)));
      episodes(frame.site.episodes, moments, number);
    },
  };

  function episodes(all, moments, number) {
    const shown = all.filter((one) => one.state !== "recovered").map((one) => [
      `${moments.full(Date.parse(one.from))} ${words.stateNames[one.state]}`,
      one.to ? words.minutesShort(Math.round((Date.parse(one.to) - Date.parse(one.from)) / 60_000)) : words.goesOn,
      number(one.worst_stuck),
    ]);
    const heads = [words.since, words.lasted, words.mostStuck];
    renew(at("episodes"), shown, () => (shown.length
      ? [heads, ...shown].map((row, i) => el("tr", "", ...row.map((text) => el(i ? "td" : "th", "", text))))
      : []));
  }
}
