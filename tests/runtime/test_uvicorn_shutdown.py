import asyncio
import signal
import socket

from dashboard.runtime.connections import Connections
from dashboard.runtime.hardened_uvicorn.server import BoardServer


class Connection:
    """One that ends when it is told to."""

    def __init__(self, server: BoardServer) -> None:
        self._server = server
        self.looked = asyncio.Event()

    def look(self, now: float) -> None:
        self.looked.set()

    def shutdown(self) -> None:
        self._server.server_state.connections.clear()


async def test_while_its_callers_are_seen_off_each_is_looked_at() -> None:
    async def see_off() -> None:
        async with asyncio.timeout(60):
            await one.looked.wait()

    with socket.socket() as listening:
        server = BoardServer(None, listening, Connections(1, 1, []), see_off)
        one = Connection(server)
        server.server_state.connections.add(one)  # type: ignore[arg-type]
        server.servers, server.force_exit = [], True
        server.handle_exit(signal.SIGTERM, None)
        await server.shutdown()
    assert one.looked.is_set()
