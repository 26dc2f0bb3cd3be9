"""Other years of a campaign, as stored."""

from dashboard.store.tables import Reference


def every(campaign_id: int) -> list[Reference]:
    """Return the years loaded for a campaign: the one the wall compares with first."""
    return list(Reference.objects.filter(campaign_id=campaign_id).order_by("-primary", "-label"))


def primary(campaign_id: int) -> Reference | None:
    """Return the year that a campaign is compared with; None where there is none."""
    rows = Reference.objects.filter(campaign_id=campaign_id, primary=True)
    return rows.order_by("-label").first()


def totals(campaign_id: int) -> dict[str, int]:
    """Return the whole totals of the years loaded, by label."""
    rows = Reference.objects.filter(campaign_id=campaign_id)
    return dict(rows.values_list("label", "total"))


def labelled(campaign_id: int, label: str) -> Reference | None:
    """Return the year of a label; None where it is not loaded."""
    return Reference.objects.filter(campaign_id=campaign_id, label=label).first()
