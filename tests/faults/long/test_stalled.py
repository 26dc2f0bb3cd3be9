"""R9 (F36): a hundred viewers who read nothing; what the two hundred who read wait for a frame."""

import statistics
import time

import pytest

from bench import fanout
from tests import webserver
from tests.faults.figures import record
from tests.faults.long.test_dawdlers import MIB, is_cut
from tests.webserver import WebServer

HONEST, STALLED = 200, 100
FRAMES_A_SECOND, SECONDS = 4, 6
# Promised are +-20 %; the bound leaves a slow machine room, where milliseconds come and go.
TIMES, NOISE_MS = 2, 50
CUT_WITHIN_S, GROWN_MIB = 30, 30


def until_cut_s(served: WebServer, began: float) -> float:
    """Publish until every caller is cut; return the seconds since `began`."""
    while not all(is_cut(one) for one in served.callers):
        assert time.monotonic() - began < 2 * CUT_WITHIN_S
        served.publisher.publish()
        time.sleep(1 / FRAMES_A_SECOND)
    return time.monotonic() - began


@pytest.mark.parametrize("name", ["daphne", "uvicorn"])
def test_who_reads_nothing_keeps_nobody_else_waiting_f36(name: str) -> None:
    with webserver.running(name) as served:
        with fanout.readers(served.port, HONEST) as honest:
            before, *_ = fanout.run(served, honest, FRAMES_A_SECOND, SECONDS)
        rss = served.rss()
        with fanout.readers(served.port, HONEST) as honest:
            began, served.callers = time.monotonic(), []
            for number in range(STALLED):
                served.open_socket(4 + number % 2, small=True)
            during, *_ = fanout.run(served, honest, FRAMES_A_SECOND, SECONDS)
        cut_s, grown = until_cut_s(served, began), (served.rss() - rss) / MIB
    assert before["lost"] == during["lost"] == 0
    was, became = (statistics.quantiles(one["delays"], n=100)[98] for one in (before, during))
    assert became <= TIMES * was + NOISE_MS
    assert cut_s <= CUT_WITHIN_S
    assert grown <= GROWN_MIB
    told = f"p99 {was:.1f} ms before, {became:.1f} ms meanwhile ({became / was - 1:+.0%})"
    figures = f"{HONEST} readers' {told}; cut after {cut_s:.0f} s at most, RSS {grown:+.0f} MiB"
    record("R9", f"{STALLED} stalled sockets, {name}", figures)
