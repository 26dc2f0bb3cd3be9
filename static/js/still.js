// A still of a wall for paper: one look at the newest snapshot, and then nothing moves. Texts and
// curves are vectors, so that a printer, or a PDF, has them as sharp as it can.

import { GRAVEST_FIRST } from "./alarms.js";
import { chartPanel } from "./chart.js";
import { countdownPanel } from "./countdown.js";
import { at, put, show, told } from "./dom.js";
import { flagPanel } from "./flag.js";
import { fontsLoaded } from "./fonts.js";
import { forecastPanel } from "./forecast.js";
import { headerPanel } from "./header.js";
import { listsPanel } from "./lists.js";
import { metricsPanel } from "./metrics.js";
import { multiplePanel } from "./multiple.js";
import { curatedView } from "./names.js";
import { plotly } from "./plotly.js";
import { yearOf } from "./reference.js";
import { reportPanel } from "./report.js";
import { splitPanel } from "./split.js";
import { EMPTY, reduce } from "./state.js";
import { headings } from "./spoken.js";
import { stripPanel } from "./strip.js";
import { totalPanel } from "./total.js";
import { conditions, viewOf } from "./view.js";
import { wordsFor } from "./words.js";
import { zoneOf } from "./zone.js";

const PANELS = [headerPanel, totalPanel, multiplePanel, chartPanel, forecastPanel, metricsPanel, splitPanel,
  listsPanel, stripPanel, countdownPanel, reportPanel, flagPanel];

const config = told("config");
const words = wordsFor(config.lang);
const main = document.querySelector("main");

/** A sheet is never as wide as a video wall, whatever window it is looked at in. */
function keepShape() {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  for (const { media } of rules) {
    if (media?.mediaText.includes("aspect-ratio")) media.mediaText = media.mediaText.startsWith("not") ? "all" : "not all";
  }
}

/** What is known now: the state of a screen, last year, and the server's time in ms. */
async function known() {
  const [snapshot, reference] = await Promise.all([fetch(config.snapshot), fetch(config.reference)]);
  if (!snapshot.ok) throw new Error(`snapshot: ${snapshot.status}`);
  const message = await snapshot.json();
  const sent = Date.parse(message.sent_at);
  const real = Math.max(sent, Date.parse(snapshot.headers.get("Date")) || sent);
  const told = await reference.json();
  return { real, state: reduce(EMPTY, message, 0, real).state, past: yearOf(told), goals: told.milestones ?? [] };
}

function viewOfNow({ state, past, goals, real }) {
  const zone = state.meta && { name: state.meta.zone, ...zoneOf(state.meta.zone) };
  const view = { ...viewOf({ state, past, goals, at: 0, real, zone, attempt: 0, words }), critical: false, real };
  const active = conditions(view, words);
  const kind = GRAVEST_FIRST.find((one) => one in active);
  return { ...view, alarm: kind ? { kind, said: active[kind] } : null };
}

function draw(view) {
  main.dataset.phase = view.phase;
  main.classList.toggle("stale", view.stale);
  const page = {
    words, lang: config.lang, motion: () => false,
    unit: () => parseFloat(getComputedStyle(document.documentElement).fontSize),
  };
  const shown = config.free_names ? view : curatedView(view);
  for (const panel of PANELS) panel(page).update(shown);
  if (view.frame) stamp(view);
  else put(at("stamp"), words.noData);
  show(at("print"), Boolean(view.frame));
  main.dataset.drawn = "yes";
}

/** Paper is found again years later: it says the day, and nothing of a connection. */
function stamp({ asOf, zone, meta }) {
  const { day, month, year } = zone.date(asOf);
  put(at("strip-right"), "");
  put(at("stamp"), words.stillOf(day, month, year, zone.hms(asOf), meta.zone_name[config.lang]));
}

keepShape();
headings(words);
at("print").addEventListener("click", () => print());
const nothing = { state: EMPTY, past: null, goals: [], real: NaN };
// Without its curve a still is the poorer, and says so: it is shown all the same.
Promise.all([known().catch(() => nothing), fontsLoaded(config.lang), plotly().catch(() => {})]).then(([found]) => draw(viewOfNow(found)));
