"""A day of frames: what the page holds after 24 hours is within 20 % of what it holds after one.

The first hour has a frame a second, as a real one has, each later one a frame a minute. Judged is
what the page holds (2.8 to 3.1 MiB), without V8's compiled code (heap.py): that was 1.4 MiB of the
1.8 by which the whole grew, by 28 %, none of it after noon. From noon on the whole is judged.
"""

from playwright.sync_api import expect

from tests.browser import day
from tests.browser.conftest import Screens
from tests.browser.long.heap import heap_of

HOUR, NOON, DAY = 3_600, 12 * 3_600, 24 * 3_600 - 60
MOST, MOST_FROM_NOON = 1.2, 1.05


def test_the_heap_after_a_day_is_within_20_percent_of_that_after_an_hour(screens: Screens) -> None:
    screen = screens(day.opening(60), size=(1920, 1080))
    screen.page.clock.install(time=0)
    page = screen.open()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    heaps = {}
    for second in [*range(61, HOUR), *range(HOUR, DAY + 60, 60)]:
        screen.send(day.frame(second + 35 if second >= HOUR else second))
        page.clock.run_for(1_000)
        if second in (HOUR, NOON, DAY):
            heaps[second] = heap_of(page)
    for second, heap in heaps.items():
        mib = ", ".join(f"{size / 2**20:.2f}" for size in (heap.held, heap.code, heap.used))
        print(f"after {second / 3_600:.1f} h: held, code, whole {mib} MiB")
    expect(page.locator("[data-at=as-of]")).to_have_text("as of 23:59:35")
    assert heaps[DAY].held <= MOST * heaps[HOUR].held
    assert heaps[DAY].used <= MOST_FROM_NOON * heaps[NOON].used
