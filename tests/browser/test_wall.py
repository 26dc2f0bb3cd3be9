import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ORIGIN, Screens
from tests.browser.frames import frame_after, meta, reached, snapshot, turnover
from tests.browser.minutes import Json
from tests.browser.states import hold_clock

TABLE = json.loads((Path(__file__).parent.parent / "figures.json").read_text())


def test_the_browser_writes_every_figure_as_the_table_has_it(screens: Screens) -> None:
    page = screens().open()
    read = page.evaluate(
        """async (rows) => { const { callFigure } = await import("/tests/js/table.mjs");
                             return rows.map(([name, args]) => callFigure(name, args)); }""",
        TABLE,
    )
    assert read == [text for _, _, text in TABLE]


@pytest.mark.parametrize(
    ("lang", "hero", "digits", "multiple"),
    [
        ("en", "¥12.27billion", "¥12,271,640,306", "6.0×"),
        ("zh-hans", "122.71亿元", "122亿 7164万 0306元", "6.0倍"),
    ],
)
def test_the_wall_reads_in_both_languages(
    screens: Screens, lang: str, hero: str, digits: str, multiple: str
) -> None:
    page = screens(lang=lang).open()
    expect(page.locator("[data-at=hero]")).to_have_text(hero)
    expect(page.locator("[data-at=digits]")).to_have_text(digits)
    expect(page.locator("[data-at=multiple-figure]")).to_have_text(multiple)
    assert page.locator("html").get_attribute("lang") == lang


def test_a_frame_moves_the_total(screens: Screens) -> None:
    screen = screens()
    page = screen.open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    screen.send(frame_after(screen.newest, turnover=turnover(12_283_000_007)))
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,283,000,007")
    expect(page.locator("[data-at=hero]")).to_have_text("¥12.28billion")
    expect(page.locator("[data-at=as-of]")).to_have_text("as of 16:20:36")


@pytest.mark.parametrize("sockets", ["full", "forbidden"])
def test_without_a_socket_the_wall_goes_on_with_snapshots(screens: Screens, sockets: str) -> None:
    screen = screens()
    screen.full = True
    if sockets == "forbidden":
        screen.page.add_init_script(
            "window.WebSocket = class { constructor() { throw new DOMException('no') } }"
        )
    page = screen.open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    following = frame_after(screen.newest, turnover=turnover(12_283_000_007))
    screen.newest = {**screen.newest, **following, "kind": "snapshot"}
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,283,000,007")


def test_a_total_just_under_a_milestone_is_not_rounded_up_to_it(screens: Screens) -> None:
    none: Json = {"reached": [], "next": None}
    first = snapshot("13:38:00", 9_999_600_000, milestones=none)
    page = screens(first, lang="zh-hans").open()
    expect(page.locator("[data-at=hero]")).to_have_text("99.99亿元")
    expect(page.locator("[data-at=takeover]")).to_be_hidden()


def test_before_the_first_snapshot_no_figure_is_made_up(screens: Screens) -> None:
    screen = screens()
    screen.silent = True
    page = screen.open()
    expect(page.locator("[data-at=as-of]")).to_have_text("waiting for data")
    expect(page.locator("[data-at=hero-number]")).to_have_text("—")


def test_a_cut_network_is_said_on_the_wall_and_nothing_of_it_stays_after(screens: Screens) -> None:
    screen = screens()
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥12.27")
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    screen.cut()
    page.clock.run_for(10_000)  # R10
    expect(page.locator("[data-at=flag]")).to_contain_text("No new data for 0:")
    expect(page.locator("[data-at=as-of]")).to_have_text("as of 16:20:35, out of date")
    expect(page.locator("[data-at=overlay] .now-line.stale")).to_be_attached()
    clock = page.locator("[data-at=flag] .clock").inner_text()
    assert page.locator("[data-at=hero]").evaluate("one => getComputedStyle(one).color") == (
        "rgb(154, 163, 173)"
    )
    page.clock.run_for(3_000)
    assert page.locator("[data-at=flag] .clock").inner_text() > clock
    screen.newest = frame_after(
        screen.newest, 60, turnover=turnover(12_400_000_001), kind="snapshot"
    ) | {"meta": meta(), "step_seconds": 60, "minutes": snapshot()["minutes"]}
    screen.mend()
    for _ in range(40):  # the network answers in its own time, not in the page's
        page.clock.run_for(1_000)
        if page.locator("[data-at=flag]").is_hidden():
            break
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,400,000,001")
    expect(page.locator("[data-at=flag]")).to_be_hidden()
    expect(page.locator("[data-at=overlay] .now-line.stale")).not_to_be_attached()


