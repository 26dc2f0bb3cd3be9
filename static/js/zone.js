// Times as the campaign's zone shows them: always 24 hours, whatever the machine's own zone is.

const DAY = 86_400_000;
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

/** Which day of the window `now` is in, and how many it has: {day, of}, from 1. */
export function dayOf(now, start, end) {
  const of = Math.ceil((end - start) / DAY);
  return { day: Math.min(of, Math.max(1, Math.floor((now - start) / DAY) + 1)), of };
}
