"""Rates of exchange: what a campaign accepts beside its own currency."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec
from django.db import transaction

from dashboard.core import rates
from dashboard.core.events import to_ms
from dashboard.core.rate_file import Row
from dashboard.core.rates import Rates
from dashboard.store.tables import Campaign, Rate


class Added(msgspec.Struct):
    """What became of rows: new rates, corrections of a rate from the same instant, known ones."""

    new: int = 0
    corrected: int = 0
    known: int = 0


def of(campaign: Campaign) -> Rates:
    """Return a campaign's rates; empty where it accepts its own currency only."""
    rows = campaign.rates.order_by("pk").values_list("currency", "since", "rate")
    return rates.dated(((one, to_ms(since), text) for one, since, text in rows), campaign.currency)


def by_campaign() -> dict[int, Rates]:
    """Return the rates of every campaign that has some, by its primary key. One query."""
    rows = Rate.objects.order_by("pk").values_list(
        "campaign_id", "campaign__currency", "currency", "since", "rate"
    )
    found: dict[tuple[int, str], list[tuple[str, int, str]]] = defaultdict(list)
    for campaign_id, into, currency, since, text in rows:
        found[campaign_id, into].append((currency, to_ms(since), text))
    return {campaign_id: rates.dated(some, into) for (campaign_id, into), some in found.items()}


@transaction.atomic
def add(campaign: Campaign, rows: Sequence[Row]) -> Added:
    """Enter rates, all or none; one that holds already is left as it is, so this can run again."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    before, added, entered = of(campaign), Added(), []
    for row in rows:
        since_ms = to_ms(row.since)
        dated = before.get(row.currency)
        if dated is None or since_ms not in dated.since_ms:
            added.new += 1
        elif dated.at(since_ms) == rates.ratio(row.rate, row.currency, campaign.currency):
            added.known += 1
            continue
        else:
            added.corrected += 1
        entered.append(
            Rate(campaign=campaign, currency=row.currency, since=row.since, rate=row.rate)
        )
    Rate.objects.bulk_create(entered)
    return added
