// What screens give up under load, by the level in the frame. dashboard/core/degrade.py names all
// levels; these are the ones that a page acts upon.

export const CHARTS = 2, PANELS = 3, ANIMATION = 5;

/** Whether what `level` names is given up; a board of an older version tells no level. */
export function degraded(frame, level) {
  return (frame?.degrade?.level ?? 0) >= level;
}

/** What the staff page says of it; empty where nothing on it is given up. */
export function pausedLine(frame, words) {
  if (degraded(frame, PANELS)) return words.chartsAndPanelsPaused;
  return degraded(frame, CHARTS) ? words.chartsPaused : "";
}
