"""The real outbox on a fake feed, by a clock that is moved: a step at a time, dying where told."""

import threading
from contextlib import suppress

import pytest

from dashboard.alerts.attempt import Means
from dashboard.alerts.deliver import Delivery
from dashboard.store import claims, marks
from dashboard.store.tables import StopSwitch
from gmvboard import failpoints
from tests.alerts.fake_feed import Crash, FakeFeed
from tests.posts import NOW


class World:
    """A clock, a fake feed, and processes of the outbox.

    The next one dies at the failpoint `dies_at`; with `stops` the switch is thrown under it, just
    before it would ask the feed, and released again.
    """

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        *,
        keys: bool = False,
        late_ms: int = 0,
        lasts_ms: int = 86_400_000,
        find: bool = True,
    ) -> None:
        self.now_ms = NOW
        self.feed = FakeFeed(lambda: self.now_ms, keys=keys, late_ms=late_ms, lasts_ms=lasts_ms)
        self.dies_at = ""
        self.stops = False
        self.doubt = ""
        self.find = find
        self.stopping = threading.Event()
        monkeypatch.setattr(failpoints, "hit", self._hit)

    def _hit(self, place: str, _detail: str = "") -> None:
        if place == self.dies_at:
            self.dies_at = ""
            raise Crash(place)
        if place == "outbox.before_send" and self.stops:
            self.stops = False
            StopSwitch.objects.create(name="all", stopped=True)

    def means(self) -> Means:
        """Return what the outbox delivers with here."""
        return Means(
            services={"fake": self.feed.service(self.find)},
            account=lambda _feed_id: {},
            web=lambda _service: self.feed,
            picture=lambda _claim: None,
            doubt=lambda _claim: self.doubt,
            clock=lambda: self.now_ms,
        )

    def step(self, sender: str = "me") -> bool:
        """Do what is due now, as one process that may die over it; False where nothing is."""
        marks.give_up_dead(self.now_ms)
        marks.expire(self.now_ms)
        delivery = Delivery(sender, self.means(), self.stopping)
        worked = False
        for feed_id in claims.due(self.now_ms):
            with suppress(Crash):
                if work := delivery.take(feed_id):
                    worked = True
                    work()
            StopSwitch.objects.all().delete()
        return worked

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.now_ms += round(seconds * 1000)
