// Figures as the screens write them. Amounts come as integers in the minor unit and are cut, never
// rounded: 99.996亿 reads 99.99亿, so that 100.00亿 appears when it is true. Rates, shares and
// forecasts are rounded half up. dashboard/core/figures.py is the same in Python; both are held to
// tests/figures.json.

const PREFIX = { CNY: "¥", JPY: "¥", USD: "US$", EUR: "€", GBP: "£", HKD: "HK$" };
const SUFFIX = { CNY: "元", JPY: "日元", USD: "美元", EUR: "欧元", GBP: "英镑", HKD: "港元" };
const WORDS = { K: "thousand", M: "million", B: "billion" };
const K = 1e3, M = 1e6, B = 1e9, WAN = 1e4, YI = 1e8, WANYI = 1e12;

// One row a step: from this value, the unit, how much it is, decimals. The highest that fits holds.
const HERO = {
  en: [[0, "", 1, 0], [M, "M", M, 1], [B, "B", B, 2]],
  "zh-hans": [[0, "", 1, 0], [WAN, "万", WAN, 1], [YI, "亿", YI, 2], [1000 * YI, "亿", YI, 1],
    [WANYI, "万亿", WANYI, 2]],
};
const COMPACT = {
  en: [[0, "", 1, 0], [10 * K, "K", K, 1], [100 * K, "K", K, 0], [M, "M", M, 1],
    [100 * M, "M", M, 0], [B, "B", B, 2], [100 * B, "B", B, 1]],
  "zh-hans": [[0, "", 1, 0], [WAN, "万", WAN, 0], [YI, "亿", YI, 1], [1000 * YI, "亿", YI, 0],
    [WANYI, "万亿", WANYI, 2]],
};
const EXACT = {
  en: [[0, "", 1, 0], [10 * K, "K", K, 2], [M, "M", M, 2], [B, "B", B, 2]],
  "zh-hans": [[0, "", 1, 0], [WAN, "万", WAN, 2], [YI, "亿", YI, 2], [WANYI, "万亿", WANYI, 2]],
};
const BAND = {
  en: [[0, "", 1, 0], [10 * K, "K", K, 1], [M, "M", M, 1], [100 * M, "M", M, 0], [B, "B", B, 1]],
  "zh-hans": [[0, "", 1, 0], [WAN, "万", WAN, 0], [YI, "亿", YI, 1], [1000 * YI, "亿", YI, 0],
    [WANYI, "万亿", WANYI, 2]],
};
const COUNT = {
  en: [[0, "", 1, 0], [M, "M", M, 1], [B, "B", B, 2]],
  "zh-hans": [[0, "", 1, 0], [100 * WAN, "万", WAN, 1], [1000 * WAN, "万", WAN, 0],
    [YI, "亿", YI, 2]],
};

const cut = (value, unit) => (value - (value % unit)) / unit;
const rounded = (value, unit) => cut(value + cut(unit, 2), unit);

/** Thousands apart: 12271640306 -> "12,271,640,306". */
export function grouped(whole) {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
}

function decimal(value, digits) {
  const scale = 10 ** digits;
  const whole = grouped(cut(value, scale));
  return digits ? `${whole}.${String(value % scale).padStart(digits, "0")}` : whole;
}

/** Whole major units of an amount in the minor unit, cut; the sign is left to the caller. */
function major(amount, money) {
  return cut(Math.abs(amount), 10 ** money.exponent);
}

/** The step a value is written in: a value that its step rounds up to the next one is in that. */
function stepOf(steps, value, divide) {
  let found = steps[0];
  for (const step of steps) {
    const least = found[2] / 10 ** found[3];
    if (divide(value, least) * least >= step[0]) found = step;
  }
  return found;
}

function scaled(steps, value, divide) {
  const [, unit, size, digits] = stepOf(steps, value, divide);
  return { number: decimal(divide(value, size / 10 ** digits), digits), unit };
}

/** The sign of a fall, a true minus. */
const minusOf = (value) => (value < 0 ? "−" : "");

/** What stands before a number: its sign, and in English the currency. */
function sign(amount, money, lang) {
  const minus = minusOf(amount);
  if (lang !== "en") return minus;
  return minus + (PREFIX[money.currency] ?? `${money.currency} `);
}

function currencyWord(money) {
  return SUFFIX[money.currency] ?? ` ${money.currency}`;
}

/** The total as the hero: {sign, number, unit}, "¥" "12.27" "billion" or "" "122.71" "亿元". */
export function hero(amount, money, lang) {
  const { number, unit } = scaled(HERO[lang], major(amount, money), cut);
  const word = lang === "en" ? (WORDS[unit] ?? "") : unit + currencyWord(money);
  return { sign: sign(amount, money, lang), number, unit: word };
}

