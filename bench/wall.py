"""From POST to the page: when the wall of a real browser begins to show a total."""

import re
import time

from playwright.sync_api import Page, sync_playwright

from bench import events, stage
from bench.latency import (
    FIRST_SECONDS,
    PERCENTS,
    QUICK_SECONDS,
    SECONDS,
    batch_at,
    delays,
    due,
    totals,
)
from bench.options import Options
from bench.report import Table, percentile, spread
from bench.stage import Counted
from tests.boards import Board
from tests.browser.conftest import ARGUMENTS, chromium

RATE = 2_000
_SETTLE_S = 3

# Notes in the page when the full digits of the total change, and to what.
WATCH = """() => {
  window.noted = [];
  const line = document.querySelector("[data-at=digits]");
  const note = () => window.noted.push([Date.now(), [...line.children].map((column) =>
    column.querySelector(".strip-of")?.lastChild.textContent ?? column.textContent).join("")]);
  new MutationObserver(note).observe(line, {childList: true, subtree: true, characterData: true});
}"""

Seen = list[tuple[float, int]]


def measure(options: Options) -> Table:
    """Return the table: one row, the wall at 2,000 events a second."""
    run: list[float] = []
    with stage.board() as board, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        run = _run(options, board, page, "wall")
        browser.close()
    cells = [spread([1000 * percentile(run, percent)]) for percent in PERCENTS]
    columns = ["events/s", *(f"p{percent} ms" for percent in PERCENTS)]
    note = f"One run of {SECONDS} s; the first {FIRST_SECONDS} of them are not in it."
    return Table("From POST to the page of a wall", columns, [[f"{RATE:,}", *cells]], note)


def _run(options: Options, board: Board, page: Page, slug: str) -> list[float]:
    """Return the delay of each batch, in seconds."""
    key = board.create_campaign(slug)["ingest_key"]
    page.goto(f"{board.url}/wall/{slug}/?lang=en")
    time.sleep(_SETTLE_S)
    page.evaluate(WATCH)
    seconds = QUICK_SECONDS if options.quick else SECONDS
    stream = events.payments(RATE * seconds, stage.now())
    batch = batch_at(RATE)
    done: Counted = stage.counted(board, stream, slug, key, batch=batch, rate=RATE)
    time.sleep(_SETTLE_S)
    # The page shows whole yuan, cut.
    whole = [total - total % 100 for total in totals(stream, batch)]
    every = delays(due(done, RATE, batch), whole, _seen(page))
    return every[FIRST_SECONDS * RATE // batch :]


def _seen(page: Page) -> Seen:
    """Return when the wall began to show which total, in minor units, rising."""
    noted: list[tuple[int, str]] = page.evaluate("() => window.noted")
    seen: Seen = []
    for at, text in noted:
        total = 100 * int("0" + re.sub(r"[^0-9]", "", text))
        if total > (seen[-1][1] if seen else 0):
            seen.append((at / 1000, total))
    return seen
