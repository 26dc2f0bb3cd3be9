// The strip: the payment site's state at the left, the connection at the right.

import { degraded, PANELS } from "./degrade.js";
import { at, el, renew } from "./dom.js";
import { heldUp, minutesOf } from "./episodes.js";
import { count, joined, success } from "./figures.js";
import { icon } from "./icons.js";

const RECOVERED_FOR = 15 * 60_000; // campaign time

/** What the strip says of payments: {icon, kind, said or state}; `long`: beside it one figure has room. */
export function siteOf({ frame, phase, asOf, critical, zone }, words) {
  const { state, episodes } = frame.site;
  if (critical) return { icon: "critical", kind: "grave", said: words.critical };
  if (state === "queueing" || state === "diverting") return { icon: "warning", kind: "warn", said: words[state] };
  const last = heldUp(episodes, Infinity).at(-1);
  if (last && asOf >= last.to && asOf - last.to < RECOVERED_FOR) {
    return { icon: "tick", kind: "", said: words.recovered(zone.hm(last.to), minutesOf([last])), long: true };
  }
  return { icon: "normal", kind: "", state: phase === "scheduled" ? words.ready : words.normal };
}

/** What is said of the connection while figures stand still: it may be there, and the board behind. */
export function linkSaid({ frame, attempt, seconds }, words) {
  if (attempt > 0) return words.tryNumber(attempt);
  return frame ? words.behind(Math.floor(seconds)) : "";
}

export function stripPanel({ words, lang }) {
  return {
    update(view) {
      if (view.stale && !view.frame?.healing) stopped(view);
      else if (view.frame) running(view);
    },
  };

  function stopped(view) {
    const { frame, asOf, zone } = view;
    const said = frame ? words.stopped(zone.hms(asOf)) : words.noData;
    renew(at("strip-left"), said, () => [el("span", "warn said", said)]);
    const link = linkSaid(view, words);
    renew(at("strip-right"), ["link", link], () => [el("span", "", link)]);
  }

  function running(view) {
    const { frame, phase, seconds } = view;
    const site = siteOf(view, words);
    const rate = success(frame.payments.success_rate);
    const stuck = joined(count(frame.payments.stuck, lang));
    const figures = phase === "live" && frame.payments.success_rate !== null;
    renew(at("strip-left"), [site, rate, stuck, figures], () => [
      el("span", `item ${site.kind}`, icon(site.icon), ...(site.said
        ? [el("span", "said", site.said)]
        : [el("span", "", words.payments), el("b", "", site.state)])),
      ...(figures ? [pair(rate, words.success, site.kind)] : []),
      ...(figures && !site.long ? [pair(stuck, words.stuck, site.kind)] : []),
    ]);
    const late = seconds >= 5;
    const state = frame.healing ? words.recountingNow : phase === "scheduled" ? words.connected : words.live;
    const told = late ? Math.floor(seconds) : frame.behind_seconds.toFixed(1);
    // Under load that panels rest is said where the delay stands, unless that is what matters.
    const paused = phase === "live" && !late && degraded(frame, PANELS);
    const behind = paused ? words.panelsPaused : words.behind(told);
    renew(at("strip-right"), [state, behind, late], () => [
      el("span", "item", el("b", frame.healing ? "warn" : "", state), el("span", late ? "late" : "", behind)),
    ]);
  }
}

function pair(value, word, kind) {
  return el("span", "item", el("b", kind, value), el("span", "", word));
}
