"""What the server does with a socket whose handshake is not answered yet."""

from typing import Any

from dashboard.runtime.hardened_uvicorn.sockets import Socket
from dashboard.runtime.limits import PING_S
from dashboard.runtime.reading import PING, Reading


class FakeTransport:
    """Remembers what is written."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.write = self.written.append

    def is_closing(self) -> bool:
        return False

    def get_write_buffer_size(self) -> int:
        return 0


def test_no_ping_goes_out_before_the_handshake_is_answered() -> None:
    transport: Any = FakeTransport()
    one = Socket.__new__(Socket)
    one.transport, one.close_sent, one._reading = transport, False, Reading(now=0)
    one.handshake_complete = False
    one.look(PING_S)
    assert transport.written == []
    one.handshake_complete = True
    one.look(PING_S)
    assert transport.written == [PING]
