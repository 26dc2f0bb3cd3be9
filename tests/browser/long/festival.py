"""Three days of payments, one a campaign minute, played into a board in three minutes."""

import json
import subprocess
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from tests.boards import MANAGE, PROJECT, Board
from tests.browser.minutes import shape

START = datetime(2012, 11, 10, 16, tzinfo=UTC)  # midnight in Shanghai
DAYS, SPEED = 3, 1_440
MINUTES = DAYS * 1_440
SECONDS = MINUTES * 60 / SPEED
PLATFORMS, REGIONS = ("tmall", "taobao"), ("zhejiang", "guangdong", "jiangsu")
SLUG = "days"


def _amount(minute: int) -> int:
    return 1_000_007 + int(400_000_000 * shape(minute % 1_440))


AMOUNTS = [_amount(minute) for minute in range(MINUTES)]
TOTAL = sum(AMOUNTS)
_AT_MS = [
    int((START + timedelta(minutes=m, seconds=10)).timestamp() * 1000) for m in range(MINUTES)
]
_DONE = [0, *accumulate(AMOUNTS)]


def due(campaign_ms: float) -> int:
    """The turnover of all that has occurred by then: no wall may ever show more."""
    return _DONE[bisect_right(_AT_MS, campaign_ms)]


def write(path: Path) -> None:
    """Write the payments as NDJSON."""
    with path.open("w") as file:
        for minute, amount in enumerate(AMOUNTS):
            event = {
                "id": f"m-{minute}",
                "type": "payment.succeeded",
                "occurred_at": datetime.fromtimestamp(_AT_MS[minute] / 1000, UTC).isoformat(),
                "amount": amount,
                "currency": "CNY",
                "count": 1 + amount // 20_000,
                "platform": PLATFORMS[minute % 3 % 2],
                "region": REGIONS[minute % 3],
            }
            file.write(json.dumps(event) + "\n")


def create(board: Board) -> None:
    """Create the campaign."""
    end = START + timedelta(days=DAYS)
    board.create_campaign(SLUG, start=START.isoformat(), end=end.isoformat())


def _plays(board: Board) -> bool:
    """Whether the campaign's clock runs at the replay's speed."""
    answer = board.http.get(f"/api/v1/campaigns/{SLUG}/snapshot")
    return answer.status_code == 200 and answer.json()["meta"]["clock"]["speed"] == SPEED


@contextmanager
def played(board: Board, folder: Path) -> Iterator[None]:
    """Play the payments while the block lasts; it begins when they do."""
    file = folder / "days.ndjson"
    write(file)
    command = [*MANAGE, "replay", SLUG, str(file), "--speed", str(SPEED)]
    with (folder / "replay.log").open("wb") as log:
        process = subprocess.Popen(command, env=board.env, cwd=PROJECT, stdout=log, stderr=log)
        try:
            while not _plays(board):
                assert process.poll() is None, (folder / "replay.log").read_text()
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(30)
