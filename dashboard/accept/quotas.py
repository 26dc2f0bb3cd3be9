"""How many events each source may send: a token bucket a source, an event a token.

A body is read before its events are known, so a source may fall into debt by one body; until that
is paid nothing more of it is read.
"""

# A source that was quiet may send this many seconds' worth at once.
BURST_S = 10.0


class Quotas:
    """The buckets of this process; times are seconds of a monotonic clock. For one thread."""

    def __init__(self) -> None:
        self._buckets: dict[int, tuple[float, float]] = {}

    def wait(self, source_id: int, per_second: int, now_s: float) -> float:
        """Return the seconds until the source may send; 0 where it may now."""
        return max(0.0, -self.tokens(source_id, per_second, now_s) / per_second)

    def spend(self, source_id: int, per_second: int, events: int, now_s: float) -> None:
        """Take a token an event."""
        left = self.tokens(source_id, per_second, now_s) - events
        self._buckets[source_id] = (left, now_s)

    def tokens(self, source_id: int, per_second: int, now_s: float) -> float:
        """Return how many tokens are there; below 0 is a debt."""
        most = per_second * BURST_S
        tokens, since_s = self._buckets.get(source_id, (most, now_s))
        return min(most, tokens + (now_s - since_s) * per_second)
