"""Something needed is away: say so once, try again at growing intervals, say when it is back."""

import logging

import django.db
import redis

# Redis, the network or the database being away: no bug, so no traceback.
FORESEEN = (redis.RedisError, OSError, django.db.Error)

log = logging.getLogger(__name__)

# Doubles from the first to the longest: what returns is found within 2 s.
FIRST_SECONDS = 0.25
LONGEST_SECONDS = 2.0


class Trouble:
    """What keeps `name` from working, if anything."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._kinds: set[str] = set()
        self._wait = FIRST_SECONDS

    def failed(self, error: Exception) -> float:
        """Note a failure; return how many seconds to wait before trying again."""
        kind = type(error).__name__
        if kind not in self._kinds:
            unforeseen = not isinstance(error, FORESEEN)
            text = "%s fails, tried again until it works error=%s: %s"
            log.error(text, self._name, kind, error, exc_info=error if unforeseen else None)
            self._kinds.add(kind)
        wait, self._wait = self._wait, min(2 * self._wait, LONGEST_SECONDS)
        return wait

    def over(self) -> None:
        """Note that it works."""
        if self._kinds:
            log.info("%s works again", self._name)
        self._kinds, self._wait = set(), FIRST_SECONDS
