"""Limits of the door: sizes, memory in use, and how often strangers may knock."""

import ipaddress
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.accept.problems import later

# The public contract: batches to 5,000 events and 4 MiB, a line to 16 KiB.
MAX_EVENTS = 5_000
MAX_BODY = 4 * 1024 * 1024
MAX_LINE = 16 * 1024
MAX_DEPTH = 16

# What a request occupies besides its body: task, scope, queue.
_REQUEST_BYTES = 8 * 1024


class Place:
    """What one request occupies in a `Room`."""

    def __init__(self, room: "Room") -> None:
        self._room = room
        self.held_bytes = 0

    def take(self, size: int) -> None:
        """Occupy so many bytes more; raises a 503 where there is no room for them."""
        if size > self._room.left_bytes:
            raise later(503, "server: too many requests at once", reason="room")
        self._room.left_bytes -= size
        self.held_bytes += size


class Room:
    """Bytes that requests inside the door may occupy together; above it they are sent away.

    For one thread, the event loop's.
    """

    def __init__(self, most_bytes: int) -> None:
        self.left_bytes = self.most_bytes = most_bytes
        self.requests = 0

    @contextmanager
    def hold(self) -> Iterator[Place]:
        """Let one request in, and give back at its end what it took; raises as `Place.take`."""
        place = Place(self)
        place.take(_REQUEST_BYTES)
        self.requests += 1
        try:
            yield place
        finally:
            self.requests -= 1
            self.left_bytes += place.held_bytes


class Buckets:
    """A token bucket for each client address: `burst` at once, `per_second` in the long run.

    An address may have several, by `door`. The `most` buckets used last are remembered. Times are
    seconds of a monotonic clock.
    """

    def __init__(self, per_second: float = 5, burst: float = 20, most: int = 10_000) -> None:
        self._per_second = per_second
        self._burst = burst
        self._most = most
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def wait(self, address: str, now_s: float, door: str = "") -> float:
        """Return the seconds until `address` has a token: 0 where it has one."""
        return max(0.0, (1 - self._tokens((_network(address), door), now_s)) / self._per_second)

    def take(self, address: str, now_s: float, door: str = "") -> float:
        """Take a token of `address`; return 0, or the seconds until there is one to take."""
        wait_s = self.wait(address, now_s, door)
        if wait_s:
            return wait_s
        place = (_network(address), door)
        self._buckets[place] = (self._tokens(place, now_s) - 1, now_s)
        self._buckets.move_to_end(place)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return 0

    def _tokens(self, place: tuple[str, str], now_s: float) -> float:
        tokens, since_s = self._buckets.get(place, (self._burst, now_s))
        return min(self._burst, tokens + (now_s - since_s) * self._per_second)


def _network(address: str) -> str:
    """Return what one customer has: an IPv4 address as it is, of an IPv6 address the /64."""
    try:
        if ":" in address:
            return str(ipaddress.ip_network((address.partition("%")[0], 64), strict=False))
    except ValueError:
        pass
    return address
