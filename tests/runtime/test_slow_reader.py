"""A socket's sender waits for its reader, and may close with any code."""

import asyncio
from typing import Any

import pytest

from dashboard.runtime.hardened_daphne import sockets
from dashboard.runtime.hardened_daphne.sockets import Socket
from dashboard.runtime.limits import ROOM_BYTES


class Transport:
    """The kernel takes `takes` bytes of a write; `written` has what Twisted is left with."""

    dataBuffer, offset, _tempDataLen, connected, takes = b"", 0, 0, 1, 1_000_000  # noqa: N815

    def __init__(self) -> None:
        self.sent, self.written = b"", b""

    def writeSomeData(self, data: bytes) -> int:  # noqa: N802
        self.sent += data[: self.takes]
        return len(data[: self.takes])

    def write(self, data: bytes) -> None:
        self.written += data


@pytest.fixture
def sending(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sockets, "LOOK_AGAIN_S", 0)
    one = Socket()
    one.transport, one.state = Transport(), Socket.STATE_OPEN
    return one


async def test_a_sender_goes_on_while_its_client_reads(sending: Any) -> None:
    sending.transport.dataBuffer = bytes(ROOM_BYTES)
    await sending.room()
    assert sending.unread() == ROOM_BYTES


async def test_what_a_client_has_read_of_a_large_piece_is_not_unread(sending: Any) -> None:
    sending.transport.dataBuffer, sending.transport.offset = bytes(5 * ROOM_BYTES), 4 * ROOM_BYTES
    await sending.room()
    assert sending.unread() == ROOM_BYTES


async def test_a_sender_waits_until_its_client_has_read(sending: Any) -> None:
    sending.transport.dataBuffer = bytes(ROOM_BYTES + 1)
    waiting = asyncio.create_task(sending.room())
    for _ in range(10):
        await asyncio.sleep(0)
    assert not waiting.done()
    sending.transport.dataBuffer = b""
    await waiting


async def test_a_sender_does_not_wait_for_a_client_that_has_gone(sending: Any) -> None:
    sending.transport.dataBuffer = bytes(ROOM_BYTES + 1)
    sending.state = Socket.STATE_CLOSED
    await sending.room()
    assert sending.unread() > ROOM_BYTES


@pytest.mark.parametrize("code", [None, 1000, 1008, 1011, 1013, 4401, 4429])
def test_a_socket_may_be_closed_with_any_code(sending: Any, code: int | None) -> None:
    sent: list[bytes] = []
    sending.sendFrame = lambda opcode, payload: sent.append(payload)
    sending.closeHandshakeTimeout = 0
    sending.serverClose(code)
    assert sent == [(code or 1000).to_bytes(2, "big")]


def test_a_frame_goes_straight_to_the_kernel(sending: Any) -> None:
    assert sending.push(b"frame")
    assert (sending.transport.sent, sending.transport.written) == (b"frame", b"")


def test_what_the_kernel_does_not_take_is_sent_later(sending: Any) -> None:
    sending.transport.takes = 2
    assert sending.push(b"frame")
    assert (sending.transport.sent, sending.transport.written) == (b"fr", b"ame")


def test_a_frame_waits_behind_what_is_unread_and_is_skipped_behind_much(sending: Any) -> None:
    sending.transport.dataBuffer = bytes(ROOM_BYTES)
    assert sending.push(b"frame")
    assert (sending.transport.sent, sending.transport.written) == (b"", b"frame")
    sending.transport.dataBuffer = bytes(ROOM_BYTES + 1)
    assert not sending.push(b"frame")
    assert sending.transport.written == b"frame"
