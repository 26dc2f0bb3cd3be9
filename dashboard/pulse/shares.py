"""The largest keys of a breakdown, and the rest as one."""

from collections.abc import Callable, Iterable
from heapq import nsmallest

from dashboard.core.dimensions import FRAME_KEYS, OTHER
from dashboard.core.frame import Share


def largest(
    keys: Iterable[tuple[str, int, int]], multiple: Callable[[str, int], float | None]
) -> dict[str, Share]:
    """Return the 20 largest keys by gross, in their order, and `other` for all the rest.

    `keys` are (key, gross, payments); the stored key `other` among them joins the rest.
    `multiple(key, gross)` compares a key with last year's.
    """
    every = list(keys)
    named = (one for one in every if one[0] != OTHER)
    top = nsmallest(FRAME_KEYS, named, key=lambda one: (-one[1], one[0]))
    shares = {key: Share(gross, payments, multiple(key, gross)) for key, gross, payments in top}
    gross = sum(one[1] for one in every) - sum(one[1] for one in top)
    payments = sum(one[2] for one in every) - sum(one[2] for one in top)
    if gross or payments:
        shares[OTHER] = Share(gross, payments)
    return shares
