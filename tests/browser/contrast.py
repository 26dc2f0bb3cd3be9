"""Contrast as it is on the screen: texts against what was painted behind them, marks of data."""

from typing import Any

import numpy as np
from playwright.sync_api import Page

from tests.browser.layout import Text, texts
from tests.browser.pixels import Eye, Picture, contrast, mixed, rgb

TEXT, MARK = 7.0, 3.0  # WCAG 2.2, 1.4.6 and 1.4.11
# Of a text's box: a gridline, which is decoration, may pass behind a word of the chart.
_NEGLIGIBLE = 0.1
_HIDE = """(hidden) => {
  window.bare ??= new CSSStyleSheet();
  const clear = "*, ::before, ::after { color: transparent !important; }";
  window.bare.replaceSync(hidden ? clear + " svg text { fill: transparent !important; }" : "");
  document.adoptedStyleSheets = [window.bare];
}"""
_COVERS = """() => [...document.querySelectorAll(".flag, .takeover")]
    .map((one) => one.getBoundingClientRect()).filter((box) => box.width)
    .map(({ left, top, right, bottom }) => ({ left, top, right, bottom }))"""
# What tells a figure by its place or length, and the property that paints it.
_MARKS = """() => {
  const painted = {
    ".bar i": "backgroundColor", ".row i": "backgroundColor", ".track .done": "backgroundColor",
    ".track .band-fill": "backgroundColor", ".track .tick": "backgroundColor", ".rail": "stroke",
    ".now-line": "stroke", ".now-dot": "fill", ".pin:not(.next, .next-ground)": "fill",
    ".pin.next": "stroke", ".plot .js-line": "stroke",
  };
  const taken = document.querySelector(".taken") ? ".tower .figures, .forecast" : "body";
  return Object.entries(painted).flatMap(([name, property]) =>
    [...document.querySelectorAll(name)]
      .filter((one) => one.getBoundingClientRect().width && one.closest(taken))
      .map((one) => [name, getComputedStyle(one)[property]]));
}"""


def faint_texts(eye: Eye, page: Page) -> list[tuple[str, float]]:
    """Texts, with their contrast, that have less than 7:1 on what lies behind them."""
    covers = page.evaluate(_COVERS)
    seen = [one for one in texts(page) if one["over"] or not _covered(one, covers)]
    page.evaluate(_HIDE, True)
    behind = eye.picture(page)
    page.evaluate(_HIDE, False)
    scale = behind.shape[1] / page.evaluate("innerWidth")
    ratios = [(one["text"], _ratio(one, behind, scale)) for one in seen]
    return [(text, round(ratio, 2)) for text, ratio in ratios if ratio < TEXT]


def _covered(text: Text, covers: list[dict[str, float]]) -> bool:
    x, y = (text["left"] + text["right"]) / 2, (text["top"] + text["bottom"]) / 2
    return any(one["left"] < x < one["right"] and one["top"] < y < one["bottom"] for one in covers)


def _ratio(text: Text, behind: Picture, scale: float) -> float:
    """The contrast on the worst of what is behind a text, specks left out."""
    left, top, right, bottom = (
        round(max(0.0, text[side] * scale)) for side in ("left", "top", "right", "bottom")
    )
    box = behind[top : max(bottom, top + 1), left : max(right, left + 1)]
    if not box.size:
        return 21.0  # outside the window: scrolled away
    return float(np.quantile(contrast(box.reshape(-1, 3), rgb(text["colour"])), _NEGLIGIBLE))


def token(page: Page, name: str) -> str:
    """A colour of the style sheet, as it is written there."""
    script = "(name) => getComputedStyle(document.documentElement).getPropertyValue(name)"
    found: str = page.evaluate(script, f"--{name}")
    return found.strip()


def faint_marks(page: Page) -> set[tuple[str, str, float]]:
    """Marks of data, their colours and contrasts, that have less than 3:1 on the ground."""
    ground = rgb(token(page, "ground"))
    found: list[Any] = page.evaluate(_MARKS)
    ratios = {(name, text, round(float(contrast(rgb(text), ground)), 2)) for name, text in found}
    return {one for one in ratios if one[2] < MARK}


def on_fills(page: Page) -> dict[str, float]:
    """Contrast of either year's line with the area under it."""
    ground, accent = rgb(token(page, "ground")), rgb(token(page, "accent"))
    alpha = float(token(page, "accent-fill").rpartition("/")[2].strip(" %)")) / 100
    other_fill = rgb(token(page, "last-year-fill"))
    return {
        "this year": float(contrast(accent, mixed(accent, alpha, ground))),
        "last year": float(contrast(rgb(token(page, "last-year")), other_fill)),
    }
