"""Where a campaign's tally failed, and what was tried: durable, so that a death counts too."""

import msgspec

from dashboard.store import tables


class Stuck(msgspec.Struct):
    """As `tables.Stuck` says."""

    position: int
    attempts: int = 0
    until: int = 0
    low: int = 0
    high: int = 0
    trial: int = 0


def of(campaign_id: int) -> Stuck | None:
    """Return where the campaign's tally failed last; None where it never did."""
    rows = tables.Stuck.objects.filter(campaign_id=campaign_id)
    row = rows.values_list(*Stuck.__struct_fields__).first()
    return Stuck(*row) if row else None


def put(campaign_id: int, stuck: Stuck) -> None:
    """Write down where the campaign's tally fails."""
    tables.Stuck.objects.update_or_create(
        campaign_id=campaign_id, defaults=msgspec.structs.asdict(stuck)
    )


def clear(campaign_id: int) -> None:
    """Forget it: the tally is past all that."""
    tables.Stuck.objects.filter(campaign_id=campaign_id).delete()
