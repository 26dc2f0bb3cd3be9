"""How one process follows another without a gap: the line between a process and its keeper.

Told to end (SIGTERM, a deploy's) a web server, a worker or a pulse says that it leaves and works
on; its keeper starts the next, and once that serves lets the first one go. Web servers have one
listening socket: the first then takes no more callers and sees off those it has. Each word is one
byte; a line that ends says that nobody follows.
"""

import asyncio
import os
import socket
from contextlib import suppress
from typing import Self

# Where a keeper puts the number of the server's end of the line: into its environment.
LINE = "KEEPER_LINE"
SERVES, LEAVES, FOLLOWED = b"s", b"l", b"f"
# A start takes 3 s, on a busy machine 15; who is not followed by then leaves all the same.
PATIENCE_S = 30.0


class Succession:
    """A process' end of the line; one that nobody keeps has none, and is never followed."""

    def __init__(self, line: socket.socket | None = None) -> None:
        self._line = line

    @classmethod
    def from_environment(cls) -> Self:
        """Take the line that the keeper has left for this process."""
        number = os.environ.pop(LINE, "")
        if not number:
            return cls()
        line = socket.socket(fileno=int(number))
        line.setblocking(False)
        return cls(line)

    def serves(self) -> None:
        """Tell the keeper that work is done from now on."""
        self._tell(SERVES)

    async def followed(self) -> bool:
        """Tell the keeper that this process leaves; return whether another one serves now."""
        if self._line is None:
            return False
        self._tell(LEAVES)
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                return await asyncio.get_running_loop().sock_recv(self._line, 1) == FOLLOWED
        return False

    def _tell(self, word: bytes) -> None:
        if self._line is not None:
            with suppress(OSError):  # the keeper has gone: the kernel ends us with it
                self._line.send(word)
