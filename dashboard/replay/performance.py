"""One replay from beginning to end: what is played, what was sent, and how it is shown."""

from collections.abc import Callable, Iterable, Sequence
from typing import TextIO
from zoneinfo import ZoneInfo

from dashboard.core.events import from_ms
from dashboard.core.figures import Money, digits
from dashboard.core.money import EXPONENTS
from dashboard.replay.due import Due
from dashboard.replay.intake import Intake
from dashboard.replay.play import play
from dashboard.replay.progress import Progress
from dashboard.store.tables import Campaign


class Performance:
    """Plays events into a campaign and shows on `stream` how far it is."""

    def __init__(self, campaign: Campaign, intake: Intake, stream: TextIO) -> None:
        self._events = self._gross = self._at_ms = 0
        self._intake = intake
        self._start_ms, self._end_ms = campaign.start_ms, campaign.end_ms
        self._zone = ZoneInfo(campaign.timezone)
        self._money = Money(campaign.currency, EXPONENTS[campaign.currency])
        self._progress = Progress((self._end_ms - self._start_ms) // 1000, "s", stream)

    def run(
        self, dues: Iterable[Due], now_ms: Callable[[], int], rest: Callable[[float], bool]
    ) -> bool:
        """Play `dues`; return True at their end, False where told to stop.

        `now_ms` is real time; `rest` waits some seconds of it and returns True where told to stop.
        Raises what `Intake.take` does.
        """
        try:
            return play(dues, lambda: self._campaign_ms(now_ms()), self._send, rest)
        finally:
            self._progress.close()

    def sent(self) -> str:
        """Return what was sent by now, on one line."""
        return f"{self._events:,} events, turnover {digits(self._gross, self._money, 'en')}"

    def _campaign_ms(self, now_ms: int) -> int:
        return self._intake.campaign().clock.campaign(now_ms)

    def _send(self, dues: Sequence[Due]) -> None:
        self._intake.take([due.line for due in dues])
        self._events += len(dues)
        self._gross += sum(due.gross for due in dues)
        self._at_ms = max(self._at_ms, dues[-1].at_ms)
        shown_ms = min(max(self._at_ms, self._start_ms), self._end_ms)
        self._progress.show((shown_ms - self._start_ms) // 1000, f"{self._time()} {self.sent()}")

    def _time(self) -> str:
        return from_ms(self._at_ms).astimezone(self._zone).strftime("%H:%M:%S")
