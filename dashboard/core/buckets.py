"""Token buckets: how often one client may do a thing."""

from collections import OrderedDict

from dashboard.core.networks import network


class Buckets:
    """A token bucket for each client address: `burst` at once, `per_second` in the long run.

    An address may have several, by `door`. The `most` buckets used last are remembered. Times are
    seconds of a monotonic clock. For one thread, or under the caller's lock.
    """

    def __init__(self, per_second: float = 5, burst: float = 20, most: int = 10_000) -> None:
        self._per_second = per_second
        self._burst = burst
        self._most = most
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def wait(self, address: str, now_s: float, door: str = "") -> float:
        """Return the seconds until `address` has a token: 0 where it has one."""
        return max(0.0, (1 - self._tokens((network(address), door), now_s)) / self._per_second)

    def take(self, address: str, now_s: float, door: str = "") -> float:
        """Take a token of `address`; return 0, or the seconds until there is one to take."""
        wait_s = self.wait(address, now_s, door)
        if wait_s:
            return wait_s
        place = (network(address), door)
        self._buckets[place] = (self._tokens(place, now_s) - 1, now_s)
        self._buckets.move_to_end(place)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return 0

    def _tokens(self, place: tuple[str, str], now_s: float) -> float:
        tokens, since_s = self._buckets.get(place, (self._burst, now_s))
        return min(self._burst, tokens + (now_s - since_s) * self._per_second)
