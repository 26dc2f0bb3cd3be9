"""The campaigns of the pictures: each in its own state, on a clock of its own."""

import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from msgspec.structs import replace

from dashboard.core.clock import Clock
from dashboard.core.events import to_ms
from dashboard.replay import demo, stage
from dashboard.store import keys, rehearsals
from dashboard.store.rehearsals import Plan
from dashboard.store.tables import Campaign
from gmvboard.clock import now_ms
from tests.boards import Board
from tests.browser.frames import YUAN
from tests.browser.states import NAME
from tests.shots.feed import Feed

PLAN = demo.plan_of("2012")
DAY = 19_100_326_418  # yuan, at the close
_REAL_PACE = 1000
_DAY_S = 86_400
_COUNTED_WITHIN_S = 120
# Where each milestone of the take-over's campaign lies: one a picture.
STEP = 20_000_000


@dataclass
class Scene:
    """A campaign: the second of its day at which its clock begins, and the day's total in yuan."""

    slug: str
    second: int
    total: int = DAY
    plan: Plan = PLAN
    campaign: Campaign = field(init=False)
    key: str = field(init=False)
    sent: int = field(init=False, default=0)

    @property
    def feed(self) -> Feed:
        return Feed(self.plan.start, self.total)

    @property
    def now(self) -> int:
        """The second of the day that its clock shows."""
        return (self.campaign.clock.campaign(now_ms()) - to_ms(self.plan.start)) // 1000

    def make(self, board: Board) -> None:
        """Make the campaign and send what has been paid by now."""
        begins = to_ms(self.plan.start) + self.second * 1000
        clock = Clock(now_ms(), begins, _REAL_PACE)
        self.campaign = rehearsals.make_anew(replace(self.plan, slug=self.slug), clock)
        self.key = keys.issue_key(rehearsals.source_of(self.campaign, "main"))
        if self.second <= 0:
            return
        stage.foretell_site(self.campaign, "2012")
        self.sent = min(self.second, _DAY_S)
        with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
            file.writelines(self.feed.lines(self.sent))
            file.flush()
            board.manage("importevents", self.slug, file.name)

    def keep_up(self, board: Board) -> None:
        """Send what has been paid since the last time."""
        until = max(self.sent, min(self.now, _DAY_S))
        if events := [self.feed.event(second) for second in range(self.sent, until)]:
            self.post(board, events)
        self.sent = until

    def post(self, board: Board, events: list[dict[str, Any]]) -> None:
        answer: httpx.Response = board.post(self.slug, self.key, events)
        assert answer.status_code == 202, answer.text

    def figures(self, board: Board) -> dict[str, Any]:
        """The newest snapshot."""
        found: dict[str, Any] = board.http.get(f"/api/v1/campaigns/{self.slug}/snapshot").json()
        return found

    def until_counted(self, board: Board) -> None:
        """Wait until the board shows what was sent."""
        due = sum(self.feed.gross(second) for second in range(self.sent))
        until = time.monotonic() + _COUNTED_WITHIN_S
        while self.figures(board)["turnover"]["gross"] < due:
            assert time.monotonic() < until, f"{self.slug} is not counted"
            time.sleep(0.3)

    def fell_next(self, board: Board) -> None:
        """Have the next milestone fall, by one payment of all that is missing."""
        found = self.figures(board)
        missing = found["milestones"]["next"]["amount"] - found["turnover"]["gross"]
        paid = {**self.feed.event(self.sent), "id": f"jump {now_ms()}", "amount": missing + YUAN}
        self.post(board, [{**paid, "count": 1 + missing // (180 * YUAN)}])


def _clock(hours: int, minutes: int, seconds: int) -> int:
    return int(timedelta(hours=hours, minutes=minutes, seconds=seconds).total_seconds())


def scenes() -> dict[str, Scene]:
    """All of them, by their slugs, which are the states' names."""
    afternoon = _clock(16, 19, 30)
    near = [(f"jump-{i}", (12_600_000_000 + STEP * i) * YUAN) for i in range(200)]
    long = replace(PLAN, name=NAME["en"], name_zh=NAME["zh-hans"])
    found = [
        Scene("live", afternoon),
        Scene("queueing", afternoon),
        Scene("milestone", afternoon, plan=replace(PLAN, milestones=near)),
        Scene("countdown", -_clock(1, 24, 30)),
        Scene("closed", _DAY_S + _clock(0, 20, 0)),
        Scene("long", afternoon, total=840_000_000_000, plan=long),
    ]
    return {one.slug: one for one in found}
