"""A web server of the board around a small application.

Run as a program, with the server's name and a socket's number.
"""

import socket
import sys
from typing import Any

from dashboard.runtime.connections import Connections
from dashboard.runtime.hardened_daphne.server import BoardServer
from dashboard.runtime.hardened_uvicorn.server import BoardServer as ViewersServer


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer a request with the length of its body, and a socket with what it says."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message["text"]})
        return
    if scope["path"] == "/fail":
        raise RuntimeError("as asked")
    if scope["path"] == "/break":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise RuntimeError("as asked")
    if scope["path"] == "/parts":
        await in_parts(send)
        return
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length, more = length + len(message["body"]), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(length).encode()})


async def in_parts(send: Any) -> None:
    """Answer with three parts of 64 KiB."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for more in (True, True, False):
        await send({"type": "http.response.body", "body": bytes(65536), "more_body": more})


async def see_off() -> None:
    """Take no time for it."""


if __name__ == "__main__":
    listening = socket.socket(fileno=int(sys.argv[2]))
    listening.setblocking(False)
    connections = Connections(1_000, 600, [])
    if sys.argv[1] == "daphne":
        BoardServer(application, listening, connections, see_off).run()
    else:
        ViewersServer(application, listening, connections, see_off).serve_until_stopped()
