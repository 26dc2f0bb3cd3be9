// The wall: its panels, and what it does as a whole.

import { memoryIn } from "./announced.js";
import { chartPanel } from "./chart.js";
import { countdownPanel } from "./countdown.js";
import { ANIMATION, degraded, PANELS as SIDE_PANELS } from "./degrade.js";
import { told } from "./dom.js";
import { flagPanel } from "./flag.js";
import { forecastPanel } from "./forecast.js";
import { headerPanel } from "./header.js";
import { farOff, stray } from "./far_off.js";
import { keepAwake, wander } from "./kiosk.js";
import { listsPanel } from "./lists.js";
import { metricsPanel } from "./metrics.js";
import { milestonePanel } from "./milestone.js";
import { multiplePanel } from "./multiple.js";
import { curatedView } from "./names.js";
import { moves } from "./odometer.js";
import { reportPanel } from "./report.js";
import { restKeeper, swapped } from "./rest.js";
import { later, runScreen } from "./screen.js";
import { splitPanel } from "./split.js";
import { headings, spokenPanel } from "./spoken.js";
import { stripPanel } from "./strip.js";
import { totalPanel } from "./total.js";
import { serves, versionKeeper } from "./version.js";
import { wordsFor } from "./words.js";

const FADE = { duration: 600 };
const PANELS = [
  headerPanel, totalPanel, multiplePanel, chartPanel, forecastPanel, metricsPanel, splitPanel, listsPanel,
  stripPanel, countdownPanel, reportPanel, flagPanel, spokenPanel, milestonePanel,
];
const SIDE = new Set([forecastPanel, metricsPanel, splitPanel, listsPanel]);

const config = told("config");
const words = wordsFor(config.lang);
const main = document.querySelector("main");
const page = {
  words, lang: config.lang, motion: () => moves(config) && !still, later,
  unit: () => parseFloat(getComputedStyle(document.documentElement).fontSize),
  memory: memoryIn(() => localStorage, config.slug),
};
const panels = PANELS.map((panel) => [panel(page), SIDE.has(panel)]);
const restOf = restKeeper();
const keepVersion = versionKeeper(() => serves(fetch, location.href), () => {
  keepFigures();
  location.reload();
});
// Under load nothing moves, nor on return after a cut: no motion makes up for what was missed. Panels at the side rest, those that were drawn in this phase.
let phase = "waiting", still = false, sideDrawn = "";

/** One cross-fade at the start and one at the close. */
function turnTo(next) {
  if (main.dataset.phase !== next) main.dataset.phase = next; // the first number may have set another
  if (next === phase) return;
  const fades = phase !== "waiting" && page.motion();
  phase = next;
  if (fades) main.animate([{ opacity: 0 }, { opacity: 1 }], FADE);
}

/** Where the page stands, and how bright it is. */
function place(view, taken) {
  const minute = Math.floor(view.real / 60_000), root = document.documentElement;
  if (!taken) wander(root, config.orbit ? minute : 0, config.bezel);
  const turn = restOf(view);
  main.classList.toggle("resting", turn > 0);
  if (!taken && !view.alarm) turnSides(swapped(view, turn, config.oled));
  const far = farOff(view);
  main.classList.toggle("far-off", far);
  if (far) stray(root, minute);
}

/** The columns change sides in a cross-fade. */
function turnSides(on) {
  if (main.classList.contains("swapped") === on) return;
  main.classList.toggle("swapped", on);
  if (main.dataset.drawn && page.motion()) main.animate([{ opacity: 0 }, { opacity: 1 }], FADE);
}

/** A panel that fails takes no other along: the total goes on, and what is old says so. */
function update(panel, view) {
  try {
    panel.update(view);
  } catch (error) {
    console.error(error);
  }
}

headings(words);
keepAwake();
const keepFigures = runScreen(config, words, (seen) => {
  if (seen.phase === "waiting" && seen.at < Number(main.dataset.first)) return; // the first number stands
  const view = config.free_names ? seen : curatedView(seen);
  turnTo(view.phase);
  const returned = main.classList.contains("stale") && !view.stale;
  main.classList.toggle("stale", view.stale);
  still = returned || degraded(view.frame, ANIMATION);
  document.documentElement.classList.toggle("still", still || !config.motion);
  // At the close every panel takes its last form, load or not.
  const resting =
    view.phase === "live" && sideDrawn === "live" && degraded(view.frame, SIDE_PANELS);
  for (const [panel, side] of panels) if (!(side && resting)) update(panel, view);
  if (!resting) sideDrawn = view.phase;
  if (view.frame) {
    const taken = main.classList.contains("taken");
    place(view, taken);
    keepVersion(view.meta.asset_version, Boolean(view.alarm) || taken, view.at);
  }
  main.dataset.drawn = "yes"; // kiosk.css shows it now
});
