// The one polite live region: milestones and changes of alarm, nothing else.

import { at, put } from "./dom.js";

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
