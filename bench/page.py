"""What the wall costs the machine that shows it: CPU of the page at one frame a second."""

import time
from typing import NamedTuple

import django
import psutil
from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.options import Options
from bench.report import Cell, Table, spread
from tests.browser import day
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.stored import Stored

SECONDS, QUICK_SECONDS = 60, 15
_SETTLE_S = 5
# Afternoon, most of the curve drawn.
BEGIN = 16 * 3600 + 20 * 60
SIZES = ((1920, 1080), (3840, 2160))
COLUMNS = [
    "wall",
    "page % of a core",
    "its main thread %",
    "script %",
    "style, layout %",
    "GPU process %",
]


class Cost(NamedTuple):
    """Seconds since the start: CPU of the page's process and the GPU's, and what the page did."""

    page: float
    gpu: float
    tasks: float
    script: float
    layout: float


def measure(options: Options) -> Table:
    """Return the table: a row a size."""
    django.setup()
    rows: list[list[Cell]] = []
    with sync_playwright() as playwright:
        for size in SIZES:
            options.say(f"{size[0]} × {size[1]}")
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": size[0], "height": size[1]})
            rows.append([f"{size[0]} × {size[1]}", *_shares(options, page)])
            browser.close()
    note = (
        "A minute of the demo's afternoon in real time, one frame a second; no GPU in the machine."
    )
    return Table("CPU of a wall's page", COLUMNS, rows, note)


def _shares(options: Options, page: Page) -> list[Cell]:
    """Return per cent of a core, while a frame comes each second."""
    seconds = QUICK_SECONDS if options.quick else SECONDS
    with Stored(day.opening(BEGIN)) as board:
        page.goto(f"{board.url}/wall/festival/")
        _feed(board, BEGIN + 1, _SETTLE_S)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        before, began = _cost(session), time.monotonic()
        _feed(board, BEGIN + 1 + _SETTLE_S, seconds)
        took, after = time.monotonic() - began, _cost(session)
    used = (100 * (end - start) / took for start, end in zip(before, after, strict=True))
    page_used, gpu, tasks, script, layout = used
    return [spread([value], 1) for value in (page_used, tasks, script, layout, gpu)]


def _feed(board: Stored, first: int, seconds: int) -> None:
    begin = time.monotonic()
    for passed in range(seconds):
        board.send(day.frame(first + passed))
        time.sleep(max(0.0, begin + passed + 1 - time.monotonic()))


def _cost(session: CDPSession) -> Cost:
    found = session.send("Performance.getMetrics")["metrics"]
    spent = {one["name"]: one["value"] for one in found}
    layout = spent["LayoutDuration"] + spent["RecalcStyleDuration"]
    return Cost(
        _used("renderer"),
        _used("gpu-process"),
        spent["TaskDuration"],
        spent["ScriptDuration"],
        layout,
    )


def _used(kind: str) -> float:
    """CPU seconds of our browser's processes of a kind."""
    used = 0.0
    for process in psutil.Process().children(recursive=True):
        if f"--type={kind}" in process.cmdline():
            times = process.cpu_times()
            used += times.user + times.system
    return used
