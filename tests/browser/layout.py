"""What the eye would see: boxes of the texts on a page, and which of them collide."""

from typing import Any

from playwright.sync_api import Page

# Each text's box is 0.70 of its size high: the height of capitals in the fonts used here. A text
# that may end in "…" ends at its box.
_TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    const unseen = parent.closest("script, noscript, .offscreen, .strip-of");
    if (unseen || !node.textContent.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(parent);
    if (!box.width || style.visibility === "hidden") continue;
    const size = parseFloat(style.fontSize);
    // Of a text in lines that are clamped, those that are seen.
    const clamped = style.webkitLineClamp !== "none" && parent.getBoundingClientRect();
    const end = clamped ? Math.min(box.bottom, clamped.bottom) : box.bottom;
    const high = end - box.top, middle = (box.top + end) / 2;
    const apart = high > 1.9 * size ? (high - 1.2 * size) / 2 : 0; // several lines
    const cut = parent.closest(".cut")?.getBoundingClientRect();
    if (cut && (box.left > cut.right || box.right < cut.left)) continue;
    found.push({
      text: node.textContent, size,
      left: cut ? Math.max(cut.left, box.left) : box.left,
      right: cut ? Math.min(cut.right, box.right) : box.right,
      top: middle - apart - 0.35 * size, bottom: middle + apart + 0.35 * size,
      over: Boolean(parent.closest(".flag, .takeover")),
      colour: parent.closest("svg") ? style.fill : style.color,
    });
  }
  return found;
}"""
Text = dict[str, Any]


def texts(page: Page) -> list[Text]:
    """Every text that is shown: its box in px, size and colour, whether it lies over others."""
    found: list[Text] = page.evaluate(_TEXTS)
    return found


def outside(page: Page) -> list[str]:
    """Texts that leave the window."""
    size = page.viewport_size
    assert size is not None
    return [
        one["text"]
        for one in texts(page)
        if one["left"] < 0
        or one["top"] < 0
        or one["right"] > size["width"] + 0.5
        or one["bottom"] > size["height"] + 0.5
    ]


def collisions(page: Page) -> list[tuple[str, str]]:
    """Pairs of texts that overlap by more than a pixel; what lies under a flag does not count."""
    shown = texts(page)
    return [
        (a["text"], b["text"])
        for i, a in enumerate(shown)
        for b in shown[i + 1 :]
        if a["over"] == b["over"]
        and min(a["right"], b["right"]) - max(a["left"], b["left"]) > 1
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 1
    ]


def overflowing(page: Page) -> list[str]:
    """Elements whose content is wider than they are, but for those that end in "…"."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((one) => one.clientWidth && !one.closest(".cut, .offscreen, svg"))
            .filter((one) => one.scrollWidth > one.clientWidth)
            .map((one) => `${one.className} ${one.dataset.at ?? ""}: `
                + `${one.scrollWidth} in ${one.clientWidth}`)"""
    )
    return found


def smallest(page: Page) -> float:
    """The smallest text's size as a share of the window's height."""
    size = page.viewport_size
    assert size is not None
    return min(float(one["size"]) for one in texts(page)) / size["height"]


def floor(size: tuple[int, int]) -> float:
    """The least share of the height that a text may have in a window: brief, sections 2 and 13."""
    return (0.0333 if size[0] * 9 >= size[1] * 16 else 0.03) - 1e-4


def boxes(page: Page) -> Any:
    """Where everything stands, but for the digits of the total and what lies on the chart."""
    return page.evaluate(
        """() => [...document.querySelectorAll("main *")]
            .filter((one) => !one.closest(".hero-number, .digits-row, svg, .plot"))
            .map((one) => { const box = one.getBoundingClientRect();
                            return [one.className, box.left, box.top, box.width, box.height]; })"""
    )
