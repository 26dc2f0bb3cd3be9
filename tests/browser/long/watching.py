"""A wall that is watched for hours: what it tells, moment by moment, and the sockets it has had."""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from playwright.sync_api import Browser, expect

from tests.browser.long import festival
from tests.browser.long.heap import Heap, heap_of

# Notes each new moment that the wall tells (when, the total the page has, the day it names, if a
# flag is up, if a weighing has ended), and each socket that ends: the ms that it lived, its code.
NOTE = """window.seen = [];
window.ended = [];
new MutationObserver((changes) => {
  if (changes.some(({ target }) => target.dataset?.at === "as-of")) look();
}).observe(document, { childList: true, subtree: true });
window.look = (weighed = false) => {
  const said = (name) => document.querySelector(`[data-at=${name}]`).textContent;
  const flag = document.querySelector("[data-at=flag]");
  const gross = Number(document.body.dataset.gross ?? 0);
  window.seen.push([Date.now(), gross, said("day"), !flag.hidden, weighed]);
};
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    window.newest = this;
    const begun = Date.now();
    const note = ({ code }) => window.ended.push([Date.now() - begun, code]);
    this.addEventListener("close", note);
  }
};"""
# How a socket ends for the browser: cut, told so by the server, left by the page itself.
CUT, TOLD, LEFT = 1006, 1000, 1005


class Seen(NamedTuple):
    """What the wall told at a time (real, ms): a total in minor units, a day, if a flag was up.

    Up to a look that is `weighed` the page had been stopped by the test, to be weighed.
    """

    at_ms: int
    gross: int
    day: str
    flag: bool
    weighed: bool = False


class Wall:
    """A page on a wall at `port`, from its opening on."""

    def __init__(self, browser: Browser, port: int) -> None:
        self.page = browser.new_page(viewport={"width": 1280, "height": 720})
        self.page.add_init_script(NOTE)
        self.page.goto(f"http://127.0.0.1:{port}/wall/{festival.SLUG}/?lang=en")
        expect(self.page.locator("[data-at=day]")).to_have_text("Day 1 of 3", timeout=20_000)

    @property
    def seen(self) -> list[Seen]:
        """What it has told from the first payment on."""
        told = [Seen(*one) for one in self.page.evaluate("window.seen")]
        return [one for one in told if one.gross]

    @property
    def ended(self) -> list[tuple[float, int]]:
        """Its sockets that have ended: seconds that each lived, and the code."""
        return [(ms / 1000, code) for ms, code in self.page.evaluate("window.ended")]

    def weigh(self) -> Heap:
        """Return its heap. The page stands still for it: that is not part of what is judged."""
        self.page.evaluate("look()")
        heap = heap_of(self.page)
        self.page.evaluate("look(true)")
        return heap

    def until_it_moves(self) -> None:
        """Wait until it has another total."""
        body = self.page.locator("body")
        gross = body.get_attribute("data-gross") or "0"
        expect(body).not_to_have_attribute("data-gross", gross, timeout=30_000)

    def until_it_closes(self) -> None:
        """Wait for the end of the last day, and the whole of its turnover."""
        closed = self.page.locator("main")
        expect(closed).to_have_attribute("data-phase", "closed", timeout=30_000)
        body = self.page.locator("body")
        expect(body).to_have_attribute("data-gross", str(festival.TOTAL), timeout=30_000)


def gaps(seen: list[Seen]) -> list[tuple[float, float]]:
    """Return how long nothing new was told, the longest first, and when (since 1970); seconds."""
    pairs = [(a, b) for a, b in pairwise(seen) if not b.weighed]
    return sorted([((b.at_ms - a.at_ms) / 1000, a.at_ms / 1000) for a, b in pairs], reverse=True)


def wrong(seen: list[Seen], clock: Callable[[int], float]) -> list[Seen]:
    """Return the looks with a total above what was paid by then, or under the one before."""
    above = [one for one in seen if one.gross > festival.due(clock(one.at_ms))]
    return above + [b for a, b in pairwise(seen) if b.gross < a.gross]
