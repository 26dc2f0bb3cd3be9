"""Whether a client still reads, a socket's or an answer's; for both web servers (H5, R9)."""

import fcntl
import socket
import sys
import termios
from contextlib import suppress
from typing import Literal

from dashboard.runtime.limits import ANSWER_S, LEAST_READ, PING_S, PONG_S, ROOM_BYTES, UNREAD_S

PING = b"\x89\x00"  # an empty one, as it goes over the wire
Verdict = Literal["well", "ask", "does not read", "gives no sign of life"]


class Reading:
    """What is known of one client. Only an answer is a sign of life: who sends may not read."""

    __slots__ = ("_asked_at", "_unanswered", "_unread_since")

    def __init__(self, now: float) -> None:
        self._asked_at = now
        self._unanswered = False
        self._unread_since: float | None = None

    def answered(self) -> None:
        """Take a sign of life."""
        self._unanswered = False

    def look(self, unread: int, now: float) -> Verdict:
        """Return how the client does, given the bytes that wait for it to read."""
        if unread <= ROOM_BYTES:
            self._unread_since = None
        elif self._unread_since is None:
            self._unread_since = now
        elif now - self._unread_since >= UNREAD_S:
            return "does not read"
        if self._unanswered:
            return "gives no sign of life" if now - self._asked_at >= PONG_S else "well"
        if now - self._asked_at < PING_S:
            return "well"
        self._asked_at, self._unanswered = now, True
        return "ask"


def in_kernel(connection: socket.socket) -> int:
    """Return how many bytes the kernel keeps that a client has not taken; 0 where none tells."""
    with suppress(OSError, ValueError):
        told = fcntl.ioctl(connection, termios.TIOCOUTQ, bytes(4))
        return int.from_bytes(told, sys.byteorder)
    return 0


class Download:
    """Whether a client still reads the end of an answer, `unread` bytes when that was complete."""

    __slots__ = ("_unread", "_until")

    def __init__(self, unread: int, now: float) -> None:
        self._unread, self._until = unread, now + ANSWER_S

    def goes_on(self, unread: int, now: float) -> bool:
        """Return whether enough was read since the last look, and there is more to read."""
        goes_on = 0 < unread <= self._unread - LEAST_READ and now < self._until
        self._unread = unread
        return goes_on
