from typing import Any

import pytest
import redis
from django.test import Client

from dashboard.core.frame import Milestones, Next
from dashboard.store import frames as stored
from dashboard.store.tables import Campaign, Label, Milestone, MilestoneNote
from tests.frames import frame
from tests.worlds import MIDNIGHT_MS, festival

pytestmark = pytest.mark.django_db
API = "/api/v1/campaigns"
FELL = {"crossed_ms": MIDNIGHT_MS, "announced_ms": MIDNIGHT_MS + 500}


def milestone(campaign: Campaign, key: str, amount: int, **fields: Any) -> None:
    Milestone.objects.create(campaign=campaign, key=key, amount=amount, **fields)


def test_milestones_are_listed_reached_or_not_with_the_estimate_of_the_next(
    client: Client, redis_server: redis.Redis
) -> None:
    campaign, _ = festival(visibility="public")
    fell = {"crossed_ms": MIDNIGHT_MS, "announced_ms": MIDNIGHT_MS + 500}
    milestone(campaign, "one", 100, label_zh="一", **fell)
    milestone(campaign, "two", 200)
    milestone(campaign, "three", 300)
    coming = Next("two", "amount", 200, "", "2012-11-10T17:00:00Z")
    newest = frame(milestones=Milestones([], coming))
    stored.put(redis_server, campaign.pk, newest, None)
    one, two, three = client.get(f"{API}/festival/milestones").json()
    assert one == {
        "key": "one",
        "kind": "amount",
        "measure": "gross",
        "amount": 100,
        "dimension": "",
        "of": "",
        "label": "",
        "label_zh": "一",
        "crossed_at": "2012-11-10T16:00:00Z",
        "announced_at": "2012-11-10T16:00:00.500Z",
        "take_over": True,
        "confirmed": False,
        "redated": False,
        "late": False,
        "undercut": False,
        "eta": None,
    }
    assert [two["crossed_at"], two["eta"]] == [None, "2012-11-10T17:00:00Z"]
    assert three["eta"] is None


@pytest.mark.usefixtures("no_redis")
def test_milestones_are_listed_without_redis_too(client: Client) -> None:
    campaign, _ = festival(visibility="public")
    milestone(campaign, "one", 100)
    assert [one["key"] for one in client.get(f"{API}/festival/milestones").json()] == ["one"]


def listed(client: Client) -> list[Any]:
    told: list[Any] = client.get(f"{API}/festival/milestones").json()
    return told


@pytest.mark.usefixtures("no_redis")
def test_those_of_gross_come_first_and_the_others_have_names_reached_or_not(client: Client) -> None:
    campaign, _ = festival(visibility="public")
    milestone(campaign, "orders", 50_000_000, kind="orders")
    milestone(campaign, "hour", 3_600, kind="bulletin", label="An hour")
    facts = {"label": "5 million visits", "label_zh": "500万 visits"}
    milestone(campaign, "visits", 5_000_000, kind="counter", of="visits", facts=facts, **FELL)
    milestone(campaign, "amount", 10**12)
    told = [(one["key"], one["measure"], one["label"], one["label_zh"]) for one in listed(client)]
    assert told == [
        ("amount", "gross", "", ""),
        ("hour", "bulletin", "An hour", ""),
        ("visits", "counter", "5 million visits", "500万 visits"),
        ("orders", "orders", "50 million orders", "5,000万笔订单"),
    ]


@pytest.mark.usefixtures("no_redis")
def test_a_rule_for_many_is_not_listed_but_those_that_fell_by_it(client: Client) -> None:
    campaign, _ = festival(visibility="public")
    Label.objects.create(campaign=campaign, dimension="merchant", key="a1", name="Apple Store")
    club = {"kind": "share", "dimension": "merchant"}
    milestone(campaign, "club", 10**10, **club)
    rule = Milestone.objects.get(key="club")
    milestone(campaign, "club-a1", 10**10, of="a1", rule=rule, **club, **FELL)
    milestone(campaign, "states", 0, kind="site")
    milestone(campaign, "tmall", 10**11, kind="share", dimension="platform", of="tmall")
    told = [(one["key"], one["dimension"], one["of"], one["label"]) for one in listed(client)]
    assert told == [
        ("club-a1", "merchant", "a1", "Apple Store ¥100 million"),
        ("tmall", "platform", "tmall", "tmall ¥1 billion"),
    ]


@pytest.mark.usefixtures("no_redis")
def test_what_became_of_a_milestone_is_told(client: Client) -> None:
    campaign, _ = festival(visibility="public")
    milestone(campaign, "one", 100, confirmed=True, late=True, **FELL)
    milestone(campaign, "two", 200, take_over=False, facts={"undercut": True}, **FELL)
    moved = Milestone.objects.get(key="one")
    MilestoneNote.objects.create(milestone=moved, at_ms=1, what="re-dated")
    MilestoneNote.objects.create(milestone=Milestone.objects.get(key="two"), at_ms=1, what="fired")
    names = ("confirmed", "late", "redated", "undercut", "take_over")
    told = [[one[name] for name in names] for one in listed(client)]
    assert told == [[True, True, True, False, True], [False, False, False, True, False]]
