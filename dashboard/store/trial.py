"""Estimates of buyers made anew beside the board's: the same names, told again, give the same.

Kept in Redis, where alone the estimate is made, below `gmv:{<id>}:trial:<random>:` and an hour
since 1970 UTC; forgotten after an hour by themselves. Functions raise `redis.RedisError`.
"""

import secrets

import polars as pl
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

    def add(self, hour: int, buyers: pl.Series) -> None:
        """Take in who paid in an hour: a column of texts."""
        name = f"{self._prefix}{hour}"
        self._hours.add(hour)
        for start in range(0, len(buyers), _NAMES_A_CALL):
            some = buyers.slice(start, _NAMES_A_CALL)
            self._send(2 + len(some), _sized("PFADD"), _sized(name), _all_sized(some))
        self._send(3, _sized("EXPIRE"), _sized(name), _sized(str(_FORGOTTEN_S)))

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

    def _send(self, words: int, *sized: bytes) -> None:
        command = b"*%d\r\n" % words + b"".join(sized)
        # Its check of a connection that was long idle would take our answers for its own.
        self._connection.send_packed_command([command], check_health=False)  # type: ignore[no-untyped-call]
        self._unanswered += 1


def _sized(word: str) -> bytes:
    """Return a word as Redis' protocol has it."""
    encoded = word.encode()
    return b"$%d\r\n%b\r\n" % (len(encoded), encoded)


def _all_sized(words: pl.Series) -> bytes:
    """Return words as Redis' protocol has them, in any order.

    Those of one length, as keyed hashes are, are joined as a column: as Python's strings they were
    a tenth of a reconciling, and kept every other thread from Python.
    """
    lengths = words.str.len_bytes()
    return b"".join(
        _joined(length, words.filter(lengths == length)) for length in lengths.unique().to_list()
    )


def _joined(length: int, words: pl.Series) -> bytes:
    before = f"${length}\r\n"
    between: str = words.str.join("\r\n" + before).item()
    return f"{before}{between}\r\n".encode()
