// More than 12 h before the start the countdown stands alone, at another place each minute.

import { vary } from "./dom.js";

const FAR = 12 * 3_600_000;
const [ACROSS, DOWN] = [0.618034, 0.754878]; // no place comes again soon, and none is left out

/** Whether the start is that far off, in the campaign's time. */
export function farOff({ phase, window, now }) {
  return phase === "scheduled" && window.start - now > FAR;
}

/** Where the countdown stands in a minute: shares of the free width and height, 0 to 1. */
export function placeOf(minute) {
  return [(minute * ACROSS) % 1, (minute * DOWN) % 1];
}

/** Puts it there; kiosk.css says what goes along. */
export function stray(page, minute) {
  const [across, down] = placeOf(minute);
  vary(page, { "--far-x": across.toFixed(3), "--far-y": down.toFixed(3) });
}
