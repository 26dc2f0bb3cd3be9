// What keeps a wall healthy for days: it is kept awake, and the page wanders by less than its
// margins, so that no edge burns in.

import { vary } from "./dom.js";

const PATH = [[0, 0], [8, 0], [8, 8], [0, 8], [-8, 8], [-8, 0], [-8, -8], [0, -8]];
const HUNDREDTH = 0.01; // rem: the path stays within 0.08 rem

/** The shift of a minute, in rem: one step of an eight-point path a minute. */
export function orbit(minute) {
  return PATH[minute % PATH.length].map((step) => step * HUNDREDTH);
}

/**
 * Shifts the page by the minute's step, and down by `bezel` rem, for a wall whose panels' edges
 * would cross a line of text. wall.css says what goes along.
 */
export function wander(page, minute, bezel = 0) {
  const [right, down] = orbit(minute);
  vary(page, { "--orbit-x": `${right}rem`, "--orbit-y": `${down + bezel}rem` });
}

/** Keeps the screen awake where the browser can, again whenever the page is seen again. */
export function keepAwake() {
  const ask = () => {
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
