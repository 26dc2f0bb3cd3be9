// The alarm flag: over the header alone, with the running clock in it. It comes at once, without
// motion; nothing that is measured is hidden and nothing moves.

import { at, el, put, renew, show } from "./dom.js";
import { icon } from "./icons.js";

const GRAVE = ["critical"];

export function flagPanel() {
  const flag = at("flag");
  const clock = el("span", "clock");
  return {
    update({ alarm, now, zone }) {
      show(flag, Boolean(alarm));
      if (!alarm) return;
      const grave = GRAVE.includes(alarm.kind);
      flag.classList.toggle("grave-fill", grave);
      renew(flag, [alarm.kind, alarm.said], () => [
        icon(grave ? "critical" : "warning"), el("span", "said cut", alarm.said), clock,
      ]);
      put(clock, zone ? zone.hms(now) : "");
    },
  };
}
