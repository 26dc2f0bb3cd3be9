"""Amounts as people write them: 10亿, 10,000,000,000, 1e10, 2.5 billion. Exact, never a float."""

import re

_UNITS = {
    "": 0,
    **{"k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "billion": 9},
    **{"万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12},
}
# Digits with or without commas, decimals, an exponent as in 1e8.
_WRITTEN = re.compile(r"(\d[\d,]*)(?:\.(\d+))?(?:[eE]([0-9]{1,2}))?\s*([^\d\s]*)", re.ASCII)
_DURATION = {"": 1, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}


def read_amount(text: str, exponent: int = 0) -> int:
    """Return an amount in units of which 10 ** `exponent` are one as written: minor units.

    Raises `ValueError`, which says what was expected.
    """
    found = _WRITTEN.fullmatch(text.strip())
    unit = found and _UNITS.get(found[4].lower())
    if found is None or unit is None:
        raise ValueError(f"expected an amount such as 10亿, 1e9, 2.5 billion, got {text!r}")
    decimals = found[2] or ""
    places = exponent + unit + int(found[3] or 0) - len(decimals)
    digits = int(found[1].replace(",", "") + decimals)
    if places >= 0:
        return digits * int(10**places)
    whole, rest = divmod(digits, 10**-places)
    if rest:
        raise ValueError(f"expected at most {exponent} decimals, got {text!r}")
    return int(whole)


def read_seconds(text: str) -> int:
    """Return how long: 60, 10m, 2h, in seconds. Raises `ValueError`."""
    found = re.fullmatch(r"(\d+)\s*([a-z]*)", text.strip().lower(), re.ASCII)
    unit = found and _DURATION.get(found[2])
    if found is None or unit is None:
        raise ValueError(f"expected a time such as 60, 10m, 2h, got {text!r}")
    return int(found[1]) * unit
