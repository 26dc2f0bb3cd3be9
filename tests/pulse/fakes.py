"""Facts, and a Redis of ten lines."""

from typing import Any

import redis

from dashboard.core.clock import MINUTE_MS
from dashboard.core.events import from_ms
from dashboard.pulse.facts import Facts
from dashboard.pulse.meta import meta_of
from dashboard.store.beside import Beside
from dashboard.store.ledger import Backlog
from dashboard.store.tables import Campaign
from dashboard.store.tallies import Figures
from tests.worlds import MIDNIGHT_MS

MINUTE = MIDNIGHT_MS // MINUTE_MS
NO_BACKLOG = Backlog(0, 0, 0)


class FakeSource:
    """Tallies that change batch by batch, and what was published."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.bases: list[bytes] = []
        self.distinct: int | None = None
        self.away = False
        self.level = 0
        self.memory = 0.0
        self.born = "one"
        self.flush()

    def flush(self) -> None:
        """Forget everything, as FLUSHALL does; `born` names the generation that comes next."""
        self.generation, self.position = "", 0
        self.minutes: dict[int, dict[str, int]] = {}
        self.seconds: dict[int, tuple[int, int, int]] = {}
        self.pending: dict[int, int] = {}
        self.watermark_ms = 0
        self._touched: dict[int, int] = {}

    def pay(self, gross: int, after_s: int = 0, **fields: int) -> None:
        """Count one batch with one payment, `after_s` seconds after midnight."""
        second = MINUTE * 60 + after_s
        self.generation = self.born
        self.position += 1
        self.watermark_ms = max(self.watermark_ms, second * 1000)
        row = self.minutes.setdefault(second // 60, {})
        for field, value in ({"gross": gross, "payments": 1} | fields).items():
            row[field] = row.get(field, 0) + value
        before = self.seconds.get(second, (0, 0, 0))
        self.seconds[second] = (before[0] + gross, before[1], before[2] + 1)
        self._touched[second // 60] = self.position

    def changes(self, campaign_id: int, generation: str, position: int) -> Figures:
        if self.away:
            raise redis.ConnectionError("away")
        after = position if generation == self.generation else -1
        minutes = {m: dict(row) for m, row in self.minutes.items() if self._touched[m] > after}
        seconds = {s: row for s, row in self.seconds.items() if s // 60 in minutes}
        return Figures(
            generation=self.generation,
            position=self.position,
            watermark_ms=self.watermark_ms,
            minutes=minutes,
            seconds=seconds,
            pending=dict(self.pending),
        )

    def beside(self, campaign_id: int, generation: str, position: int) -> Beside:
        """Return the merchants' gross, of every minute."""
        minutes = {
            minute: {
                field.replace(":gross:", ":"): value
                for field, value in row.items()
                if field.startswith("merchant:gross:")
            }
            for minute, row in self.minutes.items()
        }
        return Beside(self.generation, self.position, whole=True, minutes=minutes)

    def buyers(self, campaign_id: int, start_ms: int, end_ms: int) -> int | None:
        return self.distinct

    def put(self, campaign_id: int, frame: bytes, base: bytes | None) -> None:
        self.frames.append(frame)
        if base is not None:
            self.bases.append(base)

    def memory_share(self) -> float:
        return self.memory

    def tell_level(self, level: int) -> None:
        self.level = level


def facts(minutes: int = 1_440, speed_permille: int = 1_000, **changed: Any) -> Facts:
    """Return the facts of a campaign of so many minutes from MIDNIGHT_MS, on the real clock."""
    campaign = Campaign(
        slug="festival",
        name="Festival",
        start=from_ms(MIDNIGHT_MS),
        end=from_ms(MIDNIGHT_MS + minutes * MINUTE_MS),
        clock_speed_permille=speed_permille,
    )
    settings: dict[str, Any] = {
        "campaign_id": 1,
        "slug": campaign.slug,
        "start_ms": campaign.start_ms,
        "end_ms": campaign.end_ms,
        "clock": campaign.clock,
        "currency": "CNY",
        "notice": "",
        "year": None,
        "thresholds": [],
        "stretches": [],
        "meta": meta_of(campaign, {}, "1"),
    }
    return Facts(**(settings | changed))
