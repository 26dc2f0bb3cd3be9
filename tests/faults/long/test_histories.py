"""F8: every history of up to three events, of a post to each kind of feed."""

import pytest

from tests.alerts.delivering import World
from tests.alerts.histories import FEEDS, Histories, quiet, retried_on_anything
from tests.faults.figures import record


@pytest.mark.django_db
@pytest.mark.parametrize("name", FEEDS)
def test_no_history_of_three_events_makes_two_posts_f8(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    walked = Histories(World(monkeypatch, **FEEDS[name]), depth=3)
    with quiet():
        walked.walk()
    assert walked.most == 1
    number, most = retried_on_anything(3)
    naive = f"retried on anything ({number} histories): up to {most} posts"
    record("F8", f"outbox, {name}", f"{walked}; {naive}")
