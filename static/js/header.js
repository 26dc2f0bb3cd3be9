// The campaign's name, its clock, and the time left. The clock runs on whatever the figures do: it
// proves that the page is alive.

import { at, el, put, putName, renew, show } from "./dom.js";
import { remaining } from "./figures.js";
import { safeName, titleOf } from "./names.js";
import { dayOf } from "./zone.js";

const DAY = 86_400; // seconds
const NOTICE = 200; // characters: what has no room ends in "…"

/**
 * Zeroes as wide as the digits that the time left once had, and has no more: "10:00:00", then
 * "9:59:59". None where a campaign of several days counts days: its name needs the room.
 */
export function roomBefore(seconds, whole, lang) {
  if (whole >= 2 * DAY) return "";
  return "0".repeat(Math.max(0, remaining(whole, lang).length - remaining(seconds, lang).length));
}

export function headerPanel({ words, lang }) {
  return {
    update({ frame, meta, phase, now, zone, window }) {
      if (phase === "waiting") return;
      const title = titleOf(meta.name[lang], zone.date(window.start).year);
      putName(at("name"), title.name);
      put(at("year"), title.year);
      const days = phase === "live" ? dayOf(zone, now, window) : null;
      put(at("day"), days ? words.day(days.day, days.of) : "");
      show(at("year"), !days); // the name needs its room; the curve says the year as well
      put(at("rehearsal"), words.rehearsal);
      show(at("rehearsal"), meta.clock.rehearsal);
      putName(at("notice"), frame.notice ? safeName(frame.notice, NOTICE) : "");
      show(at("notice"), Boolean(frame.notice));
      if (phase === "closed") close(frame, window, zone);
      else run(now, window, zone, meta, phase);
    },
  };

  function run(now, window, zone, meta, phase) {
    put(at("closed-word"), "");
    put(at("clock"), zone.hms(now));
    put(at("zone"), safeName(meta.zone_name[lang]));
    const seconds = Math.max(0, Math.ceil((window.end - now) / 1000));
    show(at("left"), phase === "live");
    const value = el("b", "", remaining(seconds, lang));
    const parts = words.leftFirst ? [`${words.left} `, value] : [value, ` ${words.left}`];
    renew(at("left"), seconds, () => parts);
    at("left").dataset.room = roomBefore(seconds, Math.ceil((window.end - window.start) / 1000), lang);
  }

  function close(frame, window, zone) {
    put(at("closed-word"), frame.final ? words.closedFinal : words.closedNotFinal);
    put(at("clock"), zone.hmsEnd(window.end));
    put(at("zone"), "");
    show(at("left"), false);
  }
}
