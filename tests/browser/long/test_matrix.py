"""Points 1 to 4, 7, 8, 13, 14 and 17 of the acceptance list, on the full matrix of sizes, languages
and states: each wall is staged once, and every test here looks at it."""

from itertools import pairwise
from pathlib import Path

import numpy as np
from playwright.sync_api import Page

from tests.browser.conftest import ROOT
from tests.browser.contrast import MARK, faint_marks, faint_texts, on_fills, token
from tests.browser.layout import collisions, floor, outside, overflowing, smallest
from tests.browser.long.conftest import Wall
from tests.browser.pixels import Eye, Picture, luminance, near, rgb

# Of each language: a weight, a family and a sign of it.
FAMILIES = {
    "en": [("600", "Barlow Condensed", "0"), ("500", "Barlow Semi Condensed", "g")],
    "zh-hans": [
        ("600", "Barlow Condensed", "0"),
        ("500", "Barlow Semi Condensed", "g"),
        ("600", "Noto Sans SC Interface", "亿"),
    ],
}
# Of the longest name: not in the interface's own subset.
OF_A_SLICE = ("600", "Noto Sans SC", "暨")
# The flag's kind of each state that has one.
ALARMED = {"queueing": "warning", "stale": "warning", "failing": "critical"}
CHINESE_BYTES = 1_000_000


def test_1_texts_are_inside_and_nothing_is_wider_than_its_box(wall: Wall) -> None:
    assert outside(wall.page) == []
    assert overflowing(wall.page) == []


def test_1_the_page_does_not_scroll(wall: Wall) -> None:
    root = "document.documentElement"
    scrolls = wall.page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]")
    assert scrolls == [*wall.size]


def test_2_no_text_lies_on_another(wall: Wall) -> None:
    assert collisions(wall.page) == []


def test_3_no_text_is_too_small(wall: Wall) -> None:
    assert smallest(wall.page) >= floor(wall.size)


def test_4_texts_have_7_to_1_on_what_lies_behind(wall: Wall, eye: Eye) -> None:
    assert faint_texts(eye, wall.page) == []


def test_4_marks_of_data_have_3_to_1(wall: Wall) -> None:
    assert faint_marks(wall.page) == set()
    assert min(on_fills(wall.page).values()) >= MARK


def test_7_everything_comes_from_our_own_origin(wall: Wall) -> None:
    assert wall.screen.requests
    assert wall.screen.foreign == []


def test_8_chinese_fonts_are_few_and_none_in_english(wall: Wall) -> None:
    asked = {url.partition("?")[0] for url in wall.screen.requests if "noto-sans-sc/" in url}
    size = sum((ROOT / url.partition("//")[2].partition("/")[2]).stat().st_size for url in asked)
    assert size == 0 if wall.lang == "en" else 0 < size < CHINESE_BYTES


def test_13_alarm_colours_are_on_screen_only_with_their_alarm(wall: Wall) -> None:
    found = {name for name in ("warning", "critical") if _there(wall, name)}
    assert found == {ALARMED[wall.state]} if wall.state in ALARMED else found == set()


def test_13_before_the_start_no_pixel_is_this_years(wall: Wall) -> None:
    found = [name for name in ("accent", "accent-2") if _there(wall, name)]
    if wall.state == "countdown":
        assert found == []
    else:
        assert "accent" in found


def _there(wall: Wall, name: str) -> int:
    return near(wall.picture, rgb(token(wall.page, name)))


# This year's data, and nothing else.
THIS_YEAR = (
    ".rail, .pin:not(.reference, .past, .next, .next-ground), .now-dot, .this-year, "
    ".multiple:not(.total-of) .figure, .multiple:not(.total-of) .figure .unit, .track .done, "
    ".bar i:nth-child(1), .lists:not(.before) .row i, .facts .mine, .facts .mine .unit, "
    ".takeover, .takeover *, .plot .trace:nth-child(2) *"
)
# A line's box leaves out how wide it is drawn: the rail is 0.09 rem.
_BOXES = """(selectors) => {
  const edge = 0.06 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  return [...document.querySelectorAll(selectors)]
    .map((one) => one.getBoundingClientRect()).filter((box) => box.width)
    .map((box) => [box.left - edge, box.top - edge, box.right + edge, box.bottom + edge]);
}"""
# The chart looks at its colours again where its box changes.
_PAINT = """async (accent) => {
  document.documentElement.style.setProperty("--accent", accent);
  const chart = document.querySelector("[data-at=chart]");
  for (const width of ["0.01rem", "0"]) {
    chart.style.paddingRight = width;
    await new Promise((done) => new ResizeObserver(done).observe(chart));
  }
}"""


