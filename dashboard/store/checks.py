"""How each campaign's figures compared with its ledger when they were last looked at."""

import msgspec

from dashboard.store.tables import Checked

_LONGEST = 300


class Verdict(msgspec.Struct, frozen=True):
    """What was found at `checked_ms` (real time) for ledger position `position`; `detail`: where.

    `detail` names the first figure that differs; empty where all agree.
    """

    position: int = 0
    checked_ms: int = 0
    agree: bool = True
    detail: str = ""


def record(campaign_id: int, verdict: Verdict) -> None:
    """Keep a verdict in place of the one before."""
    found = msgspec.structs.asdict(verdict) | {"detail": verdict.detail[:_LONGEST]}
    Checked.objects.update_or_create(campaign_id=campaign_id, defaults=found)


def latest(campaign_id: int) -> Verdict | None:
    """Return the latest verdict on a campaign; None where it was never checked."""
    rows = Checked.objects.filter(campaign_id=campaign_id)
    row = rows.values_list("position", "checked_ms", "agree", "detail").first()
    return Verdict(*row) if row else None


def agrees(campaign_id: int) -> bool:
    """Return whether a campaign's figures agreed when last looked at, or were not looked at yet."""
    verdict = latest(campaign_id)
    return verdict is None or verdict.agree


def disagreeing() -> list[str]:
    """Return the slugs of the campaigns whose figures did not agree."""
    rows = Checked.objects.filter(agree=False).order_by("campaign__slug")
    return list(rows.values_list("campaign__slug", flat=True))
