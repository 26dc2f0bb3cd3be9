"""Other years of a campaign, as stored."""

from dashboard.store.tables import Reference


def every(campaign_id: int) -> list[Reference]:
    """Return the years loaded for a campaign: the one the wall compares with first."""
    return list(Reference.objects.filter(campaign_id=campaign_id).order_by("-primary", "-label"))


def primary(campaign_id: int) -> Reference | None:
    """Return the year that a campaign is compared with; None where there is none."""
    rows = Reference.objects.filter(campaign_id=campaign_id, primary=True)
    return rows.order_by("-label").first()
