// How staff look at the chart: a minute each or the running total, the whole day or its last hours.
// A phone has room for the brief words.

import { at, el } from "./dom.js";
import { WHOLE } from "./scene.js";

/** The switches; `onChange()` is called after each choice. `look` is {hours, running}, hours 0 for all. */
export function lookSwitch({ words }, onChange) {
  let look = WHOLE;
  const rows = [
    [[words.perMinuteEach, words.perMinuteBrief, { running: false }],
      [words.runningTotal, words.runningTotalBrief, { running: true }]],
    [[words.wholeDay, words.wholeDayBrief, { hours: 0 }],
      [words.lastHours(3), words.hoursShort(3), { hours: 3 }],
      [words.lastMinutes(60), words.minutesShort(60), { hours: 1 }]],
  ];
  const isOn = (part) => Object.entries(part).every(([name, value]) => look[name] === value);
  const press = () => {
    for (const [button, part] of buttons) button.setAttribute("aria-pressed", isOn(part));
  };
  const buttons = new Map();
  at("looks").append(...rows.map((row) => el("span", "choice", ...row.map(([label, brief, part]) => {
    const button = el("button", "", el("span", "whole", label), el("span", "brief", brief));
    button.type = "button";
    button.addEventListener("click", () => {
      look = { ...look, ...part };
      press();
      onChange();
    });
    buttons.set(button, part);
    return button;
  }))));
  press();
  return {
    get look() {
      return look;
    },
  };
}
