// The wall: its panels, and what it does as a whole.

import { chartPanel } from "./chart.js";
import { countdownPanel } from "./countdown.js";
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

const config = readConfig();
const words = wordsFor(config.lang);
const main = document.querySelector("main");
const page = {
  words, lang: config.lang, motion: () => moves(config), Plotly: window.Plotly, later,
  unit: () => parseFloat(getComputedStyle(document.documentElement).fontSize),
  memory: memoryIn(localStorage, config.slug),
};
const panels = PANELS.map((panel) => panel(page));
const keepVersion = versionKeeper(() => location.reload());
let phase = "waiting";

/** One cross-fade at the start and one at the close. */
function turnTo(next) {
  if (next === phase) return;
  const fades = phase !== "waiting" && page.motion();
  phase = next;
  main.dataset.phase = next;
  if (fades) main.animate([{ opacity: 0 }, { opacity: 1 }], FADE);
}

document.documentElement.classList.toggle("still", !config.motion);
keepAwake();
runScreen(config, words, (view) => {
  turnTo(view.phase);
  main.classList.toggle("stale", view.stale);
  for (const panel of panels) panel.update(view);
  if (!view.frame) return;
  const taken = main.classList.contains("taken");
  if (config.orbit && !taken) wander(document.documentElement, Math.floor(view.real / 60_000));
  keepVersion(view.meta.asset_version, Boolean(view.alarm) || taken);
});
