import threading

import pytest
import redis
from django.db import OperationalError

from dashboard.accept import lookout
from dashboard.accept.lookout import Look, Lookout
from dashboard.accept.pressure import Seen
from dashboard.store import ledger
from tests.worlds import append, festival, payment


def test_it_looks_again_and_again_and_survives_a_look_that_fails(
    caplog: pytest.LogCaptureFixture,
) -> None:
    looks, third = iter([Seen(free_bytes=1), None, Seen(free_bytes=3)]), threading.Event()

    def look() -> Seen:
        seen = next(looks)
        if seen is None:
            raise RuntimeError("unforeseen")
        if seen.free_bytes == 3:
            third.set()
        return seen

    watch = Lookout(look, every_s=0.001)
    watch.start()
    watch.start()
    assert third.wait(10)
    watch.close()
    assert watch.seen == Seen(free_bytes=3)
    assert any("unforeseen" in record.message for record in caplog.records)


class Tally:
    """A Redis with a position and a canary, or one that does not answer."""

    def __init__(self, position: int | None) -> None:
        self.position = position

    def hget(self, _key: str, _field: str) -> bytes:
        if self.position is None:
            raise redis.ConnectionError
        return b"%d" % self.position

    def get(self, _key: str) -> bytes:
        return b"g1"

    def mget(self, *_keys: str) -> list[bytes]:
        return [b"0", b"9999999999999"]


def test_a_hung_redis_is_asked_once_a_look_and_no_more() -> None:
    tries = vars(lookout)["impatient"]().get_retry()
    assert tries.get_retries() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("position", [0, None])
def test_a_look_sees_disk_ledger_and_tally(
    monkeypatch: pytest.MonkeyPatch, position: int | None
) -> None:
    tally = Tally(0)
    monkeypatch.setattr(lookout, "impatient", lambda: tally)
    campaign, source = festival()
    look = Look()
    look()
    append(source, payment("a"), payment("b"))
    look()  # the first batch it sees is excused
    append(source, payment("c"))
    tally.position = position
    seen = look()
    assert seen.free_bytes
    each = ledger.bytes_an_event(campaign.pk)
    assert (seen.backlog_bytes, seen.behind_s) == (3 * each, {})
    append(source, payment("d"))
    tally.position = 2  # up to here nobody is to blame: Redis was away
    assert look().behind_s.keys() == {campaign.pk}


def test_without_a_database_it_tells_the_bytes_it_saw_last(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away() -> dict[int, int]:
        raise OperationalError

    monkeypatch.setattr(ledger, "heads", away)
    seen = Look()()
    assert seen.free_bytes
    assert seen.backlog_bytes == 0
    assert len(caplog.records) == 1