/** The full digits as groups of {text, unit}: one in English, groups of four in Chinese. */
export function digits(amount, money, lang) {
  const whole = String(major(amount, money));
  const before = sign(amount, money, lang);
  if (lang === "en") return [{ text: before + grouped(whole), unit: "" }];
  const groups = [];
  for (let end = whole.length; end > 0; end -= 4) {
    groups.unshift(whole.slice(Math.max(0, end - 4), end));
  }
  const units = [currencyWord(money), "万", "亿", "万"];
  return groups.map((text, i) => ({
    text: (i ? "" : before) + text,
    unit: units[groups.length - 1 - i],
  }));
}

/** An amount anywhere else, cut: {sign, number, unit}, "¥3.36B", "33.6亿". */
export function compact(amount, money, lang) {
  const parts = scaled(COMPACT[lang], major(amount, money), cut);
  return { sign: sign(amount, money, lang), ...parts };
}

/** A rate or a forecast, rounded half up: {sign, number, unit}. */
export function estimate(amount, money, lang) {
  const parts = scaled(COMPACT[lang], major(amount, money), rounded);
  return { sign: sign(amount, money, lang), ...parts };
}

/** A milestone or a mark on an axis: no trailing zeros, "¥5B", "33.6亿". */
export function milestone(amount, money, lang) {
  const { number, unit } = scaled(EXACT[lang], major(amount, money), cut);
  const bare = number.includes(".") ? number.replace(/\.?0+$/, "") : number;
  return { sign: sign(amount, money, lang), number: bare, unit };
}

/** A milestone in words, for the take-over: "¥" "10" "billion", "" "100" "亿元". */
export function milestoneInWords(amount, money, lang) {
  const parts = milestone(amount, money, lang);
  const word = lang === "en" ? (WORDS[parts.unit] ?? "") : parts.unit + currencyWord(money);
  return { ...parts, unit: word };
}

/** A band of amounts >= 0 in one unit, its upper end's, rounded half up: "¥18.7–19.8B", "187.0–198.0亿". */
export function band(low, high, money, lang) {
  const [, unit, size, places] = stepOf(BAND[lang], major(high, money), rounded);
  const [from, to] = [low, high].map((amount) =>
    decimal(rounded(major(amount, money), size / 10 ** places), places));
  return { sign: sign(low, money, lang), number: `${from}–${to}`, unit };
}

/** A count, cut: {sign, number, unit}, "68.2M", "6,820万". */
export function count(value, lang) {
  return { sign: minusOf(value), ...scaled(COUNT[lang], Math.abs(value), cut) };
}

const halfUp = (part, whole) =>
  Number((BigInt(part) * 2n + BigInt(whole)) / (2n * BigInt(whole)));

/** How many times `whole` `part` is, half up: "6.0", from ten times "12"; null without a whole. */
export function times(part, whole) {
  if (!whole) return null;
  const size = Math.abs(part);
  const tenths = halfUp(BigInt(size) * 10n, whole);
  return minusOf(part) + (tenths < 100 ? decimal(tenths, 1) : grouped(halfUp(size, whole)));
}

/** The same of a multiple that came as a number; null stays null. */
export function timesOf(multiple) {
  if (multiple === null || multiple === undefined) return null;
  const tenths = Math.floor(multiple * 10 + 0.5);
  return tenths < 100 ? decimal(tenths, 1) : grouped(Math.floor(multiple + 0.5));
}

/** A share of `whole`, one decimal, rounded half up: "31.1%". */
export function share(part, whole) {
  if (!whole) return "—";
  return `${minusOf(part)}${decimal(halfUp(BigInt(Math.abs(part)) * 1000n, whole), 1)}%`;
}

/** A success rate of four decimals, cut; two places from 99 %, one below: "99.62%", "96.1%". */
export function success(rate) {
  if (rate === null || rate === undefined) return "—";
  const points = Math.floor(rate * 10000 + 1e-6);
  return points >= 9900 ? `${decimal(points, 2)}%` : `${decimal(cut(points, 10), 1)}%`;
}

/** Seconds left: "7:39:25"; from 48 hours "2 d 7:39", "2 天 7:39". */
export function remaining(seconds, lang) {
  const two = (value) => String(value).padStart(2, "0");
  const hours = cut(seconds, 3600);
  const minutes = two(cut(seconds % 3600, 60));
  if (hours < 48) return `${hours}:${minutes}:${two(seconds % 60)}`;
  return `${cut(hours, 24)} ${lang === "en" ? "d" : "天"} ${hours % 24}:${minutes}`;
}

/** {sign, number, unit} on one line; a unit that is a word stands apart in English. */
export function joined({ sign: before, number, unit }) {
  return before + number + (/^[a-z]/.test(unit) ? ` ${unit}` : unit);
}
