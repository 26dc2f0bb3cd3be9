"""A web server that ends sees its sockets off; told by itself, and through the board (H23)."""

import json
import signal
import time
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from dashboard.live.drain import SPREAD_S
from gmvboard.draining import LONGEST_S
from tests import boards, webserver
from tests.webserver import PATH


def viewer(port: int, path: str) -> ClientConnection:
    """Return a socket that is to be opened by `with`."""
    return connect(f"ws://127.0.0.1:{port}{path}", proxy=None, max_size=None)


def farewell(viewer: ClientConnection) -> float:
    """Return after how many seconds the server asks the socket to come back."""
    while (message := json.loads(viewer.recv(timeout=10)))["kind"] != "reconnect":
        pass
    return float(message["reconnect_in"])


@pytest.mark.parametrize("name", ["daphne", "uvicorn"])
def test_a_server_told_to_end_sees_its_sockets_off(name: str) -> None:
    with webserver.running(name) as server, viewer(server.port, PATH) as leaving:
        leaving.recv(timeout=10)
        server.process.send_signal(signal.SIGTERM)
        assert 0 <= farewell(leaving) <= SPREAD_S
        with pytest.raises(ConnectionClosed) as closed, viewer(server.port, PATH) as late:
            late.recv(timeout=10)
        assert closed.value.rcvd
        assert closed.value.rcvd.code == 1012
        leaving.close()
        assert server.process.wait(timeout=LONGEST_S) == 0


@pytest.mark.parametrize("name", ["daphne", "uvicorn"])
def test_a_board_told_to_end_sees_its_sockets_off_but_not_at_ctrl_c(
    name: str, tmp_path: Path
) -> None:
    board = boards.start(tmp_path / "data", "--server", name)
    board.create_campaign("leaving")
    with viewer(board.port, "/ws/campaigns/leaving/") as leaving:
        leaving.recv(timeout=10)
        board.process.send_signal(signal.SIGTERM)
        assert 0 <= farewell(leaving) <= SPREAD_S
        leaving.close()
    assert board.process.wait(timeout=30) == 0

    board = boards.start(tmp_path / "data", "--server", name)
    with viewer(board.port, "/ws/campaigns/leaving/") as staying:
        staying.recv(timeout=10)
        began = time.monotonic()
        board.process.send_signal(signal.SIGINT)
        assert board.process.wait(timeout=30) == 0
    assert time.monotonic() - began < LONGEST_S
