"""F35: five hundred connections that say nothing; what a shop waits for its 202 meanwhile."""

import statistics
import time

import httpx
import pytest

from tests import webserver
from tests.faults.figures import record
from tests.faults.long.test_dawdlers import is_cut
from tests.webserver import SLUG, WebServer

IDLE, AN_ADDRESS, SECONDS = 500, 100, 6
# Promised are twice as long, and 15 s; the bounds leave a slow machine room, and its disk.
TIMES, NOISE_MS = 2, 50
GONE_WITHIN_S, PATIENCE_S = 40, 60
PAYMENTS = [
    {
        "id": f"p-{number}",
        "type": "payment.succeeded",
        "occurred_at": "2012-11-11T00:00:00Z",
        "amount": 1,
        "currency": "CNY",
    }
    for number in range(10)
]


def p99_ms(served: WebServer) -> float:
    """Post for a while; return the time within which 99 of 100 were told 202, ms."""
    took: list[float] = []
    address, bearer = f"http://127.0.0.1:{served.port}", {"authorization": f"Bearer {served.key}"}
    with httpx.Client(base_url=address, headers=bearer, timeout=10, trust_env=False) as shop:
        until = time.monotonic() + SECONDS
        while (began := time.monotonic()) < until:
            answer = shop.post(f"/api/v1/campaigns/{SLUG}/events", json=PAYMENTS)
            assert answer.status_code == 202, answer.text
            took.append(1_000 * (time.monotonic() - began))
    return statistics.quantiles(took, n=100)[98]


@pytest.mark.parametrize("name", ["daphne", "uvicorn"])
def test_who_says_nothing_keeps_nobody_else_waiting_f35(name: str) -> None:
    with webserver.running(name) as served:
        p99_ms(served)  # its first answers take longer
        was, began = p99_ms(served), time.monotonic()
        idle = [served.connect(10 + number // AN_ADDRESS) for number in range(IDLE)]
        became = p99_ms(served)
        there = sum(not is_cut(one) for one in idle)
        while not all(map(is_cut, idle)) and time.monotonic() - began < PATIENCE_S:
            time.sleep(0.1)
        gone_s = time.monotonic() - began
    assert there == IDLE
    assert gone_s <= GONE_WITHIN_S
    assert became <= TIMES * was + NOISE_MS
    told = f"POSTs' p99 {was:.1f} ms before, {became:.1f} ms meanwhile; gone after {gone_s:.0f} s"
    record("F35", f"{IDLE} idle connections, {name}", told)
