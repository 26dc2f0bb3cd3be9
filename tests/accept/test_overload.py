"""Section 4 of the reliability document at the door: what is refused, how, and what it is told."""

import json

import pytest

from dashboard.accept.admission import NDJSON
from dashboard.accept.counters import IN_FLIGHT, IN_FLIGHT_BYTES, REFUSED, TOKENS
from dashboard.accept.pressure import Seen
from tests.accept.desk import GRANT, PAYMENT, Desk, payment
from tests.counted import counted

GIB = 1024**3


def refused(reason: str) -> float:
    return counted(REFUSED, reason=reason)


async def test_a_backlog_of_over_ten_seconds_refuses_batches(desk: Desk) -> None:
    desk.lookout.seen = Seen(free_bytes=GIB, behind_s={7: 11.0})
    before = refused("behind")
    line = json.dumps(PAYMENT).encode() + b"\n"
    lines = ("content-type", NDJSON)
    replies = [
        await desk.post([PAYMENT, payment(id="b")]),
        await desk.post(line * 2, lines),
        await desk.post(b"x", ("content-encoding", "gzip")),
    ]
    assert [reply.status for reply in replies] == [429, 429, 429]
    assert all(1 <= int(reply.headers["retry-after"]) <= 5 for reply in replies)
    assert refused("behind") - before == 3
    assert (await desk.post(PAYMENT)).status == 202
    assert (await desk.post(line, lines)).status == 202


async def test_a_backlog_of_over_thirty_seconds_refuses_all_of_that_campaign(desk: Desk) -> None:
    desk.lookout.seen = Seen(behind_s={7: 31.0})
    assert (await desk.post(PAYMENT)).status == 429
    desk.lookout.seen = Seen(behind_s={8: 31.0})
    assert (await desk.post(PAYMENT)).status == 202


@pytest.mark.parametrize(
    "seen", [Seen(free_bytes=1024), Seen(free_bytes=GIB, backlog_bytes=5 * GIB)]
)
async def test_without_room_for_more_it_is_503_f20(desk: Desk, seen: Seen) -> None:
    desk.lookout.seen = seen
    reply = await desk.post(PAYMENT)
    assert reply.status == 503
    assert 1 <= int(reply.headers["retry-after"]) <= 5
    assert desk.ledger.incoming == []


async def test_behind_a_commit_that_hangs_nobody_waits_f18(desk: Desk) -> None:
    desk.commit_s = 1.9
    assert (await desk.post(PAYMENT)).status == 503
    desk.commit_s = 0.0
    assert (await desk.post(PAYMENT)).status == 202


async def test_a_stranger_learns_nothing_of_the_pressure(desk: Desk) -> None:
    desk.lookout.seen = Seen(free_bytes=0)
    assert (await desk.post(PAYMENT, key="wrong")).status == 401


async def test_a_source_above_its_rate_is_429_until_it_has_paid_r8(desk: Desk) -> None:
    events = [payment(id=str(number)) for number in range(1_000)]
    desk.gate.spend(GRANT, 10_000_000)
    assert (await desk.post(events)).status == 202  # into debt by one body
    reply = await desk.post(PAYMENT)
    assert (reply.status, reply.headers["retry-after"] >= "1") == (429, True)
    assert reply.errors[0].startswith("events: expected at most 1000000 a second")
    desk.clock_s += 0.01
    assert (await desk.post(PAYMENT)).status == 202


async def test_tokens_and_what_is_in_flight_are_told(desk: Desk) -> None:
    await desk.post(PAYMENT)
    assert counted(TOKENS, campaign="festival", source="main") > 1_000
    assert counted(IN_FLIGHT) == counted(IN_FLIGHT_BYTES) == 0
