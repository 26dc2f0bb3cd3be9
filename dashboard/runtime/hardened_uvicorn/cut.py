"""Ending a connection whose client may not be reading."""

import asyncio
import socket
import struct

_AT_ONCE = struct.pack("ii", 1, 0)  # linger on, for no time: a reset in place of a long farewell


def cut(transport: asyncio.Transport) -> None:
    """End a connection at once.

    Without the reset the kernel would keep what is unsent, and go on asking a client that never
    reads whether it has room now.
    """
    kernel = transport.get_extra_info("socket")
    kernel.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    transport.abort()
