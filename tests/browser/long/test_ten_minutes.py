"""Points 6, 9 and 15 of the acceptance list: ten minutes of a day, a frame a second, in the page's
own time; payments queue, a milestone falls, the network goes and comes back."""

from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

from playwright.sync_api import expect

from tests.browser.conftest import Screen, Screens
from tests.browser.long.matrix import both_languages, every_size
from tests.browser.minutes import Json
from tests.browser.replay import Day
from tests.browser.states import hold_clock

# Before the page's own scripts: what shifts, what is animated, what Plotly is asked for and when.
_WATCH = """
  window.seen = { shifted: 0, shifts: [], moved: [], plotly: [] };
  new PerformanceObserver((list) => list.getEntries().forEach((one) => {
    seen.shifted += one.value;
    seen.shifts.push([one.value, ...one.sources.map(({ node, previousRect: a, currentRect: b }) =>
      [node?.dataset?.at ?? node?.className ?? node?.nodeName, a.x, a.y, b.x, b.y])]);
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


_LOOK = """() => {
  const up = (name, inside) => [...document.querySelectorAll(
    `[data-at=${name}]:not([hidden]) ${inside}`)].map((one) => one.textContent);
  return [up("flag", ".said"), up("takeover", ".big"), document.getAnimations().length];
}"""


def _second(screen: Screen, day: Day) -> None:
    day.second += 1
    whole = day.snapshot()
    if screen.reachable:
        screen.send(day.frame(whole))
    screen.newest = whole
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
        flags, milestones, running = screen.page.evaluate(_LOOK)
        seen.flags.update(flags)
        seen.milestones.update(milestones)
        moving += running
    return seen._replace(running=moving, found=screen.page.evaluate("seen"))


def ten_minutes(screens: Screens, motion: bool = True, **options: Any) -> Seen:
    """What was seen of ten minutes that had everything in them."""
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
    expect(page.locator("[data-at=as-of]")).to_contain_text(day.clock)
    assert _had_everything(seen), seen
    return seen


def _had_everything(seen: Seen) -> bool:
    told = [
        any(word in flag for flag in seen.flags for word in either)
        for either in (("queueing", "排队"), ("No new data", "无新数据"))
    ]
    return all(told) and len(seen.milestones) == 1


@every_size
@both_languages
def test_6_and_15_nothing_shifts_and_a_minute_is_one_extension(
    screens: Screens, lang: str, size: tuple[int, int]
) -> None:
    seen = ten_minutes(screens, lang=lang, size=size)
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


@every_size
@both_languages
def test_9_with_reduced_motion_nothing_is_animated_at_any_moment(
    screens: Screens, lang: str, size: tuple[int, int]
) -> None:
    seen = ten_minutes(screens, reduced_motion="reduce", lang=lang, size=size)
    assert (seen.running, seen.found["moved"]) == (0, [])


@both_languages
def test_9_nor_where_the_address_says_so(screens: Screens, lang: str) -> None:
    seen = ten_minutes(screens, motion=False, lang=lang)
    assert (seen.running, seen.found["moved"]) == (0, [])
