"""Goals of any measure as words say them, cut like amounts: 100 million, 1亿, 2.5×."""

from dashboard.core.figures import WORDS, Money, Parts, grouped, milestone
from dashboard.core.scales import Lang

_COUNTED = Money("CNY", 0)  # the scale of amounts without its sign
_IN_FULL = 1_000_000


def counted(value: int, lang: Lang) -> Parts:
    """Return a count without trailing zeros: 50,000, 100 million, 1亿."""
    if lang == "en" and value < _IN_FULL:
        return Parts("", grouped(value), "")
    parts = milestone(value, _COUNTED, lang)
    return Parts("", parts.number, WORDS.get(parts.unit, "") if lang == "en" else parts.unit)


def multiple(thousandths: int, lang: Lang) -> Parts:
    """Return a multiple exactly: 3×, 2.5×, 2.5倍."""
    whole, rest = divmod(thousandths, 1000)
    places = f".{rest:03d}".rstrip("0").rstrip(".")
    return Parts("", grouped(whole) + places, "×" if lang == "en" else "倍")
