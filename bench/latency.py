"""From POST to the wall: how long an accepted event takes to the socket and to the page.

Batches are posted at a steady rate. Each raises the total by a known amount, so that the first
frame, and the first text on the wall, at or above a total tells which batches have arrived.
"""

import asyncio
import bisect
import json
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import websockets
from playwright.async_api import Page, async_playwright

from tests import boards
from tests.boards import Board
from tests.browser.conftest import ARGUMENTS, chromium

EVENTS_A_SECOND = 2_000
BATCHES_A_SECOND = 20
SECONDS = 30
SLUG = "latency"
AMOUNT = 100

# Notes in the page when the full digits of the total change, and to what.
WATCH = """() => {
  window.noted = [];
  const line = document.querySelector("[data-at=digits]");
  const note = () => window.noted.push([Date.now(), [...line.children].map((column) =>
    column.querySelector(".strip-of")?.lastChild.textContent ?? column.textContent).join("")]);
  new MutationObserver(note).observe(line, {childList: true, subtree: true, characterData: true});
}"""

Noted = tuple[float, int]  # when (s, real time), total in minor units


async def post(board: Board, key: str) -> list[Noted]:
    """Post at the rate for the time; return when each batch was sent and the total it makes."""
    size = EVENTS_A_SECOND // BATCHES_A_SECOND
    sent: list[Noted] = []
    headers = {"Authorization": f"Bearer {key}"}
    begin = time.monotonic()
    async with httpx.AsyncClient(base_url=board.url, headers=headers, trust_env=False) as shop:
        for number in range(BATCHES_A_SECOND * SECONDS):
            await asyncio.sleep(max(0.0, begin + number / BATCHES_A_SECOND - time.monotonic()))
            now = datetime.now(UTC).isoformat()
            body = [
                {
                    "id": f"{number}-{i}",
                    "type": "payment.succeeded",
                    "occurred_at": now,
                    "amount": AMOUNT,
                    "currency": "CNY",
                    "platform": "tmall",
                }
                for i in range(size)
            ]
            sent.append((time.time(), AMOUNT * size * (number + 1)))
            answer = await shop.post(f"/api/v1/campaigns/{SLUG}/events", json=body)
            answer.raise_for_status()
    return sent


async def listen(board: Board, noted: list[Noted]) -> None:
    """Note when which total came over the websocket, until cancelled."""
    address = f"{board.url.replace('http', 'ws', 1)}/ws/campaigns/{SLUG}/"
    async with websockets.connect(address, proxy=None) as socket:
        async for message in socket:
            noted.append((time.time(), json.loads(message)["turnover"]["gross"]))


async def on_the_page(page: Page) -> list[Noted]:
    """Return when the wall began to show which total."""
    noted: list[tuple[int, str]] = await page.evaluate("() => window.noted")
    found = [(at / 1000, 100 * int("0" + re.sub(r"[^0-9]", "", text))) for at, text in noted]
    return [one for one in found if one[1]]


def delays(sent: Sequence[Noted], arrived: Sequence[Noted]) -> list[float]:
    """Return, for each batch, the seconds until a total at or above its own had arrived."""
    totals, times, highest = [], [], 0
    for at, total in arrived:
        if total > highest:
            highest = total
            totals.append(total)
            times.append(at)
    found = []
    for at, total in sent:
        place = bisect.bisect_left(totals, total)
        if place < len(totals):
            found.append(times[place] - at)
    assert len(found) > 0.9 * len(sent), "most batches never arrived"
    return found


def percentiles(found: list[float]) -> str:
    """Return p50, p95 and p99 in milliseconds, as cells of a table."""
    cuts = statistics.quantiles(found, n=100)
    return " | ".join(f"{1000 * cuts[p - 1]:.0f} ms" for p in (50, 95, 99))


async def measure(board: Board) -> dict[str, list[float]]:
    """Return the delays to the socket and to the page."""
    made = board.create_campaign(SLUG)
    frames: list[Noted] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        page = await browser.new_page(viewport={"width": 1920, "height": 1080})
        await page.goto(f"{board.url}/wall/{SLUG}/?lang=en")
        await asyncio.sleep(3)
        await page.evaluate(WATCH)
        listener = asyncio.create_task(listen(board, frames))
        await asyncio.sleep(1)
        sent = await post(board, made["ingest_key"])
        await asyncio.sleep(3)
        shown = await on_the_page(page)
        listener.cancel()
        await browser.close()
    return {"socket": delays(sent, frames), "page": delays(sent, shown)}


def main() -> None:
    """Print a table."""
    folder = Path(tempfile.mkdtemp())
    try:
        with boards.running(folder / "data") as board:
            found: dict[str, Any] = asyncio.run(measure(board))
    finally:
        shutil.rmtree(folder)
    print(f"{EVENTS_A_SECOND} events a second in batches of {EVENTS_A_SECOND // BATCHES_A_SECOND}")
    print("| from POST to | p50 | p95 | p99 |\n| --- | --- | --- | --- |")
    for where, seconds in found.items():
        print(f"| {where} | {percentiles(seconds)} |")


if __name__ == "__main__":
    main()
