"""States of the wall that a campaign may never be in, and what the eye and the ear find there."""

import copy
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screens
from tests.browser.frames import meta, reached, snapshot, turnover
from tests.browser.layout import collisions, outside
from tests.browser.minutes import START, YUAN, Json, campaign_time, iso
from tests.browser.shares import share
from tests.browser.states import CLOSED, SCHEDULED, hold_clock

ULTRAWIDE = (1920, 540)
NO_YEAR: Json = {
    "label": None,
    "minutes": [],
    "milestones": [
        {"key": str(amount), "amount": amount * YUAN, "label": "", "offset_minutes": None}
        for amount in (1_000_000_000, 5_000_000_000)
    ],
}


def box(page: Page, selector: str) -> dict[str, float]:
    """The box of an element that is shown."""
    found = page.locator(selector).bounding_box()
    assert found is not None
    sides = {side: float(found[side]) for side in ("x", "y", "width", "height")}
    return {**sides, "right": sides["x"] + sides["width"]}


def in_currency(currency: str, total: int) -> Json:
    """A snapshot of `total` whole units of a currency of two decimals."""
    return snapshot(turnover={**turnover(total), "currency": currency})


def test_a_page_opened_while_the_pulse_is_dead_says_how_old_its_figures_are(
    screens: Screens,
) -> None:
    screen = screens()
    screen.config = {"now": 1_000 * campaign_time("16:30:35").timestamp()}
    page = screen.open()
    expect(page.locator(".flag")).to_contain_text("No new data for 10:0")
    expect(page.locator("[data-at=clock]")).to_contain_text("16:30:")


def test_without_a_year_to_beat_the_milestones_stand_under_the_countdown(screens: Screens) -> None:
    page = screens({**SCHEDULED, "reference": None}, year=NO_YEAR).open()
    expect(page.locator("[data-at=before]")).to_contain_text("¥5B")
    expect(page.locator("[data-at=chart]")).to_be_hidden()
    assert box(page, ".tower")["x"] == box(page, ".hero-row")["x"]
    assert (outside(page), collisions(page)) == ([], [])


@pytest.mark.parametrize(("lang", "reads"), [("en", "12 d 4 h"), ("zh-hans", "12 天 4 小时")])
def test_days_ahead_the_countdown_is_days_and_hours(
    screens: Screens, lang: str, reads: str
) -> None:
    then = "2012-10-29T11:30:00.000Z"
    page = screens({**SCHEDULED, "as_of": then, "sent_at": then}, lang=lang).open()
    expect(page.locator("[data-at=countdown]")).to_have_text(reads)
    assert (outside(page), collisions(page)) == ([], [])


def test_at_32_9_a_milestone_covers_no_figure(screens: Screens) -> None:
    fallen = {"reached": [reached(12_000_000_000, "16:20:35")], "next": None}
    screen = screens(snapshot(milestones=fallen), size=ULTRAWIDE)
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=takeover]")).to_be_visible()
    flood = page.locator("[data-at=takeover]").evaluate("one => one.offsetLeft")
    for panel in (".hero-row", ".forecast", ".figures", ".split", ".strip"):
        assert box(page, panel)["right"] <= flood, panel


def test_without_a_year_to_beat_the_total_has_the_whole_width(screens: Screens) -> None:
    page = screens(snapshot(total=540_300_000_000, reference=None, forecast=None)).open()
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥540.30")
    shrunk = "one => one.style.getPropertyValue('--fit')"
    assert page.locator("[data-at=hero]").evaluate(shrunk) == "1"
    assert box(page, ".hero-unit")["right"] <= box(page, ".hero-row")["right"]


@pytest.mark.parametrize(("lang", "currency"), [("en", "USD"), ("zh-hans", "HKD"), ("en", "PLN")])
def test_a_long_currency_leaves_the_multiple_its_room(
    screens: Screens, lang: str, currency: str
) -> None:
    page = screens(in_currency(currency, 40_300_000_000), lang=lang).open()
    expect(page.locator("[data-at=multiple-figure]")).not_to_be_empty()
    assert box(page, ".hero-unit")["right"] < box(page, ".multiple")["x"]


