import assert from "node:assert/strict";
import { test } from "node:test";

import { compact, count, hero, milestone, milestoneInWords } from "../../static/js/figures.js";

const ROUNDS = 20_000;
const UNITS = { K: 3, M: 6, B: 9, thousand: 3, million: 6, billion: 9 };
const CURRENCIES = [["CNY", 2], ["JPY", 0], ["USD", 2], ["KWD", 3]];

/** Numbers from 0 to 1, the same at each run. */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An integer of any length to 9e15, half of them within 300 of a power of ten. */
function anyAmount(random) {
  const power = 10 ** Math.floor(2 + random() * 14);
  const near = power + Math.floor(random() * 601) - 300;
  return Math.max(0, Math.min(9e15, random() < 0.5 ? near : Math.floor(random() * power)));
}

/** What is read, times 10,000, as a BigInt: no figure has more than four decimals. */
function worth({ number, unit }) {
  const [whole, decimals = ""] = number.replaceAll(",", "").split(".");
  const chinese = 4 * (unit.match(/万/g) ?? []).length + 8 * (unit.match(/亿/g) ?? []).length;
  return BigInt(whole + decimals.padEnd(4, "0")) * 10n ** BigInt(UNITS[unit] ?? chinese);
}

for (const lang of ["en", "zh-hans"]) {
  for (const write of [hero, compact, milestone, milestoneInWords]) {
    test(`${write.name} in ${lang} shows no amount above the true one`, () => {
      const random = seeded(11);
      for (let i = 0; i < ROUNDS; i += 1) {
        const amount = anyAmount(random);
        const [currency, exponent] = CURRENCIES[i % CURRENCIES.length];
        const shown = worth(write(amount, { currency, exponent }, lang)) * 10n ** BigInt(exponent);
        const over = shown - BigInt(amount) * 10_000n;
        assert.ok(over <= 0n, `${amount} ${currency} is shown as more by ${over}`);
      }
    });
  }

  test(`no count in ${lang} is shown above the true one`, () => {
    const random = seeded(12);
    for (let i = 0; i < ROUNDS; i += 1) {
      const value = anyAmount(random);
      assert.ok(worth(count(value, lang)) <= BigInt(value) * 10_000n, `${value}`);
    }
  });
}
