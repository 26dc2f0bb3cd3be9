from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dashboard.store import seals
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
