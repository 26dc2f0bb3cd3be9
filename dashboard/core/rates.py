"""Rates of exchange: dated, exact, and with one rounding.

An event of another currency is converted once, when it is accepted, by the newest rate that held
from its `occurred_at` or before; a refund likewise, by its own. Both amounts are whole minor units,
so that the currencies' decimals are part of the ratio. The event's amount is rounded as a whole
(with `count` the sum of its payments), half even. Integers all the way: no float, no context.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache

import msgspec

from dashboard.core.money import EXPONENTS

# ASCII only: Python's own readers take "1_000" and Arabic digits for numbers as well.
_WRITTEN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?|[0-9]{1,15}/[0-9]{1,15}", re.ASCII)
EXPECTED = "a decimal above 0 such as 6.2384, or a fraction such as 1/7"
LONGEST = 31

# Minor units of the campaign's currency for one minor unit of the other: numerator, denominator.
Ratio = tuple[int, int]


class Dated(msgspec.Struct, frozen=True):
    """The rates of one currency: from `since_ms[i]` (UTC) on `ratios[i]` holds; ascending."""

    since_ms: tuple[int, ...]
    ratios: tuple[Ratio, ...]

    def at(self, at_ms: int) -> Ratio | None:
        """Return the ratio at an instant; None before the first."""
        place = bisect_right(self.since_ms, at_ms)
        return self.ratios[place - 1] if place else None


# By currency: what a campaign accepts beside its own.
Rates = Mapping[str, Dated]


def read(text: str) -> Fraction:
    """Return the rate that `text` writes; raises `ValueError`, which says what was expected."""
    try:
        rate = Fraction(text) if _WRITTEN.fullmatch(text) else Fraction(0)
    except ZeroDivisionError:
        rate = Fraction(0)
    if not rate:
        raise ValueError(f"rate: expected {EXPECTED}, got {text[:40]!r}")
    return rate


def dated(rows: Iterable[tuple[str, int, str]], into: str) -> Rates:
    """Return the rates of `rows` (currency, since when in ms, the rate as text).

    `into` is the campaign's currency. Of several from one instant the last one holds. A currency
    that went out of circulation is left out: its events are held, and no others are kept waiting.
    """
    found: dict[str, dict[int, Ratio]] = {}
    for currency, since_ms, text in rows:
        if currency not in EXPONENTS or into not in EXPONENTS:
            continue
        found.setdefault(currency, {})[since_ms] = ratio(text, currency, into)
    return {
        currency: Dated(tuple(sorted(by_time)), tuple(by_time[since] for since in sorted(by_time)))
        for currency, by_time in found.items()
    }


@lru_cache(maxsize=4096)
def ratio(text: str, currency: str, into: str) -> Ratio:
    """Return a rate between major units as the ratio between minor units, in lowest terms."""
    minor = read(text) * Fraction(10) ** (EXPONENTS[into] - EXPONENTS[currency])
    return minor.numerator, minor.denominator


def convert(amount: int, by: Ratio) -> int:
    """Return an amount >= 0 in minor units of the campaign's currency, rounded half even."""
    numerator, denominator = by
    whole, rest = divmod(amount * numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2))
