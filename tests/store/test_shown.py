import pytest

from dashboard.store import shown
from dashboard.store.shown import LastShown
from tests.worlds import festival

pytestmark = pytest.mark.django_db


def test_the_newest_snapshot_replaces_the_one_before() -> None:
    campaign, _ = festival()
    assert shown.load(campaign.pk) is None
    shown.save(campaign.pk, 5, 1, 9, b"{}")
    shown.save(campaign.pk, 5, 2, 10, b"[]")
    assert shown.load(campaign.pk) == LastShown(5, 2, 10, b"[]")
