from typing import Any

import pytest

from dashboard.core.fall import Fall
from dashboard.store import firing, milestones
from dashboard.store.firing import Proof
from dashboard.store.tables import Campaign, Milestone, MilestoneNote
from tests.falls import fall_of, story_of
from tests.worlds import MIDNIGHT_MS, festival

pytestmark = pytest.mark.django_db


def rule(**fields: Any) -> tuple[Campaign, Fall]:
    campaign, _ = festival()
    Milestone.objects.create(campaign=campaign, key="m", **{"amount": 100} | fields)
    return campaign, fall_of(milestones.every(campaign.pk, None)[0])


def fire(fall: Fall, **told: Any) -> bool:
    proof = Proof(story=story_of(fall, **told), fired_ms=MIDNIGHT_MS + 6_000, confirmed=False)
    return firing.fire(fall, proof, lambda _: [])


def test_a_milestone_fires_once_with_its_proof() -> None:
    _, fall = rule()
    assert fire(fall)
    assert not fire(fall, position=8, total=120)
    row = Milestone.objects.get()
    assert (row.crossed_ms, row.position, row.total) == (MIDNIGHT_MS + 5_000, 7, 110)
    assert (row.fired_ms, row.confirmed) == (MIDNIGHT_MS + 6_000, False)
    assert row.facts
    assert row.facts["campaign"] == "Festival"
    assert MilestoneNote.objects.get().after == {
        "crossed_ms": MIDNIGHT_MS + 5_000,
        "position": 7,
        "total": 110,
    }


@pytest.mark.parametrize(
    "edit", [{"amount": 500}, {"kind": "orders"}, {"of": "tmall"}, {"dimension": "platform"}]
)
def test_a_rule_edited_meanwhile_does_not_fire(edit: dict[str, Any]) -> None:
    _, fall = rule()
    Milestone.objects.update(**edit)
    assert not fire(fall)
    assert not MilestoneNote.objects.exists()


def test_what_proposes_its_posts_fails_with_it() -> None:
    _, fall = rule()
    proof = Proof(story=story_of(fall), fired_ms=1, confirmed=True)
    with pytest.raises(ZeroDivisionError):
        firing.fire(fall, proof, lambda row: [1 // 0])  # type: ignore[list-item]
    assert Milestone.objects.get().crossed_ms is None


def test_each_member_of_a_club_falls_once_as_a_milestone_of_its_own() -> None:
    campaign, club = rule(kind=Milestone.SHARE, dimension="merchant", take_over=False)
    for of in ("apple", "pear", "apple"):
        fire(fall_of(club.threshold, key=f"m-{of}", of=of))
    born = Milestone.objects.filter(rule__key="m")
    assert sorted((one.key, one.of, one.dimension) for one in born) == [
        ("m-apple", "apple", "merchant"),
        ("m-pear", "pear", "merchant"),
    ]
    assert not any(one.take_over for one in born)
    assert Milestone.objects.get(key="m").crossed_ms is None
    assert sum(one.rule is not None for one in milestones.every(campaign.pk, None)) == 2
