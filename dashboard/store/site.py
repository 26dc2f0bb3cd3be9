"""What staff have said of a campaign's payment site."""

from typing import cast

from dashboard.core.site import State, Stretch
from dashboard.store.tables import SiteState


def history(campaign_id: int) -> list[Stretch]:
    """Return the states of a campaign's site, oldest first, those still to begin included."""
    return [
        Stretch(row.pk, cast("State", row.state), row.since_ms, row.note, row.worst_stuck)
        for row in SiteState.objects.filter(campaign_id=campaign_id)
    ]


def raise_worst(state_id: int, stuck: int) -> None:
    """Remember `stuck` orders as the worst of a state, if it was not worse before."""
    SiteState.objects.filter(pk=state_id, worst_stuck__lt=stuck).update(worst_stuck=stuck)
