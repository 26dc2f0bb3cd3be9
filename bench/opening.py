"""How soon a wall that is opened shows its first number and its curve, in a real browser."""

from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench import events, stage
from bench.options import Options
from bench.report import Cell, Table, spread
from tests.boards import Board
from tests.browser.conftest import ARGUMENTS, chromium

_EVENTS = 20_000
_WITHIN_MS = 30_000
_LEAVES_MS = 200

# Notes when each stands on the page first, in ms since the page was asked for. Looked for at each
# frame that the browser paints.
WATCH = """
window.first = {};
const standing = {
  number: () => {
    const number = document.querySelector("[data-at=hero-number]");
    const seen = number?.checkVisibility({ visibilityProperty: true });
    return seen && /[0-9]/.test(number.textContent);
  },
  curve: () => Boolean(document.querySelector(".plot .scatterlayer .js-line")),
};
const look = () => {
  for (const [name, stands] of Object.entries(standing)) {
    if (stands()) window.first[name] ??= performance.now();
  }
  if (!(window.first.number && window.first.curve)) requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def measure(options: Options) -> Table:
    """Return the table: a browser that never saw the board, and one that has its files."""
    runs = 3 if options.quick else 10
    with stage.board() as board, sync_playwright() as playwright:
        key = board.create_campaign("opened")["ingest_key"]
        stage.counted(board, events.payments(_EVENTS, stage.now()), "opened", key, batch=500)
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        new = [first for _ in range(runs) for first in _opened(browser, board, 1)]
        again = _opened(browser, board, 1 + runs)[1:]
        browser.close()
    rows: list[list[Cell]] = [
        [who, spread([one["number"] for one in found]), spread([one["curve"] for one in found])]
        for who, found in (("the first time", new), ("again", again))
    ]
    columns = ["A wall is opened", "first number, ms", "curve, ms"]
    note = f"{runs} times each, from the asking for the page; aims: 300 and 1,000 ms."
    return Table("Opening a wall on the board's own machine", columns, [*rows], note)


def _opened(browser: Browser, board: Board, times: int) -> list[dict[str, Any]]:
    # The waiting is eval'd, which the page's own policy forbids.
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, bypass_csp=True)
    context.add_init_script(WATCH)
    page, found = context.new_page(), []
    for _ in range(times):
        page.goto(f"{board.url}/wall/opened/?lang=en")
        page.wait_for_function("window.first.number && window.first.curve", timeout=_WITHIN_MS)
        found.append(page.evaluate("window.first"))
        page.wait_for_timeout(_LEAVES_MS)
    context.close()
    return found
