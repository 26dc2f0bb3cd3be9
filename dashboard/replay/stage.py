"""Sets the stage for a replay: the campaign's clock, and what its curve says of the site."""

from dashboard.core.clock import Clock
from dashboard.core.events import decode_entries
from dashboard.replay import seeds
from dashboard.store import ledger, rehearsals
from dashboard.store.rehearsals import NotARehearsal
from dashboard.store.tables import Campaign, Source


def set_going(campaign: Campaign, campaign_ms: int, speed_permille: int, now_ms: int) -> bool:
    """Put a campaign without events on a rehearsal's clock: `campaign_ms` at the real `now_ms`.

    True if it was done; False where a rehearsal is under way, which goes on by its own clock: what
    was sent before has the same ids and counts once. Raises `NotARehearsal` for a real campaign
    that holds events.
    """
    if not ledger.head(campaign.pk):
        rehearsals.set_clock(campaign, Clock(now_ms, campaign_ms, speed_permille))
        return True
    if campaign.clock == Clock():
        raise NotARehearsal(
            f"campaign {campaign.slug} holds real events: replay into a campaign without any"
        )
    return False


def sent_before_ms(source: Source) -> int:
    """Return the campaign time before which all that `source` plays is in the ledger already.

    Batches are played in their order of time, so that is where its last one begins. 0 where the
    last batch is another source's: sent again, events count once all the same.
    """
    last = ledger.head(source.campaign_id)
    for batch in ledger.stream_after(source.campaign_id, last - 1):
        if batch.source_id == source.pk:
            return decode_entries(batch.lines)[0].at
    return 0


def foretell_site(campaign: Campaign, curve_name: str) -> None:
    """Write down when the site queues, and recovers, in a replayed year."""
    states = seeds.year_seed(curve_name).site
    at_ms = [(campaign.start_ms + seeds.seconds(at) * 1000, state) for at, state in states]
    rehearsals.foretell_site(campaign, at_ms)
