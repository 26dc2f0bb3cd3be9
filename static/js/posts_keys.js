// The page by keyboard alone. No key does anything while somebody types, or is held down.

const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const ACTS = { a: "approve", e: "edit", h: "hold", w: "withdraw", f: "found", r: "again", l: "leave" };

/** What a key asks for: {move}, {act}, {stop}, or null. `target` is where it was pressed. */
export function meant({ key, ctrlKey, metaKey, altKey, repeat, isComposing, target }) {
  if (ctrlKey || metaKey || altKey || isComposing) return null;
  if (target?.closest?.("input, textarea, select, [contenteditable], dialog, summary")) return null;
  if (key in MOVES) return { move: MOVES[key] };
  if (repeat) return null;
  if (key === "s") return { stop: true };
  return key in ACTS ? { act: ACTS[key] } : null;
}

/** The place after a move among `count`, from `at` (-1: none yet). */
export function moved(at, move, count) {
  if (at < 0) return move > 0 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, at + move));
}
