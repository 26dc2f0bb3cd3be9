"""Looking at a running board from outside: its snapshot, its frames, its Redis, its processes."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import redis
import websockets
import zstandard

from tests.boards import Board

WITHIN_S = 60


def snapshot(board: Board, slug: str) -> dict[str, Any]:
    """Return the snapshot that the API gives now."""
    found: dict[str, Any] = board.http.get(f"/api/v1/campaigns/{slug}/snapshot").json()
    return found


def snapshot_when(
    board: Board, slug: str, true: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    """Return the first snapshot of which `true` holds; fail after a minute."""
    until = time.monotonic() + WITHIN_S
    while True:
        seen = snapshot(board, slug)
        if "turnover" in seen and true(seen):
            return seen
        assert time.monotonic() < until, {k: v for k, v in seen.items() if k != "minutes"}
        time.sleep(0.05)


def until(true: Callable[[], object]) -> None:
    """Wait until `true` holds; fail after a minute."""
    limit = time.monotonic() + WITHIN_S
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.05)


def settled(board: Board, slug: str, gross: int) -> dict[str, Any]:
    """Return the snapshot once the board shows `gross`, exact, with nothing left to count."""
    return snapshot_when(
        board,
        slug,
        lambda s: (
            s["turnover"]["gross"] == gross and not s["healing"] and not s["backlog"]["batches"]
        ),
    )


def frames_until(
    board: Board, slug: str, act: Callable[[], object], over: Callable[[list[dict[str, Any]]], bool]
) -> list[dict[str, Any]]:
    """Return what a socket is told after `act` was called, until of that `over` holds."""

    async def watch() -> list[dict[str, Any]]:
        address = f"{board.url.replace('http', 'ws', 1)}/ws/campaigns/{slug}/"
        async with asyncio.timeout(WITHIN_S), websockets.connect(address, max_queue=None) as socket:
            told = [json.loads(await socket.recv())]
            await asyncio.to_thread(act)
            while not over(told):
                told.append(json.loads(await socket.recv()))
        return told

    return asyncio.run(watch())


def frames_during(
    board: Board, slug: str, act: Callable[[], object], seconds: float
) -> list[dict[str, Any]]:
    """Return what a socket is told for `seconds` after `act` was called."""

    async def watch() -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = []
        address = f"{board.url.replace('http', 'ws', 1)}/ws/campaigns/{slug}/"
        async with websockets.connect(address, max_queue=None) as socket:  # reads on meanwhile
            told.append(json.loads(await socket.recv()))
            await asyncio.to_thread(act)
            until = time.monotonic() + seconds
            while (left := until - time.monotonic()) > 0:
                try:
                    told.append(json.loads(await asyncio.wait_for(socket.recv(), left)))
                except TimeoutError:
                    break
        return told

    return asyncio.run(watch())


def valkey(board: Board) -> redis.Redis:
    """Return a client of the board's embedded Valkey."""
    return redis.Redis.from_url(f"unix://{board.data_dir / 'redis.sock'}")


def database(board: Board) -> sqlite3.Connection:
    """Return a read-only connection to the board's database."""
    return sqlite3.connect(f"file:{board.data_dir / 'board.sqlite3'}?mode=ro", uri=True)


def campaign_id(board: Board, slug: str) -> int:
    """Return the campaign's primary key."""
    with database(board) as tables:
        (found,) = tables.execute("SELECT id FROM dashboard_campaign WHERE slug = ?", (slug,))
    return int(found[0])


def ledger_entries(board: Board, slug: str) -> Iterator[dict[str, Any]]:
    """Yield every event in the ledger's batches, in its order, repetitions included."""
    with database(board) as ledger:
        rows = ledger.execute(
            "SELECT payload FROM dashboard_batch WHERE campaign_id = ? ORDER BY seq",
            (campaign_id(board, slug),),
        )
        for (payload,) in rows:
            lines = zstandard.ZstdDecompressor().decompressobj().decompress(payload)
            yield from map(msgspec.json.decode, lines.splitlines())


def pool_children(board: Board) -> list[int]:
    """Return the pids of the Celery worker's pool."""
    worker = board.pids["worker"]
    return [int(pid) for pid in Path(f"/proc/{worker}/task/{worker}/children").read_text().split()]
