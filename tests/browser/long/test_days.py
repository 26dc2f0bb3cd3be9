"""72 hours in three minutes: a wall that is never wrong, and never still for 5 s.

At 1,440 times real time three midnights pass, and every socket and channel group ends after "24
hours" (compressed.py). A deploy restarts every process, Valkey is restarted, and sockets are cut
50 times.
"""

import signal
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import boards
from tests.boards import Board
from tests.browser.long import festival
from tests.browser.long.festival import SECONDS, SLUG, SPEED, TOTAL
from tests.browser.long.heap import used_bytes
from tests.faults.killing import pids_of, tell
from tests.faults.long.cut_link import Link

OUTAGE_S, GROWTH = 5.0, 1.2
CUTS, DEPLOY_S, RESTART_S = 50, 60.0, 120.0
# Faults come one at a time: no cuts while processes are being replaced.
QUIET_S = {DEPLOY_S: 25.0, RESTART_S: 10.0}
WARM_S = 50.0  # a first day of data; from then on it must be the data alone that grows
ROLES = ("worker", "pulse", "beat", "daphne")

# Notes each new moment that the wall tells: when, the total the page has, the day it names, a flag.
WATCH = """window.seen = [];
new MutationObserver((changes) => {
  if (!changes.some(({ target }) => target.dataset?.at === "as-of")) return;
  const said = (name) => document.querySelector(`[data-at=${name}]`).textContent;
  const flag = document.querySelector("[data-at=flag]");
  const gross = Number(document.body.dataset.gross ?? 0);
  window.seen.push([Date.now(), gross, said("day"), !flag.hidden]);
}).observe(document, { childList: true, subtree: true });"""


class Seen(NamedTuple):
    """What the wall told at a time (real, ms): a total in minor units, a day, if a flag was up."""

    at_ms: int
    gross: int
    day: str
    flag: bool


@pytest.fixture(scope="module")
def compressed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("compressed") / "data"
    settings = "tests.browser.long.compressed"
    with boards.running(folder, DJANGO_SETTINGS_MODULE=settings) as running:
        yield running


def cut_times() -> list[float]:
    """Fifty times, evenly spread over what is not kept quiet."""
    free = [
        tenth / 10
        for tenth in range(80, int(10 * SECONDS) - 50)
        if not any(begin <= tenth / 10 < begin + long for begin, long in QUIET_S.items())
    ]
    return [free[n * len(free) // CUTS] for n in range(CUTS)]


def deploy(board: Board, page: Page) -> None:
    """Have every process replaced, one after another."""
    for role in ROLES:
        old = pids_of(board, role)
        tell(board, role, signal.SIGTERM)
        while pids_of(board, role) in ([], old):
            page.wait_for_timeout(100)


def restart(board: Board) -> None:
    tell(board, "valkey", signal.SIGTERM)


def campaign_ms(board: Board) -> Callable[[int], float]:
    """Return the campaign's clock, by real time in ms."""
    clock = board.http.get(f"/api/v1/campaigns/{SLUG}/snapshot").json()["meta"]["clock"]
    real, campaign = (
        1000 * datetime.fromisoformat(clock[k]).timestamp() for k in ("real", "campaign")
    )
    return lambda at_ms: campaign + (at_ms - real) * SPEED


def test_three_days_pass_without_an_outage_or_a_wrong_number(
    compressed: Board, browser: Browser, tmp_path: Path
) -> None:
    festival.create(compressed)
    link = Link(compressed.port)
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.add_init_script(WATCH)
    with festival.played(compressed, tmp_path):
        page.goto(f"http://127.0.0.1:{link.port}/wall/{SLUG}/?lang=en")
        expect(page.locator("[data-at=day]")).to_have_text("Day 1 of 3", timeout=20_000)
        clock = campaign_ms(compressed)
        acts: list[tuple[float, Callable[[], object]]] = [
            *((at, link.hang_up) for at in cut_times()),
            (DEPLOY_S, lambda: deploy(compressed, page)),
            (RESTART_S, lambda: restart(compressed)),
        ]
        heap: list[int] = []
        acts += [(at, lambda: heap.append(used_bytes(page))) for at in (WARM_S, SECONDS - 3)]
        began = time.monotonic()
        for at, act in sorted(acts, key=lambda one: one[0]):
            page.wait_for_timeout(max(0.0, 1000 * (began + at - time.monotonic())))
            act()
        expect(page.locator("main")).to_have_attribute("data-phase", "closed", timeout=30_000)
        expect(page.locator("body")).to_have_attribute("data-gross", str(TOTAL), timeout=30_000)
    told = [Seen(*one) for one in page.evaluate("window.seen")]
    seen = [one for one in told if one.gross]  # from the first payment on
    judge(seen, clock, heap)
    assert compressed.manage("reconcile", SLUG, check=False).returncode == 0
    page.context.close()
    link.close()


def judge(seen: list[Seen], clock: Callable[[int], float], heap: list[int]) -> None:
    """Say what was found, and fail where it is not good enough."""
    gaps = sorted(
        ((b.at_ms - a.at_ms) / 1000, (a.at_ms - seen[0].at_ms) / 1000) for a, b in pairwise(seen)
    )
    longest = ", ".join(f"{long:.1f} s at {at:.0f} s" for long, at in gaps[:-6:-1])
    over = [one for one in seen if one.gross > festival.due(clock(one.at_ms))]
    fallen = [b for a, b in pairwise(seen) if b.gross < a.gross]
    growth = heap[-1] / heap[0]
    print(
        f"72 h: {len(seen)} looks, longest without a new one {longest}; "
        f"above the truth {len(over)}, fallen {len(fallen)}; heap "
        f"{heap[0] / 2**20:.1f} to {heap[-1] / 2**20:.1f} MiB, {100 * (growth - 1):+.0f} %; "
        f"flag up at {sum(one.flag for one in seen)} looks"
    )
    assert (over, fallen) == ([], [])
    assert {one.day for one in seen if one.day} == {f"Day {n} of 3" for n in (1, 2, 3)}
    assert gaps[-1][0] <= OUTAGE_S
    assert growth < GROWTH
