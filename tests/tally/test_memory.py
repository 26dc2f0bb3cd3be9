from typing import Any

import pytest
import redis

from dashboard.store import ledger, tallies
from dashboard.store.generation import Generation
from dashboard.store.tables import Source
from dashboard.tally import memory
from dashboard.tally.advance import advance
from dashboard.tally.columns import Columns
from dashboard.tally.memory import Broken, Memory
from dashboard.tally.reconcile import reconcile
from dashboard.tally.settle import settle
from tests.worlds import append, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)


class Worker:
    """A worker with a memory of its own, that counts one batch when told to."""

    def __init__(self, client: redis.Redis, campaign_id: int) -> None:
        self.generation = Generation.current(client, campaign_id)
        self.memory = Memory()

    def work(self) -> str:
        head = self.memory.catch_up(self.generation)
        batches = ledger.read_after(self.generation.campaign_id, head.position, 1)
        return (
            advance(self.generation, self.memory, head, Columns(batches)) if batches else "settled"
        )


def payments(source: Source, first: int, count: int = 5) -> None:
    for i in range(first, first + count):
        append(source, payment(f"p{i}", platform=f"k{i}"), payment(f"p{i - 1}", platform="other"))


def test_two_workers_in_turn_know_what_the_other_counted(client: redis.Redis) -> None:
    campaign, source = festival()
    payments(source, 1, 20)
    workers = [Worker(client, campaign.pk) for _ in range(2)]
    for turn in range(20):
        assert workers[turn % 2].work() == "ok"
    assert [worker.work() for worker in workers] == ["settled", "settled"]
    assert [len(worker.memory.index) for worker in workers] == [21, 21]
    assert reconcile(client, campaign.pk).differences == []


def test_of_two_workers_on_one_batch_only_one_counts_it(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    one, two = (Worker(client, campaign.pk) for _ in range(2))
    head = two.memory.catch_up(two.generation)
    batches = ledger.read_after(campaign.pk, head.position, 1)
    assert one.work() == "ok"
    assert advance(two.generation, two.memory, head, Columns(batches)) == "moved"
    assert (two.work(), len(two.memory.index)) == ("settled", 1)


def test_a_redis_that_comes_back_older_is_found_out(client: redis.Redis) -> None:
    campaign, source = festival()
    payments(source, 1)
    worker = Worker(client, campaign.pk)
    worker.work()
    older = {key: client.dump(key) for key in client.scan_iter()}
    while worker.work() == "ok":
        pass
    restore(client, older)
    other = Worker(client, campaign.pk)
    assert (other.work(), other.work(), other.work()) == ("ok", "ok", "ok")
    # The same number of blobs as it knew, then more: another history both times.
    assert (worker.work(), worker.work()) == ("ok", "settled")
    assert len(worker.memory.index) == 6
    assert reconcile(client, campaign.pk).differences == []


def restore(client: redis.Redis, older: dict[Any, Any]) -> None:
    client.flushall()
    for key, value in older.items():
        client.restore(key, 0, value)


def test_the_log_is_read_in_pages(client: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, source = festival()
    payments(source, 1, 30)
    settle(client, campaign.pk)
    monkeypatch.setattr("dashboard.store.generation._IDS_A_PAGE", 4)
    monkeypatch.setattr("dashboard.tally.settle.EVENTS_A_COMMIT", 2)
    payments(source, 31, 9)
    settle(client, campaign.pk)
    fresh = Worker(client, campaign.pk)
    assert (fresh.work(), len(fresh.memory.index)) == ("settled", 40)


def test_a_log_that_is_not_what_the_head_says_is_broken_and_counted_anew(
    client: redis.Redis,
) -> None:
    campaign, source = festival()
    payments(source, 1, 3)
    settle(client, campaign.pk)
    name = tallies.live_name(client, campaign.pk)
    client.delete(tallies.key(campaign.pk, name, "ids"))
    with pytest.raises(Broken):
        Memory().catch_up(Generation.current(client, campaign.pk))
    memory._memories.clear()
    assert settle(client, campaign.pk) == "settled"
    assert tallies.live_name(client, campaign.pk) != name
    assert reconcile(client, campaign.pk).differences == []


def test_only_the_campaigns_counted_last_are_remembered(client: redis.Redis) -> None:
    for number in range(memory._CAMPAIGNS + 3):
        with memory.of(Generation(client, number, "g", live=True)):
            pass
    assert len(memory._memories) == memory._CAMPAIGNS


def test_figures_of_an_older_form_are_counted_anew(client: redis.Redis) -> None:
    campaign, source = festival()
    payments(source, 1, 3)
    settle(client, campaign.pk)
    generation = Generation.current(client, campaign.pk)
    client.hdel(generation.prefix + "head", "token", "blobs", "events")
    memory._memories.clear()
    assert settle(client, campaign.pk) == "settled"
    assert tallies.live_name(client, campaign.pk) != generation.name
    assert reconcile(client, campaign.pk).differences == []
