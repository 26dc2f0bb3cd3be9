"""The ledger's promise: what was altered is noticed, and the first of it is named."""

from collections.abc import Callable

import pytest
from django.db.models import F, QuerySet

from dashboard.store import seals
from dashboard.store.tables import Batch, Campaign, LedgerHead, Seal
from dashboard.tally.verify import verify
from tests.worlds import MIDNIGHT_MS, append, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
NOW_MS = 1


def sealed(batches: int = 9, seal_at: tuple[int, ...] = (2, 7)) -> Campaign:
    """Return a campaign of so many batches, of 2 and 3 events in turn, sealed at two places."""
    campaign, source = festival()
    for number in range(batches):
        append(source, *(payment(f"{number}-{i}") for i in range(2 + number % 2)))
    for position in seal_at:
        assert seals.seal(campaign.pk, position, NOW_MS) == position
    return campaign


def batch(seq: int) -> QuerySet[Batch]:
    return Batch.objects.filter(seq=seq)


def forge(seq: int) -> None:
    """Put other events in a batch, with the digest they should have."""
    (campaign, source), forged = festival("forged"), Batch.objects.get(seq=seq)
    append(source, *(payment(f"x{i}") for i in range(forged.count)))
    other = Batch.objects.get(campaign=campaign)
    batch(seq).filter(pk=forged.pk).update(sha256=other.sha256, payload=other.payload)
    other.delete()


def swap(first: int, second: int) -> None:
    batch(first).update(seq=100)
    batch(second).update(seq=first)
    batch(100).update(seq=second)


def insert(seq: int) -> None:
    """Add a batch behind the ledger's end, as nobody who goes through the ledger would."""
    row = Batch.objects.get(seq=1)
    row.pk, row.seq, row.events_before = None, seq, 22
    row.save()


def test_a_ledger_as_it_was_written_agrees() -> None:
    campaign = sealed()
    found = verify(campaign.pk)
    assert (found.fault, found.position, found.events, found.sealed) == (None, 9, 22, 7)
    assert found.seal == seals.newest(campaign.pk).digest


def test_a_ledger_without_batches_or_seals_agrees() -> None:
    campaign, source = festival()
    assert verify(campaign.pk).fault is None
    append(source, payment("a"))
    assert verify(campaign.pk).fault is None


ALTERATIONS: dict[str, tuple[Callable[[], object], int]] = {
    "payload": (lambda: batch(4).update(payload=b"x"), 4),
    "payload of another batch": (
        lambda: batch(5).update(payload=Batch.objects.get(seq=3).payload),
        5,
    ),
    "payload and digest": (lambda: forge(5), 5),
    "deleted": (lambda: batch(3).delete(), 3),
    "the last one deleted": (lambda: batch(9).delete(), 9),
    "the end cut off, and the head with it": (
        lambda: (
            (batch(7).delete(), batch(8).delete(), batch(9).delete())
            and LedgerHead.objects.update(seq=6, events=15)
        ),
        7,
    ),
    "inserted": (lambda: insert(10), 10),
    "source": (lambda: batch(6).update(source=festival("x")[1]), 6),
    "time": (lambda: batch(4).update(received_ms=MIDNIGHT_MS + 1), 4),
    "count": (lambda: batch(8).update(count=7), 8),
    "events before": (lambda: batch(8).update(events_before=7), 8),
    "order": (lambda: swap(4, 6), 4),
    "a time, and a later payload": (
        lambda: (batch(4).update(received_ms=0), batch(6).update(payload=b"")),
        4,
    ),
    "the head": (lambda: LedgerHead.objects.update(events=F("events") + 1), 9),
}


@pytest.mark.parametrize("what", ALTERATIONS)
def test_the_first_batch_that_was_altered_is_named(what: str) -> None:
    campaign = sealed()
    alter, first = ALTERATIONS[what]
    alter()
    fault = verify(campaign.pk).fault
    assert fault is not None and fault.startswith(f"batch {first}:")


def test_a_seal_that_was_altered_or_removed_is_noticed() -> None:
    campaign = sealed()
    Seal.objects.filter(after=2).update(digest=bytes(32))
    assert "3 to 7" in str(verify(campaign.pk).fault)
    Seal.objects.filter(after=0).delete()
    assert verify(campaign.pk).fault == "batch 1: the seal that began with it is missing"


def test_of_two_that_seal_at_once_one_seal_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = sealed(9, seal_at=(2,))
    both_saw = seals.newest(campaign.pk)
    seals.seal(campaign.pk, 5, NOW_MS)
    with monkeypatch.context() as late:
        late.setattr(seals, "newest", lambda _: both_saw)
        seals.seal(campaign.pk, 7, NOW_MS)
    assert seals.newest(campaign.pk).position == 5
    assert seals.seal(campaign.pk, 9, NOW_MS) == 9
    assert verify(campaign.pk).sealed == 9


def test_nothing_is_sealed_behind_a_gap() -> None:
    campaign = sealed(5, seal_at=())
    batch(3).delete()
    assert seals.seal(campaign.pk, 5, NOW_MS) == 2


def test_a_seal_holds_a_bounded_number_of_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.store.seals.MOST_BATCHES", 4)
    campaign = sealed(9, seal_at=())
    assert [seals.seal(campaign.pk, 9, NOW_MS) for _ in range(4)] == [4, 8, 9, 9]
    assert verify(campaign.pk).sealed == 9
