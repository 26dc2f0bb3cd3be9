// A wall that nothing happens on rests: after 30 minutes closed, or live without a new figure, it is
// darker, and wakes at once.

const AFTER = 30 * 60_000, TURN = 5 * 60_000; // ms of real time: until it rests; between two changes of sides

/** Returns what is told each view and says how it rests: 0 while awake, else from 1 the turn it is in. */
export function restKeeper() {
  let last = "", since = 0;
  return ({ frame, phase, alarm, at }) => {
    const now = JSON.stringify([phase, frame?.turnover.gross, frame?.final, alarm?.kind]);
    if (now !== last) [last, since] = [now, at];
    const quiet = at - since - AFTER;
    const may = !alarm && (phase === "live" || phase === "closed");
    return may && quiet >= 0 ? 1 + Math.floor(quiet / TURN) : 0;
  };
}

/** Whether the two columns stand on each other's side: at rest after the close, and for OLED panels at every other hour. */
export function swapped({ phase, now, zone }, turn, oled) {
  if (turn && phase === "closed") return turn % 2 === 0;
  return Boolean(oled && zone) && Number(zone.hm(now).slice(0, 2)) % 2 === 1;
}
