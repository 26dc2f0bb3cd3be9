"""The door with the real ledger, keyring and commit thread, on SQLite."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError

from dashboard.core.events import Entry, decode_entries
from dashboard.store import ledger
from dashboard.store.keys import issue_key, load_keyring, revoke
from dashboard.store.ledger import Incoming
from dashboard.store.tables import Quarantined, Source, SourceKey
from tests.accept.desk import Desk, payment
from tests.worlds import festival

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def real_desk() -> AsyncIterator[Desk]:
    """A door whose keyring and ledger are in the database."""
    desk = Desk(load_keyring, ledger.append)
    yield desk
    await desk.close()


@sync_to_async
def opened() -> tuple[Source, str]:
    """Create a campaign; return its source and a key of it."""
    _campaign, source = festival()
    return source, issue_key(source)


@sync_to_async
def stored(campaign_id: int) -> list[Entry]:
    """Return all entries of a campaign's ledger, in their order."""
    batches = list(ledger.stream_after(campaign_id, 0))
    return [entry for batch in batches for entry in decode_entries(batch.lines)]


async def test_what_was_accepted_is_in_the_ledger_r1(real_desk: Desk) -> None:
    source, key = await opened()
    events = [payment(id=str(number), amount=number) for number in range(200)]
    replies = await asyncio.gather(*[real_desk.post(event, key=key) for event in events])
    assert {reply.status for reply in replies} == {202}
    assert len({reply.json["batch"] for reply in replies}) == 200
    entries = await stored(source.campaign_id)
    assert sorted(entry.amount for entry in entries) == list(range(200))


async def test_quarantine_is_written_with_or_without_a_batch(real_desk: Desk) -> None:
    _source, key = await opened()
    await real_desk.post([payment(), payment(amount=-1)], key=key)
    await real_desk.post(payment(currency="USD"), key=key)
    rejected, held = [one async for one in Quarantined.objects.order_by("pk")]
    assert (rejected.kind, rejected.batch_seq, rejected.index) == ("rejected", 1, 1)
    assert (held.kind, held.batch_seq, held.index) == ("held", None, 0)
    assert held.reason == 'currency: expected CNY, got "USD"'


async def test_a_new_key_opens_and_a_revoked_one_does_not_within_two_seconds(
    real_desk: Desk,
) -> None:
    source, key = await opened()
    assert (await real_desk.post(payment(), key=key)).status == 202
    await sync_to_async(lambda: revoke(SourceKey.objects.get()))()
    new_key = await sync_to_async(issue_key)(source)
    real_desk.clock_s += 2
    assert (await real_desk.post(payment(), key=new_key)).status == 202
    assert (await real_desk.post(payment(), key=key)).status == 401


async def test_a_campaign_that_goes_meanwhile_fails_alone(
    real_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    source, key = await opened()
    assert (await real_desk.post(payment(), key=key)).status == 202
    await sync_to_async(source.campaign.delete)()
    assert (await real_desk.post(payment(), key=key)).status == 503
    assert len(caplog.records) == 1
    real_desk.clock_s += 2
    assert (await real_desk.post(payment(), key=key)).status == 401


async def test_a_reply_lost_at_the_commit_is_503_and_sending_again_is_safe_h19(
    caplog: pytest.LogCaptureFixture,
) -> None:
    lost = [OperationalError("server closed the connection unexpectedly")]

    def append(incoming: Sequence[Incoming]) -> list[int]:
        numbers = ledger.append(incoming)
        if lost:
            raise lost.pop()
        return numbers

    desk = Desk(load_keyring, append)
    source, key = await opened()
    assert [(await desk.post(payment(), key=key)).status for _ in range(2)] == [503, 202]
    await desk.close()
    # Twice in the ledger, by the same id and with the same body: the tally counts it once.
    first, again = await stored(source.campaign_id)
    assert first == again
    assert len(caplog.records) == 1


async def test_strangers_leave_no_rows_s5(real_desk: Desk) -> None:
    source, _key = await opened()
    replies = [await real_desk.post(payment(), key="wrong") for _ in range(100)]
    assert {reply.status for reply in replies} == {401, 429}
    assert await stored(source.campaign_id) == []
    assert await sync_to_async(Quarantined.objects.count)() == 0


async def test_a_source_s_own_rate_is_in_its_grants(real_desk: Desk) -> None:
    source, key = await opened()
    await sync_to_async(Source.objects.filter(pk=source.pk).update)(events_per_second=2)
    events = [payment(id=str(number)) for number in range(30)]
    assert (await real_desk.post(events, key=key)).status == 202
    reply = await real_desk.post(payment(), key=key)
    assert (reply.status, reply.headers["retry-after"]) == (429, "6")


@pytest.mark.parametrize("text", ["'; DROP TABLE dashboard_batch; --", "%s %(x)s {} \\", "\x7f"])
async def test_text_is_only_text_to_the_database_s31(real_desk: Desk, text: str) -> None:
    source, key = await opened()
    reply = await real_desk.post([payment(id=text), payment(id=text, currency=text)], key=key)
    assert reply.json["accepted"] == 2
    assert [entry.id for entry in await stored(source.campaign_id)] == [text]
