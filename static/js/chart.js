// The chart: both years' minutes on one time axis, with the rail, its pins, now and the names.

import { amountShapes, edgeShapes, hourShapes } from "./axis_marks.js";
import { curveDrawer } from "./curve.js";
import { farRight, nameShape, onTop, peakPlace, placeName } from "./curve_names.js";
import { at } from "./dom.js";
import { compact, estimate, joined, times } from "./figures.js";
import { safeName } from "./names.js";
import { nowShapes } from "./now_mark.js";
import { measurer, painter } from "./overlay.js";
import { pinBox, pinsOf, railShapes } from "./pins.js";
import { painted, plotly } from "./plotly.js";
import { sceneMaker, WHOLE } from "./scene.js";
import { peak } from "./series.js";
import { move } from "./steps.js";

const LONGER = 0.1; // of a score: what a longer name is worth
const AGAIN = 10_000; // ms: until Plotly is asked for again, where it did not come

/** An amount of the curve in words: a rate is rounded; a running total is cut, as all totals are. */
export function amountOf(amount, money, lang, { running }) {
  return joined((running ? compact : estimate)(amount, money, lang));
}

/** The panel; `unit()` is the length in px that all of it is measured in, 1 rem on the wall. */
export function chartPanel({ words, lang, unit, motion = () => false }) {
  const box = at("chart"), svg = at("overlay");
  const paint = painter(svg), measureIn = measurer(svg), sceneOf = sceneMaker({ words, lang });
  let kept = {}, newest = null, size = null, said = "", seen = null, frozen = false;
  let curves = null, askAt = -Infinity;

  function update(view) {
    if (view.phase === "waiting") return;
    seen = view;
    if (!window.Plotly) {
      ask(view.at);
      return;
    }
    curves ??= curveDrawer(at("plot"), window.Plotly);
    const back = frozen; // on return everything is set at once
    frozen = view.stale;
    size ??= { width: box.clientWidth, height: box.clientHeight, rem: unit() };
    if (!size.width) return;
    const drawing = sceneOf(view, size), before = newest;
    const how = curves.draw(drawing);
    newest = drawing;
    // Words and pins are placed anew where a minute is finished, or one of them has changed.
    const saying = JSON.stringify(told(view));
    if (how === "none" && saying === said) return;
    said = saying;
    const measure = (text, classes) => measureIn(text, classes, drawing.g.rem);
    paint(shapesOf(view, drawing, measure));
    if (motion() && !back) move(box, svg, before, drawing);
    describe(view, drawing);
  }

  /** The chart stays empty until Plotly is there, and says so where that fails: the figures go on without. */
  function ask(now) {
    if (now < askAt) return;
    askAt = Infinity;
    painted(box).then(() => plotly()).then(() => update(seen), () => {
      askAt = seen.at + AGAIN;
      paint([["text", { x: 0, y: "1em" }, words.noCurve]]);
    });
  }

  // Asked for at each look, its size would be worked out each time.
  new ResizeObserver(() => {
    size = null;
    if (seen) update(seen);
  }).observe(box);

  return {
    update,
    /** What is drawn: the curves and where they lie; null before the first time. */
    get drawing() {
      return newest;
    },
  };

  /** All that the shapes depend on, but for the curves. */
  function told({ frame, meta, money, phase, stale, asOf, past, year: named, look }) {
    return [look, phase, stale && asOf, named, money, frame.milestones, frame.peak_minute, meta.basis, meta.zone,
      past?.basis, past?.milestones];
  }

  function shapesOf(view, { mine, other, g, marks, gridY }, measure) {
    const { phase, money, zone, window, stale, asOf, look = WHOLE } = view;
    const last = mine.x.length - 1;
    const now = last < 0 ? null : phase === "closed" ? window.end : mine.x[last];
    const taken = [], shapes = [];
    if (now !== null && phase === "live") {
      const said = stale
        ? [["last-data", words.lastData], ["last-data", zone.hms(asOf)]]
        : [["rate", amountOf(mine.y[last], money, lang, look)], ["rate-unit", look.running ? words.soFar : words.perMinuteNow]];
      const mark = nowShapes({ at: now, value: mine.y[last], said, stale }, g, { mine, other }, measure);
      shapes.push(...mark.shapes);
      taken.push(...mark.boxes);
    }
    const pins = phase === "scheduled" ? pastPins(view) : pinsOf({ ...view, milestones: view.frame.milestones, lang, words });
    const inside = pins.filter((pin) => pin.at >= g.from && pin.at <= g.to);
    taken.push(...inside.map((pin) => pinBox(pin, g)));
    return [
      ...edgeShapes(g), ...hourShapes(marks, g), ...amountShapes(gridY, g, money, lang, look.running ? "" : words.perMinute),
      ...peakShapes(view, [mine, other], g, taken, measure), ...nameShapes(view, { mine, other, g }, taken, measure),
      ...railShapes(inside, g, now, measure), ...shapes,
    ];
  }

  function peakShapes(view, curves, g, taken, measure) {
    const best = view.look?.running ? null : bestOf(view);
    if (!best || best.at < g.from || best.at > g.to) return [];
    const text = words.peakAt(joined(estimate(best.value, view.money, lang)), view.moments.full(best.at));
    const place = peakPlace({ ...best, width: measure(text, "peak"), taken, curves }, g);
    if (!place) return [];
    taken.push(place.box);
    return [["text", { class: "peak halo", x: place.x, y: place.y }, text]];
  }

  function nameShapes(view, { mine, other, g }, taken, measure) {
    const { year, zone, window, phase } = view;
    const found = [];
    const add = (key, series, across, classes, texts, score) => {
      const places = texts.map((text) =>
        placeName({ series, across, width: measure(text, classes), taken, kept: kept[key], score }, g));
      // A shorter name in a far better place, on the ground and not on the other year's area.
      const worth = (place, i) => (place ? place.worth - LONGER * i : -Infinity);
      const chosen = places.reduce((best, place, i) => (worth(place, i) > worth(places[best], best) ? i : best), 0);
      if (!places[chosen]) return;
      kept[key] = places[chosen].i;
      taken.push(places[chosen].box);
      found.push(nameShape(places[chosen], classes, texts[chosen]));
    };
    if (mine.x.length > 30) add("mine", mine, other, "this-year", [String(zone.date(window.start).year)], onTop);
    if (year) add("other", other, mine, "last-year", lastYearNames(view), phase === "scheduled" ? onTop : farRight);
    return found;
  }

  /** Last year's name: with what its total covers where that differs, if there is room for it. */
  function lastYearNames({ year, past, meta }) {
    const basis = past?.basis?.[lang];
    const differs = basis && basis !== meta.basis[lang];
    return [...(differs ? [words.yearOf(year.label, safeName(basis.split(/[,，]/)[0]))] : []), year.label];
  }

  /** Last year's own milestones, while this year has none. */
  function pastPins({ past, window, money, moments }) {
    const reached = (past?.milestones ?? []).filter((one) => one.offset_minutes !== null).map((one) => ({
      kind: "amount", amount: one.amount, crossed_at: new Date(window.start + one.offset_minutes * 60_000).toISOString(),
    }));
    return pinsOf({ milestones: { reached, next: null }, moments, year: null, money, lang, words }).map((pin) => ({ ...pin, kind: "past" }));
  }

  function bestOf({ frame, phase, past, window }) {
    if (phase !== "scheduled") {
      return frame.peak_minute && { at: Date.parse(frame.peak_minute.start), value: frame.peak_minute.gross };
    }
    const most = peak(past?.minutes ?? []);
    return most ? { at: window.start + past.minutes.indexOf(most) * 60_000, value: most } : null;
  }

  function describe({ frame, money, year, moments, phase }, { rates }) {
    const last = rates.x.length - 1;
    if (last < 0 || phase === "scheduled") {
      box.setAttribute("aria-label", words.chartEmpty);
      return;
    }
    const text = (amount) => joined(estimate(amount, money, lang));
    const best = frame.peak_minute;
    const many = frame.reference && times(frame.turnover.gross, frame.reference.to_now);
    const label = words.chartName(text(rates.y[last]), moments.full(rates.x[last]), many, year,
      best && text(best.gross), best && moments.full(Date.parse(best.start)));
    if (box.getAttribute("aria-label") !== label) box.setAttribute("aria-label", label);
  }
}
