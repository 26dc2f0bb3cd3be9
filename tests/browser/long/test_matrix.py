"""Points 1 to 5 of the acceptance list on the full matrix of sizes, languages and states."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Screens
from tests.browser.contrast import MARK, faint_marks, faint_texts, on_fills
from tests.browser.frames import frame_after, snapshot, turnover
from tests.browser.layout import boxes, collisions, floor, outside, overflowing, smallest
from tests.browser.pixels import Eye
from tests.browser.states import ALARMS, LANGUAGES, SIZES, STATES, stage

every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
both_languages = pytest.mark.parametrize("lang", LANGUAGES)


@every_size
@both_languages
@pytest.mark.parametrize("state", STATES)
def test_1_to_3_texts_are_inside_apart_and_large_enough(
    screens: Screens, state: str, lang: str, size: tuple[int, int]
) -> None:
    page = stage(screens, state, lang, size)
    root = "document.documentElement"
    assert outside(page) == []
    assert overflowing(page) == []
    assert page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == [*size]
    assert collisions(page) == []
    assert smallest(page) >= floor(size)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 540)], ids=["16:9", "32:9"])
@both_languages
@pytest.mark.parametrize("state", STATES | ALARMS)
def test_4_texts_have_7_to_1_and_marks_of_data_3_to_1_on_what_lies_behind(
    screens: Screens, eye: Eye, state: str, lang: str, size: tuple[int, int]
) -> None:
    page = stage(screens, state, lang, size)
    assert faint_texts(eye, page) == []
    assert faint_marks(page) == set()
    assert min(on_fills(page).values()) >= MARK


@every_size
@pytest.mark.parametrize(
    ("lang", "before", "after"), [("en", "¥9.99", "¥10.00"), ("zh-hans", "99.99", "100.00")]
)
def test_5_a_digit_more_moves_nothing(
    screens: Screens, lang: str, before: str, after: str, size: tuple[int, int]
) -> None:
    first = snapshot("13:38:04", 9_999_999_999)
    screen = screens(first, lang=lang, size=size, reduced_motion="reduce")
    page = screen.open()
    expect(page.locator("[data-at=hero-number]")).to_have_text(before)
    expect(page.locator("[data-at=multiple-then]")).not_to_be_empty()
    stood = boxes(page)
    screen.send(frame_after(first, turnover=turnover(10_000_000_000)))
    expect(page.locator("[data-at=hero-number]")).to_have_text(after)
    assert boxes(page) == stood


@every_size
@both_languages
def test_5_the_hero_is_as_wide_with_ones_as_with_eights(
    screens: Screens, lang: str, size: tuple[int, int]
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
