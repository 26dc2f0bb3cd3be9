// The wall: its panels, and what it does as a whole.

import { chartPanel } from "./chart.js";
import { countdownPanel } from "./countdown.js";
import { ANIMATION, degraded, PANELS as SIDE_PANELS } from "./degrade.js";
import { flagPanel } from "./flag.js";
import { forecastPanel } from "./forecast.js";
import { headerPanel } from "./header.js";
import { keepAwake, versionKeeper, wander } from "./kiosk.js";
import { listsPanel } from "./lists.js";
import { metricsPanel } from "./metrics.js";
import { memoryIn, milestonePanel } from "./milestone.js";
import { multiplePanel } from "./multiple.js";
import { moves } from "./odometer.js";
import { reportPanel } from "./report.js";
import { later, readConfig, runScreen } from "./screen.js";
import { splitPanel } from "./split.js";
import { spokenPanel } from "./spoken.js";
import { stripPanel } from "./strip.js";
import { totalPanel } from "./total.js";
import { wordsFor } from "./words.js";

const FADE = { duration: 600 };
const PANELS = [
  headerPanel, totalPanel, multiplePanel, chartPanel, forecastPanel, metricsPanel, splitPanel, listsPanel,
  stripPanel, countdownPanel, reportPanel, flagPanel, spokenPanel, milestonePanel,
];
const SIDE = new Set([forecastPanel, metricsPanel, splitPanel, listsPanel]);

const config = readConfig();
const words = wordsFor(config.lang);
const main = document.querySelector("main");
const page = {
  words, lang: config.lang, motion: () => moves(config) && !still, Plotly: window.Plotly, later,
  unit: () => parseFloat(getComputedStyle(document.documentElement).fontSize),
  memory: memoryIn(localStorage, config.slug),
};
const panels = PANELS.map((panel) => [panel(page), SIDE.has(panel)]);
const keepVersion = versionKeeper(() => location.reload());
let phase = "waiting", still = false; // still: under load nothing moves

/** One cross-fade at the start and one at the close. */
function turnTo(next) {
  if (next === phase) return;
  const fades = phase !== "waiting" && page.motion();
  phase = next;
  main.dataset.phase = next;
  if (fades) main.animate([{ opacity: 0 }, { opacity: 1 }], FADE);
}

keepAwake();
runScreen(config, words, (view) => {
  turnTo(view.phase);
  main.classList.toggle("stale", view.stale);
  still = degraded(view.frame, ANIMATION);
  document.documentElement.classList.toggle("still", still || !config.motion);
  // At the close every panel takes its last form, load or not.
  const pausing = view.phase === "live" && degraded(view.frame, SIDE_PANELS);
  for (const [panel, side] of panels) if (!(side && pausing)) panel.update(view);
  if (!view.frame) return;
  const taken = main.classList.contains("taken");
  if (config.orbit && !taken) wander(document.documentElement, Math.floor(view.real / 60_000));
  keepVersion(view.meta.asset_version, Boolean(view.alarm) || taken);
});
