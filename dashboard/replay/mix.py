"""What a payment is for: category, merchant, region and channel, drawn by their shares.

A draw is a look into tables where each key stands as often as its share says: 50 ns each.
"""

from collections.abc import Sequence
from functools import cache

import msgspec

from dashboard.replay import seeds

# Sizes of the tables, powers of two: a few bits of a random number are a place in one.
_TABLE, _MERCHANTS = 1 << 10, 1 << 6
_MERCHANTS_A_CATEGORY = 15
# How many bits of a random number `Mix.draw` uses.
DRAW_BITS = 36


class Kind(msgspec.Struct, frozen=True, gc=False):
    """What an order is for; `mean` is the category's mean order in minor units."""

    platform: str
    category: str
    merchant: str
    region: str
    channel: str
    mean: int


class Goods(msgspec.Struct, frozen=True):
    """A category: its key, its mean order in minor units, and each platform's merchants."""

    key: str
    mean: int
    merchants: dict[str, list[str]]


class Mix(msgspec.Struct, frozen=True):
    """The tables to draw from."""

    goods: list[Goods]
    regions: list[str]
    channels: list[str]

    def draw(self, platform: str, bits: int) -> Kind:
        """Return what an order of a platform is for; the lower `DRAW_BITS` of `bits` choose."""
        goods = self.goods[bits & 1023]
        return Kind(
            platform,
            goods.key,
            goods.merchants[platform][bits >> 10 & 63],
            self.regions[bits >> 16 & 1023],
            self.channels[bits >> 26 & 1023],
            goods.mean,
        )


@cache
def mix() -> Mix:
    """Return the mix of `seeds/labels.toml`."""
    labels = seeds.labels()
    platforms = [platform.key for platform in labels["platform"]]
    goods = {key.key: _goods(key, platforms) for key in labels["category"]}
    return Mix(
        goods=[goods[key] for key in table(_shares(labels["category"]), _TABLE)],
        regions=table(_shares(labels["region"]), _TABLE),
        channels=table(_shares(labels["channel"]), _TABLE),
    )


def table(shares: Sequence[tuple[str, int]], size: int) -> list[str]:
    """Return a table of `size` places that holds each key as often as its share says.

    Places left over by cutting go to the largest remainders.
    """
    whole = sum(share for _, share in shares)
    places = {key: share * size // whole for key, share in shares}
    by_remainder = sorted(shares, key=lambda one: one[1] * size % whole, reverse=True)
    for key, _ in by_remainder[: size - sum(places.values())]:
        places[key] += 1
    return [key for key, _ in shares for _ in range(places[key])]


def _shares(keys: Sequence[seeds.Key]) -> list[tuple[str, int]]:
    return [(key.key, key.share) for key in keys]


def _goods(key: seeds.Key, platforms: Sequence[str]) -> Goods:
    merchants = {name: _merchants(f"{name}-{key.key}") for name in platforms}
    return Goods(key.key, key.order_yuan * 100, merchants)


def _merchants(prefix: str) -> list[str]:
    """Return the merchants of one platform and category; the n-th sells an n-th of the first."""
    numbers = range(1, _MERCHANTS_A_CATEGORY + 1)
    return table([(f"{prefix}-{n:02d}", 1000 // n) for n in numbers], _MERCHANTS)
