"""How much lies in the quarantine."""

from django.db.models import Count

from dashboard.store.tables import Quarantined


def counts() -> list[tuple[str, str, str, int]]:
    """Return how many events are kept aside: campaign's slug, kind, state, number."""
    rows = Quarantined.objects.values_list("campaign__slug", "kind", "state")
    return list(rows.annotate(Count("pk")).order_by("campaign__slug", "kind", "state"))
