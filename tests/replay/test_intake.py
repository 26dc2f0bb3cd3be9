from collections.abc import Sequence

import pytest
from django.db import OperationalError

from dashboard.core.events import decode_entries
from dashboard.replay.intake import CampaignGone, Intake, Stopped
from dashboard.store import ledger
from dashboard.store.ledger import Incoming
from dashboard.store.tables import Source
from tests.worlds import MIDNIGHT_MS, festival

pytestmark = pytest.mark.django_db


def line(id_: str, amount: object = 5) -> bytes:
    return (
        f'{{"id": "{id_}", "type": "payment.succeeded", "amount": {amount}, "currency": "CNY",'
        ' "occurred_at": "2012-11-11T00:00:00+08:00"}'
    ).encode()


class World:
    """An intake into an empty festival; the ledger can be told to fail so many times."""

    def __init__(self, failures: int = 0, stop: bool = False) -> None:
        self.failures, self.stop = failures, stop
        self.rung: list[int] = []
        self.rested: list[float] = []
        self.source: Source = festival()[1]
        self.intake = Intake(
            self.source, lambda: MIDNIGHT_MS, self.rest, self.append, self.rung.append
        )

    def append(self, incoming: Sequence[Incoming]) -> list[int]:
        if self.failures:
            self.failures -= 1
            raise OperationalError("database is locked")
        return ledger.append(incoming)

    def rest(self, seconds: float) -> bool:
        self.rested.append(seconds)
        return self.stop

    def ids(self) -> list[str]:
        batches = ledger.stream_after(self.source.campaign_id, 0)
        return [entry.id for batch in batches for entry in decode_entries(batch.lines)]


def test_lines_are_in_the_ledger_and_the_bell_has_rung() -> None:
    world = World()
    world.intake.take([line("a"), line("b")])
    assert world.ids() == ["a", "b"]
    assert world.rung == [world.source.campaign_id]
    assert world.intake.totals.accepted == 2


def test_a_faulty_line_is_rejected_alone_with_its_reason() -> None:
    world = World()
    world.intake.take([line("a"), line("b", "1.5"), line("c")])
    totals = world.intake.totals
    assert world.ids() == ["a", "c"]
    assert (totals.events, totals.accepted, totals.rejected) == (3, 2, 1)
    assert totals.reasons[0].startswith("b: amount")


def test_bytes_that_are_no_text_cost_only_their_own_line() -> None:
    world = World()
    world.intake.take([line("a"), b"\xff\xfe", line("c")])
    assert world.ids() == ["a", "c"]
    assert world.intake.totals.rejected == 1


def test_what_is_not_believed_is_held() -> None:
    world = World()
    world.intake.take([line("a", 2_000_000_000)])
    assert (world.intake.totals.accepted, world.intake.totals.held) == (1, 1)
    assert world.ids() == []


@pytest.mark.django_db(transaction=True)  # each time over another connection
def test_a_locked_database_is_tried_again_until_it_answers() -> None:
    world = World(failures=7)
    world.intake.take([line("a")])
    assert world.ids() == ["a"]
    assert world.rested == [0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0]


@pytest.mark.django_db(transaction=True)
def test_it_gives_up_when_told_to_stop() -> None:
    world = World(failures=1, stop=True)
    with pytest.raises(Stopped, match="the database is away"):
        world.intake.take([line("a")])
    assert world.intake.totals.accepted == 0


def test_a_campaign_that_was_deleted_ends_it() -> None:
    world = World()
    world.source.campaign.delete()
    with pytest.raises(CampaignGone, match="festival"):
        world.intake.take([line("a")])
