// What is heard and not seen: headings of panels that show none, and the one polite live region with
// milestones and changes of alarm, nothing else.

import { at, put } from "./dom.js";

/** The wall's headings that the eye does without. */
export function headings(words) {
  put(at("chart-heading"), words.turnoverPerMinute);
  put(at("strip-heading"), words.payments);
}

/** What to say of an alarm after the one before, {kind, said} or null each; null while it is the same. */
export function alarmChange(before, alarm, words) {
  if (before?.kind === alarm?.kind) return null;
  return alarm ? alarm.said : words.alarmOver(before.said);
}

export function spokenPanel({ words }) {
  let before = null;
  return {
    update({ alarm }) {
      const line = alarmChange(before, alarm, words);
      if (line !== null) speak(line);
      before = alarm;
    },
  };
}

/** Says one line at once. */
export function speak(text) {
  put(at("spoken"), text);
}
