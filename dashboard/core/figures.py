"""Figures as the screens write them, in English and Chinese.

Amounts are integers in the minor unit and are cut, never rounded: 99.996亿 reads 99.99亿, so that
100.00亿 appears when it is true. Rates, shares and forecasts are rounded half up. Not the compact
notation of the usual libraries: two significant digits announce a milestone early. The browser's
static/js/figures.js is the same in JavaScript; both are held to tests/figures.json.
"""

import re
from collections.abc import Callable

import msgspec

from dashboard.core.scales import BAND, COMPACT, COUNT, EXACT, HERO, Lang, Scale, Step

Divide = Callable[[int, int], int]


class Money(msgspec.Struct, frozen=True):
    """A currency, and how many digits of its amounts are decimals."""

    currency: str
    exponent: int


class Parts(msgspec.Struct, frozen=True):
    """A figure in its parts, which screens set in different sizes."""

    sign: str
    number: str
    unit: str

    @property
    def text(self) -> str:
        """The figure on one line; a unit that is a word stands apart in English."""
        gap = " " if re.match("[a-z]", self.unit) else ""
        return f"{self.sign}{self.number}{gap}{self.unit}"


PREFIX = {"CNY": "¥", "JPY": "¥", "USD": "US$", "EUR": "€", "GBP": "£", "HKD": "HK$"}
SUFFIX = {"CNY": "元", "JPY": "日元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "HKD": "港元"}
WORDS = {"K": "thousand", "M": "million", "B": "billion"}


def _cut(value: int, unit: int) -> int:
    return value // unit


def _rounded(value: int, unit: int) -> int:
    return (value + unit // 2) // unit


def grouped(whole: int) -> str:
    """Return an integer with its thousands apart."""
    return f"{whole:,}"


def _decimal(value: int, places: int) -> str:
    whole, rest = divmod(value, 10**places)
    return f"{whole:,}.{rest:0{places}d}" if places else grouped(whole)


def _major(amount: int, money: Money) -> int:
    return int(abs(amount) // 10**money.exponent)


def _step(steps: Scale, value: int, divide: Divide) -> Step:
    """Return the step a value is written in: the next one where its own rounds it up to that."""
    found = steps[0]
    for step in steps:
        least = found.size // 10**found.places
        if divide(value, least) * least >= step.start:
            found = step
    return found


def _scaled(steps: Scale, value: int, divide: Divide) -> tuple[str, str]:
    step = _step(steps, value, divide)
    return _decimal(divide(value, step.size // 10**step.places), step.places), step.unit


def _minus(value: int) -> str:
    return "−" if value < 0 else ""


def _sign(amount: int, money: Money, lang: Lang) -> str:
    minus = _minus(amount)
    if lang != "en":
        return minus
    return minus + PREFIX.get(money.currency, f"{money.currency} ")


def _in_words(unit: str, money: Money, lang: Lang) -> str:
    return WORDS.get(unit, "") if lang == "en" else unit + _currency_word(money)


def _currency_word(money: Money) -> str:
    return SUFFIX.get(money.currency, f" {money.currency}")


def hero(amount: int, money: Money, lang: Lang) -> Parts:
    """Return the total as the hero: ¥12.27 billion, 122.71亿元."""
    number, unit = _scaled(HERO[lang], _major(amount, money), _cut)
    return Parts(_sign(amount, money, lang), number, _in_words(unit, money, lang))


def digits(amount: int, money: Money, lang: Lang) -> str:
    """Return the full digits: ¥12,271,640,306; in Chinese groups of four, 122亿 7164万 0306元."""
    whole, before = _major(amount, money), _sign(amount, money, lang)
    if lang == "en":
        return before + grouped(whole)
    text = str(whole)
    groups = [text[max(0, end - 4) : end] for end in range(len(text), 0, -4)]
    units = (_currency_word(money), "万", "亿", "万")
    pairs = zip(groups, units, strict=False)
    return before + " ".join(reversed([group + unit for group, unit in pairs]))


def compact(amount: int, money: Money, lang: Lang) -> Parts:
    """Return an amount anywhere else, cut: ¥3.36B, 33.6亿."""
    return Parts(_sign(amount, money, lang), *_scaled(COMPACT[lang], _major(amount, money), _cut))


def estimate(amount: int, money: Money, lang: Lang) -> Parts:
    """Return a rate or a forecast, rounded half up."""
    parts = _scaled(COMPACT[lang], _major(amount, money), _rounded)
    return Parts(_sign(amount, money, lang), *parts)


def milestone(amount: int, money: Money, lang: Lang) -> Parts:
    """Return a milestone, or a mark on an axis: no trailing zeros, ¥5B, 33.6亿."""
    number, unit = _scaled(EXACT[lang], _major(amount, money), _cut)
    bare = number.rstrip("0").rstrip(".") if "." in number else number
    return Parts(_sign(amount, money, lang), bare, unit)


def milestone_in_words(amount: int, money: Money, lang: Lang) -> Parts:
    """Return a milestone for the take-over: ¥10 billion, 100亿元."""
    parts = milestone(amount, money, lang)
    return Parts(parts.sign, parts.number, _in_words(parts.unit, money, lang))


def band(low: int, high: int, money: Money, lang: Lang) -> Parts:
    """Return a band of amounts >= 0 in one unit, its upper end's, rounded half up: ¥18.7–19.8B."""
    step = _step(BAND[lang], _major(high, money), _rounded)
    least = step.size // 10**step.places
    ends = [_decimal(_rounded(_major(end, money), least), step.places) for end in (low, high)]
    return Parts(_sign(low, money, lang), "–".join(ends), step.unit)


def count(value: int, lang: Lang) -> Parts:
    """Return a count, cut: 68.2M, 6,820万."""
    return Parts(_minus(value), *_scaled(COUNT[lang], abs(value), _cut))


def _half_up(part: int, whole: int) -> int:
    return (part * 2 + whole) // (2 * whole)


def times(part: int, whole: int) -> str | None:
    """Return how many times `whole` `part` is, half up: 6.0, from ten times 12; None: no whole."""
    if not whole:
        return None
    tenths = _half_up(abs(part) * 10, whole)
    number = _decimal(tenths, 1) if tenths < 100 else grouped(_half_up(abs(part), whole))
    return _minus(part) + number


def times_of(multiple: float | None) -> str | None:
    """Return the same of a multiple that came as a number; None stays None."""
    if multiple is None:
        return None
    tenths = int(multiple * 10 + 0.5)
    return _decimal(tenths, 1) if tenths < 100 else grouped(int(multiple + 0.5))


def share(part: int, whole: int) -> str:
    """Return a share of `whole`, one decimal, rounded half up: 31.1%."""
    if not whole:
        return "—"
    return f"{_minus(part)}{_decimal(_half_up(abs(part) * 1000, whole), 1)}%"


def success(rate: float | None) -> str:
    """Return a success rate of four decimals, cut; two places from 99 %, one below."""
    if rate is None:
        return "—"
    points = int(rate * 10_000 + 1e-6)
    return f"{_decimal(points, 2) if points >= 9900 else _decimal(points // 10, 1)}%"


def remaining(seconds: int, lang: Lang) -> str:
    """Return seconds left: 7:39:25; from 48 hours 2 d 7:39, 2 天 7:39."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    if hours < 48:
        return f"{hours}:{minute:02d}:{second:02d}"
    return f"{hours // 24} {'d' if lang == 'en' else '天'} {hours % 24}:{minute:02d}"
