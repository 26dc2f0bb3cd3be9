from collections.abc import Callable
from typing import Any

import pytest
import redis

from dashboard.store import tallies
from dashboard.store.generation import Generation, drop_shadows
from dashboard.tally import rebuild as rebuilding
from dashboard.tally.rebuild import RebuildFailed, rebuild
from dashboard.tally.reconcile import reconcile
from dashboard.tally.settle import settle
from tests.worlds import append, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)


def afterwards(method: Any, then: Callable[[], object]) -> Any:
    """Return `method`, which does `then` once it is done."""

    def both(*arguments: Any) -> Any:
        result = method(*arguments)
        then()
        return result

    return both


def lost(*_: Any) -> None:
    """Stand for a Redis that goes away."""
    raise redis.ConnectionError


def test_the_live_generation_is_not_discarded(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a", 100))
    settle(client, campaign.pk)
    Generation.current(client, campaign.pk).discard()
    assert reconcile(client, campaign.pk).differences == []


def test_a_rebuild_that_breaks_off_after_the_flip_leaves_its_figures_alone(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, source = festival()
    append(source, payment("a", 100))
    settle(client, campaign.pk)
    before = tallies.live_name(client, campaign.pk)
    flip = Generation.go_live
    monkeypatch.setattr(Generation, "go_live", afterwards(flip, lost))
    with pytest.raises(redis.ConnectionError):
        rebuild(client, campaign.pk)
    assert tallies.live_name(client, campaign.pk) != before
    assert reconcile(client, campaign.pk).differences == []


def test_of_two_rebuilds_the_first_gives_way_and_nothing_counts_twice(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, source = festival()
    for number in range(3):
        append(source, payment(str(number), 100))
    settle(client, campaign.pk)
    monkeypatch.setattr(rebuilding, "EVENTS_AT_ONCE", 1)
    with pytest.raises(RebuildFailed):
        rebuild(client, campaign.pk, lambda _: drop_shadows(client, campaign.pk))
    assert reconcile(client, campaign.pk).differences == []


def test_a_rebuild_that_breaks_off_leaves_nothing_behind(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    settle(client, campaign.pk)
    before = set(client.scan_iter())
    monkeypatch.setattr("dashboard.tally.rebuild.advance", lambda *_: "moved")
    with pytest.raises(RebuildFailed):
        rebuild(client, campaign.pk)
    assert set(client.scan_iter()) == before


def test_a_rebuild_that_breaks_off_leaves_no_buyers_that_were_told_beside_its_commits(
    client: redis.Redis,
) -> None:
    campaign, source = festival()
    append(source, *(payment(str(number), buyer=f"b{number}") for number in range(9)))
    settle(client, campaign.pk)
    before = set(client.scan_iter())
    with pytest.raises(redis.ConnectionError):
        rebuild(client, campaign.pk, lost)
    assert set(client.scan_iter()) == before


def test_a_rebuild_has_the_buyers_of_every_hour_and_none_of_a_conflict(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, source = festival()
    for number in range(3):
        paid = payment(str(number), after_ms=number * 3_600_000, buyer=f"b{number}")
        append(source, paid, payment("again", 1, buyer=f"c{number}"), payment(f"n{number}"))
    settle(client, campaign.pk)
    live = Generation.current(client, campaign.pk).buyers()
    monkeypatch.setattr(rebuilding, "EVENTS_AT_ONCE", 4)
    rebuild(client, campaign.pk)
    assert Generation.current(client, campaign.pk).buyers() == live
    assert sorted(live.values()) == [1, 1, 2]
