from typing import Any

import pytest

from dashboard.store import milestones
from dashboard.store.tables import Campaign, Milestone, MilestoneNote
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
    Milestone.objects.update(amount=threshold.amount, crossed_ms=5_000)
    assert milestones.listed(campaign.pk, 999)[0].amount == 250


def test_the_first_announcement_stands() -> None:
    (threshold,) = milestones.listed(campaign_with(100).pk, None)
    milestones.announce([threshold.id], 8_000)
    milestones.announce([threshold.id], 9_000)
    assert Milestone.objects.get().announced_ms == 8_000


def test_a_milestone_is_confirmed() -> None:
    (threshold,) = milestones.listed(campaign_with(100).pk, None)
    milestones.confirm([threshold.id], 8_000)
    assert Milestone.objects.get().confirmed
    assert [note.what for note in MilestoneNote.objects.all()] == ["confirmed"]


def test_a_past_year_s_total_is_awaited_once_that_year_is_loaded() -> None:
    campaign = campaign_with()
    Milestone.objects.create(campaign=campaign, key="p", kind=Milestone.PAST_TOTAL, of="2010")
    assert milestones.every(campaign.pk, None) == []
    campaign.references.create(label="2010", total=70, primary=False)
    assert [one.amount for one in milestones.every(campaign.pk, None)] == [70]


def test_a_peak_without_an_amount_is_held_against_last_year_s() -> None:
    campaign = campaign_with()
    Milestone.objects.create(campaign=campaign, key="peak", kind=Milestone.PEAK_MINUTE)
    assert milestones.every(campaign.pk, None) == []
    assert [one.amount for one in milestones.every(campaign.pk, 9, 4)] == [4]
    assert milestones.listed(campaign.pk, 9) == []  # it is none of gross
