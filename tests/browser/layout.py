"""What the eye would see: boxes of the texts on a page, and which of them collide."""

from typing import Any

from playwright.sync_api import Page

# Each text's box is 0.70 of its size high: the height of capitals in the fonts used here.
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
    const size = parseFloat(style.fontSize), middle = (box.top + box.bottom) / 2;
    found.push({
      text: node.textContent, size, left: box.left, right: box.right,
      top: middle - 0.35 * size, bottom: middle + 0.35 * size,
      cut: Boolean(parent.closest(".cut")), over: Boolean(parent.closest(".flag, .takeover")),
    });
  }
  return found;
}"""
Text = dict[str, Any]


def texts(page: Page) -> list[Text]:
    """Every text that is shown: its box in px, its size, whether it may end in "…"."""
    found: list[Text] = page.evaluate(_TEXTS)
    return found


def outside(page: Page) -> list[str]:
    """Texts that leave the window; those that may be cut short are held by their boxes."""
    size = page.viewport_size
    assert size is not None
    return [
        one["text"]
        for one in texts(page)
        if not one["cut"]
        and (
            one["left"] < 0
            or one["top"] < 0
            or one["right"] > size["width"] + 0.5
            or one["bottom"] > size["height"] + 0.5
        )
    ]


def collisions(page: Page) -> list[tuple[str, str]]:
    """Pairs of texts that overlap by more than a pixel; what lies under a flag does not count."""
    shown = [one for one in texts(page) if not one["over"] and not one["cut"]]
    return [
        (a["text"], b["text"])
        for i, a in enumerate(shown)
        for b in shown[i + 1 :]
        if min(a["right"], b["right"]) - max(a["left"], b["left"]) > 1
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 1
    ]


def overflowing(page: Page) -> list[str]:
    """Elements whose content is wider than they are, but for those that end in "…"."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main *")]
            .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1
                && getComputedStyle(one).overflowX !== "visible"
                && !one.closest(".cut, .offscreen"))
            .map((one) => one.className)"""
    )
    return found
