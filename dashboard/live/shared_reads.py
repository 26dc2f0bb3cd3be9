"""Reads that many ask for at once: they share one."""

import asyncio
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from channels.db import database_sync_to_async

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

# Keys that are remembered; what is asked for by strangers' addresses must not grow without end.
_MOST = 1_000


class SharedReads(Generic[Key, Value]):
    """What `read` returns for a key, at most `fresh_s` old; it is called in a thread.

    After a reconnect storm a thing is then read once a second and not a thousand times.
    """

    def __init__(self, read: Callable[[Key], Value], fresh_s: float) -> None:
        self._read = database_sync_to_async(read, thread_sensitive=False)
        self._fresh_s = fresh_s
        self._reads: dict[Key, tuple[float, asyncio.Future[Value]]] = {}

    async def get(self, key: Key) -> Value:
        """Return the key's value; raises what `read` raises, for all who share it."""
        begun, read = self._reads.get(key, (0.0, None))
        if read is None or (read.done() and time.monotonic() - begun >= self._fresh_s):
            if len(self._reads) >= _MOST:
                self._reads.clear()
            read = asyncio.ensure_future(self._read(key))
            self._reads[key] = (time.monotonic(), read)
        return await asyncio.shield(read)
