// The switch that stops all: always in sight, says how it stands and since when. The button stops at
// once; a key, and letting posts go again, are asked for twice.

import { at, el, put, renew, show } from "./dom.js";
import { icon } from "./icons.js";

/** `set(stopped)` promises to be done with it. */
export function stopPanel({ words, config, clock }, set) {
  let stopped = null;
  const button = at("stop"), sure = at("sure");
  show(button, config.may_stop);
  at("stop-bar").setAttribute("aria-label", words.stopLabel);

  async function change() {
    const to = !stopped;
    close();
    button.disabled = true;
    await set(to);
    button.disabled = false;
    button.focus();
  }

  function ask() {
    if (!config.may_stop || stopped === null || !sure.hidden) return;
    const yes = el("button", "strong", stopped ? words.yesResume : words.yesStop), no = el("button", "", words.cancel);
    yes.type = no.type = "button";
    yes.addEventListener("click", change);
    no.addEventListener("click", () => {
      close();
      button.focus();
    });
    const question = stopped ? words.sureResume : words.sureStop;
    sure.ariaLabel = question;
    sure.replaceChildren(el("span", "", question), yes, no);
    show(sure, true);
    yes.focus();
  }

  function close() {
    show(sure, false);
  }

  sure.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    button.focus();
  });
  button.addEventListener("click", () => (stopped ? ask() : change()));

  return {
    ask,
    update({ state }) {
      if (stopped !== state.stopped) close();
      stopped = state.stopped;
      at("stop-bar").classList.toggle("stopped", stopped);
      renew(at("stop-state"), stopped, () => [icon(stopped ? "critical" : "normal"), el("b", "", stopped ? words.stopped : words.running)]);
      const last = state.stops[0];
      put(at("stop-about"), [stopped ? words.stoppedAbout : words.runningAbout, last ? (stopped ? words.stoppedBy : words.resumedBy)(last.by, clock(last.at_ms)) : ""].filter(Boolean).join(" · "));
      put(button, stopped ? words.resumeAll : words.stopAll);
    },
  };
}
