"""What the tallies tell of a campaign."""

import redis

from dashboard.store import tallies
from dashboard.store.tallies import Figures


def look(client: redis.Redis, campaign_id: int) -> Figures:
    """All figures."""
    return tallies.changes(client, campaign_id, "", 0)


def gross(client: redis.Redis, campaign_id: int) -> int:
    """The turnover of all minutes, minor units."""
    return sum(row.get("gross", 0) for row in look(client, campaign_id).minutes.values())
