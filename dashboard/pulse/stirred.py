"""Which fired milestones are held against the figures again: some at a look, each in its turn."""

from collections.abc import Iterable

# Some milliseconds each, as of those that fall: a late event may concern a club's every member.
MOST_A_LOOK = 20
# A total moves with each late event: it is put on record so often, in real time.
TOTALS_MS = 60_000
_OF_TOTALS = frozenset({"bulletin", "close"})


class Stirred:
    """Numbers of milestones that something has changed for, in the order they are looked at."""

    def __init__(self) -> None:
        self._waiting: dict[int, int] = {}  # and the real time before which they are not

    def add(self, numbers: Iterable[int]) -> None:
        """Have these looked at, those that wait already in the turn they have."""
        for number in numbers:
            self._waiting.setdefault(number, 0)

    def take(self, now_ms: int) -> list[int]:
        """Return whose turn it is at `now_ms` (real time); they wait no longer."""
        due = [one for one, ms in self._waiting.items() if not 0 < ms - now_ms <= TOTALS_MS]
        for number in due[:MOST_A_LOOK]:
            del self._waiting[number]
        return due[:MOST_A_LOOK]

    def again(self, number: int, kind: str, now_ms: int) -> None:
        """Have one of a kind, that was not as it is on record, looked at once more.

        So what could not be put down is found again; totals are given a minute to settle.
        """
        self._waiting[number] = now_ms + TOTALS_MS if kind in _OF_TOTALS else 0
