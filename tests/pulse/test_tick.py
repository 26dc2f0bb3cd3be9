import logging

import msgspec
import pytest

from dashboard.pulse.tick import Pulse
from dashboard.store.tables import Campaign
from tests.pulse.fakes import FakeSource
from tests.worlds import MIDNIGHT_MS, festival

pytestmark = pytest.mark.django_db

NOW = MIDNIGHT_MS + 60_000


def told(pulse: Pulse, after_ms: int = 0) -> dict[str, int]:
    messages = pulse.tick(NOW + after_ms)
    return {one["campaign"]: msgspec.json.decode(one["frame"])["epoch"] for one in messages}


def test_every_campaign_is_told_those_made_meanwhile_too() -> None:
    pulse = Pulse(FakeSource(), "1")
    festival("one")
    assert set(told(pulse)) == {"one"}
    festival("two")
    assert set(told(pulse, 1_000)) == {"two"}


def test_a_campaign_that_was_deleted_is_told_no_more() -> None:
    pulse = Pulse(FakeSource(), "1")
    festival("one")
    told(pulse)
    Campaign.objects.all().delete()
    assert told(pulse, 5_000) == {}


def test_an_edit_is_told_within_a_second_in_a_new_epoch() -> None:
    pulse = Pulse(FakeSource(), "1")
    campaign, _ = festival()
    before = told(pulse)["festival"]
    campaign.name = "Another"
    campaign.save()
    assert told(pulse, 1_000)["festival"] > before


def test_who_leads_again_begins_a_new_epoch() -> None:
    pulse = Pulse(FakeSource(), "1")
    festival()
    before = told(pulse)["festival"]
    pulse.forget()
    assert told(pulse, 250)["festival"] > before


def test_a_campaign_that_fails_disturbs_no_other_and_is_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    festival("good")
    festival("poisoned")
    Campaign.objects.filter(slug="poisoned").update(currency="???")
    pulse = Pulse(FakeSource(), "1")
    with caplog.at_level(logging.ERROR):
        assert set(told(pulse)) == {"good"}
        assert set(told(pulse, 5_000)) == {"good"}
    assert [record.getMessage() for record in caplog.records] == ["no frame campaign=poisoned"]
