"""What is asked of the record before a post goes out."""

from dashboard.alerts.truth import doubt
from dashboard.core.posting import UNTRUE
from tests.posts import NOW


def test_a_story_whose_milestone_is_gone_is_not_told() -> None:
    assert doubt(None, NOW, {"amount": 1}) == UNTRUE
    assert doubt(None, NOW, None) == ""
