"""A socket's sender waits for its reader, and may close with any code."""

import asyncio
from typing import Any

import pytest

from dashboard.runtime import hardened_daphne
from dashboard.runtime.hardened_daphne import ROOM_BYTES, Socket


class Transport:
    dataBuffer, _tempDataLen = b"", 0  # noqa: N815


@pytest.fixture
def sending(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(hardened_daphne, "LOOK_S", 0)
    one = Socket()
    one.transport, one.state = Transport(), Socket.STATE_OPEN
    return one


async def test_a_sender_goes_on_while_its_client_reads(sending: Any) -> None:
    sending.transport.dataBuffer = bytes(ROOM_BYTES)
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
