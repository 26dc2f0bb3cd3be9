import pytest

from dashboard.core.frame import Names
from dashboard.store import labels
from dashboard.store.tables import Label
from tests.worlds import festival

pytestmark = pytest.mark.django_db


def test_a_missing_chinese_label_repeats_the_english_one() -> None:
    campaign, _ = festival()
    Label.objects.create(campaign=campaign, dimension="region", key="bj", name="Beijing")
    tmall = {"dimension": "platform", "key": "tmall", "name": "Tmall", "name_zh": "天猫"}
    Label.objects.create(campaign=campaign, **tmall)
    assert labels.names(campaign.pk) == {
        "platform": {"tmall": Names("Tmall", "天猫")},
        "region": {"bj": Names("Beijing", "Beijing")},
    }
