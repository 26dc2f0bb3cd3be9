"""Limits of the door: sizes, and memory in use."""

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
