// The closing total to be expected, on a track that shows how much of it is there.

import { at, put, putFigure, show } from "./dom.js";
import { band, estimate, joined } from "./figures.js";

const WIDE = 0.25; // a band wider than this to either side stands alone

/** Shares of the track: {done, low, high, tick}, 0 to 1; the track ends at what lies above all. */
export function track(gross, { gross: value, low, high }) {
  const end = Math.max(high * 1.03, gross);
  return { done: gross / end, low: low / end, high: high / end, tick: value / end };
}

export function isWide({ gross, low, high }) {
  return high - gross > WIDE * gross || gross - low > WIDE * gross;
}

export function forecastPanel({ words, lang }) {
  return {
    update({ frame, money, phase, window, zone }) {
      const { forecast } = frame ?? {};
      const from = forecast && "from" in forecast ? forecast.from : null;
      const known = Boolean(forecast) && from === null;
      show(at("forecast"), known || Boolean(from));
      if (!known && !from) return;
      put(at("forecast-label"), phase === "scheduled" ? words.forecastBefore : words.forecast);
      if (from) tooEarly(from, zone);
      else said(frame.turnover.gross, forecast, money, phase);
    },
  };

  function tooEarly(from, zone) {
    show(at("forecast-figure"), false);
    put(at("forecast-band"), words.from(zone.hm(Date.parse(from))));
    at("forecast-band").classList.add("aside");
    show(at("forecast-track"), false);
  }

  function said(gross, forecast, money, phase) {
    const wide = isWide(forecast);
    show(at("forecast-figure"), true);
    at("forecast-band").classList.remove("aside");
    const range = band(forecast.low, forecast.high, money, lang);
    putFigure(at("forecast-figure"), wide ? range : estimate(forecast.gross, money, lang));
    put(at("forecast-band"), gross > forecast.high ? words.aboveForecast : wide ? "" : joined(range));
    fit(at("forecast-figure"), at("forecast-band"));
    show(at("forecast-track"), phase === "live");
    const parts = track(gross, forecast);
    const percent = (share) => `${(share * 100).toFixed(2)}%`;
    at("forecast-done").style.width = percent(parts.done);
    at("forecast-range").style.left = percent(parts.low);
    at("forecast-range").style.width = percent(parts.high - parts.low);
    at("forecast-tick").style.left = percent(parts.tick);
    show(at("forecast-range"), gross <= forecast.high);
    show(at("forecast-tick"), gross <= forecast.high && !wide);
  }
}

/** Sets a figure smaller where a long currency would push the words beside it out of the line. */
function fit(figure, beside) {
  const line = figure.parentElement;
  const key = `${figure.textContent} ${beside.textContent} ${line.clientWidth}`;
  if (line.dataset.key === key) return;
  line.dataset.key = key;
  figure.style.removeProperty("font-size");
  const over = beside.getBoundingClientRect().right - line.getBoundingClientRect().right;
  if (over <= 0) return;
  const { width } = figure.getBoundingClientRect();
  figure.style.fontSize = `calc(0.98rem * ${((width - over) / width).toFixed(3)})`;
}
