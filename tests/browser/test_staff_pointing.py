"""The chart's crosshair: by pointing, by touch and by keys."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.conftest import Screens
from tests.browser.frames import last_year, meta, snapshot
from tests.browser.minutes import START, iso
from tests.browser.staff import opened


def test_pointing_at_the_chart_tells_both_years_under_a_crosshair(screens: Screens) -> None:
    page = opened(screens).open()
    tip, line = page.locator("[data-at=tip]"), page.locator("[data-at=crosshair]")
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    expect(line).to_be_hidden()
    page.locator("[data-at=chart]").hover()
    expect(tip).to_contain_text("2011")
    expect(line).to_be_visible()
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()
    expect(line).to_be_hidden()


def test_a_tap_tells_them_until_one_elsewhere(screens: Screens) -> None:
    page = opened(screens, has_touch=True).open()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    page.locator("[data-at=chart]").tap()
    expect(page.locator("[data-at=tip]")).to_contain_text("2011")
    page.locator("[data-at=total-label]").tap()
    expect(page.locator("[data-at=tip]")).to_be_hidden()


def test_arrow_keys_move_the_crosshair_and_what_it_says_is_spoken(screens: Screens) -> None:
    page = opened(screens).open()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    point = page.get_by_role("slider", name="Minute")
    point.focus()
    for key, time in (
        ("", "16:19"),
        ("ArrowLeft", "16:18"),
        ("PageDown", "15:18"),
        ("Home", "00:00"),
    ):
        if key:
            page.keyboard.press(key)
        said = point.get_attribute("aria-valuetext") or ""
        assert said.startswith(f"{time} 2012 ¥")
        assert " 2011 ¥" in said
        expect(page.locator("[data-at=tip] b").first).to_have_text(time)
    page.keyboard.press("Escape")
    expect(page.locator("[data-at=tip]")).to_be_hidden()


def test_a_running_total_is_cut_in_the_tip(screens: Screens) -> None:
    # 9,999,224,506.45 up to the last whole minute: rounded, it were 10.00.
    page = opened(screens, first=snapshot(total=10_011_000_000)).open()
    expect(page.locator("[data-at=overlay] text").first).to_be_attached()
    page.get_by_role("button", name="Running total").click()
    page.get_by_role("slider", name="Minute").focus()
    expect(page.locator("[data-at=tip] b").nth(1)).to_have_text("¥9.99B")


def test_a_campaign_of_several_days_has_the_date_in_the_tip(screens: Screens) -> None:
    windows = [{"start": iso(START), "end": iso(START + timedelta(days=11))}]
    page = opened(screens, first=snapshot(meta=meta(windows=windows)), year=last_year()).open()
    expect(page.locator("[data-at=overlay] text").first).to_be_attached()
    page.get_by_role("slider", name="Minute").focus()
    expect(page.locator("[data-at=tip] b").first).to_have_text("11 Nov 16:19")


def test_the_chart_has_a_table_for_who_opens_it(screens: Screens) -> None:
    page = opened(screens).open()
    expect(page.locator("[data-at=overlay] text").first).to_be_attached()
    rows = page.locator("[data-at=chart-table] tr")
    expect(rows).to_have_count(0)
    page.get_by_text("As a table").click()
    expect(rows).to_have_count(25)
    expect(rows.first).to_have_text("Turnover20122011vs 2011")
    expect(rows.nth(24)).to_contain_text("23:00—¥")
    page.get_by_role("button", name="Running total").click()
    expect(rows.first).to_have_text("Running total20122011vs 2011")
    # The same cut total as at the curve's end, up to the last whole minute.
    expect(rows.nth(17)).to_contain_text("16:00¥12.25B")
