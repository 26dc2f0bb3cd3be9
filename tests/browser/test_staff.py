import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Screens
from tests.browser.frames import frame_after, last_year, reached, snapshot, turnover
from tests.browser.staff import opened

PANELS = {"level": 3, "name": "panels"}


def test_the_staff_page_has_every_figure_in_full(screens: Screens) -> None:
    page = opened(screens).open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    expect(page.locator("[data-at=hero]")).to_have_text("¥12.27 billion")
    expect(page.locator("[data-at=multiple]")).to_have_text("6.0× 2011 at 16:20 (¥2.03B)")
    expect(page.locator("[data-at=net]")).to_have_text("¥12.23B after ¥38.2M of refunds")
    expect(page.locator("[data-at=milestones] li")).to_have_count(10)
    clothing = page.locator("[data-at=breakdowns] tr", has_text="Clothing")
    expect(clothing).to_have_text("Clothing¥3.82B31.1%5.4×")


def test_without_another_year_the_staff_page_lists_every_milestone(screens: Screens) -> None:
    year = {"label": None, "minutes": [], "milestones": last_year()["milestones"]}
    page = opened(screens, first=snapshot(reference=None), year=year).open()
    expect(page.locator("[data-at=milestones] li")).to_have_count(10)


def test_milestones_are_named_in_the_language_of_the_page(screens: Screens) -> None:
    names = {"label": "A record", "label_zh": "新纪录"}
    milestones = [{**goal, **names} for goal in last_year()["milestones"]]
    year = {**last_year(), "milestones": milestones}
    for lang, reads in (("en", "A record"), ("zh-hans", "新纪录")):
        page = opened(screens, lang=lang, year=year).open()
        expect(page.locator("[data-at=milestones]")).to_contain_text(reads)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Alarm: the disk is nearly full, 200 MiB left"),
        ("zh-hans", "报警：磁盘将满，剩余 200 MiB"),
    ],
)
def test_operators_alarms_stand_on_it_though_there_are_no_figures(
    screens: Screens, lang: str, text: str
) -> None:
    screen = opened(screens, lang=lang)
    screen.config, screen.silent = {"alarms": "/staff/festival/alarms"}, True
    screen.alarms = [{"key": "disk", "text": text, "since": "2012-11-10T16:00:00Z"}]
    page = screen.open()
    expect(page.locator("[data-at=operator-alarms] p")).to_have_text([text])


@pytest.mark.parametrize(
    ("lang", "orders", "marks"),
    [
        ("en", "50 million orders", "provisional · time corrected · found late"),
        ("zh-hans", "5,000万笔订单", "待确认 · 时间已更正 · 延后统计"),
    ],
)
def test_every_kind_of_milestone_is_listed_with_what_became_of_it(
    screens: Screens, lang: str, orders: str, marks: str
) -> None:
    one = {**reached(50_000, "13:00:00", "orders"), "measure": "orders", "confirmed": False}
    names = {"label": "50 million orders", "label_zh": "5,000万笔订单"}
    screen = opened(screens, lang=lang)
    screen.config = {"milestones": "/api/v1/campaigns/festival/milestones"}
    screen.milestones = [{**one, **names, "redated": True, "late": True, "undercut": False}]
    page = screen.open()
    row = page.locator("[data-at=milestones] li", has_text=orders)
    expect(row.locator(".aside")).to_have_text(marks)
    expect(row.locator(".time")).to_have_text("13:00:00")
    expect(page.locator("[data-at=milestones] li")).to_have_count(11)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_no_sideways_scroll_and_on_a_phone_state_total_and_multiple_come_first(
    screens: Screens, lang: str
) -> None:
    page = opened(screens, lang=lang).open()
    expect(page.locator("[data-at=overlay] text").first).to_be_attached()
    for width, height in [(1440, 900), (800, 900), (390, 844), (320, 640)]:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".total").evaluate("one => one.scrollWidth <= one.clientWidth")
    for name in ("state", "hero", "multiple"):
        expect(page.locator(f"[data-at={name}]")).not_to_be_empty()
        box = page.locator(f"[data-at={name}]").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 300


