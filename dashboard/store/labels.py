"""Curated names for the keys of the breakdowns."""

from dashboard.core.frame import Names
from dashboard.store.tables import Label


def names(campaign_id: int) -> dict[str, dict[str, Names]]:
    """Return a campaign's labels by dimension and key; a missing Chinese one repeats the other."""
    found: dict[str, dict[str, Names]] = {}
    for row in Label.objects.filter(campaign_id=campaign_id).order_by("dimension", "key"):
        found.setdefault(row.dimension, {})[row.key] = Names(row.name, row.name_zh or row.name)
    return found
