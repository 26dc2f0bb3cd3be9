"""The staff page's breakdowns while figures come in."""

from playwright.sync_api import expect

from tests.browser.conftest import Screens
from tests.browser.frames import frame_after
from tests.browser.shares import share
from tests.browser.staff import opened


def test_a_link_keeps_the_focus_and_a_box_its_place_while_figures_change(screens: Screens) -> None:
    screen = opened(screens, size=(320, 640))
    page = screen.open()
    link = page.get_by_role("link", name="Name it: card")
    link.focus()
    box = page.locator(".box", has=link)
    box.evaluate("one => { one.style.width = '6rem'; one.scrollLeft = 9; }")
    channel = {"card": share(5_000_000_000), "balance": share(6_000_000_000)}
    by = {**screen.newest["by"], "channel": channel}
    screen.send(frame_after(screen.newest, by=by))
    expect(page.locator("tr", has=link)).to_contain_text("¥5.00B")
    expect(link).to_be_focused()
    assert box.evaluate("one => one.scrollLeft") == 9


def test_a_link_keeps_the_focus_where_its_row_overtakes_another(screens: Screens) -> None:
    screen = opened(screens)
    page = screen.open()
    link = page.get_by_role("link", name="Name it: card")
    link.focus()
    rows = page.locator(".box", has=link).locator("tbody .who > span")
    expect(rows).to_have_text(["balance", "card"])
    by = {**screen.newest["by"], "channel": {"card": share(9_000_000_000), "balance": share(1)}}
    screen.send(frame_after(screen.newest, by=by))
    expect(rows).to_have_text(["card", "balance"])
    expect(link).to_be_focused()
