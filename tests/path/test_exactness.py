"""The whole path, real processes: what was accepted is what is shown, whatever is killed."""

import os
import random
import signal
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.boards import Board
from tests.path.watching import (
    campaign_id,
    frames_until,
    ledger_entries,
    pool_children,
    settled,
    valkey,
)

START = datetime(2026, 11, 10, 16, tzinfo=UTC)
EVENTS = 100_000
BATCH = 500
CLIENTS = 4


def campaign(board: Board, slug: str) -> str:
    """Create a campaign whose window holds all payments; return its ingest key."""
    window = {"start": START.isoformat(), "end": (START + timedelta(days=1)).isoformat()}
    return board.create_campaign(slug, **window)["ingest_key"]


def payment(number: int) -> dict[str, Any]:
    return {
        "id": f"p-{number}",
        "type": "payment.succeeded",
        "occurred_at": (START + timedelta(seconds=number % 7200)).isoformat(),
        "amount": 1 + number * 7919 % 100_000,
        "currency": "CNY",
        "platform": ("tmall", "taobao")[number % 2],
    }


def deliveries(events: int) -> list[list[dict[str, Any]]]:
    """Return batches in random order in which 30 % of the events are sent twice."""
    chance = random.Random(11)
    sent = [*range(events), *chance.sample(range(events), events * 3 // 10)]
    chance.shuffle(sent)
    return [[payment(n) for n in sent[i : i + BATCH]] for i in range(0, len(sent), BATCH)]


def send(board: Board, slug: str, key: str, batches: list[list[dict[str, Any]]]) -> None:
    """Send every batch from several clients, again and again until it is told 202."""

    def until_accepted(batch: list[dict[str, Any]]) -> None:
        for _ in range(200):
            try:
                answer = board.post(slug, key, batch)
                if answer.status_code == 202:
                    assert answer.json()["accepted"] == len(batch)
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError("a batch was never accepted")

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(until_accepted, batches))


def sums_of_distinct_ids(board: Board, slug: str) -> dict[str, int]:
    """Return gross per minute by SQL over the distinct ids in the ledger's batches."""
    sums = sqlite3.connect(":memory:")
    sums.execute("CREATE TABLE event (id PRIMARY KEY, minute, amount)")
    sums.executemany(
        "INSERT OR IGNORE INTO event VALUES (?, ?, ?)",
        ((e["id"], e["at"] // 60_000, e["amount"]) for e in ledger_entries(board, slug)),
    )
    found = sums.execute("SELECT minute, sum(amount) FROM event GROUP BY minute ORDER BY minute")
    return {
        datetime.fromtimestamp(minute * 60, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"): amount
        for minute, amount in found
    }


def assert_exact(board: Board, slug: str, events: int) -> None:
    expected: dict[str, int] = defaultdict(int)
    for number in range(events):
        one = payment(number)
        minute = datetime.fromisoformat(one["occurred_at"]).replace(second=0)
        expected[minute.strftime("%Y-%m-%dT%H:%M:%SZ")] += one["amount"]
    shown = settled(board, slug, sum(expected.values()))
    assert sums_of_distinct_ids(board, slug) == expected
    assert {start: gross for start, gross, *_ in shown["minutes"] if gross} == expected
    assert shown["orders"] == events
    board.manage("reconcile", slug)


def kill_some(board: Board) -> None:
    """Kill one Celery child and Daphne as the kernel would."""
    os.kill(pool_children(board)[0], signal.SIGKILL)
    os.kill(board.pids["daphne"], signal.SIGKILL)


@pytest.mark.parametrize("disturb", [None, kill_some], ids=["undisturbed", "killed"])
def test_a_hundred_thousand_events_are_counted_exactly(
    board: Board, disturb: Callable[[Board], None] | None
) -> None:
    slug = f"exact-{disturb.__name__ if disturb else 'calm'}".replace("_", "-")
    key = campaign(board, slug)
    batches = deliveries(EVENTS)
    middle = len(batches) // 2
    send(board, slug, key, batches[:middle])
    with ThreadPoolExecutor(1) as beside:
        rest = beside.submit(send, board, slug, key, batches[middle:])
        if disturb:
            disturb(board)
        rest.result()
    assert_exact(board, slug, EVENTS)


def healed(frames: list[dict[str, Any]]) -> bool:
    """Return whether the newest frame is no longer healing, and one before it was."""
    return any(frame["healing"] for frame in frames) and not frames[-1]["healing"]


def test_an_emptied_redis_is_said_and_mended(board: Board) -> None:
    slug = "flushed"
    key = campaign(board, slug)
    batches = [[payment(n) for n in range(i, i + 1000)] for i in range(0, 20_000, 1000)]
    send(board, slug, key, batches)
    total = sum(payment(n)["amount"] for n in range(20_000))
    settled(board, slug, total)
    frames = frames_until(board, slug, valkey(board).flushall, healed)
    assert {frame["turnover"]["gross"] for frame in frames} == {total}
    assert not settled(board, slug, total)["healing"]
    board.manage("reconcile", slug)


def test_reconcile_finds_a_figure_altered_by_hand_and_repairs_it(board: Board) -> None:
    slug = "altered"
    key = campaign(board, slug)
    send(board, slug, key, [[payment(1), payment(2)]])
    total = payment(1)["amount"] + payment(2)["amount"]
    settled(board, slug, total)
    (minute,) = valkey(board).scan_iter(match=f"gmv:{{{campaign_id(board, slug)}}}:*:m:*")
    valkey(board).hset(minute, "total", f"{total + 1} 0 2")
    found = board.manage("reconcile", slug, check=False)
    assert found.returncode == 1
    assert f"gross: ledger {total}, board {total + 1}" in found.stdout
    board.manage("reconcile", slug, "--repair")
    board.manage("reconcile", slug)
    settled(board, slug, total)
