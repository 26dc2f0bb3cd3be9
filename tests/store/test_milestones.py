from typing import Any

import pytest

from dashboard.store import milestones
from dashboard.store.tables import Campaign, Milestone
from tests.worlds import festival

pytestmark = pytest.mark.django_db


def campaign_with(*amounts: int, **fields: Any) -> Campaign:
    campaign, _ = festival()
    for amount in amounts:
        Milestone.objects.create(campaign=campaign, key=f"m{amount}", amount=amount, **fields)
    return campaign


def test_milestones_are_listed_by_amount() -> None:
    campaign = campaign_with(300, 100)
    assert [one.amount for one in milestones.listed(campaign.pk, None)] == [100, 300]


def test_last_years_total_is_the_reference_s_until_it_fires() -> None:
    campaign = campaign_with(1, kind=Milestone.REFERENCE_TOTAL)
    assert milestones.listed(campaign.pk, None) == []
    (threshold,) = milestones.listed(campaign.pk, 250)
    assert threshold.amount == 250
    assert milestones.fire(threshold, 5_000, 7, 260, confirmed=True)
    assert milestones.listed(campaign.pk, 999)[0].amount == 250


def test_a_milestone_fires_once() -> None:
    (threshold,) = milestones.listed(campaign_with(100).pk, None)
    assert milestones.fire(threshold, 5_000, 7, 110, confirmed=False)
    assert not milestones.fire(threshold, 9_000, 8, 120, confirmed=True)
    row = Milestone.objects.get()
    assert (row.crossed_ms, row.position, row.total, row.confirmed) == (5_000, 7, 110, False)


def test_a_milestone_edited_meanwhile_does_not_fire() -> None:
    (threshold,) = milestones.listed(campaign_with(100).pk, None)
    Milestone.objects.update(amount=500)
    assert not milestones.fire(threshold, 5_000, 7, 110, confirmed=True)


def test_the_first_announcement_stands() -> None:
    (threshold,) = milestones.listed(campaign_with(100).pk, None)
    milestones.announce([threshold.id], 8_000)
    milestones.announce([threshold.id], 9_000)
    assert Milestone.objects.get().announced_ms == 8_000


def test_a_milestone_is_confirmed() -> None:
    (threshold,) = milestones.listed(campaign_with(100).pk, None)
    milestones.confirm([threshold.id])
    assert Milestone.objects.get().confirmed
