"""The scales figures are written in: from which value on, in which unit, with how many decimals.

static/js/figures.js holds the same tables.
"""

from typing import Literal

import msgspec

Lang = Literal["en", "zh-hans"]


class Step(msgspec.Struct, frozen=True):
    """How values from `start` on are written: the unit, how much it is, decimals."""

    start: int
    unit: str
    size: int
    places: int


Scale = tuple[Step, ...]
K, M, B, WAN, YI, WANYI = 10**3, 10**6, 10**9, 10**4, 10**8, 10**12


def _steps(*rows: tuple[int, str, int, int]) -> Scale:
    return tuple(Step(*row) for row in ((0, "", 1, 0), *rows))


HERO: dict[Lang, Scale] = {
    "en": _steps((M, "M", M, 1), (B, "B", B, 2)),
    "zh-hans": _steps(
        (WAN, "万", WAN, 1), (YI, "亿", YI, 2), (1000 * YI, "亿", YI, 1), (WANYI, "万亿", WANYI, 2)
    ),
}
COMPACT: dict[Lang, Scale] = {
    "en": _steps(
        (10 * K, "K", K, 1),
        (100 * K, "K", K, 0),
        (M, "M", M, 1),
        (100 * M, "M", M, 0),
        (B, "B", B, 2),
        (100 * B, "B", B, 1),
    ),
    "zh-hans": _steps(
        (WAN, "万", WAN, 0), (YI, "亿", YI, 1), (1000 * YI, "亿", YI, 0), (WANYI, "万亿", WANYI, 2)
    ),
}
EXACT: dict[Lang, Scale] = {
    "en": _steps((10 * K, "K", K, 2), (M, "M", M, 2), (B, "B", B, 2)),
    "zh-hans": _steps((WAN, "万", WAN, 2), (YI, "亿", YI, 2), (WANYI, "万亿", WANYI, 2)),
}
BAND: dict[Lang, Scale] = {
    "en": _steps((10 * K, "K", K, 1), (M, "M", M, 1), (100 * M, "M", M, 0), (B, "B", B, 1)),
    "zh-hans": COMPACT["zh-hans"],
}
COUNT: dict[Lang, Scale] = {
    "en": _steps((M, "M", M, 1), (B, "B", B, 2)),
    "zh-hans": _steps((100 * WAN, "万", WAN, 1), (1000 * WAN, "万", WAN, 0), (YI, "亿", YI, 2)),
}
