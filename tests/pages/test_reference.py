import pytest
from django.test import Client

from dashboard.pages.reference import passed
from dashboard.store.tables import Milestone, Reference
from tests.worlds import festival

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/festival/reference"


@pytest.mark.parametrize(
    ("amount", "minute"), [(1, 0), (10, 0), (11, 2), (30, 2), (31, None), (0, 0)]
)
def test_an_amount_is_passed_in_the_minute_that_reaches_it(amount: int, minute: int | None) -> None:
    assert passed([10, 0, 20], [amount]) == [minute]


def test_without_another_year_the_curve_is_empty(client: Client) -> None:
    festival(visibility="public")
    answer = client.get(ADDRESS).json()
    assert (answer["label"], answer["minutes"], answer["others"]) == (None, [], [])


def test_last_year_is_told_whole_and_the_other_years_behind_it(client: Client) -> None:
    campaign, _ = festival(visibility="public")
    Milestone.objects.create(campaign=campaign, key="first", amount=15, label_zh="首个")
    points = [[0, 0], [15, 7]]
    years = {"2010": False, "2011": True}
    for label, primary in years.items():
        Reference.objects.create(
            campaign=campaign,
            label=label,
            primary=primary,
            basis="Tmall alone",
            basis_zh="仅天猫",
            total=30,
            minutes=[10, 0, 20],
            counters={"visits": points},
            by={"platform": {"tmall": points}},
        )
    answer = client.get(ADDRESS).json()
    assert [other["label"] for other in answer.pop("others")] == ["2010"]
    assert answer == {
        "label": "2011",
        "basis": {"en": "Tmall alone", "zh-hans": "仅天猫"},
        "total": 30,
        "start": "2012-11-10T16:00:00Z",
        "step_seconds": 60,
        "minutes": [10, 0, 20],
        "milestones": [
            {"key": "first", "amount": 15, "label": "", "label_zh": "首个", "offset_minutes": 2}
        ],
        "counters": {"visits": points},
        "by": {"platform": {"tmall": points}},
    }
