"""`milestones`: a campaign's milestones, what has fallen with its proof, and what became of it."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.core.events import from_ms, rfc3339
from dashboard.management.command import BoardCommand
from dashboard.store import milestones
from dashboard.store.tables import Campaign, Milestone


class Command(BoardCommand):
    """List them, those that fell first."""

    help = "List a campaign's milestones: when each fell, its proof, and its notes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = self.campaign(options["slug"])
        for row in milestones.with_notes(campaign.pk):
            for line in _lines(campaign, row):
                self.stdout.write(line)


def _lines(campaign: Campaign, row: Milestone) -> Iterator[str]:
    subject = " ".join(part for part in (row.dimension, row.of) if part)
    what = f"{row.key}  {row.kind} {row.amount}" + (f" of {subject}" if subject else "")
    if row.crossed_ms is None:
        yield f"{what}  awaited"
        return
    at = from_ms(row.crossed_ms).astimezone(ZoneInfo(campaign.timezone))
    flags = [name for name in ("confirmed", "late") if getattr(row, name)]
    flags += [] if row.confirmed else ["provisional"]
    proof = f"position {row.position}, total {row.total}, {', '.join(flags)}"
    yield f"{what}  fell {at:%Y-%m-%d %H:%M:%S}, {proof}"
    for note in row.notes.all():
        changes = " -> ".join(str(part) for part in (note.before, note.after) if part)
        yield f"    {rfc3339(note.at_ms)} {note.what} {changes}".rstrip()
