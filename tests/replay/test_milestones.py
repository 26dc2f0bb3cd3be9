"""The festival of 2012 up to a quarter to two in the afternoon, and what falls on its way."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import groupby, takewhile
from threading import Event as Flag

import msgspec
import pytest
import redis
from django.db import connection

from dashboard.core.clock import Clock
from dashboard.core.events import Entry, Event, to_ms
from dashboard.pulse import facts as facts_of
from dashboard.pulse.channel import Channel
from dashboard.pulse.source import RedisSource
from dashboard.replay import curve, demo, festival
from dashboard.store import ledger, rehearsals
from dashboard.store.connect import connect
from dashboard.store.ledger import Incoming
from dashboard.store.tables import Campaign, Milestone, MilestoneNote
from dashboard.tally.settle import settle
from tests.replay.test_demo import client
from tests.worlds import MIDNIGHT_MS

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["client"]
START = datetime(2012, 11, 10, 16, tzinfo=UTC)
NOW_MS = 1_800_000_000_000
UNTIL_MS = MIDNIGHT_MS + (13 * 60 + 45) * 60_000
# How much of the day comes at once.
STEP_MS = 20 * 60_000


@pytest.fixture(scope="module")
def payments() -> list[Entry]:
    """All payments of the replay up to 13:45."""
    dues = festival.events(curve.named("2012"), START, "CNY")
    early = takewhile(lambda due: due.at_ms < UNTIL_MS, dues)
    told = (msgspec.json.decode(due.line, type=Event) for due in early if due.gross)
    return [
        Entry(
            id=one.id,
            type=one.type,
            at=to_ms(one.occurred_at),
            amount=one.amount or 0,
            count=one.count,
            platform=one.platform or "",
        )
        for one in told
    ]


def steps(payments: list[Entry]) -> Iterator[tuple[int, list[Entry]]]:
    """Yield the payments of each step of the day, and when it is over."""
    for number, some in groupby(payments, lambda one: (one.at - MIDNIGHT_MS) // STEP_MS):
        yield MIDNIGHT_MS + (number + 1) * STEP_MS, list(some)


def settler(campaign_id: int, over: Flag) -> None:
    """Settle for as long as there is anything to come, as a worker whose bell never rests."""
    redis_client = connect()
    try:
        while not over.wait(0.005):
            settle(redis_client, campaign_id)
    finally:
        redis_client.close()
        connection.close()


def play(campaign: Campaign, payments: list[Entry], workers: int, client: redis.Redis) -> None:
    """Play them as fast as they are counted, with so many settlers, before two pulses."""
    source, over = rehearsals.source_of(campaign, "replay"), Flag()
    about = facts_of.read(campaign, "1")
    pulses = [Channel(RedisSource(client), about, NOW_MS) for _ in range(2)]
    with ThreadPoolExecutor(workers) as pool:
        settlers = [pool.submit(settler, campaign.pk, over) for _ in range(workers)]
        try:
            for until_ms, some in steps(payments):
                now_ms = campaign.clock.real(until_ms)
                ledger.append([Incoming.of(campaign.pk, source.pk, now_ms, some)])
                while not all(told(pulse, now_ms) for pulse in pulses):
                    pass
        finally:
            over.set()
        for one in settlers:
            one.result()


def told(pulse: Channel, now_ms: int) -> bool:
    """Let a pulse tick; return whether it has seen all that the ledger holds."""
    pulse.tick(now_ms, slow=True)
    return pulse.screen.cache.position == ledger.head(pulse.screen.facts.campaign_id)


@pytest.mark.parametrize(("workers", "speed"), [(1, 144), (2, 1_440), (3, 14_400), (4, 100_000)])
def test_last_year_is_passed_at_0219_and_ten_billion_at_1338_each_once_and_in_order(
    client: redis.Redis, payments: list[Entry], workers: int, speed: int
) -> None:
    campaign = demo.prepare("2012", NOW_MS)
    rehearsals.set_clock(campaign, Clock(NOW_MS, MIDNIGHT_MS, speed * 1_000))
    play(campaign, payments, workers, client)
    fallen = Milestone.objects.filter(
        crossed_ms__isnull=False, kind__in=["amount", "reference_total"]
    )
    crossed = {one.key: (one.crossed_ms or 0) - MIDNIGHT_MS for one in fallen}
    assert 8_310_000 <= crossed["all-of-2011"] <= 8_370_000  # 02:18:30 to 02:19:30
    assert abs(crossed["10-billion"] - 49_080_000) <= 60_000  # 13:38
    by_time = sorted(fallen, key=lambda one: (one.crossed_ms or 0, one.amount))
    assert [one.amount for one in by_time] == sorted(one.amount for one in fallen)
    fired = MilestoneNote.objects.filter(what="fired", milestone__in=fallen)
    assert [note.milestone_id for note in fired] == [one.pk for one in by_time]
    others = set(Milestone.objects.filter(crossed_ms__isnull=False).values_list("key", flat=True))
    assert {"start", "bulletin-1-minute", "bulletin-13-hours", "peak-minute"} <= others
    assert "bulletin-14-hours" not in others