def test_13_another_accent_changes_this_years_data_alone(wall: Wall, eye: Eye) -> None:
    before = wall.picture
    wall.page.evaluate(_PAINT, "#ff00ff")
    after = eye.picture(wall.page)
    wall.page.evaluate(_PAINT, "")
    changed = (before != after).any(axis=2)
    assert changed.any() == (wall.state != "countdown")
    for left, top, right, bottom in wall.page.evaluate(_BOXES, THIS_YEAR):
        changed[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = False
    assert np.argwhere(changed).tolist() == []


_ALONG = """(year) => {
  const line = document.querySelectorAll(".plot .js-line")[year];
  const matrix = line.getScreenCTM(), length = line.getTotalLength();
  return Array.from({ length: 40 }, (_, i) => {
    const { x, y } = line.getPointAtLength(length * (i + 0.5) / 40).matrixTransform(matrix);
    return [x, y];
  });
}"""


def _lightness(page: Page, picture: Picture, year: int) -> float:
    """The median lightness along a year's line: of each point the lightest pixel beside it."""
    points = [(round(x), round(y)) for x, y in page.evaluate(_ALONG, year)]
    near_by = [picture[y - 1 : y + 2, x - 1 : x + 2] for x, y in points]
    return float(np.median([luminance(one).max() for one in near_by]))


_CURVES = """[...document.querySelectorAll(".plot .js-line")]
  .filter((line) => line.getTotalLength() > 0).length"""
_FLOOD = """(seen) => {
  document.querySelector("[data-at=takeover]").style.visibility = seen ? "" : "hidden";
}"""


def _without_flood(wall: Wall, eye: Eye) -> Picture:
    """The curves as they are under a milestone, and will be after it."""
    wall.page.evaluate(_FLOOD, False)
    picture = eye.picture(wall.page)
    wall.page.evaluate(_FLOOD, True)
    return picture


def test_14_in_grey_this_year_is_lighter_than_last_year(wall: Wall, eye: Eye) -> None:
    """Before the start there is last year alone, which stands out from the ground."""
    picture = _without_flood(wall, eye) if wall.state == "milestone" else wall.picture
    ground = float(luminance(rgb(token(wall.page, "ground"))))
    years = 1 if wall.state == "countdown" else 2
    assert wall.page.evaluate(_CURVES) == years
    seen = [ground, *(_lightness(wall.page, picture, year) for year in range(years))]
    for darker, lighter in pairwise(seen):
        assert (lighter + 0.05) / (darker + 0.05) >= 1.5


def test_17_its_picture_is_there_to_be_looked_at(wall: Wall, pictures: Path) -> None:
    width, height = wall.size
    file = pictures / f"{wall.state}-{wall.lang}-{width}x{height}.png"
    file.write_bytes(wall.png)
    assert wall.picture.shape == (height, width, 3)
    assert luminance(wall.picture[:: height // 90, :: width // 160]).std() > 0.01


_DRAWN = """([weight, family, glyph]) => {
  const draw = (families) => {
    const canvas = new OffscreenCanvas(120, 120).getContext("2d");
    canvas.font = `${weight} 100px ${families}`;
    canvas.fillText(glyph, 10, 100);
    return canvas.getImageData(0, 0, 120, 120).data.join();
  };
  return document.fonts.check(`${weight} 100px "${family}"`, glyph)
    && draw(`"${family}", monospace`) !== draw("monospace");
}"""


def test_7_the_fonts_are_still_there_once_the_network_is_cut(wall: Wall) -> None:
    """The last look at each wall: its network stays cut."""
    wall.page.evaluate("document.fonts.ready.then(() => true)")
    wall.screen.cut()
    families = [*FAMILIES[wall.lang]]
    if (wall.state, wall.lang) == ("long", "zh-hans"):
        families.append(OF_A_SLICE)
    assert [one for one in families if not wall.page.evaluate(_DRAWN, one)] == []
    assert not wall.page.evaluate(_DRAWN, ("600", "No Such Family", "0"))  # it does tell