def test_figures_being_recounted_say_so_at_once(screens: Screens) -> None:
    screen = screens()
    page = screen.open()
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥12.27")
    screen.send(frame_after(screen.newest, healing=True, as_of=screen.newest["as_of"]))
    expect(page.locator("[data-at=as-of]")).to_have_text("as of 16:20:35, being recounted")
    expect(page.locator("[data-at=strip-right]")).to_contain_text("Recounting")


def test_a_rehearsal_is_marked_and_its_clock_runs_at_its_speed(screens: Screens) -> None:
    start = meta()["clock"]["real"]
    clock = {"real": start, "campaign": start, "speed": 144.0, "rehearsal": True}
    screen = screens(snapshot(meta=meta(clock=clock), sent_at=start), lang="zh-hans")
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=rehearsal]")).to_have_text("演练")
    before = page.locator("[data-at=clock]").inner_text()
    page.clock.run_for(5_000)
    hours, minutes, _ = page.locator("[data-at=clock]").inner_text().split(":")
    was_hours, was_minutes, _ = before.split(":")
    passed = int(hours) * 60 + int(minutes) - int(was_hours) * 60 - int(was_minutes)
    assert 9 <= passed <= 15  # 5 s are 12 minutes


def test_a_milestone_takes_over_for_8_seconds_and_not_again(screens: Screens) -> None:
    screen = screens()
    hold_clock(screen.page)
    page = screen.open("?motion=off")
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥12.27")
    fell = reached(12_350_000_000, "16:20:36", announced=screen.newest["sent_at"])
    milestones = {"reached": [*screen.newest["milestones"]["reached"], fell], "next": None}
    screen.send(frame_after(screen.newest, milestones=milestones))
    page.clock.run_for(1_000)
    expect(page.locator("[data-at=takeover] .big")).to_have_text("¥12.35billion")
    big = page.locator("[data-at=takeover] .big").bounding_box()
    facts = page.locator("[data-at=takeover] dl").bounding_box()
    assert big and facts and big["x"] + big["width"] <= facts["x"]
    page.clock.run_for(6_500)
    expect(page.locator("[data-at=takeover]")).to_be_visible()
    page.clock.run_for(1_000)
    expect(page.locator("[data-at=takeover]")).to_be_hidden()
    page.reload()
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥12.27")
    page.clock.run_for(1_000)
    expect(page.locator("[data-at=takeover]")).to_be_hidden()


def test_at_the_close_the_report_takes_the_place_of_the_live_panels(screens: Screens) -> None:
    screen = screens()
    page = screen.open()
    expect(page.locator("[data-at=multiple]")).to_be_visible()
    screen.send(frame_after(screen.newest, status="closed"))
    expect(page.locator("[data-at=final]")).to_have_text("¥12,271,640,306")
    expect(page.locator("[data-at=multiple]")).to_be_hidden()
    expect(page.locator("[data-at=digits]")).to_be_hidden()


def test_everything_comes_from_our_own_origin_and_chinese_fonts_only_where_needed(
    screens: Screens,
) -> None:
    asked = {}
    for lang in ("en", "zh-hans"):
        screen = screens(lang=lang)
        page = screen.open()
        expect(page.locator("[data-at=hero-number]")).not_to_have_text("—")
        page.evaluate("document.fonts.ready.then(() => true)")
        asked[lang] = [url for url in screen.requests if "noto-sans-sc/" in url]
        assert all(url.startswith(ORIGIN) for url in screen.requests)
    assert asked["en"] == []
    assert {url.rpartition("/")[2] for url in asked["zh-hans"]} == {
        "interface-500.woff2",
        "interface-600.woff2",
    }


def test_with_reduced_motion_nothing_is_animated(screens: Screens) -> None:
    screen = screens(reduced_motion="reduce")
    page = screen.open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    screen.send(frame_after(screen.newest, turnover=turnover(12_283_000_007)))
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,283,000,007")
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_rebuilt_board_is_read_anew(screens: Screens) -> None:
    screen = screens()
    page = screen.open()
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥12.27")
    rebuilt = snapshot(total=11_500_000_000, epoch=2)
    screen.send(frame_after(rebuilt))
    screen.newest = rebuilt
    expect(page.locator("[data-at=digits]")).to_have_text("¥11,500,000,000")


def test_a_minute_extends_the_curve_and_the_plot_is_made_once(screens: Screens) -> None:
    first = snapshot("16:20:35")
    screen = screens(first)
    page = screen.open()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    page.evaluate(
        """() => { window.calls = [];
            for (const name of ["newPlot", "react", "extendTraces", "restyle"]) {
                const real = Plotly[name];
                Plotly[name] = (...given) => { window.calls.push(name); return real(...given); };
            } }"""
    )
    start = first["minutes"][-1][0]
    following = frame_after(first, 60, minutes=[[start, 1_400_000_000, 0, 9]])
    screen.send(following)
    expect(page.locator("[data-at=as-of]")).to_have_text("as of 16:21:35")
    assert page.evaluate("window.calls") == ["extendTraces"]
