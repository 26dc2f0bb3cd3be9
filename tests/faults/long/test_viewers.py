"""What viewers see while a server or Redis is in trouble (F9, F48, H23, R10)."""

import json
import os
import signal
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from tests.boards import Board
from tests.faults.figures import record
from tests.path.watching import until
from tests.standing import standing_still

FROZEN_S = 7.0
# Two seconds are meant; the bound leaves a busy machine room.
SOON_S = 5.0
ASKED = ("", "/watched/snapshot", "/watched/milestones", "/watched/minutes")
Json = dict[str, Any]


def watching(board: Board, slug: str) -> ClientConnection:
    address = f"ws://127.0.0.1:{board.port}/ws/campaigns/{slug}/"
    return connect(address, proxy=None, max_size=None, open_timeout=30)


def told(viewer: ClientConnection) -> Json:
    message: Json = json.loads(viewer.recv(timeout=30))
    return message


@pytest.fixture(scope="module")
def slug(board: Board) -> str:
    """A campaign with a payment that is counted."""
    made = board.create_campaign("watched")
    now = datetime.now(UTC).isoformat()
    paid = {"type": "payment.succeeded", "occurred_at": now, "amount": 5, "currency": "CNY"}
    assert board.post("watched", made["ingest_key"], {"id": "1", **paid}).status_code == 202
    until(lambda: _gross(board) == 5)
    return "watched"


def _gross(board: Board) -> int:
    answer = board.http.get("/api/v1/campaigns/watched/snapshot")
    return int(answer.json()["turnover"]["gross"]) if answer.status_code == 200 else 0


def test_viewers_of_a_killed_server_are_back_with_no_less_f9(board: Board, slug: str) -> None:
    with watching(board, slug) as viewer:
        before = told(viewer)["turnover"]["gross"]
        os.kill(board.pids["daphne"], signal.SIGKILL)
        began, after = time.monotonic(), None
        while after is None:
            with suppress(OSError, WebSocketException), watching(board, slug) as again:
                after = told(again)["turnover"]["gross"]
    assert after >= before == 5
    took = time.monotonic() - began
    record("R4", "F9: web server killed, a viewer has figures again", f"after {took:.1f} s")


def test_a_deploy_sees_viewers_off_over_ten_seconds_and_more_f48(board: Board, slug: str) -> None:
    old = board.pids["daphne"]
    with ExitStack() as viewers:
        sockets = [viewers.enter_context(watching(board, slug)) for _ in range(50)]
        os.kill(old, signal.SIGTERM)
        times = [_farewell(viewer) for viewer in sockets]
        # Another serves before this one says farewell.
        assert board.http.get("/readyz").status_code == 200
        assert board.http.get("/healthz").status_code == 200
    spread = max(times) - min(times)
    assert spread > 10
    assert max(times) <= 15
    until(lambda: board.pids.get("daphne", old) != old)
    until(lambda: _gross(board) == 5)
    record("F48", "web server told to end: viewers come back", f"spread over {spread:.1f} s")


def _farewell(viewer: ClientConnection) -> float:
    while (message := told(viewer))["kind"] != "reconnect":
        pass
    return float(message["reconnect_in"])


def test_while_redis_hangs_sockets_and_lists_keep_their_timers_r10(board: Board, slug: str) -> None:
    with watching(board, slug) as viewer:
        told(viewer)
        with standing_still(board.pids["valkey"]):
            began, came = time.monotonic(), []
            while time.monotonic() - began < FROZEN_S:
                last = told(viewer)
                came.append(time.monotonic())
            asked = {name: _answered_in(board, f"/api/v1/campaigns{name}") for name in ASKED}
        back = time.monotonic()
        while (message := told(viewer))["sent_at"] <= last["sent_at"]:
            pass
        took = time.monotonic() - back
    longest = max(b - a for a, b in pairwise(came))
    assert len(came) >= 2
    assert all(answered <= SOON_S for answered in asked.values())
    assert message["turnover"]["gross"] == 5
    told_s = f"a message every {longest:.1f} s at the most meanwhile, fresh {took:.1f} s after"
    slowest = f"lists, snapshot and minutes answered in {max(asked.values()):.1f} s at the most"
    record("R10", f"Redis hung {FROZEN_S:.0f} s", f"{told_s}; {slowest}")


def _answered_in(board: Board, path: str) -> float:
    """Return the seconds until an answer: what is known, or that it cannot be read now."""
    began = time.monotonic()
    assert board.http.get(path).status_code in {200, 503}
    return time.monotonic() - began
