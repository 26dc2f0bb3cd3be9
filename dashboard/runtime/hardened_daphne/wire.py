"""Transports of Twisted's: what waits in them, and a short way out."""

from typing import Any


def unread(transport: Any) -> int:
    """Return how many bytes wait here for a client to read.

    Of what Twisted has begun to send it only notes how far it is.
    """
    return len(transport.dataBuffer) - int(transport.offset) + int(transport._tempDataLen)


def push(transport: Any, wire: bytes) -> None:
    """Write straight to the kernel; what it does not take is left to Twisted.

    Twisted's own `write` arms the event loop and sends a turn later: three system calls for one.
    """
    if not transport.connected:
        return
    sent = 0 if unread(transport) else transport.writeSomeData(wire)
    if isinstance(sent, int) and sent < len(wire):
        transport.write(wire[sent:])
    # Where it is no number the client has gone: reading will notice.
