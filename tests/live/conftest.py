from collections.abc import AsyncIterator
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer
from channels.testing import WebsocketCommunicator

from dashboard.live import (
    consumers,
    feed,
    hub,
    polled,
    posts,
    posts_socket,
    running,
    snapshots,
)
from dashboard.live.routing import sockets
from dashboard.live.running import Live
from dashboard.pulse import in_force
from dashboard.pulse.in_force import InForce

# What comes comes at once; a busy machine is no failure.
PATIENCE_S = 60.0


class Watcher(WebsocketCommunicator):  # type: ignore[misc]  # channels has no types
    """A page's end of a socket; the one of channels waits a second."""

    async def connect(self, timeout: float = PATIENCE_S) -> tuple[bool, Any]:
        """Return whether it was let in, and the subprotocol or the closing code."""
        accepted, rest = await super().connect(timeout)
        return bool(accepted), rest

    async def receive_from(self, timeout: float = PATIENCE_S) -> Any:
        """Return the next text or bytes."""
        return await super().receive_from(timeout)

    async def receive_output(self, timeout: float = PATIENCE_S) -> Any:
        """Return the next ASGI message."""
        return await super().receive_output(timeout)

    async def disconnect(self, code: int = 1000, timeout: float = PATIENCE_S) -> None:
        """Go, and wait until the application has seen it."""
        await super().disconnect(code, timeout)


class Pulse:
    """What a pulse would have published: the newest frame and snapshot, the same for everybody."""

    def __init__(self) -> None:
        self.frame: bytes | None = None
        self.snapshot: bytes | None = None
        self.level = 0
        self.layer = InMemoryChannelLayer()

    async def publish(self, frame: bytes, slug: str = "festival") -> None:
        """Send a frame over the channel layer."""
        message = {"type": "frame", "campaign": slug, "frame": frame.decode()}
        await self.layer.group_send("frames", message)


@pytest.fixture
def pulse() -> Pulse:
    return Pulse()


@pytest.fixture
async def live(pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Live]:
    """The hub of this test's event loop, fed by `pulse`; its clockwork runs fast."""
    for where, name in [
        (feed, "BEAT_S"),
        (feed, "REFRESH_S"),
        (hub, "IDLE_S"),
        (posts, "LOOK_S"),
        (consumers, "FIRST_SNAPSHOT_S"),
        (running, "FOLLOW_S"),
    ]:
        monkeypatch.setattr(where, name, 0.02)
    monkeypatch.setattr(snapshots, "FRESH_S", 0)
    monkeypatch.setattr(in_force, "FRESH_MS", 0)
    monkeypatch.setattr(running, "CAMPAIGN_FRESH_S", 0)

    def read_frames(watched: Any) -> list[bytes]:
        return [pulse.frame] if pulse.frame else []

    load = InForce(lambda: pulse.level)
    one = Live(pulse.layer, read_frames, lambda campaign_id: pulse.snapshot, load)
    for where in (consumers, polled, posts_socket):
        monkeypatch.setattr(where, "live", lambda: one)
    yield one
    await one.stop()


def socket(path: str = "/ws/campaigns/festival/", **headers: str) -> Watcher:
    """A client; headers by name, `_` for `-`."""
    given = {"host": "localhost:8000"} | headers
    encoded = [(name.replace("_", "-").encode(), text.encode()) for name, text in given.items()]
    return Watcher(sockets, path, headers=encoded)
