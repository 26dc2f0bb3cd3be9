"""What the outbox delivers with: every service, accounts as they are kept, the real web."""

from dashboard.alerts import truth
from dashboard.alerts.attempt import Means
from dashboard.alerts.feeds import services
from dashboard.alerts.outgoing import Outgoing
from dashboard.alerts.poster.paint import draw_of
from dashboard.alerts.service import Account
from dashboard.store import feeds
from dashboard.store.claims import Claim
from gmvboard.clock import now_ms


def real() -> Means:
    """Return what the running board delivers with."""
    return Means(
        services=services(),
        account=_account,
        web=Outgoing.for_service,
        picture=_picture,
        doubt=_doubt,
        clock=now_ms,
    )


def _account(feed_id: int) -> Account:
    return feeds.account(feeds.of().get(pk=feed_id))


def _picture(claim: Claim) -> bytes | None:
    return draw_of(claim.story, claim.poster, claim.lang)


def _doubt(claim: Claim) -> str:
    return truth.doubt(claim.milestone_id, now_ms(), claim.story)
