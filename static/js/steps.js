// The chart's own motion, once a minute at most: "now" goes on by a step, and another scale is faded to.

const STEP = { duration: 400, easing: "cubic-bezier(.2,0,0,1)" }, SCALE = { duration: 600 };

/** How two scenes follow each other: "scale" where the same point lies elsewhere, "step", or "". */
export function following(before, next) {
  if (!before || before.g.rem !== next.g.rem || before.g.width !== next.g.width) return "";
  if (before.g.top !== next.g.top || before.g.from !== next.g.from || before.g.to !== next.g.to) return "scale";
  return before.mine.x.length && next.mine.x.length === before.mine.x.length + 1 ? "step" : "";
}

/** Moves what is drawn in `box` from the scene `before` to `next`. */
export function move(box, svg, before, next) {
  const how = following(before, next);
  if (how === "scale") box.animate([{ opacity: 0 }, { opacity: 1 }], SCALE);
  if (how !== "step") return;
  const way = before.g.x(before.mine.x.at(-1)) - next.g.x(next.mine.x.at(-1));
  const from = { transform: `translateX(${way.toFixed(2)}px)` };
  for (const mark of svg.querySelectorAll(".now-line, .now-dot, .rate, .rate-unit")) {
    mark.animate([from, { transform: "none" }], STEP);
  }
}
