// How the take-over comes and goes: it rises, stays its time, and sinks; with motion off it is there
// and gone.

export const HOLD = 8_000; // ms: how long it is shown
const MOVE = { duration: 400, easing: "cubic-bezier(.2,0,0,1)" };
const AWAY = { transform: "translateY(100%)" }, HERE = { transform: "none" };

/**
 * Returns `raise()`, which shows the panel for HOLD ms, again from then on where it is up already.
 *
 * `cover(on)` shows and hides it; `later(call, ms)` calls once, and returns how to call it off.
 */
export function takeOver(panel, { motion, later, cover }) {
  let sinks = null, leaving = null;

  function sink() {
    sinks = null;
    if (!motion()) {
      cover(false);
      return;
    }
    leaving = panel.animate([HERE, AWAY], MOVE);
    leaving.onfinish = () => cover(false);
  }

  return function raise() {
    leaving?.cancel(); // another milestone while the last one sinks: the end of that is not its own
    leaving = null;
    if (!sinks && motion()) panel.animate([AWAY, HERE], MOVE);
    sinks?.();
    sinks = later(sink, HOLD - (motion() ? MOVE.duration : 0));
  };
}