def test_on_a_phone_the_switches_stand_on_one_line_and_between_phone_and_desk_tables_two_by_two(
    screens: Screens,
) -> None:
    page = opened(screens, size=(320, 640)).open()
    expect(page.locator(".looks button").first).to_be_visible()
    tops = "all => new Set(all.map((one) => one.getBoundingClientRect().top)).size"
    assert page.locator(".looks button").evaluate_all(tops) == 1
    page.set_viewport_size({"width": 800, "height": 900})
    lefts = "all => new Set(all.map((one) => one.getBoundingClientRect().left)).size"
    expect(page.locator(".breakdowns .box")).to_have_count(4)
    assert page.locator(".breakdowns .box, .events, .site").evaluate_all(lefts) == 2


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "02:19 Passed all of 2011"), ("zh-hans", "02:19 超越去年全天")],
)
def test_events_are_listed_with_their_times(screens: Screens, lang: str, told: str) -> None:
    page = opened(screens, lang=lang).open()
    time, _, said = told.partition(" ")
    events = page.locator("[data-at=events] li")
    expect(events.nth(2)).to_have_text(time + said)
    expect(events).to_have_count(6)


def test_the_theme_follows_the_system_and_the_switch(screens: Screens) -> None:
    page = opened(screens, color_scheme="dark").open()
    expect(page.locator("html")).not_to_have_class("light")
    page.locator("[data-at=theme]").click()
    expect(page.locator("html")).to_have_class("light")


@pytest.mark.parametrize(
    ("lang", "line"),
    [("en", "Charts and breakdowns are paused under load"), ("zh-hans", "图表与分类数据暂停更新")],
)
def test_under_load_charts_and_breakdowns_are_paused_and_it_is_said(
    screens: Screens, lang: str, line: str
) -> None:
    screen = opened(screens, lang=lang)
    page = screen.open()
    expect(page.locator("[data-at=overlay] text").first).to_be_attached()
    expect(page.locator("[data-at=paused]")).to_be_hidden()
    cells = page.locator("[data-at=breakdowns]").inner_text()
    moved = frame_after(screen.newest, turnover=turnover(12_300_000_000), degrade=PANELS)
    screen.send(moved)
    expect(page.locator("[data-at=paused]")).to_have_text(line)
    expect(page.locator("[data-at=hero]")).to_contain_text("12.30" if lang == "en" else "123.00")
    assert page.locator("[data-at=breakdowns]").inner_text() == cells
    screen.send(frame_after(moved, degrade={"level": 0, "name": "normal"}))
    expect(page.locator("[data-at=paused]")).to_be_hidden()
    expect(page.locator("[data-at=breakdowns]")).not_to_have_text(cells)


def test_a_staff_page_opened_under_load_has_its_figures_and_no_chart(screens: Screens) -> None:
    page = opened(screens, first=snapshot(degrade={"level": 2, "name": "charts"})).open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    expect(page.locator("[data-at=paused]")).to_have_text("Charts are paused under load")
    expect(page.locator("[data-at=breakdowns] tr").first).to_be_visible()
    page.locator("[data-at=chart]").hover()
    expect(page.locator("[data-at=overlay] text")).to_have_count(0)


def test_the_chart_shows_the_running_total_and_the_last_hours_if_asked(screens: Screens) -> None:
    page = opened(screens).open()
    hours = page.locator("[data-at=overlay] .hour")
    expect(hours).to_have_text(["00:00", "06:00", "12:00", "18:00", "24:00"])
    page.get_by_role("button", name="Last 3 h").click()
    expect(hours).to_have_text(["13:30", "14:30", "15:30", "16:30"])
    expect(page.locator("[data-at=overlay] .rate")).to_contain_text("M")
    page.get_by_role("button", name="Running total").click()
    expect(page.locator("[data-at=overlay] .rate")).to_have_text("¥12.25B")
    pressed = page.locator(".choice [aria-pressed=true]")
    expect(pressed).to_have_text(["Running total", "Last 3 h"], use_inner_text=True)
