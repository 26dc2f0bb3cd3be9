import pytest

from dashboard.store import site
from dashboard.store.tables import SiteState
from tests.worlds import festival

pytestmark = pytest.mark.django_db


def test_the_states_come_oldest_first() -> None:
    campaign, _ = festival()
    for state, since in (("recovered", 20), ("queueing", 10)):
        SiteState.objects.create(campaign=campaign, state=state, since_ms=since, note=state)
    told = [(one.state, one.since_ms, one.note) for one in site.history(campaign.pk)]
    assert told == [("queueing", 10, "queueing"), ("recovered", 20, "recovered")]


def test_the_worst_only_rises() -> None:
    campaign, _ = festival()
    row = SiteState.objects.create(campaign=campaign, state="queueing", since_ms=1)
    for stuck in (5, 3, 8, 7):
        site.raise_worst(row.pk, stuck)
    assert site.history(campaign.pk)[0].worst_stuck == 8
