"""A day of frames: what the page holds after 24 hours is within 20 % of what it holds after one.

The first hour has a frame a second, as a real one has, and each later one a frame a minute. Most of
what grows is no data: V8 compiles a function anew as its calls add up, so an hour of sixty frames
would be measured cold (6.4 to 8.5 MiB; 1.8 MiB of the 2.1 were compiled code, none of it later than
noon). The day's points, all that our script holds more of, are some 0.3 MiB.
"""

from playwright.sync_api import expect

from tests.browser import day
from tests.browser.conftest import Screens
from tests.browser.long.heap import used_bytes

HOUR, NOON, DAY = 3_600, 12 * 3_600, 24 * 3_600
MOST = 1.2


def test_the_heap_after_a_day_is_within_20_percent_of_that_after_an_hour(screens: Screens) -> None:
    screen = screens(day.opening(60), size=(1920, 1080))
    screen.page.clock.install(time=0)
    page = screen.open()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    used = {}
    for second in [*range(61, HOUR), *range(HOUR, DAY, 60)]:
        screen.send(day.frame(second + 35 if second >= HOUR else second))
        page.clock.run_for(1_000)
        if second in (HOUR, NOON, DAY - 60):
            used[second] = used_bytes(page)
    told = ", ".join(f"{at / 3_600:.0f} h: {size / 2**20:.1f} MiB" for at, size in used.items())
    print(f"heap after {told}, {100 * (used[DAY - 60] / used[HOUR] - 1):+.0f} %")
    expect(page.locator("[data-at=as-of]")).to_have_text("as of 23:59:35")
    assert used[DAY - 60] <= MOST * used[HOUR]
