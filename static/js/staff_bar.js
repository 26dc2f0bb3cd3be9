// The staff page's top bar and the alarm under it: state, as of, clock, time left. While figures are
// held, view.held is the moment that they are of.

import { at, el, put, renew, show } from "./dom.js";
import { remaining } from "./figures.js";
import { icon } from "./icons.js";
import { titleOf } from "./names.js";

export function barPanel({ words, lang }) {
  return {
    update(view) {
      const { meta, window, zone, now, alarm } = view;
      const title = titleOf(meta.name[lang], zone.date(window.start).year);
      put(at("name"), title.name);
      put(at("year"), title.year);
      document.title = `${title.name} ${title.year}`;
      put(at("rehearsal"), words.rehearsal);
      show(at("rehearsal"), meta.clock.rehearsal);
      state(view);
      const left = Math.max(0, Math.ceil((window.end - now) / 1000));
      renew(at("clock"), [zone.hms(now), left, view.phase], () => [
        `${zone.hms(now)} ${meta.zone_name[lang]}`,
        ...(view.phase === "live" ? [" · ", el("b", "", remaining(left, lang)), ` ${words.left}`] : []),
      ]);
      show(at("alarm"), Boolean(alarm));
      renew(at("alarm"), alarm, () => (alarm ? [icon(alarm.kind === "critical" ? "critical" : "warning"), alarm.said] : []));
      at("alarm").classList.toggle("grave", alarm?.kind === "critical");
    },
  };

  function state({ frame, phase, stale, seconds, asOf, zone, held }) {
    at("as-of").classList.toggle("warn", stale || frame.healing);
    if (held) {
      put(at("state"), words.paused);
      put(at("as-of"), words.asOf(zone.hms(held.asOf)));
      return;
    }
    const names = { live: words.staffLive, scheduled: words.connected, closed: words.closed };
    put(at("state"), frame.healing ? words.recountingNow : stale ? words.staffStale : names[phase]);
    put(at("as-of"), words.asOfBehind(zone.hms(asOf), Math.max(0, seconds < 5 ? frame.behind_seconds : seconds).toFixed(1)));
  }
}