def test_three_platforms_have_their_names_and_values_above_the_bar(screens: Screens) -> None:
    by = copy.deepcopy(snapshot()["by"])
    by["platform"]["third"] = share(1_000_000)
    screen = screens(snapshot(by=by))
    screen.config = {"free_names": True}
    page = screen.open()
    expect(page.locator("[data-at=split] .thirds")).to_have_text(
        "Tmall¥8.48BTaobao¥3.79Bthird¥1.0M"
    )
    bottom = box(page, ".thirds")["y"] + box(page, ".thirds")["height"]
    assert bottom <= box(page, ".bar")["y"]
    assert box(page, ".bar i:nth-child(3)")["width"] > 1


def test_the_report_says_how_good_the_forecast_was(screens: Screens) -> None:
    made = iso(campaign_time("12:00:00"))
    forecast = {"gross": 18_871_000_000 * YUAN, "low": 0, "high": 0, "made_at": made}
    page = screens({**CLOSED, "forecast": forecast}).open()
    last = page.locator("[data-at=report] .row").last
    expect(last).to_have_text("Forecast at 12:00¥18.87B, 1.2% low")


def test_every_panel_has_a_heading_and_the_chart_a_sentence(screens: Screens) -> None:
    page = screens().open()
    expect(page.locator("[data-at=lists] b").first).to_be_attached()
    expect(page.locator("[data-at=overlay] .peak").first).to_be_attached()
    heard = page.locator("body").aria_snapshot()
    panels = ["Total turnover", "vs 2011 at 16:20", "Turnover per minute", "Forecast at close"]
    panels += ["Orders", "Buyers", "Platforms", "Categories", "Regions", "Payments"]
    for heading in panels:
        assert f'heading "{heading}"' in heard, heading
    assert 'img "¥' in heard and "per minute at 16:19, 6.0 times 2011; peak" in heard
    assert "¥12,271,640,306" in heard
    assert "complementary" not in heard and heard.count("main") == 1


def test_how_payments_recovered_has_room_in_the_strip(screens: Screens) -> None:
    began, ended = iso(campaign_time("15:52:00")), iso(campaign_time("16:11:00"))
    episode = {"state": "queueing", "from": began, "to": ended, "worst_stuck": 12_410}
    site = {"state": "recovered", "since": ended, "note": "", "episodes": [episode]}
    page = screens(snapshot(site=site)).open()
    left = page.locator("[data-at=strip-left]")
    expect(left).to_contain_text("Recovered 16:11, queueing lasted 19 min")
    assert (outside(page), collisions(page)) == ([], [])


LONG_LABELS = {
    "en": "The first twelve billion of a single day, and all of it is paid by now",
    "zh-hans": "国际超市与家用电器直营旗舰店第一个突破一亿元成交额的海外品牌商家俱乐部成员"
    "及其全部线上线下门店的合计成交金额，至此已经全部支付完毕，感谢每一位买家和每一位卖家",
}


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", ["amount", "orders"])
def test_a_long_label_of_a_milestone_is_seen_whole(screens: Screens, lang: str, kind: str) -> None:
    label, measure = LONG_LABELS[lang], "gross" if kind == "amount" else kind
    one = {**reached(12_000_000_000, "16:20:35", kind), "label": label, "measure": measure}
    for size in ((1280, 720), ULTRAWIDE):
        screen = screens(
            snapshot(milestones={"reached": [one], "next": None}), lang=lang, size=size
        )
        hold_clock(screen.page)  # it is shown for as long as it is looked at
        page = screen.open("?motion=off")
        big = page.locator(".takeover .free")
        expect(big).to_have_text(label)
        assert big.evaluate("one => one.scrollHeight <= one.clientHeight * 1.2")
        assert box(page, ".takeover .free")["right"] <= box(page, ".takeover dl")["x"]
        assert box(page, ".takeover .free")["y"] > box(page, ".takeover h2")["y"]


