"""What a festival's payments add up to, counted by other means than the board's."""

from typing import NamedTuple

from dashboard.store.ledger import Backlog
from dashboard.store.tables import Post
from tests.worlds import MIDNIGHT_MS


class Paid(NamedTuple):
    """A payment: minor units, seconds after midnight, and when it was accepted (real, ms)."""

    amount: int
    second: int
    accepted_ms: int


class Recount:
    """Payments in the order they were accepted; `told`: so many does the newest frame count."""

    def __init__(self) -> None:
        self.told = 0
        self._paid: list[Paid] = []
        self._settled = 0

    @property
    def accepted(self) -> int:
        """How many payments there are."""
        return len(self._paid)

    @property
    def gross(self) -> int:
        """Their sum, minor units."""
        return sum(one.amount for one in self._paid)

    def pay(self, amount: int, second: int, now_ms: int) -> None:
        """Accept a payment."""
        self._paid.append(Paid(amount, second, now_ms))

    def unsettled(self) -> list[Paid]:
        """Return what no tally counts yet."""
        return self._paid[self._settled :]

    def settle(self) -> None:
        """Take note that all are counted."""
        self._settled = len(self._paid)

    def backlog(self, now_ms: int) -> Backlog:
        """Return what the ledger holds beyond the tallies."""
        waiting = self.unsettled()
        oldest_ms = min((one.accepted_ms for one in waiting), default=0)
        return Backlog(len(waiting), len(waiting), oldest_ms)

    def says(self, post: Post) -> bool:
        """Return whether a post tells the truth: of the newest frame, or of what is counted now."""
        assert post.story
        amount, crossed_ms = post.story["amount"], post.story["crossed_ms"]
        crossings = {self._crossing(amount, number) for number in (self.told, self._settled)}
        second = (crossed_ms - MIDNIGHT_MS) // 1000
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        return second in crossings and clock in post.text and post.story["total"] in self._sums()

    def _crossing(self, amount: int, number: int) -> int | None:
        """Return the second in which the first `number` payments, by their time, reach `amount`."""
        running = 0
        for one in sorted(self._paid[:number], key=lambda one: one.second):
            running += one.amount
            if running >= amount:
                return one.second
        return None

    def _sums(self) -> set[int]:
        """Return the totals that tallies have had."""
        running, found = 0, set()
        for one in self._paid[: self._settled]:
            running += one.amount
            found.add(running)
        return found
