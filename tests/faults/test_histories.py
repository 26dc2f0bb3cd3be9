"""F8: every history of up to two events, wherever the outbox dies; `make faults` goes to three."""

import pytest

from tests.alerts.delivering import World
from tests.alerts.histories import FEEDS, Histories, quiet, retried_on_anything
from tests.faults.figures import record


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a feed without keys", "a feed with late keys"])
def test_no_history_makes_two_posts_f8(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    walked = Histories(World(monkeypatch, **FEEDS[name]), depth=2)
    with quiet():
        walked.walk()
    assert walked.most == 1 and walked.number > 150
    record("F8", f"outbox, {name}", str(walked))


def test_retrying_on_anything_would_post_at_each_attempt() -> None:
    number, most = retried_on_anything(4)
    record("F8", "retried on anything", f"{number} histories, up to {most} posts")
    assert most == 4
