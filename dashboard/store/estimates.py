"""Who paid, told to Redis' estimates a column at a time; nobody waits for its answers.

Functions raise `redis.RedisError`.
"""

import polars as pl
import redis

_NAMES_A_CALL = 5_000


class Estimates:
    """A connection of its own, by which names are added to keys of Redis."""

    def __init__(self, client: redis.Redis) -> None:
        self._pool = client.connection_pool
        self._connection = self._pool.get_connection()
        self._unanswered = 0

    def add(self, key: str, names: pl.Series) -> None:
        """Add `names`, a column of texts which may come again, to the estimate at `key`."""
        for start in range(0, len(names), _NAMES_A_CALL):
            some = names.slice(start, _NAMES_A_CALL)
            self._send(2 + len(some), _sized("PFADD"), _sized(key), _all_sized(some))

    def expire(self, key: str, seconds: int) -> None:
        """Have `key` forgotten after so many seconds."""
        self._send(3, _sized("EXPIRE"), _sized(key), _sized(str(seconds)))

    def wait(self) -> None:
        """Return once all that was told is done; raises where any of it was refused."""
        refused: redis.ResponseError | None = None
        while self._unanswered:
            self._unanswered -= 1
            try:
                self._connection.read_response()
            except redis.ResponseError as error:
                refused = refused or error
        if refused:
            raise refused

    def close(self) -> None:
        """Hang up; what was sent before may still be done."""
        self._connection.disconnect()  # type: ignore[no-untyped-call]
        self._pool.release(self._connection)

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
