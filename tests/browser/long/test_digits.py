"""Points 5 and 12 of the acceptance list: a digit more moves nothing, and none comes too early."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screens
from tests.browser.frames import frame_after, snapshot, turnover
from tests.browser.long.matrix import both_languages, every_size
from tests.browser.minutes import Json
from tests.browser.states import hold_clock, play

Size = tuple[int, int]
# Of every element, but for the digits themselves; a text's own end is where its digits end.
_PLACES = """() => [...document.querySelectorAll("main *, .plot *")]
    .filter((one) => !one.closest("[data-at=hero-number], [data-at=digits], .offscreen"))
    .map((one) => { const box = one.getBoundingClientRect();
                    return [one.className.baseVal ?? one.className, box.left, box.top]; })"""


def places(page: Page) -> Any:
    """Where everything begins, but for the total's own digits."""
    return page.evaluate(_PLACES)


@every_size
@pytest.mark.parametrize(
    ("lang", "before", "after"), [("en", "¥9.99", "¥10.00"), ("zh-hans", "99.99", "100.00")]
)
def test_5_a_digit_more_moves_nothing(
    screens: Screens, lang: str, before: str, after: str, size: Size
) -> None:
    first = snapshot("13:38:04", 9_999_999_999)
    screen = screens(first, lang=lang, size=size, reduced_motion="reduce")
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    expect(page.locator("[data-at=hero-number]")).to_have_text(before)
    stood = places(page)
    screen.send(frame_after(first, turnover=turnover(10_000_000_000)))
    page.clock.run_for(1_000)
    expect(page.locator("[data-at=hero-number]")).to_have_text(after)
    assert places(page) == stood


@every_size
@both_languages
def test_5_the_hero_is_as_wide_with_ones_as_with_eights(
    screens: Screens, lang: str, size: Size
) -> None:
    screen = screens(snapshot(total=11_110_000_000), lang=lang, size=size)
    page = screen.open()
    hero = page.locator("[data-at=hero-number]")
    widths = []
    for total, reads in ((11_110_000_000, "11.1"), (88_880_000_000, "88.8")):
        screen.send(frame_after(screen.newest, turnover=turnover(total)))
        expect(hero).to_contain_text(reads)
        widths.append(hero.evaluate("one => one.getBoundingClientRect().width"))
    assert widths[0] == widths[1] > 0


@every_size
@pytest.mark.parametrize(("lang", "reads"), [("en", "¥9.99"), ("zh-hans", "99.99")])
def test_12_just_under_a_milestone_nothing_is_rounded_up_to_it(
    screens: Screens, lang: str, reads: str, size: Size
) -> None:
    none: Json = {"reached": [], "next": None}
    first = snapshot("13:38:00", 9_999_600_000, milestones=none)
    screen = screens(first, lang=lang, size=size)
    hold_clock(screen.page)
    page = screen.open()
    play(screen, 3)
    expect(page.locator("[data-at=hero-number]")).to_have_text(reads)
    expect(page.locator("[data-at=takeover]")).to_be_hidden()
