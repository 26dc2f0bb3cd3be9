// How large the hero can be, chosen once at load, so that a digit more never moves anything.

import { hero } from "./figures.js";

const LEAST = 99_999_999;

/** The amount that the day may come to: the forecast's upper end, or ten times what is known. */
export function expected(frame) {
  const { turnover, forecast, reference, milestones } = frame;
  if (forecast && "high" in forecast) return Math.max(turnover.gross, forecast.high);
  return Math.max(turnover.gross, 10 * (reference?.total ?? 0), milestones.next?.amount ?? 0);
}

/** The largest amount of the class that an amount belongs to: ¥19,800,000,000 -> ¥99,999,999,999. */
export function largest(amount, money) {
  const unit = 10 ** money.exponent;
  const major = Math.max(LEAST, (amount - (amount % unit)) / unit);
  return (10 ** String(major).length - 1) * unit;
}

/** The widest figure of that class: 198亿 -> {number: "999.99", …}. */
export function widest(amount, money, lang) {
  return hero(largest(amount, money), money, lang);
}
