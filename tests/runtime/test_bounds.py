"""Bodies share a room by what has come in of them, whatever their senders declare."""

import asyncio
from typing import Any

from dashboard.runtime.hardened_uvicorn.bounds import Bounds


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer 200 once the body is here."""
    while (message := await receive())["type"] == "http.request" and message.get("more_body"):
        pass
    if message["type"] == "http.request":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


class Caller:
    """Sends the pieces put into `body`; `status` is that of the answer."""

    def __init__(self, bounds: Bounds, **headers: str) -> None:
        self.body: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.status = 0
        given = [(name.encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "path": "/", "headers": given}
        self.served = asyncio.create_task(bounds(scope, self.body.get, self._told))

    def send(self, piece: bytes, more: bool = False) -> None:
        self.body.put_nowait({"type": "http.request", "body": piece, "more_body": more})

    async def answered(self) -> int:
        await self.served
        return self.status

    async def _told(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)


async def test_who_only_declares_a_body_takes_no_room_from_others() -> None:
    bounds = Bounds(application, room_bytes=100)
    idle = [Caller(bounds, **{"content-length": "90"}) for _ in range(5)]
    await asyncio.sleep(0)
    honest = Caller(bounds, **{"content-length": "80"})
    honest.send(bytes(80))
    assert await honest.answered() == 200
    for one in idle:
        one.send(b"")
        assert await one.answered() == 200


async def test_what_has_come_in_takes_room_until_it_is_answered() -> None:
    bounds = Bounds(application, room_bytes=100)
    first, second = Caller(bounds), Caller(bounds)
    first.send(bytes(60), more=True)
    await asyncio.sleep(0)
    second.send(bytes(60))
    assert await second.answered() == 503
    first.send(b"")
    assert await first.answered() == 200
    third = Caller(bounds)
    third.send(bytes(100))
    assert await third.answered() == 200
