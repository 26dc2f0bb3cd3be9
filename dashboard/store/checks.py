"""How each campaign's figures compared with its ledger when they were last looked at."""

import msgspec

from dashboard.store.tables import Batch, Checked

_LONGEST = 300
# Whoever audits looks every 30 s; after a minute at the highest speed, or started anew before a
# ledger of 50 million events, it may need minutes to come round. Older than this it is dead.
STALE_MS = 600_000


class Verdict(msgspec.Struct, frozen=True):
    """What was found at `checked_ms` (real time) for ledger position `position`; `detail`: where.

    `detail` names the first figure that differs; empty where all agree.
    """

    position: int = 0
    checked_ms: int = 0
    agree: bool = True
    detail: str = ""

    def vouches(self, now_ms: int, position: int, final: bool) -> bool:
        """Return whether figures at ledger position `position` are to be trusted at `now_ms`.

        `final`: late arrivals are over. Then what was found of that very position does not age: it
        is not looked at again.
        """
        if final and position == self.position:
            return self.agree
        return self.agree and now_ms - self.checked_ms < STALE_MS


def record(campaign_id: int, verdict: Verdict) -> None:
    """Keep a verdict in place of the one before."""
    found = msgspec.structs.asdict(verdict) | {"detail": verdict.detail[:_LONGEST]}
    Checked.objects.update_or_create(campaign_id=campaign_id, defaults=found)


def latest(campaign_id: int) -> Verdict | None:
    """Return the latest verdict on a campaign; None where it was never checked."""
    rows = Checked.objects.filter(campaign_id=campaign_id)
    row = rows.values_list("position", "checked_ms", "agree", "detail").first()
    return Verdict(*row) if row else None


def standing(campaign_id: int) -> Verdict | None:
    """Return the latest verdict; None where there is nothing to check.

    Before the first one it is green, and as old as the ledger's first batch.
    """
    if found := latest(campaign_id):
        return found
    first = Batch.objects.filter(campaign_id=campaign_id, seq=1).values_list("received_ms")
    row = first.first()
    return Verdict(checked_ms=row[0]) if row else None


def agrees(campaign_id: int) -> bool:
    """Return whether a campaign's figures agreed when last looked at, or were not looked at yet."""
    verdict = latest(campaign_id)
    return verdict is None or verdict.agree


def disagreeing() -> list[str]:
    """Return the slugs of the campaigns whose figures did not agree."""
    rows = Checked.objects.filter(agree=False).order_by("campaign__slug")
    return list(rows.values_list("campaign__slug", flat=True))


def differences() -> dict[int, str]:
    """Return where the figures did not agree: by campaign's primary key, the verdict's detail."""
    return dict(Checked.objects.filter(agree=False).values_list("campaign_id", "detail"))
