"""One campaign's figures as the pulse keeps them: minutes, and exact sums inside the window.

It takes in what changed since the last look, so that a tick costs in proportion to that. A window
that is edited sums the kept minutes anew.
"""

from collections.abc import Iterator

from dashboard.core.clock import SECONDS_KEPT_MS
from dashboard.pulse.peak import Peak
from dashboard.pulse.sums import Row, Sums, on_frames
from dashboard.store.tallies import Figures

# A frame repeats the minutes that changed in this much real time.
REPEAT_MS = 30_000
# The peak of the seconds forgotten stands.
SECONDS_KEPT = SECONDS_KEPT_MS // 1000
RATE_SECONDS = 10
_NO_SECOND = (0, 0, 0)
_IN_SECONDS = {"gross": 0, "refunds": 1, "payments": 2}


class Cache:
    """Minutes are numbered since 1970 UTC; `window` holds the numbers of those that count.

    `changed_from` is the earliest minute that has changed since somebody made it None.
    """

    def __init__(self, window: range) -> None:
        self.window = window
        self.clear()

    def clear(self) -> None:
        """Forget every figure, as another generation of them begins."""
        self.generation, self.position, self.watermark_ms = "", 0, 0
        self.minutes: dict[int, Row] = {}
        self.seconds: dict[int, tuple[int, int, int]] = {}
        self.pending: dict[int, int] = {}
        self.changed_from: int | None = 0
        self._touched: dict[int, int] = {}
        self._earlier_rush: tuple[int, int] | None = None
        self._forgotten = 0
        self._sum_up()

    def take(self, figures: Figures, now_ms: int) -> None:
        """Take in what changed; `now_ms` is real time.

        Figures of another generation, or of an earlier position, are whole: they replace all.
        """
        if figures.generation != self.generation or figures.position < self.position:
            self.clear()
        whole = not self.generation
        self.generation, self.position = figures.generation, figures.position
        self.watermark_ms, self.pending = figures.watermark_ms, figures.pending
        for minute, fields in figures.minutes.items():
            old, new = self.minutes.get(minute, {}), on_frames(fields)
            self.minutes[minute] = new
            if self.changed_from is None or minute < self.changed_from:
                self.changed_from = minute
            self._count(minute, old, new)
            if not whole:
                self._touched[minute] = now_ms
        for second, row in figures.seconds.items():
            self.seconds[second] = row
            self._count_second(second, row[2])

    def rewindow(self, window: range) -> None:
        """Sum up anew for another window."""
        self.window, self.changed_from = window, 0
        self._sum_up()

    def recall_rush(self, second: int, payments: int) -> None:
        """Let a peak second stand that was known before, where its seconds are kept no longer."""
        if not self.seconds_of(second // 60):
            self._earlier_rush = (second, payments)
            self._offer_earlier_rush()

    def forget_seconds(self, as_of_second: int) -> None:
        """Drop the seconds of hours long over; the peak among them stands."""
        before = (as_of_second - SECONDS_KEPT) // 3600 * 3600
        if before <= self._forgotten:
            return
        self._forgotten = before
        self.seconds = {second: row for second, row in self.seconds.items() if second >= before}
        self.rush.forget(before)
        if self.rush.at is not None and self.rush.at < before:
            self._earlier_rush = (self.rush.at, self.rush.value)

    def changed(self, now_ms: int) -> list[int]:
        """Return the minutes of the window that changed in the last 30 s, in order."""
        since = now_ms - REPEAT_MS
        self._touched = {minute: at for minute, at in self._touched.items() if at > since}
        return sorted(minute for minute in self._touched if minute in self.window)

    def ascending(self, field: str = "gross") -> Iterator[tuple[int, int]]:
        """Yield number and figure of the window's minutes, in order."""
        for minute in sorted(self.minutes):
            if minute in self.window:
                yield minute, self.minutes[minute].get(field, 0)

    def seconds_of(self, minute: int, field: str = "gross") -> list[tuple[int, int]]:
        """Return number and figure of the seconds kept of a minute, in order; none of others."""
        place = _IN_SECONDS.get(field)
        if place is None:
            return []
        numbers = range(minute * 60, minute * 60 + 60)
        kept = ((second, self.seconds.get(second)) for second in numbers)
        return [(second, row[place]) for second, row in kept if row is not None]

    def rushes(self, least: int) -> list[tuple[int, int]]:
        """Return number and payments of the window's seconds of `least` payments and more.

        In order; of those kept no longer, the best alone.
        """
        if self.rush.at is None or self.rush.value < least:
            return []
        found = {second: row[2] for second, row in self.seconds.items() if row[2] >= least}
        found[self.rush.at] = self.rush.value
        return sorted(one for one in found.items() if one[0] // 60 in self.window)

    def per_second(self, second: int) -> int:
        """Return the mean of payments over the 10 whole seconds before `second`, cut."""
        numbers = range(second - RATE_SECONDS, second)
        inside = [one for one in numbers if one // 60 in self.window]
        return sum(self.seconds.get(one, _NO_SECOND)[2] for one in inside) // RATE_SECONDS

    def _count(self, minute: int, old: Row, new: Row) -> None:
        if minute in self.window:
            self.sums.change(old, new)
            self.best.put(minute, new.get("gross", 0))

    def _count_second(self, second: int, payments: int) -> None:
        if second // 60 in self.window:
            self.rush.put(second, payments)

    def _offer_earlier_rush(self) -> None:
        if self._earlier_rush and self._earlier_rush[0] // 60 in self.window:
            self.rush.offer(*self._earlier_rush)

    def _sum_up(self) -> None:
        self.sums, self.best, self.rush = Sums(), Peak(), Peak()
        for minute, fields in self.minutes.items():
            self._count(minute, {}, fields)
        for second, row in self.seconds.items():
            self._count_second(second, row[2])
        self._offer_earlier_rush()
