"""`replay`: plays a calibrated curve, or recorded events, into a running board."""

import signal
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, dropwhile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from dashboard.management.command import BoardCommand
from dashboard.replay import curve, festival, recorded, seeds, stage
from dashboard.replay.due import Due
from dashboard.replay.intake import CampaignGone, Intake, Stopped
from dashboard.replay.performance import Performance
from dashboard.replay.play import countdown_ms
from dashboard.replay.timed import timed
from dashboard.store import rehearsals
from dashboard.store.rehearsals import NotARehearsal
from dashboard.store.tables import Campaign, Source
from gmvboard.clock import now_ms

SOURCE = "replay"
# A curve's 24 hours take 10 minutes; recorded events their own time.
_CURVE_SPEED, _FILE_SPEED, _SLOWEST, _FASTEST = 144.0, 1.0, 0.001, 100_000.0


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Yield what is set on Ctrl-C and SIGTERM, so that a batch under way is finished."""
    stopping = threading.Event()
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: stopping.set()) for number in numbers]
    try:
        yield stopping
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


class Command(BoardCommand):
    """Play events at the pace of the campaign's clock. Exit 2: refused; trying again is no use."""

    help = "Play a published festival, or recorded events, into a running board."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", help="the campaign, which becomes a rehearsal")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--curve", help=f"one of {', '.join(seeds.curve_names())}")
        what.add_argument("file", nargs="?", type=Path, help="events: NDJSON, CSV or Parquet")
        parser.add_argument(
            "--speed",
            type=float,
            help=f"times real time: {_CURVE_SPEED:g} for a curve, {_FILE_SPEED:g} for a file",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with _stopping() as stopping:
                self._perform(options, stopping)
        except (seeds.UnknownCurve, recorded.BadFile, NotARehearsal, CampaignGone) as error:
            raise CommandError(str(error), returncode=2) from error
        except Stopped as error:
            raise CommandError(str(error)) from error

    def _perform(self, options: dict[str, Any], stopping: threading.Event) -> None:
        campaign = self.campaign(options["slug"])
        permille = self._permille(options)
        source = rehearsals.source_of(campaign, SOURCE)
        if options["curve"]:
            dues = self._of_curve(campaign, source, options["curve"], permille)
        else:
            dues = self._of_file(campaign, options["file"], permille)
        intake = Intake(source, now_ms, stopping.wait)
        performance = Performance(campaign, intake, sys.stderr)
        whole = performance.run(dues, now_ms, stopping.wait)
        self.stdout.write(f"{'Sent' if whole else 'Stopped, sent'}: {performance.sent()}")
        for reason in intake.totals.reasons:
            self.stderr.write(reason)

    def _permille(self, options: dict[str, Any]) -> int:
        speed: float | None = options["speed"]
        if speed is None:
            speed = _CURVE_SPEED if options["curve"] else _FILE_SPEED
        if not _SLOWEST <= speed <= _FASTEST:
            raise CommandError(f"speed: expected {_SLOWEST:g} to {_FASTEST:g}", returncode=2)
        return round(speed * 1000)

    def _of_curve(
        self, campaign: Campaign, source: Source, name: str, permille: int
    ) -> Iterable[Due]:
        year = curve.named(name)
        self._set_going(campaign, campaign.start_ms - countdown_ms(permille), permille)
        stage.foretell_site(campaign, year.name)
        sent_before_ms = stage.sent_before_ms(source)
        dues = festival.events(year, campaign.start, campaign.currency)
        return dropwhile(lambda due: due.at_ms < sent_before_ms, dues)

    def _of_file(self, campaign: Campaign, path: Path, permille: int) -> Iterable[Due]:
        dues = timed(line for chunk in recorded.chunks(path) for line in chunk.lines)
        first = next(dues, None)
        if first is None or not first.at_ms:
            raise recorded.BadFile(f"{path}: line 1: expected an event with occurred_at")
        self._set_going(campaign, first.at_ms, permille)
        return chain((first,), dues)

    def _set_going(self, campaign: Campaign, campaign_ms: int, permille: int) -> None:
        if stage.set_going(campaign, campaign_ms, permille, now_ms()):
            self.stdout.write(f"Playing into {campaign.slug}, {permille / 1000:g} times real time")
        else:
            self.stdout.write(f"Going on with the rehearsal of {campaign.slug} by its own clock")
