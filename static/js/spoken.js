// What is heard and not seen: headings of panels that show none, and the one polite live region with
// milestones and changes of alarm, nothing else.

import { at, put } from "./dom.js";

/** The wall's headings that the eye does without. */
export function headings(words) {
  put(at("chart-heading"), words.turnoverPerMinute);
  put(at("strip-heading"), words.payments);
}

export function spokenPanel() {
  let alarm = "";
  return {
    update(view) {
      const said = view.alarm?.kind ?? "";
      if (said !== alarm) put(at("spoken"), view.alarm?.said ?? "");
      alarm = said;
    },
  };
}

/** Says one line at once. */
export function speak(text) {
  put(at("spoken"), text);
}
