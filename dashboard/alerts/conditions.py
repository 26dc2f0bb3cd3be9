"""What operators would be told of: one look at stores, files and disk."""

import shutil

import msgspec
import redis
from django.conf import settings

from dashboard.core import operator_alarms as alarms
from dashboard.core.operator_alarms import Alarm, Sight
from dashboard.store import campaigns, checks, deaths, frames, ledger, posting, tallies
from dashboard.store.connect import impatient
from dashboard.store.tables import Campaign

_MIB = 2**20
_IN_REDIS = frozenset({alarms.BACKLOG, alarms.HEALING})


class _Frame(msgspec.Struct):
    healing: bool


def look(now_ms: int) -> Sight:
    """Return the conditions that hold at `now_ms` (real time). Raises `django.db.Error`."""
    held = _reconciled() | _processes(now_ms) | _posting(now_ms)
    blind: frozenset[str] = frozenset()
    try:
        held |= _counting(now_ms)
    except redis.RedisError as error:
        held[Alarm(alarms.REDIS)] = type(error).__name__
        blind = _IN_REDIS
    try:
        held |= _disk()
    except OSError:  # no such folder here: its disk is another machine's
        blind |= {alarms.DISK}
    return Sight(held, blind)


def _counting(now_ms: int) -> dict[Alarm, str]:
    """Return who is behind, or counts anew: while figures are counted anew they are behind."""
    held, heads = {}, ledger.heads()
    for campaign in campaigns.all_campaigns():
        if _heals(campaign):
            held[Alarm(alarms.HEALING, campaign.pk)] = ""
        elif behind_ms := _behind_ms(campaign, heads.get(campaign.pk, 0), now_ms):
            held[Alarm(alarms.BACKLOG, campaign.pk)] = str(behind_ms // 1000)
    return held


def _heals(campaign: Campaign) -> bool:
    frame = frames.newest(impatient(), campaign.pk)
    return frame is not None and msgspec.json.decode(frame, type=_Frame).healing


def _behind_ms(campaign: Campaign, head: int, now_ms: int) -> int:
    """Return the age of the oldest batch not counted, where that is past the limit; else 0."""
    position = tallies.position(impatient(), campaign.pk)
    if position >= head:
        return 0
    oldest_ms = ledger.backlog(campaign.pk, position).oldest_ms
    age_ms = now_ms - oldest_ms if oldest_ms else 0
    return age_ms if age_ms > alarms.BACKLOG_MS else 0


def _reconciled() -> dict[Alarm, str]:
    return {Alarm(alarms.RECONCILE, one): detail for one, detail in checks.differences().items()}


def _processes(now_ms: int) -> dict[Alarm, str]:
    return {
        Alarm(f"{alarms.PROCESS}:{name}"): name
        for name, times in deaths.read().items()
        if alarms.keeps_dying(times, now_ms)
    }


def _posting(now_ms: int) -> dict[Alarm, str]:
    held = {
        Alarm(f"{alarms.FEED}:{one.feed_id}", one.campaign_id): ": ".join(
            part for part in (one.name, one.error) if part
        )
        for one in posting.refusing(alarms.REFUSALS, now_ms)
    }
    if posting.overdue(alarms.OVERDUE_MS, now_ms):
        held[Alarm(alarms.OUTBOX)] = ""
    return held


def _disk() -> dict[Alarm, str]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    low = free < alarms.DISK_TIMES * settings.LEAST_FREE_MB * _MIB
    return {Alarm(alarms.DISK): str(free // _MIB)} if low else {}
