"""R3: what is shown is what the ledger holds, looked after beside the running board."""

import logging
from collections.abc import Callable
from typing import cast

import pytest
import redis

from dashboard.core import rows
from dashboard.pulse.source import RedisSource
from dashboard.pulse.tick import Pulse
from dashboard.store import checks, tallies
from dashboard.store.checks import Verdict
from dashboard.store.minutes import Minutes
from dashboard.store.tables import Batch, Campaign, LedgerHead, Milestone, Source
from dashboard.tally import audit
from dashboard.tally.audit import Audit
from dashboard.tally.rebuild import rebuild
from dashboard.tally.settle import settle
from tests.worlds import MIDNIGHT_MS, append, event, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = MIDNIGHT_MS // 60_000
# In the campaign, by its clock, which is the real one.
NOW_MS = MIDNIGHT_MS + 600_000
LATER_MS = NOW_MS + audit.EVERY_MS


@pytest.fixture
def world(client: redis.Redis) -> tuple[Campaign, Source]:
    """Two minutes with payments, one sent twice and one in conflict, all counted."""
    campaign, source = festival()
    append(source, payment("a", 100), payment("a", 100), payment("b", 20, after_ms=60_000))
    append(source, payment("a", 7), event("payment.refunded", "r", amount=5))
    settle(client, campaign.pk)
    return campaign, source


def alter(client: redis.Redis, campaign: Campaign, gross: int = 1_000) -> None:
    """Alter a minute's gross by hand."""
    name = tallies.live_name(client, campaign.pk)
    row = tallies.key(campaign.pk, name, f"m:{MINUTE}")
    figures = rows.unpack(cast("bytes", client.hget(row, "total")))
    client.hset(row, "total", rows.pack([figures[0] + gross, *figures[1:]]))


def verdict(campaign: Campaign) -> Verdict:
    found = checks.latest(campaign.pk)
    assert found
    return found


