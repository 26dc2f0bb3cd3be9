import pytest

from dashboard.store import references
from tests.worlds import festival

pytestmark = pytest.mark.django_db


def test_the_primary_year_comes_first_and_is_the_one_to_beat() -> None:
    campaign, _ = festival()
    assert references.primary(campaign.pk) is None
    for label, primary in (("2010", False), ("2011", True), ("2009", False)):
        campaign.references.create(label=label, total=1, primary=primary)
    assert [one.label for one in references.every(campaign.pk)] == ["2011", "2010", "2009"]
    found = references.primary(campaign.pk)
    assert found
    assert found.label == "2011"
