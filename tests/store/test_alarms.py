import pytest
from django.db import IntegrityError

from dashboard.core.operator_alarms import Alarm
from dashboard.store import alarms
from dashboard.store.alarms import Raised
from dashboard.store.outbox import NewPost
from dashboard.store.tables import Feed, OperatorAlarm, Post
from tests.worlds import festival

pytestmark = pytest.mark.django_db(transaction=True)


def post(raised: Raised, feed: Feed) -> list[NewPost]:
    return [
        NewPost(
            feed_id=feed.pk,
            campaign_id=raised.about.campaign_id,
            occasion=f"alarm:{raised.id}",
            kind="alarm",
            text="!",
            lang="en",
            expires_ms=1,
        )
    ]


@pytest.mark.parametrize("own", [True, False], ids=["a campaign's", "the board's"])
def test_an_alarm_stands_once_and_may_come_again_after_its_end(own: bool) -> None:
    about = Alarm("disk", festival()[0].pk if own else None)
    assert alarms.raise_once(about, "12", 1_000, lambda _: [])
    assert not alarms.raise_once(about, "13", 2_000, lambda _: [])
    (standing,) = alarms.standing()
    assert (standing.about, standing.detail, standing.raised_ms) == (about, "12", 1_000)
    assert alarms.clear_once(standing, 3_000, lambda _: [])
    assert not alarms.clear_once(standing, 4_000, lambda _: pytest.fail("told again"))
    assert alarms.raise_once(about, "14", 5_000, lambda _: [])
    assert list(OperatorAlarm.objects.values_list("cleared_ms", flat=True)) == [3_000, None]


def test_an_alarm_and_its_posts_are_there_together_or_not_at_all() -> None:
    feed = Feed(pk=404)
    with pytest.raises(IntegrityError):
        alarms.raise_once(Alarm("disk"), "", 1_000, lambda one: post(one, feed))
    assert (OperatorAlarm.objects.count(), Post.objects.count()) == (0, 0)
    feed.name, feed.audience = "ops", Feed.OPERATORS
    feed.save()
    assert alarms.raise_once(Alarm("disk"), "", 1_000, lambda one: post(one, feed))
    (standing,) = alarms.standing()
    feed.pk = 405
    with pytest.raises(IntegrityError):
        alarms.clear_once(standing, 2_000, lambda one: post(one, feed))
    assert alarms.standing() == [standing]


def test_a_campaign_has_its_own_alarms_and_the_boards() -> None:
    one, other = festival("one")[0], festival("other")[0]
    for about in (Alarm("backlog", one.pk), Alarm("backlog", other.pk), Alarm("disk")):
        alarms.raise_once(about, "", 1_000, lambda _: [])
    found = [(raised.campaign, raised.about.key) for raised in alarms.standing_for(one.pk)]
    assert found == [("one", "backlog"), ("", "disk")]


def test_operators_are_told_of_their_campaign_and_of_the_board() -> None:
    one, other = festival("one")[0], festival("other")[0]
    for campaign, name in ((one, "of-one"), (other, "of-other"), (None, "of-all")):
        Feed.objects.create(campaign=campaign, name=name, audience=Feed.OPERATORS)
    Feed.objects.create(campaign=one, name="public")
    names = dict(Feed.objects.values_list("pk", "name"))

    def told(campaign_id: int | None) -> set[str]:
        return {names[reader.id] for reader in alarms.readers(campaign_id)}

    assert told(one.pk) == {"of-one", "of-all"}
    assert told(None) == {"of-one", "of-other", "of-all"}
