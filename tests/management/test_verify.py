from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dashboard.store import isolated, ledger, seals
from dashboard.store.stuck import Stuck
from dashboard.store.tables import Batch
from tests.worlds import append, festival, payment

pytestmark = pytest.mark.django_db


def test_verify_prints_the_newest_seal() -> None:
    campaign, source = festival()
    append(source, payment("a"), payment("b"))
    seals.seal(campaign.pk, 1, 0)
    told = StringIO()
    call_command("verify", "festival", stdout=told)
    seal = seals.newest(campaign.pk).digest.hex()
    assert told.getvalue() == f"festival: 1 batches and 2 events agree, sealed up to 1: {seal}\n"


def test_verify_names_what_was_altered_and_exits_with_1() -> None:
    _, source = festival()
    append(source, payment("a"))
    Batch.objects.update(payload=b"")
    with pytest.raises(CommandError, match="batch 1: its events") as told:
        call_command("verify", "festival", stdout=StringIO())
    assert told.value.returncode == 1


def test_verify_says_how_many_events_no_figure_speaks_of() -> None:
    campaign, source = festival()
    append(source, payment("a"), payment("b"))
    (batch,) = ledger.read_after(campaign.pk, 0, 10)
    isolated.put(campaign.pk, batch, 1, Stuck(0))
    told = StringIO()
    call_command("verify", "festival", stdout=told)
    assert "festival: 1 events of the ledger are left out of every figure" in told.getvalue()
