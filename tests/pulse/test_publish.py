import msgspec
import pytest
import redis

from dashboard.pulse import publish
from dashboard.pulse.publish import overlay
from dashboard.store import frames as store
from dashboard.store import shown
from tests.frames import frame, snapshot
from tests.worlds import festival

ROW = ("2012-11-10T16:00:00Z", 500, 0, 5)
FOURTH = ("2012-11-10T16:03:00Z", 7, 0, 1)


class Away:
    """A Redis that does not answer."""

    def mget(self, *keys: str) -> list[bytes | None]:
        raise redis.ConnectionError("away")


class Kept:
    """A Redis that holds a frame and a base."""

    def __init__(self, campaign_id: int, frame: bytes, base: bytes | None) -> None:
        self.held = {store.frame_key(campaign_id): frame, store.snapshot_key(campaign_id): base}

    def mget(self, *keys: str) -> list[bytes | None]:
        return [self.held[key] for key in keys]


def test_a_snapshot_is_brought_up_to_the_newest_frame_without_gaps() -> None:
    newer = frame(seq=2, orders=6, minutes=[FOURTH], as_of="2012-11-10T16:04:30Z")
    merged = msgspec.json.decode(overlay(snapshot(), newer))
    assert (merged["kind"], merged["seq"], merged["orders"]) == ("snapshot", 2, 6)
    assert [row[1] for row in merged["minutes"]] == [500, 0, 0, 7, 0]


def test_a_frame_of_another_epoch_or_an_older_one_changes_nothing() -> None:
    base = snapshot(seq=5)
    assert overlay(base, frame(epoch=2, seq=6)) == base
    assert overlay(base, frame(seq=5)) == base
    assert overlay(base, None) == base


def test_rows_of_longer_steps_stay_as_they_are() -> None:
    base = snapshot(step_seconds=120)
    newer = frame(seq=2, minutes=[FOURTH], as_of="2012-11-10T16:04:30Z")
    assert msgspec.json.decode(overlay(base, newer))["minutes"] == [list(ROW)]


def test_rows_end_with_the_window() -> None:
    newer = frame(seq=2, as_of="2012-11-12T00:00:00Z")
    assert len(msgspec.json.decode(overlay(snapshot(), newer))["minutes"]) == 1_440


@pytest.mark.django_db
def test_where_redis_is_away_or_empty_the_last_snapshot_kept_is_told() -> None:
    campaign, _ = festival()
    assert publish.newest_snapshot(Away(), campaign.pk) is None  # type: ignore[arg-type]
    shown.save(campaign.pk, 1, 1, 1, snapshot())
    assert publish.newest_snapshot(Away(), campaign.pk) == snapshot()  # type: ignore[arg-type]
    flushed = Kept(campaign.pk, frame(seq=2, orders=9), None)
    told = publish.newest_snapshot(flushed, campaign.pk)  # type: ignore[arg-type]
    assert told
    assert msgspec.json.decode(told)["orders"] == 9


def test_a_frame_travels_as_text_with_its_campaign() -> None:
    assert publish.message("festival", b'{"v":1}') == {
        "type": "frame",
        "campaign": "festival",
        "frame": '{"v":1}',
    }
