"""Estimates of buyers made anew beside the board's: the same names, told again, give the same.

Kept in Redis, where alone the estimate is made, below `gmv:{<id>}:trial:<random>:` and an hour
since 1970 UTC; forgotten after an hour by themselves. Functions raise `redis.RedisError`.
"""

import secrets
from collections.abc import Sequence

import redis

from dashboard.store.tallies import key

_FORGOTTEN_S = 3_600
_NAMES_A_CALL = 5_000


class Trial:
    """One campaign's estimates by hour; nobody waits for Redis before they are asked for."""

    def __init__(self, client: redis.Redis, campaign_id: int) -> None:
        self._client = client
        self._connection = client.connection_pool.get_connection()
        self._unanswered = 0
        self._prefix = key(campaign_id, "trial", secrets.token_hex(6), "")
        self._hours: set[int] = set()

    def add(self, hour: int, buyers: Sequence[str]) -> None:
        """Take in who paid in an hour."""
        name = f"{self._prefix}{hour}"
        self._hours.add(hour)
        for start in range(0, len(buyers), _NAMES_A_CALL):
            self._send("PFADD", name, buyers[start : start + _NAMES_A_CALL])
        self._send("EXPIRE", name, [str(_FORGOTTEN_S)])

    def estimates(self) -> dict[int, int]:
        """Return each hour's estimate."""
        while self._unanswered:
            self._connection.read_response()
            self._unanswered -= 1
        return {hour: self._client.pfcount(f"{self._prefix}{hour}") for hour in self._hours}

    def discard(self) -> None:
        """Delete what was kept."""
        self._connection.disconnect()  # type: ignore[no-untyped-call]
        self._client.connection_pool.release(self._connection)
        for hour in self._hours:
            self._client.unlink(f"{self._prefix}{hour}")

    def _send(self, command: str, name: str, rest: Sequence[str]) -> None:
        words = b"*%d\r\n" % (2 + len(rest)) + _sized([command]) + _sized([name]) + _sized(rest)
        # Its check of a connection that was long idle would take our answers for its own.
        self._connection.send_packed_command([words], check_health=False)  # type: ignore[no-untyped-call]
        self._unanswered += 1


def _sized(words: Sequence[str]) -> bytes:
    """Return words as Redis' protocol has them.

    Those of one length, as keyed hashes are, are joined at once: to pack each apart was a third of
    a reconciling.
    """
    encoded = list(map(str.encode, words))
    if len(set(map(len, encoded))) > 1:
        return b"".join(b"$%d\r\n%b\r\n" % (len(word), word) for word in encoded)
    head = b"$%d\r\n" % len(encoded[0])
    return head + (b"\r\n" + head).join(encoded) + b"\r\n"
