// What stands beside a milestone that takes over the wall: when it fell, and what puts it in its place.

import { compact, count, joined, milestone, times } from "./figures.js";
import { happens, isGross } from "./goals.js";

/** The facts of a milestone in a view, [name, figure, aside]; three at most. */
export function factsOf(one, view, words) {
  const time = [happens(one) ? words.time : words.reachedAt, view.zone.hms(Date.parse(one.crossed_at))];
  const others = isGross(one) ? ofGross(one, view, words) : ofOthers(one, view, words);
  return [time, ...others.filter(Boolean)];
}

function ofGross({ amount }, { frame, money, moments, year }, words) {
  const many = frame.reference && times(amount, frame.reference.total);
  const { next } = frame.milestones;
  const eta = next?.eta && words.about(moments.full(Date.parse(next.eta)));
  return [
    many && [words.versusAll(year), many + words.timesUnit],
    next && [words.next, joined(milestone(next.amount, money, words.lang)), eta],
  ];
}

function ofOthers({ kind }, { frame, money, zone, asOf, year }, words) {
  const { peak_minute: best, payments, reference, turnover } = frame;
  const many = year && reference && times(turnover.gross, reference.to_now);
  const own = {
    peak_minute: best && [words.perMinuteEach, joined(compact(best.gross, money, words.lang))],
    peak_second: [words.perSecond, joined(count(payments.peak_per_second, words.lang))],
    site: [words.stuckNow, joined(count(payments.stuck, words.lang))],
  }[kind];
  return [
    own,
    kind !== "start" && [words.total, joined(compact(turnover.gross, money, words.lang))],
    !own && many && [words.versusAt(year, zone.hm(asOf)), many + words.timesUnit],
  ];
}
