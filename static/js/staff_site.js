// How the site and the data are: state and its episodes, what is stuck, what lies in quarantine.

import { at, el, put, renew } from "./dom.js";
import { compact, count, joined, success } from "./figures.js";
import { safeName } from "./names.js";
import { siteOf } from "./strip.js";
import { icon } from "./icons.js";

export function sitePanel({ words, lang }) {
  put(at("site-label"), words.siteState);
  return {
    update(view) {
      const { frame, zone, money } = view;
      const number = (value) => joined(count(value, lang));
      const site = siteOf(view, words);
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
      episodes(frame.site.episodes, zone, number);
    },
  };

  function episodes(all, zone, number) {
    const shown = all.filter((one) => one.state !== "recovered").map((one) => [
      `${zone.hm(Date.parse(one.from))} ${words.stateNames[one.state]}`,
      one.to ? words.minutesShort(Math.round((Date.parse(one.to) - Date.parse(one.from)) / 60_000)) : words.goesOn,
      number(one.worst_stuck),
    ]);
    const heads = [words.since, words.lasted, words.mostStuck];
    renew(at("episodes"), shown, () => (shown.length
      ? [heads, ...shown].map((row, i) => el("tr", "", ...row.map((text) => el(i ? "td" : "th", "", text))))
      : []));
  }
}
