import pytest
from django.db.models import QuerySet

from dashboard.core.events import decode_entries
from dashboard.store import aside, decisions, ledger, quarantined
from dashboard.store.aside import Conflict
from dashboard.store.decisions import Decision
from dashboard.store.ledger import Incoming, Reject
from dashboard.store.tables import KeptAside, Quarantined, Source
from tests.worlds import festival, payment

pytestmark = pytest.mark.django_db
LENA = Decision("lena", 5)


def reject(kind: str, id_: str, reason: str = "amount: expected less") -> Reject:
    return Reject(kind=kind, index=0, event_id=id_, reason=reason, raw=b"{}")


def put(source: Source, *rejects: Reject) -> QuerySet[Quarantined]:
    ledger.append([Incoming.of(source.campaign_id, source.pk, 1, [], rejects)])
    return Quarantined.objects.order_by("pk")


def conflict(index: int) -> Conflict:
    source = Source.objects.get()
    return Conflict(3, index, source.pk, "c", 1, b"{}")


def counted() -> dict[tuple[str, str, str], int]:
    rows = KeptAside.objects.filter(number__gt=0).values_list("kind", "field", "state", "number")
    return {(kind, field, state): number for kind, field, state, number in rows}


def test_a_held_event_is_released_once_and_it_is_kept_who_and_when() -> None:
    campaign, source = festival()
    (row,) = put(source, reject("held", "x"))
    assert decisions.release([(row.pk, payment("x"))], LENA) == 1
    assert decisions.release([(row.pk, payment("x"))], Decision("tom", 6)) == 0
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.decided_ms) == ("released", "lena", 5)
    (batch,) = ledger.read_after(campaign.pk, 0, 100)
    assert (batch.received_ms, [one.id for one in decode_entries(batch.lines)]) == (5, ["x"])


def test_events_of_a_source_are_released_in_one_batch() -> None:
    campaign, source = festival()
    rows = put(source, *[reject("held", str(n)) for n in range(7)])
    assert decisions.release([(row.pk, payment(row.event_id)) for row in rows], LENA) == 7
    assert (ledger.head(campaign.pk), ledger.events(campaign.pk)) == (1, 7)


@pytest.mark.parametrize("kind", ["rejected", "conflict"])
def test_what_was_not_held_cannot_be_released(kind: str) -> None:
    campaign, source = festival()
    (row,) = put(source, reject(kind, "x"))
    assert decisions.release([(row.pk, payment("x"))], LENA) == 0
    assert (ledger.head(campaign.pk), Quarantined.objects.get().state) == (0, "waiting")


def test_what_was_dropped_stays_and_is_never_released() -> None:
    campaign, source = festival()
    rows = put(source, reject("held", "x"), reject("rejected", "y"))
    assert decisions.drop(rows, LENA) == 2
    assert decisions.drop(rows, Decision("tom", 6)) == 0
    assert decisions.release([(rows[0].pk, payment("x"))], LENA) == 0
    assert {(row.state, row.decided_by) for row in rows} == {("dropped", "lena")}
    assert ledger.head(campaign.pk) == 0


def test_the_numbers_follow_what_comes_and_what_is_decided() -> None:
    campaign, source = festival()
    rows = put(
        source,
        reject("held", "a", "currency: expected CNY"),
        reject("held", "b"),
        reject("held", "c"),
        reject("rejected", "d", "not a reason of ours"),
    )
    decisions.release([(rows[1].pk, payment("b"))], LENA)
    decisions.drop(rows.filter(event_id="d"), LENA)
    assert counted() == {
        ("held", "currency", "waiting"): 1,
        ("held", "amount", "waiting"): 1,
        ("held", "amount", "released"): 1,
        ("rejected", "event", "dropped"): 1,
    }
    assert quarantined.waiting(campaign) == [("held", "amount", 1), ("held", "currency", 1)]
    assert quarantined.counts()[:2] == [
        ("festival", "held", "released", 1),
        ("festival", "held", "waiting", 2),
    ]


def test_a_conflict_told_twice_is_kept_and_counted_once() -> None:
    campaign, _source = festival()
    aside.keep_conflicts(campaign.pk, [conflict(0)])
    aside.keep_conflicts(campaign.pk, [conflict(0), conflict(1), conflict(1)])
    assert Quarantined.objects.count() == 2
    assert counted() == {("conflict", "id", "waiting"): 2}