def test_figures_as_the_ledger_has_them_are_green(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    Audit(world[0].pk).look(client, world[0], NOW_MS)
    assert verdict(world[0]) == Verdict(2, NOW_MS, True, "")


def test_a_figure_altered_by_hand_is_red_and_told_once(
    client: redis.Redis, world: tuple[Campaign, Source], caplog: pytest.LogCaptureFixture
) -> None:
    alter(client, world[0])
    watching = Audit(world[0].pk)
    for look in range(4):
        watching.look(client, world[0], NOW_MS + look * audit.EVERY_MS)
    minute = "minute 2012-11-10T16:00:00Z gross: ledger 100, board 1100"
    assert (verdict(world[0]).agree, verdict(world[0]).detail) == (False, minute)
    alarms = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert [one.getMessage() for one in alarms] == [
        f"figures do not agree, milestones on hold campaign=festival {minute}"
    ]


def test_a_minute_that_is_gone_is_red(client: redis.Redis, world: tuple[Campaign, Source]) -> None:
    name = tallies.live_name(client, world[0].pk)
    client.delete(tallies.key(world[0].pk, name, f"m:{MINUTE}"))
    Audit(world[0].pk).look(client, world[0], NOW_MS)
    assert not verdict(world[0]).agree


def test_a_rebuild_makes_it_green_again(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    alter(client, world[0])
    watching = Audit(world[0].pk)
    watching.look(client, world[0], NOW_MS)
    rebuild(client, world[0].pk)
    watching.look(client, world[0], NOW_MS + audit.EVERY_MS_WHEN_RED)
    assert verdict(world[0]).agree


def test_it_follows_what_is_settled_meanwhile(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    watching = Audit(world[0].pk)
    watching.look(client, world[0], NOW_MS)
    append(world[1], payment("a", 100), payment("late", 3), payment("c", 9, after_ms=120_000))
    settle(client, world[0].pk)
    watching.look(client, world[0], NOW_MS + 2_000)
    assert verdict(world[0]).position == 2
    watching.look(client, world[0], LATER_MS)
    assert verdict(world[0]) == Verdict(3, LATER_MS, True, "")


def test_what_counts_on_while_it_looks_does_not_confuse_it(
    client: redis.Redis, world: tuple[Campaign, Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(method: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: object) -> object:
            found = method(*arguments)
            append(world[1], payment(f"m{Batch.objects.count()}", 1))
            settle(client, world[0].pk)
            return found

        return called

    watching = Audit(world[0].pk)
    watching.look(client, world[0], NOW_MS)
    for name in ("touched", "fields", "standing"):
        with monkeypatch.context() as busy:
            old = getattr(Minutes, name)
            busy.setattr(Minutes, name, meanwhile(old))
            watching.look(client, world[0], LATER_MS)
        assert verdict(world[0]).agree


def test_an_emptied_redis_says_nothing_until_it_has_counted_again(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    watching = Audit(world[0].pk)
    watching.look(client, world[0], NOW_MS)
    client.flushall()
    watching.look(client, world[0], LATER_MS)
    assert verdict(world[0]).checked_ms == NOW_MS
    settle(client, world[0].pk)
    watching.look(client, world[0], LATER_MS)
    assert verdict(world[0]) == Verdict(2, LATER_MS, True, "")


def test_a_frame_with_another_total_is_red_when_it_is_seen_twice(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    Pulse(RedisSource(client), "").tick(NOW_MS)
    watching = Audit(world[0].pk)
    watching.look(client, world[0], NOW_MS)
    assert verdict(world[0]).agree
    key = tallies.key(world[0].pk, "frame")
    shown = client.get(key)
    assert isinstance(shown, bytes)
    client.set(key, shown.replace(b'"gross":120', b'"gross":121'))
    watching.look(client, world[0], LATER_MS)
    assert verdict(world[0]).agree
    watching.look(client, world[0], LATER_MS + audit.EVERY_MS_WHEN_RED)
    assert verdict(world[0]).detail == "total gross: ledger 120, frame 121"


def test_no_milestone_fires_while_it_is_red_and_it_fires_after_the_repair(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    campaign, source = world
    Milestone.objects.create(campaign=campaign, key="first", amount=150)
    pulse, watching = Pulse(RedisSource(client), ""), Audit(campaign.pk)
    alter(client, campaign, 10)
    watching.look(client, campaign, NOW_MS)
    append(source, payment("c", 20))  # 140 in truth, 150 by the figures
    settle(client, campaign.pk)
    pulse.tick(NOW_MS)
    assert not Milestone.objects.filter(crossed_ms__isnull=False).exists()
    append(source, payment("d", 20))
    rebuild(client, campaign.pk)
    pulse.tick(NOW_MS + 1_000)
    assert not Milestone.objects.filter(crossed_ms__isnull=False).exists()
    watching.look(client, campaign, NOW_MS + audit.EVERY_MS_WHEN_RED)
    pulse.tick(NOW_MS + 2_000)
    assert Milestone.objects.get().total == 160


def test_no_milestone_fires_while_nobody_has_audited_for_minutes(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    campaign, _source = world
    pulse, watching = Pulse(RedisSource(client), ""), Audit(campaign.pk)
    watching.look(client, campaign, NOW_MS)
    Milestone.objects.create(campaign=campaign, key="first", amount=100)
    late_ms = NOW_MS + checks.STALE_MS
    pulse.tick(late_ms)
    assert not Milestone.objects.filter(crossed_ms__isnull=False).exists()
    watching.look(client, campaign, late_ms)
    pulse.tick(late_ms + 1_000)
    assert Milestone.objects.get().total == 120


def test_figures_that_were_never_audited_are_trusted_for_minutes_too(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    Milestone.objects.create(campaign=world[0], key="first", amount=100)
    Pulse(RedisSource(client), "").tick(MIDNIGHT_MS + checks.STALE_MS)
    assert Milestone.objects.get().total is None
    Pulse(RedisSource(client), "").tick(MIDNIGHT_MS + checks.STALE_MS - 1)
    assert Milestone.objects.get().total == 120


def test_the_last_verdict_on_a_campaign_that_is_final_does_not_age(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    final_ms = world[0].end_ms + 4 * 3_600_000
    Audit(world[0].pk).look(client, world[0], final_ms)
    assert verdict(world[0]).vouches(final_ms + checks.STALE_MS, 2, final=True)
    assert not verdict(world[0]).vouches(final_ms + checks.STALE_MS, 3, final=True)


def test_a_batch_that_cannot_be_read_is_red(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    Batch.objects.filter(seq=1).update(payload=b"")
    Audit(world[0].pk).look(client, world[0], NOW_MS)
    assert verdict(world[0]).detail.startswith("ledger: batch 1 of campaign")


def test_a_ledger_put_back_to_an_earlier_state_is_recounted(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    watching = Audit(world[0].pk)
    watching.look(client, world[0], NOW_MS)
    Batch.objects.filter(seq=2).delete()
    LedgerHead.objects.update(seq=1, events=3)
    settle(client, world[0].pk)
    watching.look(client, world[0], LATER_MS)
    assert verdict(world[0]) == Verdict(1, LATER_MS, True, "")


def test_a_campaign_that_is_final_and_agreed_is_left_alone(
    client: redis.Redis, world: tuple[Campaign, Source]
) -> None:
    final_ms = world[0].end_ms + 4 * 3_600_000
    watching = Audit(world[0].pk)
    watching.look(client, world[0], final_ms)
    watching.look(client, world[0], final_ms + audit.EVERY_MS)
    assert verdict(world[0]).checked_ms == final_ms
    append(world[1], payment("very late"))
    settle(client, world[0].pk)
    watching.look(client, world[0], final_ms + 2 * audit.EVERY_MS)
    assert verdict(world[0]).position == 3
