"""What a screen needs to know once: names, window, clock, limits."""

from dashboard.core.clock import Clock
from dashboard.core.events import rfc3339
from dashboard.core.frame import ClockMeta, Meta, Names, Window
from dashboard.core.zones import zone_name
from dashboard.store.tables import Campaign

# Data older than this many seconds is marked on the wall, and then called out of date; below this
# share of successful payments the alarm is red.
LIMITS = {"amber_seconds": 5, "stale_seconds": 10, "success_critical_permille": 900}
WALL_DIMENSIONS = ["category", "region"]


def meta_of(campaign: Campaign, labels: dict[str, dict[str, Names]], asset_version: str) -> Meta:
    """Return the `meta` of a campaign's snapshots."""
    return Meta(
        name=Names(campaign.name, campaign.name_zh or campaign.name),
        zone=campaign.timezone,
        zone_name=zone_name(campaign.timezone),
        windows=[Window(rfc3339(campaign.start_ms), rfc3339(campaign.end_ms))],
        clock=_clock(campaign.clock),
        basis=Names(campaign.basis, campaign.basis_zh or campaign.basis),
        labels=labels,
        limits=LIMITS,
        dimensions=WALL_DIMENSIONS,
        asset_version=asset_version,
    )


def _clock(clock: Clock) -> ClockMeta:
    return ClockMeta(
        real=rfc3339(clock.real_ms),
        campaign=rfc3339(clock.campaign_ms),
        speed=clock.speed_permille / 1000,
        rehearsal=clock.rehearsal,
    )
