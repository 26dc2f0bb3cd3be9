// The staff page: every figure of the frame, in the same words and numbers as on the wall.

import { chartPanel } from "./chart.js";
import { CHARTS, degraded, PANELS, pausedLine } from "./degrade.js";
import { at, put, show, told } from "./dom.js";
import { listingKeeper } from "./listing.js";
import { runScreen } from "./screen.js";
import { spokenPanel } from "./spoken.js";
import { watchAlarms } from "./staff_alarms.js";
import { breakdownsPanel } from "./staff_breakdowns.js";
import { eventsPanel } from "./staff_events.js";
import { figuresPanel } from "./staff_figures.js";
import { lookSwitch } from "./staff_look.js";
import { hoverPanel } from "./staff_hover.js";
import { milestonesPanel } from "./staff_milestones.js";
import { newsPanel } from "./staff_news.js";
import { watchPosts } from "./staff_posts.js";
import { sitePanel } from "./staff_site.js";
import { tablePanel } from "./staff_table.js";
import { barPanel } from "./staff_bar.js";
import { followTheme } from "./theme.js";
import { wordsFor } from "./words.js";

const UNIT = 40; // px: the chart's 0.36 units are 14.4 px

const config = told("config");
const words = wordsFor(config.lang);
followTheme(at("theme"));
const page = { words, lang: config.lang, labelAddress: config.label, unit: () => UNIT };
if (config.milestones) page.listing = listingKeeper(config.milestones, (...given) => fetch(...given));
const chart = chartPanel(page);
const made = (panels) => panels.map((panel) => panel(page));
const watch = made([barPanel, spokenPanel, newsPanel]); // these go on while figures are held; the last is heard
const panels = made([figuresPanel, milestonesPanel, eventsPanel, sitePanel]);
const side = made([breakdownsPanel]);
const charts = [chart, hoverPanel(page, chart), tablePanel(page, chart)];

const looking = lookSwitch(page, () => seen && lookAt(seen));
let newest = null, held = null, seen = null, sideDrawn = false;
at("pause").addEventListener("click", () => {
  held = held ? null : newest;
  put(at("pause"), held ? words.resume : words.pause);
  if (newest) update(newest);
});
put(at("pause"), words.pause);
if (config.alarms) watchAlarms(config);
if (config.posts) watchPosts(config);

runScreen(config, words, (view) => {
  if (view.phase === "waiting") return;
  newest = view;
  update(view);
});

/** Figures of a moment; while they are held, that they are, how old they are, the clock and alarms. */
function update(view) {
  for (const panel of watch) panel.update({ ...view, held });
  document.body.classList.toggle("stale", view.stale);
  if (held) return;
  const line = pausedLine(view.frame, words);
  put(at("paused"), line);
  show(at("paused"), Boolean(line));
  const resting = sideDrawn && degraded(view.frame, PANELS);
  for (const panel of resting ? panels : [...panels, ...side]) panel.update(view);
  sideDrawn = true;
  if (!degraded(view.frame, CHARTS)) lookAt(view);
}

/** The chart of a moment, as it is asked for. */
function lookAt(view) {
  seen = view;
  for (const panel of charts) panel.update({ ...view, look: looking.look });
}
