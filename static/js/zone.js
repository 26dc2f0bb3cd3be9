// Times as the campaign's zone shows them: always 24 hours, whatever the machine's own zone is.

const DAY = 86_400_000;
export const SEVERAL = 1.5 * DAY; // a longer window has dates on its axis, and in its times
const two = (value) => String(value).padStart(2, "0");

/** A zone's clock: each function takes milliseconds since 1970 UTC. */
export function zoneOf(name) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: name, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric",
  });
  const parts = (ms) => {
    const found = {};
    for (const { type, value } of format.formatToParts(ms)) found[type] = Number(value);
    return found;
  };
  const hm = (ms) => {
    const { hour, minute } = parts(ms);
    return `${two(hour)}:${two(minute)}`;
  };
  return {
    hm,
    /** What its clock shows, as if it were UTC: from a time of one day to that of the next is a day. */
    shown: (ms) => {
      const { year, month, day, hour, minute, second } = parts(ms);
      return Date.UTC(year, month - 1, day, hour, minute, second);
    },
    hms: (ms) => `${hm(ms)}:${two(parts(ms).second)}`,
    /** As `hm`, but midnight as the end of a day is 24:00. */
    hmEnd: (ms) => (hm(ms) === "00:00" ? "24:00" : hm(ms)),
    hmsEnd: (ms) => (hm(ms) === "00:00" ? "24:00:00" : `${hm(ms)}:${two(parts(ms).second)}`),
    /** {year, month (from 0), day, weekday (from Sunday)}. */
    date: (ms) => {
      const { year, month, day } = parts(ms);
      return { year, month: month - 1, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
    },
  };
}

/** How moments of a window are written: the time alone, or with its date where there are several days. */
export function momentsOf(zone, { start, end }, dateText) {
  const several = end - start > SEVERAL;
  const dated = (ms) => {
    const { month, day } = zone.date(ms);
    return dateText(day, month);
  };
  return {
    short: (ms) => (several ? dated(ms) : zone.hm(ms)),
    exact: (ms) => (several ? `${dated(ms)} ${zone.hms(ms)}` : zone.hms(ms)), // to the second
    full: (ms) => (several ? `${dated(ms)} ${zone.hm(ms)}` : ms === end ? zone.hmEnd(ms) : zone.hm(ms)),
  };
}

/** Which day of the window `now` is in, and how many it has: {day, of}, from 1; null where it is no longer than one. */
export function dayOf(zone, now, { start, end }) {
  if (end - start <= SEVERAL) return null;
  const days = (ms) => (zone.shown(ms) - zone.shown(start)) / DAY;
  const of = Math.ceil(days(end));
  return { day: Math.min(of, Math.max(1, Math.floor(days(now)) + 1)), of };
}
