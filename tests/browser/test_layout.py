import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screens
from tests.browser.frames import frame_after, reached, snapshot, turnover
from tests.browser.layout import boxes, collisions, floor, outside, overflowing, smallest
from tests.browser.minutes import Json
from tests.browser.states import CLOSED, LONG, RECOVERED, SCHEDULED, hold_clock

# 16:9, 16:10, 2.37:1 and 32:9: the page is laid out in one unit, so that small windows do.
SIZES = [(1280, 720), (1280, 800), (1280, 540), (1920, 540)]
EARLY = snapshot("00:20:35", 650_000_000, forecast=None, milestones={"reached": [], "next": None})
LATE = snapshot("21:50:00", 16_000_000_000)


def wait_for(page: Page, size: tuple[int, int]) -> None:
    """Until the chart is drawn for a window of this size."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.clock.run_for(1_000)
    width = page.locator("[data-at=chart]").evaluate("one => one.clientWidth")
    expect(page.locator("[data-at=plot] .main-svg").first).to_have_attribute("width", str(width))


@pytest.mark.parametrize(
    ("first", "lang"),
    [
        pytest.param(LONG, "en", id="long"),
        pytest.param(LONG, "zh-hans", id="long-zh"),
        pytest.param(EARLY, "en", id="early"),
        pytest.param(LATE, "zh-hans", id="late-zh"),
        pytest.param(CLOSED, "zh-hans", id="closed-zh"),
        pytest.param(SCHEDULED, "en", id="scheduled"),
    ],
)
def test_every_text_is_inside_large_enough_and_on_nothing_else(
    screens: Screens, lang: str, first: Json
) -> None:
    screen = screens(first, lang=lang)
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=overlay] text").first).to_be_attached()
    for size in SIZES:
        wait_for(page, size)
        seen = (size, outside(page), collisions(page), overflowing(page))
        assert seen == (size, [], [], [])
        assert smallest(page) >= floor(size)
        assert page.evaluate("document.documentElement.scrollHeight") == size[1]


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
@pytest.mark.parametrize("state", [LONG, snapshot(**RECOVERED)], ids=["queueing", "recovered"])
def test_that_panels_rest_is_said_inside_the_strip(
    screens: Screens, lang: str, state: Json
) -> None:
    screen = screens(state, lang=lang)
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=lists] b").first).to_be_attached()
    site = {**LONG["site"], "state": "queueing", "since": LONG["as_of"]}
    told = frame_after(state, 0, degrade={"level": 3, "name": "panels"})
    if state is LONG:
        told["site"] = site
    for size in SIZES:
        told = frame_after(told, 1)
        screen.send(told)
        wait_for(page, size)
        said = "panels paused" if lang == "en" else "分类数据暂停"
        expect(page.locator("[data-at=strip-right]")).to_contain_text(said)
        # Names in the tower may be cut, so that a text over them is no collision.
        left, right = (page.locator(f"[data-at=strip-{side}] > *") for side in ("left", "right"))
        before, after = left.last.bounding_box(), right.first.bounding_box()
        assert before and after and before["x"] + before["width"] < after["x"]


@pytest.mark.parametrize(
    ("lang", "before", "after", "reads"),
    [("en", 9_999_999_999, 10_000_000_000, "¥10.00"), ("zh-hans", 9_999_999_999, 10**10, "100.00")],
)
def test_a_digit_more_moves_nothing(
    screens: Screens, lang: str, before: int, after: int, reads: str
) -> None:
    first = snapshot("13:38:04", before)
    screen = screens(first, lang=lang, reduced_motion="reduce")
    page = screen.open()
    expect(page.locator("[data-at=hero-number]")).to_have_text("99.99" if lang != "en" else "¥9.99")
    expect(page.locator("[data-at=multiple-then]")).not_to_be_empty()
    stood = boxes(page)
    screen.send(frame_after(first, turnover=turnover(after)))
    expect(page.locator("[data-at=hero-number]")).to_have_text(reads)
    assert boxes(page) == stood


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_an_hour_with_a_digit_less_does_not_move_the_clock(screens: Screens, lang: str) -> None:
    screen = screens(snapshot("14:00:00"), lang=lang)
    hold_clock(screen.page)
    page = screen.open()
    left, clock = page.locator("[data-at=left]"), page.locator("[data-at=clock]")
    expect(left).to_contain_text("10:00:00")
    stood = clock.bounding_box()
    page.clock.run_for(1_000)
    expect(left).to_contain_text("9:59:5")
    assert clock.bounding_box() == stood


@pytest.mark.parametrize("size", SIZES)
def test_a_comma_of_the_hero_ends_above_the_full_digits(
    screens: Screens, size: tuple[int, int]
) -> None:
    page = screens(LONG, lang="zh-hans", size=size).open()
    expect(page.locator("[data-at=hero-number]")).to_have_text("5,403.0")
    ends, begins = page.evaluate(
        """() => {
            const box = (name) => document.querySelector(`[data-at=${name}]`);
            const size = parseFloat(getComputedStyle(box("hero")).fontSize);
            return [box("hero").getBoundingClientRect().bottom + 0.112 * size,
                    box("digits").getBoundingClientRect().top];
        }"""
    )
    assert ends < begins


def test_the_hero_is_as_wide_with_ones_as_with_eights(screens: Screens) -> None:
    screen = screens(snapshot(total=11_110_000_000))
    page = screen.open()
    widths = []
    for total, reads in ((11_110_000_000, "¥11.11"), (88_880_000_000, "¥88.88")):
        screen.send(frame_after(screen.newest, turnover=turnover(total)))
        expect(page.locator("[data-at=hero-number]")).to_have_text(reads)
        widths.append(page.locator("[data-at=hero-number]").bounding_box())
    assert widths[0] is not None
    assert widths[1] is not None
    assert widths[0]["width"] == widths[1]["width"]


def test_the_flood_keeps_to_the_page_wherever_that_has_wandered(screens: Screens) -> None:
    fallen = reached(12_300_000_000, "16:20:35")
    milestones = {"reached": [fallen], "next": None}
    screen = screens(snapshot(milestones=milestones))
    screen.config = {"orbit": True, "motion": False}
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=takeover]")).to_be_visible()
    found = page.evaluate(
        """async () => {
            const { wander } = await import("/static/js/kiosk.js");
            const box = (one) => document.querySelector(one).getBoundingClientRect();
            return Array.from({ length: 8 }, (_, minute) => {
                wander(document.documentElement, minute);
                const flood = box(".takeover"), total = box(".hero-row");
                const top = Math.round(flood.top - total.bottom);
                return [top, flood.left, flood.right, flood.bottom];
            });
        }"""
    )
    assert found == [[found[0][0], 0, 1280, 720]] * 8
    assert found[0][0] >= 0


def test_nothing_shifts_while_figures_alarms_and_a_milestone_come_and_go(screens: Screens) -> None:
    screen = screens()
    screen.page.add_init_script(
        """window.shifted = 0;
        const add = (list) => list.getEntries().forEach((one) => { window.shifted += one.value; });
        new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});"""
    )
    page = screen.open()
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥12.27")
    page.evaluate("window.shifted = 0")
    fallen = reached(12_300_000_000, "16:20:36", announced=screen.newest["sent_at"])
    milestones = {**screen.newest["milestones"], "reached": [fallen]}
    site = {"state": "queueing", "since": screen.newest["as_of"], "note": "", "episodes": []}
    changes: Json = {"turnover": turnover(12_300_000_000), "milestones": milestones, "site": site}
    screen.send(frame_after(screen.newest, **changes))
    expect(page.locator("[data-at=takeover]")).to_be_visible()
    expect(page.locator("[data-at=strip-left]")).to_contain_text("Payments queueing")
    assert page.evaluate("window.shifted") == 0