@pytest.mark.parametrize(
    ("lang", "head", "name", "facts"),
    [
        ("en", "Milestone reached", "50 million orders", ["Reached at", "Total turnover"]),
        ("zh-hans", "突破里程碑", "5,000万笔订单", ["突破时间", "成交总额"]),
    ],
)
def test_what_is_no_turnover_takes_over_by_its_name_and_is_no_pin(
    screens: Screens, lang: str, head: str, name: str, facts: list[str]
) -> None:
    one = reached(50_000, "16:20:35", "orders")
    names = {"label": "50 million orders", "label_zh": "5,000万笔订单", "measure": "orders"}
    screen = screens(snapshot(milestones={"reached": [{**one, **names}], "next": None}), lang=lang)
    hold_clock(screen.page)
    page = screen.open("?motion=off")
    expect(page.locator(".takeover h2")).to_have_text(head)
    expect(page.locator(".takeover .free")).to_have_text(name)
    assert page.locator(".takeover dt").all_inner_texts()[:2] == facts
    expect(page.locator("[data-at=overlay] text").first).to_be_attached()
    assert page.locator("[data-at=overlay] .pin").count() == 0


def test_what_is_not_to_take_over_covers_nothing(screens: Screens) -> None:
    quiet = {**reached(12_000_000_000, "16:20:35"), "take_over": False}
    screen = screens(snapshot(milestones={"reached": [quiet], "next": None}))
    hold_clock(screen.page)
    page = screen.open("?motion=off")
    expect(page.locator("[data-at=overlay] .pin")).to_have_count(1)
    expect(page.locator("[data-at=takeover]")).to_be_hidden()


@pytest.mark.parametrize(("lang", "reads"), [("en", "A record day"), ("zh-hans", "单日新纪录")])
def test_a_milestone_is_named_in_the_language_of_the_page(
    screens: Screens, lang: str, reads: str
) -> None:
    names = {"label": "A record day", "label_zh": "单日新纪录"}
    fallen = {"reached": [{**reached(12_000_000_000, "16:20:35"), **names}], "next": None}
    page = screens(snapshot(milestones=fallen), lang=lang).open()
    expect(page.locator(".takeover .free")).to_have_text(reads)
    goals = [{**goal, **names} for goal in NO_YEAR["milestones"]]
    page = screens(
        {**SCHEDULED, "reference": None}, lang=lang, year={**NO_YEAR, "milestones": goals}
    ).open()
    expect(page.locator("[data-at=before]")).to_contain_text(reads)


def test_trillions_leave_the_year_before_its_room(screens: Screens) -> None:
    yen = {**turnover(12_271_640_306_000), "currency": "JPY", "exponent": 0}
    reference = {**snapshot()["reference"], "to_now": 2_030_000_000_000}
    page = screens(snapshot(turnover=yen, reference=reference), lang="zh-hans").open()
    expect(page.locator("[data-at=multiple-then]")).not_to_be_empty()
    assert box(page, "[data-at=as-of]")["right"] < box(page, ".multiple")["x"]
    assert (outside(page), collisions(page)) == ([], [])


@pytest.mark.parametrize(("lang", "day"), [("en", "Day 3 of 11"), ("zh-hans", "第 3/11 天")])
def test_of_several_days_the_name_and_the_day_have_room(
    screens: Screens, lang: str, day: str
) -> None:
    window = {"start": iso(START - timedelta(days=2)), "end": iso(START + timedelta(days=9))}
    page = screens(snapshot(meta=meta(windows=[window])), lang=lang).open()
    expect(page.locator("[data-at=day]")).to_have_text(day)
    name = page.locator("h1.name")
    assert name.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert (outside(page), collisions(page)) == ([], [])


def test_without_a_year_or_a_forecast_the_milestones_are_rows(screens: Screens) -> None:
    page = screens({**SCHEDULED, "reference": None, "forecast": None}, year=NO_YEAR).open()
    rows = page.locator("[data-at=before] .row")
    expect(rows).to_have_count(2)
    first, second = (rows.nth(i).bounding_box() for i in (0, 1))
    assert first and second and first["x"] == second["x"] and first["y"] < second["y"]
