// The first number of a wall that is opened: the total alone, of figures that the page brings along and
// by a few modules, while the others are still on their way. It stands until the wall has figures of
// its own, or this one is old: then the wall takes it away, and kiosk.css where there is no wall.

import { servedAt } from "./clock.js";
import { told } from "./dom.js";
import { fontsLoaded } from "./fonts.js";
import { isKept } from "./keepsake.js";
import { EMPTY, reduce } from "./state.js";
import { totalPanel } from "./total.js";
import { STALE_S, viewOf } from "./view.js";
import { wordsFor } from "./words.js";
import { zoneOf } from "./zone.js";

const config = told("config");
const main = document.querySelector("main");

function show(figures) {
  const at = performance.now(), words = wordsFor(config.lang);
  const real = config.now + at - servedAt();
  const { state } = reduce(EMPTY, figures, at, real);
  if (!state.frame || main.dataset.drawn) return;
  const zone = zoneOf(state.meta.zone);
  const view = viewOf({ state, past: null, goals: [], at, real, zone, attempt: 0, words });
  if (view.phase !== "live" || view.stale) return;
  main.dataset.phase = view.phase;
  totalPanel({ words, lang: config.lang, motion: () => false }).update(view);
  const left = (STALE_S - view.seconds) * 1_000;
  main.style.setProperty("--stands", `${left}ms`);
  main.dataset.first = at + left; // kiosk.css shows the total now
}

// A page that loads itself anew has the picture of the one before until all of it is drawn.
if (!isKept(() => sessionStorage, config.slug)) fontsLoaded(config.lang).then(() => show(told("first")));
