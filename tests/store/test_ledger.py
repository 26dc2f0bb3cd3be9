import hashlib

import pytest

from dashboard.core.events import decode_entries
from dashboard.store import ledger
from dashboard.store.ledger import CorruptBatch, Incoming, Reject
from dashboard.store.tables import Batch, Quarantined
from tests.worlds import MIDNIGHT_MS, append, festival, payment

pytestmark = pytest.mark.django_db


def test_batches_are_numbered_without_gaps_in_each_campaign() -> None:
    one, source = festival("one")
    two, other = festival("two")
    assert [append(source, payment("a")), append(other, payment("a"))] == [1, 1]
    assert append(source, payment("b"), payment("c")) == 2
    assert (ledger.head(one.pk), ledger.events(one.pk)) == (2, 3)
    assert ledger.heads() == {one.pk: 2, two.pk: 1}


def test_requests_committed_together_keep_their_order() -> None:
    campaign, source = festival()
    both = [Incoming.of(campaign.pk, source.pk, 1, [payment(name)]) for name in "ab"]
    assert ledger.append(both) == [1, 2]
    read = ledger.read_after(campaign.pk, 0, 10)
    assert [decode_entries(batch.lines)[0].id for batch in read] == ["a", "b"]


def test_a_request_without_events_for_the_ledger_leaves_only_its_rejects() -> None:
    campaign, source = festival()
    reject = Reject(kind="rejected", index=0, event_id="x", reason="amount: no", raw=b"{}")
    assert ledger.append([Incoming.of(campaign.pk, source.pk, 1, [], [reject])]) == [0]
    assert ledger.head(campaign.pk) == 0
    assert Quarantined.objects.get().reason == "amount: no"


def test_reading_stops_at_whole_batches_within_the_limit_and_gives_one_at_least() -> None:
    campaign, source = festival()
    for size in (4, 3, 2):
        append(source, *(payment(f"{size}-{i}") for i in range(size)))
    assert [b.count for b in ledger.read_after(campaign.pk, 0, 7)] == [4, 3]
    assert [b.count for b in ledger.read_after(campaign.pk, 0, 1)] == [4]
    assert [b.seq for b in ledger.stream_after(campaign.pk, 1, until=2)] == [2]


def test_the_backlog_counts_batches_and_events_and_dates_the_oldest() -> None:
    campaign, source = festival()
    append(source, payment("a"))
    append(source, payment("b"), payment("c"))
    assert ledger.backlog(campaign.pk, 0) == ledger.Backlog(2, 3, MIDNIGHT_MS)
    assert ledger.backlog(campaign.pk, 1) == ledger.Backlog(1, 2, MIDNIGHT_MS)
    assert ledger.backlog(campaign.pk, 2) == ledger.Backlog(0, 0, 0)


def test_a_batch_that_was_altered_is_found_out() -> None:
    campaign, source = festival()
    append(source, payment("a"))
    Batch.objects.update(sha256=hashlib.sha256(b"something else").digest())
    with pytest.raises(CorruptBatch, match="batch 1 of campaign"):
        ledger.read_after(campaign.pk, 0, 1)
