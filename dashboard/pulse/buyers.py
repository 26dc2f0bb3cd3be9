"""The estimate of distinct buyers: dear enough to be asked for at most once a second."""

from dashboard.pulse.screen import Screen
from dashboard.pulse.source import Source


class Buyers:
    """Asks anew where something was counted; at once where figures or window were replaced."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._ground: tuple[str, int, int] | None = None
        self._position = -1

    def estimate(self, screen: Screen, slow: bool) -> int | None:
        """Return the estimate for a screen's figures; `slow` is true at one tick a second.

        The last one while the figures heal. Raises `redis.RedisError`.
        """
        facts, cache = screen.facts, screen.cache
        ground = (cache.generation, facts.start_ms, facts.end_ms)
        counted = slow and cache.position != self._position
        if screen.healing or not (counted or ground != self._ground):
            return screen.buyers
        self._ground, self._position = ground, cache.position
        return self._source.buyers(facts.campaign_id, facts.start_ms, facts.end_ms)
