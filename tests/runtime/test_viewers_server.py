"""A whole board whose web server is Uvicorn."""

import re
from pathlib import Path

from websockets.sync.client import connect

from tests import boards


def test_the_board_runs_on_uvicorn_with_pages_files_events_and_sockets(tmp_path: Path) -> None:
    with boards.running(tmp_path / "data", "--server", "uvicorn") as board:
        made = board.create_campaign("viewers")
        event = {
            "id": "1",
            "type": "payment.succeeded",
            "occurred_at": "2026-01-01T00:00:00Z",
            "amount": 1,
            "currency": "CNY",
        }
        assert board.post("viewers", made["ingest_key"], [event]).status_code == 202
        page = board.http.get("/wall/viewers/")
        assert page.status_code == 200
        (script,) = re.findall(r'src="([^"]*/wall\.[^"]*js)"', page.text)
        assert board.http.get(script).headers["content-type"].startswith("text/javascript")
        assert "server" not in page.headers
        address = f"ws://127.0.0.1:{board.port}/ws/campaigns/viewers/"
        with connect(address, proxy=None) as socket:
            assert '"kind":"snapshot"' in str(socket.recv(timeout=60))
            assert '"kind":"frame"' in str(socket.recv(timeout=60))
        assert board.pids["uvicorn"]
