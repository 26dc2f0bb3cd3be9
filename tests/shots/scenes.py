"""A campaign that is brought into a state on a running board, on a clock of its own."""

import tempfile
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from msgspec.structs import replace

from dashboard.core.clock import Clock
from dashboard.core.events import to_ms
from dashboard.replay import demo
from dashboard.store import keys, rehearsals
from dashboard.store.rehearsals import Plan
from dashboard.store.tables import Campaign, Milestone
from gmvboard.clock import now_ms
from tests.boards import Board
from tests.browser.minutes import YUAN
from tests.shots.feed import Feed

PLAN = demo.plan_of("2012")
DAY = 19_100_326_418  # yuan, at the close
_REAL_PACE = 1000
_COUNTED_WITHIN_S = 120


@dataclass
class Scene:
    """A campaign, begun `second` seconds after its start, and what is special about it.

    `total` is a day's in hundreds of minor units; `site` are states and the second of each; `shows`
    names what a wall must show before its picture is taken.
    """

    slug: str
    second: int
    total: int = DAY
    plan: Plan = PLAN
    failing: int = 4
    every: int = 1
    stuck: int = 0
    site: tuple[tuple[int, str], ...] = ()
    notice: str = ""
    shows: str = ""
    campaign: Campaign = field(init=False)
    key: str = field(init=False)
    sent: int = field(init=False, default=0)

    @property
    def feed(self) -> Feed:
        return Feed(self.plan.start, self.total, self.plan.currency, self.failing, self.every)

    @property
    def now(self) -> int:
        """Seconds from its start, by its clock."""
        return (self.campaign.clock.campaign(now_ms()) - to_ms(self.plan.start)) // 1000

    @property
    def whole(self) -> int:
        """Seconds that it lasts."""
        return int((self.plan.end - self.plan.start).total_seconds())

    def make(self, board: Board) -> None:
        """Make the campaign and send what has been paid by now."""
        begins = to_ms(self.plan.start) + self.second * 1000
        clock = Clock(now_ms(), begins, _REAL_PACE)
        self.campaign = rehearsals.make_anew(replace(self.plan, slug=self.slug), clock)
        self.key = keys.issue_key(rehearsals.source_of(self.campaign, "main"))
        Campaign.objects.filter(pk=self.campaign.pk).update(notice=self.notice)
        states = [(to_ms(self.plan.start) + at * 1000, state) for at, state in self.site]
        rehearsals.foretell_site(self.campaign, states)
        self.sent = max(0, min(self.second, self.whole))
        if not self.sent:
            return
        with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
            file.writelines(self.feed.lines(self.sent))
            file.flush()
            board.manage("importevents", self.slug, file.name)

    def keep_up(self, board: Board) -> None:
        """Send what has been paid since the last time."""
        until = max(self.sent, min(self.now, self.whole))
        if events := [self.feed.event(second) for second in self.feed.seconds(self.sent, until)]:
            self.post(board, events)
        self.sent = until

    def post(self, board: Board, events: list[dict[str, Any]]) -> None:
        answer: httpx.Response = board.post(self.slug, self.key, events)
        assert answer.status_code == 202, answer.text

    def have_stuck(self, board: Board) -> None:
        """Have orders wait for their payment, where the scene has such."""
        if self.stuck:
            self.post(board, self.feed.stuck(self.second - 120, self.stuck))

    def name_next(self, label: str) -> None:
        """Give the milestones that are still to fall a label of their own."""
        open_ = Milestone.objects.filter(campaign=self.campaign, crossed_ms=None)
        open_.update(label=label, label_zh=label)

    def figures(self, board: Board) -> dict[str, Any]:
        """The newest snapshot."""
        found: dict[str, Any] = board.http.get(f"/api/v1/campaigns/{self.slug}/snapshot").json()
        return found

    def until_counted(self, board: Board) -> None:
        """Wait until the board shows what was sent."""
        due = sum(self.feed.gross(second) for second in self.feed.seconds(0, self.sent))
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
