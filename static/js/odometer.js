// Digits that roll: changed columns only, upwards only, each a clipped strip moved by a transform.

// 40 pictures a second in place of 60, none that goes on by less than 4 % of the way, and none for the last
// 5 %: nobody sees them, and while anything rolls the browser looks at the page 60 times a second,
// which is most of what a page costs that shows a new total each second.
const ROLL = 450, PICTURES = 18, LEAST = 0.04, ENOUGH = 0.95; // ms of the whole roll; shares of its way
const PITCH = 0.86; // em from one digit of a strip to the next: the ink and the gap in wall.css

// The roll of each column that moves: to ask the browser for it has styles worked out each time.
const rolls = new WeakMap();

/** Whether motion is wanted: by the visitor's system, and by the page's own address. */
export function moves(config) {
  return config.motion && !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Which columns of `next` roll up from `before`: their indexes. */
export function rolling(before, next) {
  if (before.length !== next.length) return [];
  const digit = (char) => char >= "0" && char <= "9";
  return [...next].flatMap((char, i) =>
    digit(char) && digit(before[i]) && char !== before[i] ? [i] : []);
}

/** The digits from `from` up to `to`, over nine: ("8", "1") -> ["8", "9", "0", "1"]. */
export function upwards(from, to) {
  const steps = (Number(to) - Number(from) + 10) % 10;
  return Array.from({ length: steps + 1 }, (_, i) => String((Number(from) + i) % 10));
}

/** Rolls one column to `to`; the column holds plain text again once it has come to rest. */
export function roll(column, from, to) {
  rolls.get(column)?.cancel(); // one that still goes on would put its own digit in the end
  const strip = document.createElement("span");
  strip.className = "strip-of";
  strip.append(...upwards(from, to).map((digit) => {
    const one = document.createElement("span");
    one.textContent = digit;
    return one;
  }));
  column.classList.add("rolling");
  column.replaceChildren(strip);
  times ??= pictureTimes();
  const motion = strip.animate(pictures((strip.children.length - 1) * PITCH), { duration: ROLL * times.at(-1)[0] });
  motion.onfinish = () => rest(column, to);
  rolls.set(column, motion);
}

/** The pictures of a roll by `way` em: each stands until the next. All columns have theirs at the same times. */
function pictures(way) {
  const end = times.at(-1)[0];
  return times.map(([time, moved]) => {
    return { offset: time / end, transform: `translateY(${(-way * moved).toFixed(3)}em)`, easing: "step-end" };
  });
}

let times = null;

/** When a roll has another picture, as a share of ROLL, and how far it is then; the last is at its end. */
export function pictureTimes() {
  const kept = [[0, 0]];
  for (let time = 1 / PICTURES; ; time += 1 / PICTURES) {
    const moved = eased(time);
    if (moved >= ENOUGH) return [...kept, [time, 1]];
    if (moved - kept.at(-1)[1] >= LEAST) kept.push([time, moved]);
  }
}

/** cubic-bezier(.2, 0, 0, 1): how far a motion is at a share of its time, both 0 to 1. */
export function eased(time) {
  let low = 0, high = 1;
  for (let i = 0; i < 20; i += 1) {
    const t = (low + high) / 2;
    if (0.6 * t * (1 - t) ** 2 + t ** 3 < time) low = t;
    else high = t;
  }
  return 3 * low ** 2 * (1 - low) + low ** 3;
}

function rest(column, text) {
  rolls.get(column)?.cancel();
  rolls.delete(column);
  column.classList.remove("rolling");
  column.textContent = text;
}

/** A line of columns: `set(text, mayRoll)`. */
export function odometer(line, classOf = () => "") {
  const kind = (char) => (char === " " ? "gap" : `col ${classOf(char)}`.trim());
  let shown = "";
  return {
    set(text, mayRoll) {
      if (text === shown) return;
      const changed = new Set(mayRoll ? rolling(shown, text) : []);
      const anew = text.length !== shown.length;
      if (anew) line.replaceChildren(...[...text].map(() => document.createElement("span")));
      [...text].forEach((char, i) => {
        const column = line.children[i];
        if (anew || kind(char) !== kind(shown[i])) column.className = kind(char);
        if (changed.has(i)) roll(column, shown[i], char);
        else if (char !== shown[i] || !column.textContent) rest(column, char);
      });
      shown = text;
    },
  };
}
