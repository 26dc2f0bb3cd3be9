"""The states of a wall and how a screen of canned figures gets into each: brief, section 13."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser.conftest import Screen, Screens
from tests.browser.frames import frame_after, last_year, meta, reached, snapshot, turnover
from tests.browser.minutes import Json, campaign_time, iso
from tests.browser.shares import BY, LABELS, names, share

SIZES = [
    (1280, 720),
    (1366, 768),
    (1920, 1080),
    (1920, 1200),
    (2560, 1080),
    (2560, 1440),
    (3840, 1080),
    (3840, 2160),
]
LANGUAGES = ["en", "zh-hans"]

# 42 Latin and 15 Chinese characters.
NAME = {
    "en": "The Longest International Shopping Day 365",
    "zh-hans": "全球购物狂欢节暨双十一主会场盛",
}
LISTS = ("category", "region")
LONG = snapshot(
    total=540_300_123_456,
    orders=2_320_000_000,
    buyers=2_320_000_000,
    payments={**snapshot()["payments"], "per_second": 583_000, "peak_per_second": 583_000},
    forecast={"gross": 600 * 10**11, "low": 580 * 10**11, "high": 620 * 10**11},
    reference={"label": "2011", "total": 168 * 10**11, "to_now": 45 * 10**11, "multiple": 12.0},
    by={**BY, **{name: {**BY[name], "long": share(300_000_000_000, 12.0)} for name in LISTS}},
    meta=meta(
        name=NAME,
        clock={**meta()["clock"], "rehearsal": True},
        labels={
            **LABELS,
            **{
                name: {**LABELS[name], **names(long=(NAME["en"], NAME["zh-hans"]))}
                for name in LISTS
            },
        },
    ),
)
CLOSED = snapshot("23:59:59", 19_100_326_418, status="closed", final=True, forecast=None)
SCHEDULED = snapshot(
    "00:00:00",
    0,
    status="scheduled",
    minutes=[],
    peak_minute=None,
    by={},
    as_of="2012-11-10T14:36:15.000Z",
    sent_at="2012-11-10T14:36:15.000Z",
    milestones={"reached": [], "next": None},
)
QUEUEING = {
    "site": {
        "state": "queueing",
        "since": iso(campaign_time("16:12:00")),
        "note": "",
        "episodes": [],
    },
    "payments": {**snapshot()["payments"], "success_rate": 0.961, "stuck": 12_410},
}
RECOVERED: Json = {
    "site": {
        "state": "recovered",
        "since": iso(campaign_time("16:16:00")),
        "note": "",
        "episodes": [
            {
                "state": "queueing",
                "from": iso(campaign_time("15:57:00")),
                "to": iso(campaign_time("16:16:00")),
                "worst_stuck": 12_410,
            }
        ],
    },
    "notice": "At 17:00 all stand up",
}
FAILING = {"payments": {**snapshot()["payments"], "success_rate": 0.871, "stuck": 212_340}}


def hold_clock(page: Page) -> None:
    """The page's time stands from now on, but for what the test lets pass."""
    page.clock.install(time=0)
    page.clock.pause_at(1)


def play(screen: Screen, seconds: int, **changes: Json) -> None:
    """A frame a second, each with the same changes, in the page's own time."""
    for _ in range(seconds):
        screen.send(frame_after(screen.newest, 1.0, **changes))
        screen.page.clock.run_for(1_000)


def fall(screen: Screen, amount: int = 12_300_000_000) -> None:
    """A milestone of so many yuan falls."""
    before = screen.newest
    fallen = reached(amount, "16:20:35", announced=before["sent_at"])
    milestones = {**before["milestones"], "reached": [*before["milestones"]["reached"], fallen]}
    play(screen, 1, turnover=turnover(amount), milestones=milestones)


def queue(screen: Screen) -> None:
    """Payments queue for longer than it takes to raise the flag."""
    play(screen, 8, **QUEUEING)


def fail(screen: Screen) -> None:
    """Payments fail for longer than it takes to raise the red flag."""
    play(screen, 64, **FAILING)


def lose(screen: Screen) -> None:
    """The network goes, for as long as may pass until the wall says so."""
    screen.cut()
    screen.page.clock.run_for(12_000)


class State(NamedTuple):
    """What a wall begins with, what happens to it then, what it shows of that; its year before."""

    first: Json
    then: Callable[[Screen], None] = lambda screen: None
    shows: str = "[data-at=overlay]"
    year: Json | None = None


STATES = {
    "live": State(snapshot()),
    "milestone": State(snapshot(), fall, "[data-at=takeover]"),
    "queueing": State(snapshot(), queue, "[data-at=flag]"),
    "stale": State(snapshot(), lose, "[data-at=flag]"),
    "countdown": State(SCHEDULED),
    "closed": State(CLOSED),
    "long": State(LONG, year=last_year(LONG["reference"]["total"])),
}
# The brief's section 8 has these as well.
MORE = {
    "failing": State(snapshot(), fail, "[data-at=flag].grave-fill"),
    "recovered": State(snapshot(**RECOVERED), shows="[data-at=notice]"),
}
EVERY = STATES | MORE


def stage(
    screens: Screens,
    name: str,
    lang: str = "en",
    size: tuple[int, int] = (1280, 720),
    before: str = "",
) -> Page:
    """A wall in a state, drawn to its end, without motion, its clock in the test's hand.

    `before` is a script that runs ahead of the page's own.
    """
    first, then, shows, year = EVERY[name]
    screen = screens(first, lang=lang, size=size, year=year, reduced_motion="reduce")
    hold_clock(screen.page)
    screen.page.add_init_script(before)
    page = screen.open()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    then(screen)
    expect(page.locator(shows)).to_be_visible()
    return page
