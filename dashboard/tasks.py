"""The names that Celery knows; each body is one call."""

from celery import shared_task

from dashboard import pipeline


@shared_task(name="dashboard.tally")
def tally(campaign_id: int) -> None:
    """Settle a campaign's ledger."""
    pipeline.settle(campaign_id)


@shared_task(name="dashboard.canary")
def canary() -> None:
    """Prove that workers take tasks and reach Redis."""
    pipeline.sing()
