"""72 hours in three minutes: walls that are never wrong, and never still for 5 s.

At 1,440 times real time three midnights pass, and every socket and channel group ends after "24
hours" (compressed.py). A deploy restarts every process, Valkey is restarted, and one wall's socket
is cut 50 times; another wall's is not, so that it lives for a day.
"""

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from math import inf
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser

from tests import boards
from tests.boards import Board
from tests.browser.long import festival
from tests.browser.long.compressed import DAY_S
from tests.browser.long.festival import SECONDS, SLUG, SPEED
from tests.browser.long.heap import Heap
from tests.browser.long.machine import Ticker, ticking
from tests.browser.long.watching import CUT, TOLD, Seen, Wall, gaps, wrong
from tests.faults.killing import pids_of, tell
from tests.faults.long.cut_link import Link
from tests.path.watching import valkey

OUTAGE_S, GROWTH = 5.0, 0.2
CUTS = 50
# The first web server is to have lived for a day before it is replaced.
AGES_S, DEPLOY_S, RESTART_S = 65.0, 66.0, 120.0
# Faults come one at a time: no cuts while processes are being replaced.
QUIET_S = {DEPLOY_S: 25.0, RESTART_S: 10.0}
# Weighed are the walls on the first day, when every panel has been drawn, and once all is over; a
# stop for the first weighing is no outage. In the end, who was cut holds what the other holds.
WARM_S = 50.0
SAME = 1.03
ROLES = ("worker", "pulse", "beat", "daphne")
GROUP = "gmv-live:group:frames"


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


def replace(board: Board, role: str, wall: Wall) -> None:
    """End a role; return when another process has taken its place and the wall moves."""
    old = pids_of(board, role)
    assert tell(board, role, signal.SIGTERM) == 1
    while pids_of(board, role) in ([], old):
        wall.page.wait_for_timeout(100)
    wall.until_it_moves()


def deploy(board: Board, wall: Wall) -> None:
    """Have every process replaced, the next one told while the last is still being followed."""
    for role in ROLES:
        replace(board, role, wall)


def cut(link: Link, wall: Wall) -> None:
    """Cut the wall's socket, once it has one."""
    before = len(wall.ended)
    while not wall.page.evaluate("window.newest?.readyState === 1"):
        wall.page.wait_for_timeout(50)
    link.hang_up()
    while len(wall.ended) == before:
        wall.page.wait_for_timeout(20)


def campaign_ms(board: Board) -> Callable[[int], float]:
    """Return the campaign's clock, by real time in ms."""
    clock = board.http.get(f"/api/v1/campaigns/{SLUG}/snapshot").json()["meta"]["clock"]
    real, campaign = (
        1000 * datetime.fromisoformat(clock[k]).timestamp() for k in ("real", "campaign")
    )
    return lambda at_ms: campaign + (at_ms - real) * SPEED


def group_age(board: Board) -> float:
    """Return how old the web server's group was when it was joined last, in seconds.

    Infinite where it has ended, and is about to be joined again.
    """
    client = valkey(board)
    joined = [at for _, at in client.zscan_iter(GROUP)]
    began = psutil.Process(board.pids["daphne"]).create_time()
    return max((at - began for at in joined if at), default=inf)


def play(acts: list[tuple[float, Callable[[], object]]], wall: Wall) -> None:
    """Do each act at its time, in seconds from now."""
    began = time.monotonic()
    for at, act in sorted(acts, key=lambda one: one[0]):
        wall.page.wait_for_timeout(max(0.0, 1000 * (began + at - time.monotonic())))
        act()


def test_three_days_pass_without_an_outage_or_a_wrong_number(
    compressed: Board, browser: Browser, tmp_path: Path
) -> None:
    festival.create(compressed)
    link = Link(compressed.port)
    with festival.played(compressed, tmp_path), ticking() as ticker:
        restless, steady = walls = Wall(browser, link.port), Wall(browser, compressed.port)
        clock = campaign_ms(compressed)
        warm: list[Heap] = []
        ages: list[float] = []
        play(
            [
                *((at, lambda: cut(link, restless)) for at in cut_times()),
                (WARM_S, lambda: warm.extend(wall.weigh() for wall in walls)),
                (DEPLOY_S, lambda: deploy(compressed, steady)),
                (AGES_S, lambda: ages.append(group_age(compressed))),
                (RESTART_S, lambda: replace(compressed, "valkey", steady)),
            ],
            steady,
        )
        for wall in walls:
            wall.until_it_closes()
    # What is closed tells nothing new: judged is what was told before the last weighing.
    told = [wall.seen for wall in walls]
    for wall, seen in zip(walls, told, strict=True):
        say(wall, seen, wrong(seen, clock), ticker)
    last = [say_weight(wall, first) for wall, first in zip(walls, warm, strict=True)]
    # What is said to have passed has passed.
    assert [code for _, code in restless.ended].count(CUT) >= CUTS
    assert [life for life, code in steady.ended if code == TOLD and life >= DAY_S]
    assert ages[0] > DAY_S
    assert all(f"leaves name={one}" in compressed.log() for one in ROLES if one != "beat")
    for seen in told:
        assert {one.day for one in seen if one.day} == {f"Day {n} of 3" for n in (1, 2, 3)}
        assert wrong(seen, clock) == []
        assert gaps(seen)[0][0] <= OUTAGE_S
    for first, now in zip(warm, last, strict=True):
        assert now.held < (1 + GROWTH) * first.held
        assert now.whole < (1 + GROWTH) * first.whole
    # Fifty sockets more have left nothing behind.
    assert last[0].held < SAME * last[1].held
    assert compressed.manage("reconcile", SLUG, check=False).returncode == 0
    for wall in walls:
        wall.page.context.close()
    link.close()


def say(wall: Wall, seen: list[Seen], wrongly: list[Seen], ticker: Ticker) -> None:
    """Say what was found of a wall, and how the machine did in the longest gaps."""
    codes = Counter(code for _, code in wall.ended)
    print(
        f"72 h: {len(seen)} looks, wrong {len(wrongly)}; sockets ended {dict(codes)}; "
        f"flag up at {sum(one.flag for one in seen)} looks; longest without a new one:"
    )
    began = seen[0].at_ms / 1000
    for long, at in gaps(seen)[:5]:
        print(f"  {long:.1f} s at {at - began:.0f} s ({ticker.between(at, at + long)})")


def say_weight(wall: Wall, first: Heap) -> Heap:
    """Weigh a wall anew, and say it beside what it was."""
    heap = wall.weigh()
    grown = [
        100 * (now / then - 1) for now, then in ((heap.held, first.held), (heap.whole, first.whole))
    ]
    print(f"72 h: {first} -> {heap}; held {grown[0]:+.0f} %, whole {grown[1]:+.0f} %")
    return heap
