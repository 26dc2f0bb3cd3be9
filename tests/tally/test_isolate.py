import logging
from typing import Any

import pytest
import redis

from dashboard.store import decisions, ledger, stuck, tallies
from dashboard.store.decisions import Decision
from dashboard.store.stuck import Stuck
from dashboard.store.tables import Campaign, Quarantined, Source
from dashboard.tally import advance, isolate
from dashboard.tally.columns import Columns
from dashboard.tally.rebuild import rebuild
from dashboard.tally.reconcile import reconcile
from dashboard.tally.settle import settle
from tests.tally.seen import gross
from tests.worlds import append, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The process died: nothing that would clean up after it runs."""


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> dict[str, type[BaseException]]:
    """What the fold does on each id named here."""
    ids: dict[str, type[BaseException]] = {}
    fold = advance.__dict__["fold"]

    def fold_or_fail(columns: Columns, *rest: Any) -> Any:
        for id_ in columns.text("id"):
            if id_ in ids:
                raise ids[id_](id_)
        return fold(columns, *rest)

    monkeypatch.setattr(advance, "fold", fold_or_fail)
    return ids


def fill(source: Source, batches: int = 6, events: int = 20) -> None:
    for seq in range(batches):
        append(source, *(payment(f"{seq}-{i}", 1) for i in range(events)))


def one_of_three_isolated(
    client: redis.Redis, poison: dict[str, type[BaseException]]
) -> tuple[Campaign, Source]:
    """A campaign of three payments of 1, the second of which was isolated."""
    campaign, source = festival()
    fill(source, batches=1, events=3)
    poison["0-1"] = RuntimeError
    while settle(client, campaign.pk) != "settled":
        pass
    poison.clear()
    return campaign, source


def test_an_event_that_fails_is_isolated_and_the_rest_flows(
    client: redis.Redis,
    poison: dict[str, type[BaseException]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    campaign, source = festival()
    fill(source)
    poison["3-7"] = poison["3-19"] = poison["5-0"] = RuntimeError
    outcomes = [settle(client, campaign.pk) for _ in range(4)]
    assert outcomes == ["failed", "failed", "failed", "settled"]
    assert gross(client, campaign.pk) == 117
    kept = Quarantined.objects.order_by("batch_seq", "index")
    assert [(row.kind, row.event_id, row.batch_seq, row.index) for row in kept] == [
        ("isolated", "3-7", 4, 7),
        ("isolated", "3-19", 4, 19),
        ("isolated", "5-0", 6, 0),
    ]
    assert [r.levelno for r in caplog.records if "tried again" in r.message] == [logging.ERROR]
    assert isolate.careful(campaign.pk, 6) is None or settle(client, campaign.pk) == "settled"


def test_what_was_isolated_stays_left_out_by_a_rebuild(
    client: redis.Redis, poison: dict[str, type[BaseException]]
) -> None:
    campaign, source = one_of_three_isolated(client, poison)
    append(source, payment("0-0", 9))
    settle(client, campaign.pk)
    rebuild(client, campaign.pk)
    assert gross(client, campaign.pk) == 2
    assert Quarantined.objects.get(kind="conflict").index == 0
    assert reconcile(client, campaign.pk).differences == []


def test_an_isolated_event_that_staff_release_is_counted_once_by_a_rebuild_too(
    client: redis.Redis, poison: dict[str, type[BaseException]]
) -> None:
    campaign, _ = one_of_three_isolated(client, poison)
    row = Quarantined.objects.get()
    for _ in range(2):
        decisions.release([(row.pk, payment("0-1", 1))], Decision("lena", 1))
    settle(client, campaign.pk)
    assert gross(client, campaign.pk) == 3
    rebuild(client, campaign.pk)
    assert gross(client, campaign.pk) == 3
    assert reconcile(client, campaign.pk).differences == []


def test_an_event_that_kills_the_worker_is_isolated_too(
    client: redis.Redis,
    poison: dict[str, type[BaseException]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    campaign, source = festival()
    fill(source)
    poison["2-13"] = Killed
    # A process that is killed gives no turn back: it runs out.
    monkeypatch.setattr(
        "dashboard.store.turns.end_turn", lambda c, one: c.delete(tallies.key(one, "turn"))
    )
    deaths = 0
    while True:
        try:
            if settle(client, campaign.pk) == "settled":
                break
        except Killed:
            deaths += 1
    assert deaths <= 3 + 1 + 5 + 2
    assert gross(client, campaign.pk) == 119
    assert Quarantined.objects.get().event_id == "2-13"


def test_an_event_is_not_isolated_because_its_worker_was_killed_while_it_was_tried(
    client: redis.Redis,
    poison: dict[str, type[BaseException]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    campaign, source = festival()
    fill(source, batches=1, events=2)
    stuck.put(campaign.pk, Stuck(0, isolate.ATTEMPTS + 1, until=1))
    poison["0-0"] = Killed
    with monkeypatch.context() as killed:
        killed.setattr(
            "dashboard.store.turns.end_turn", lambda c, one: c.delete(tallies.key(one, "turn"))
        )
        for _ in range(2):
            with pytest.raises(Killed):
                settle(client, campaign.pk)
    poison.clear()
    while settle(client, campaign.pk) != "settled":
        pass
    assert gross(client, campaign.pk) == 2
    assert not Quarantined.objects.exists()


def test_what_fails_elsewhere_is_no_attempt(
    client: redis.Redis, poison: dict[str, type[BaseException]]
) -> None:
    campaign, source = festival()
    fill(source, batches=1)
    poison["0-0"] = redis.ConnectionError
    for _ in range(5):
        with pytest.raises(redis.ConnectionError):
            settle(client, campaign.pk)
    assert stuck.of(campaign.pk) is None


def test_a_batch_of_which_nothing_is_left_is_passed_over(
    client: redis.Redis, poison: dict[str, type[BaseException]]
) -> None:
    campaign, source = festival()
    fill(source, batches=2, events=1)
    poison["0-0"] = ValueError
    while settle(client, campaign.pk) != "settled":
        pass
    assert (gross(client, campaign.pk), tallies.position(client, campaign.pk)) == (1, 2)
    (batch,) = ledger.read_after(campaign.pk, 0, 1)
    assert (batch.count, batch.lines, batch.left_out) == (0, b"", (0,))


def test_trouble_that_passes_is_forgotten(
    client: redis.Redis, poison: dict[str, type[BaseException]]
) -> None:
    campaign, source = festival()
    fill(source, batches=2)
    poison["0-0"] = RuntimeError
    for _ in range(3):
        assert settle(client, campaign.pk) == "failed"
    poison.clear()
    assert settle(client, campaign.pk) == "settled"
    assert isolate.careful(campaign.pk, 2) is None
    assert stuck.of(campaign.pk) is None
    assert not Quarantined.objects.exists()


def test_a_batch_whose_events_are_innocent_is_tried_whole_again(client: redis.Redis) -> None:
    campaign, source = festival()
    fill(source, batches=1)
    stuck.put(campaign.pk, Stuck(0, isolate.ATTEMPTS + 1, until=1))
    assert [settle(client, campaign.pk) for _ in range(2)] == ["failed", "settled"]
    assert not Quarantined.objects.exists()


def test_an_event_is_not_isolated_because_redis_went_away_while_it_was_tried(
    client: redis.Redis, poison: dict[str, type[BaseException]]
) -> None:
    campaign, source = festival()
    fill(source, batches=1, events=2)
    stuck.put(campaign.pk, Stuck(0, isolate.ATTEMPTS + 1, until=1))
    poison["0-0"] = redis.ConnectionError
    with pytest.raises(redis.ConnectionError):
        settle(client, campaign.pk)
    poison.clear()
    while settle(client, campaign.pk) != "settled":
        pass
    assert gross(client, campaign.pk) == 2
    assert not Quarantined.objects.exists()
