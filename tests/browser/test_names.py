"""S20, H27: hostile names are shown safely, or not at all, and nothing of a page overflows."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Screens
from tests.browser.frames import meta, reached, snapshot
from tests.browser.hostile import LONG, NAMES, harm
from tests.browser.layout import collisions, outside, overflowing
from tests.browser.minutes import Json
from tests.browser.shares import share
from tests.browser.states import hold_clock


def hostile(names: tuple[str, ...]) -> Json:
    """A snapshot in which everything that has a name has a hostile one."""
    shares = {name: share(5_000_000_000 - i) for i, name in enumerate(names)}
    first = snapshot(
        by={"category": shares, "region": shares, "platform": dict(list(shares.items())[:2])},
        notice=LONG,
        meta=meta(name={"en": LONG, "zh-hans": LONG}, labels={}),
    )
    first["reference"]["label"] = LONG[:40]
    first["site"]["note"] = LONG
    return first


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
@pytest.mark.parametrize("some", [NAMES[:8], NAMES[8:16], NAMES[14:]])
def test_hostile_names_are_shown_safely_and_nothing_overflows(
    screens: Screens, lang: str, some: tuple[str, ...]
) -> None:
    screen = screens(hostile(some), lang=lang)
    screen.config = {"free_names": True}
    page = screen.open()
    expect(page.locator(".row .who").first).not_to_be_empty()
    assert page.locator(".row .who").count() >= 8
    assert (harm(page), outside(page), collisions(page), overflowing(page)) == ([], [], [], [])


def test_a_hostile_milestone_keeps_to_two_lines_beside_its_facts(screens: Screens) -> None:
    for label in (LONG, NAMES[8] * 5, "W" * 80, "<b>two billion</b>"):
        fallen = {**reached(12_000_000_000, "16:20:34"), "label": label}
        screen = screens(snapshot(milestones={"reached": [fallen], "next": None}))
        hold_clock(screen.page)  # it is shown for as long as it is looked at
        page = screen.open("?motion=off")
        expect(page.locator(".takeover .free")).to_be_visible()
        page.evaluate("document.fonts.ready.then(() => true)")
        box = page.locator(".takeover .free").bounding_box()
        edge, facts = (
            page.locator(".takeover h2").bounding_box(),
            page.locator(".takeover dl").bounding_box(),
        )
        assert box and edge and facts
        assert box["y"] > edge["y"] + edge["height"]
        assert box["x"] + box["width"] <= facts["x"]
        assert harm(page) == []


def test_a_public_wall_shows_curated_labels_only(screens: Screens) -> None:
    by = snapshot()["by"]
    del by["category"]["baby"], by["category"]["sports"]
    by["category"] |= {"rude words": share(9_000_000_000), "other": share(1_000_000)}
    by["region"] = {"rude words": share(9_000_000_000)}
    page = screens(snapshot(by=by)).open()
    expect(page.locator(".row .who").first).to_have_text("Clothing")
    assert "rude" not in page.locator("body").inner_text()
    assert page.locator(".list:visible").count() == 1
    others = page.locator(".row", has=page.get_by_text("Other", exact=True))
    expect(others.locator("b")).to_have_text("¥9.00B")
