// How many times last year: gross to gross at the same minute of each campaign.

import { at, put, putFigure, show } from "./dom.js";
import { compact, joined, times } from "./figures.js";

export function multiplePanel({ words, lang }) {
  return {
    update({ frame, money, phase, year, zone, asOf }) {
      if (phase === "waiting" || phase === "scheduled") return; // the countdown's place until then
      const many = phase === "live" && frame.reference && times(frame.turnover.gross, frame.reference.to_now);
      show(at("multiple"), Boolean(many));
      if (!many) return;
      at("multiple").classList.remove("total-of");
      at("multiple").classList.toggle("hundreds", many.length > 2 && !many.includes("."));
      put(at("multiple-label"), words.versusAt(year, zone.hm(asOf)));
      putFigure(at("multiple-figure"), { sign: "", number: many, unit: words.timesUnit });
      put(at("multiple-then"), words.then(joined(compact(frame.reference.to_now, money, lang)), year));
    },
  };
}
