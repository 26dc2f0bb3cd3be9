// The row of figures on the staff page: the full digits, and five or six others with what they mean.

import { at, el, put, renew } from "./dom.js";
import { band, compact, count, estimate, hero, joined, success, times } from "./figures.js";
import { inFull } from "./total.js";

export function figuresPanel({ words, lang }) {
  return {
    update(view) {
      const { frame, money } = view;
      const { gross, net, refunds } = frame.turnover;
      put(at("total-label"), words.total);
      put(at("digits"), inFull(gross, money, lang));
      put(at("hero"), joined(hero(gross, money, lang)));
      renew(at("multiple"), line(view), () => line(view).map((text, i) => (i ? ` ${text}` : el("b", "", text))));
      const short = (amount) => joined(compact(amount, money, lang));
      put(at("net"), words.afterRefunds(short(net), short(refunds)));
      const cells = facts(view);
      renew(at("facts"), cells, () => cells.map(([label, value, said]) =>
        el("div", "fact", el("h2", "label", label), el("div", "figure", value), el("p", "aside", said))));
    },
  };

  function line({ frame, money, year, zone, asOf }) {
    const many = frame.reference && times(frame.turnover.gross, frame.reference.to_now);
    if (!many) return [];
    const then = joined(compact(frame.reference.to_now, money, lang));
    return [many + words.timesUnit, words.multipleLine(year, zone.hm(asOf), then)];
  }

  function facts({ frame, money, moments }) {
    const { payments, orders, buyers, forecast, topups } = frame;
    const number = (value) => (value === null ? "—" : joined(count(value, lang)));
    const amount = (value) => joined(compact(value, money, lang));
    const peakAt = payments.peak_at ? moments.full(Date.parse(payments.peak_at)) : "—";
    return [
      forecast && "gross" in forecast &&
        [words.forecast, joined(estimate(forecast.gross, money, lang)), joined(band(forecast.low, forecast.high, money, lang))],
      [words.orders, number(orders), orders ? words.each(joined(estimate(Math.round(frame.turnover.gross / orders), money, lang))) : ""],
      [words.perSecond, number(payments.per_second), words.peakAtTime(number(payments.peak_per_second), peakAt)],
      [words.buyers, number(buyers), buyers ? words.ordersEach(times(orders, buyers)) : ""],
      [words.paymentSuccess, success(payments.success_rate), words.stuckAnd(number(payments.stuck), words.stateNames[frame.site.state])],
      topups.count > 0 && [words.topups, amount(topups.amount), number(topups.count)],
    ].filter(Boolean);
  }
}
