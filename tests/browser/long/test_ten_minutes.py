"""Points 6, 9 and 15 of the acceptance list: ten minutes of a day, a frame a second, in the page's
own time; payments queue, a milestone falls, the network goes and comes back."""

from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screen, Screens
from tests.browser.frames import Json
from tests.browser.replay import Day
from tests.browser.states import hold_clock

# Before the page's own scripts: what shifts, what is animated, what Plotly is asked for and when.
_WATCH = """
  window.seen = { shifted: 0, shifts: [], moved: [], plotly: [] };
  new PerformanceObserver((list) => list.getEntries().forEach((one) => {
    seen.shifted += one.value;
    seen.shifts.push(one.sources.map(({ node }) => node?.className ?? node?.nodeName));
  })).observe({ type: "layout-shift", buffered: true });
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (...given) {
    seen.moved.push(this.className);
    return animate.apply(this, given);
  };
  for (const kind of ["transitionrun", "animationstart"])
    document.addEventListener(kind, ({ target }) => seen.moved.push(target.className), true);
  let Plotly;
  Object.defineProperty(window, "Plotly", { get: () => Plotly, set(made) {
    Plotly = made;
    for (const name of ["newPlot", "react", "redraw", "relayout", "restyle", "extendTraces"]) {
      const real = made[name];
      made[name] = (...given) => {
        seen.plotly.push([name, performance.now()]);
        return real(...given);
      };
    }
  } });
"""
_CUT_AFTER, _CUT_FOR, _WHOLE = 300, 15, 600  # seconds


class Seen(NamedTuple):
    """What came up on the way, and what was found at the end."""

    flags: set[str]
    milestones: set[str]
    running: int
    found: Json


def _look(page: Page, seen: Seen) -> int:
    for name, texts in (("flag .said", seen.flags), ("takeover .big", seen.milestones)):
        at, _, inside = name.partition(" ")
        one = page.locator(f"[data-at={at}]:not([hidden]) {inside}")
        texts.update(one.all_inner_texts())
    moving: int = page.evaluate("document.getAnimations().length")
    return moving


def _second(screen: Screen, day: Day) -> None:
    day.second += 1
    if screen.reachable:
        screen.send(day.frame())
    screen.newest = day.snapshot()
    screen.page.clock.run_for(1_000)


def _pass(screen: Screen, day: Day) -> Seen:
    seen = Seen(set(), set(), 0, {})
    moving = 0
    for second in range(_WHOLE):
        if second == _CUT_AFTER:
            screen.cut()
        if second == _CUT_AFTER + _CUT_FOR:
            screen.mend()
        _second(screen, day)
        moving += _look(screen.page, seen)
    return seen._replace(running=moving, found=screen.page.evaluate("seen"))


def ten_minutes(screens: Screens, motion: bool = True, **options: Any) -> tuple[Screen, Seen]:
    """The page after ten minutes that had everything in them, and what was seen of it."""
    day = Day("16:14:00", falls_at="16:17:00", queues=("16:15:10", "16:16:20"))
    screen = screens(day.snapshot(), **options)
    screen.config["motion"] = motion
    hold_clock(screen.page)
    screen.page.add_init_script(_WATCH)
    page = screen.open()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    page.evaluate("Object.assign(seen, { shifted: 0, shifts: [], moved: [] })")
    seen = _pass(screen, day)
    expect(page.locator("[data-at=flag]")).to_be_hidden()
    expect(page.locator("[data-at=as-of]")).to_have_text(f"as of {day.clock}")
    return screen, seen


def _had_everything(seen: Seen) -> bool:
    return (
        any("queueing" in flag for flag in seen.flags)
        and any("No new data" in flag for flag in seen.flags)
        and len(seen.milestones) == 1
    )


def test_6_and_15_nothing_shifts_and_a_minute_is_one_extension(screens: Screens) -> None:
    _, seen = ten_minutes(screens)
    assert _had_everything(seen), seen
    assert (seen.found["shifted"], seen.found["shifts"]) == (0, [])
    calls = Counter(name for name, _ in seen.found["plotly"])
    assert calls["newPlot"] == 1
    # One react draws last year once that has come.
    assert calls["react"] <= 1
    assert 9 <= calls["extendTraces"] <= 10
    assert set(calls) <= {"newPlot", "react", "extendTraces"}
    at = [when for name, when in seen.found["plotly"] if name == "extendTraces"]
    assert all(b - a >= 40_000 for a, b in pairwise(at))
    assert seen.found["moved"]  # it is the page that moves which does not shift


@pytest.mark.parametrize(
    ("motion", "media"), [(True, "reduce"), (False, "no-preference")], ids=["media", "address"]
)
def test_9_with_reduced_motion_nothing_is_animated_at_any_moment(
    screens: Screens, motion: bool, media: str
) -> None:
    _, seen = ten_minutes(screens, motion, reduced_motion=media)
    assert _had_everything(seen), seen
    assert (seen.running, seen.found["moved"]) == (0, [])
