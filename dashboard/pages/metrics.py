"""The board's metrics, read from the stores when Prometheus asks.

Beside them the registry holds what each process counts for itself, such as `gmv_sockets`.
"""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
import redis
from prometheus_client import REGISTRY, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from dashboard.core.health import is_final
from dashboard.pulse import publish
from dashboard.pulse.in_force import in_force
from dashboard.store import alarms, campaigns, checks, ledger, outbox, quarantined, tallies
from dashboard.store.connect import impatient
from dashboard.store.tables import Campaign, Post

_HELP = {
    "gmv_ledger_head": "Number of the ledger's last batch",
    "gmv_position": "Ledger position that the figures stand on",
    "gmv_reconcile_ok": "1 while the figures are those of the ledger, by the last check",
    "gmv_reconcile_position": "Ledger position of the last check",
    "gmv_reconcile_timestamp_seconds": "When the last check was made, since 1970",
    "gmv_reconcile_stale": "1 while the last check is too old: milestones are on hold",
    "gmv_backlog_batches": "Batches accepted and not yet counted",
    "gmv_backlog_events": "Events accepted and not yet counted",
    "gmv_backlog_oldest_seconds": "Age of the oldest batch not yet counted",
    "gmv_frame_seq": "Number of the newest frame within its epoch",
    "gmv_frame_age_seconds": "Since the newest frame was sent",
    "gmv_behind_seconds": "How far the newest frame's figures lag",
    "gmv_healing": "1 while the figures are being rebuilt",
}


class _Frame(msgspec.Struct):
    seq: int
    sent_at: datetime
    behind_seconds: float
    healing: bool


def exposition() -> bytes:
    """Return all metrics in Prometheus' text format."""
    return generate_latest(REGISTRY)


class BoardMetrics(Collector):
    """Ledger, tallies, frames and quarantine, by campaign."""

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Return nothing: the stores are not to be asked when the process starts."""
        return ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield every figure; what lies in Redis is left out while it is away."""
        families = {
            name: GaugeMetricFamily(name, text, labels=["campaign"]) for name, text in _HELP.items()
        }
        answers = 1
        for campaign in campaigns.all_campaigns():
            head = ledger.head(campaign.pk)
            figures: dict[str, float] = {"gmv_ledger_head": head}
            figures |= _checked(campaign) | _stale(campaign, head)
            try:
                figures |= _tallied(campaign) | _shown(campaign)
            except redis.RedisError:
                answers = 0
            for name, value in figures.items():
                families[name].add_metric([campaign.slug], value)
        yield from families.values()
        yield GaugeMetricFamily("gmv_redis_up", "1 while Redis answers", value=answers)
        yield _quarantine()
        yield from _posts()
        yield _degrade()
        yield _alarms()


def _checked(campaign: Campaign) -> dict[str, float]:
    last = checks.latest(campaign.pk)
    if last is None:
        return {}
    return {
        "gmv_reconcile_ok": last.agree,
        "gmv_reconcile_position": last.position,
        "gmv_reconcile_timestamp_seconds": last.checked_ms / 1000,
    }


def _stale(campaign: Campaign, head: int) -> dict[str, float]:
    last = checks.standing(campaign.pk)
    if last is None:
        return {}
    now_ms = time.time_ns() // 1_000_000
    final = is_final(campaign.clock.campaign(now_ms), campaign.end_ms)
    return {"gmv_reconcile_stale": last.agree and not last.vouches(now_ms, head, final)}


def _tallied(campaign: Campaign) -> dict[str, float]:
    position = tallies.position(impatient(), campaign.pk)
    backlog = ledger.backlog(campaign.pk, position)
    return {
        "gmv_position": position,
        "gmv_backlog_batches": backlog.batches,
        "gmv_backlog_events": backlog.events,
        "gmv_backlog_oldest_seconds": (
            time.time() - backlog.oldest_ms / 1000 if backlog.batches else 0.0
        ),
    }


def _shown(campaign: Campaign) -> dict[str, float]:
    text = publish.newest_frame(impatient(), campaign.pk)
    if text is None:
        return {}
    frame = msgspec.json.decode(text, type=_Frame)
    return {
        "gmv_frame_seq": frame.seq,
        "gmv_frame_age_seconds": time.time() - frame.sent_at.timestamp(),
        "gmv_behind_seconds": frame.behind_seconds,
        "gmv_healing": frame.healing,
    }


def _quarantine() -> GaugeMetricFamily:
    labels = ["campaign", "kind", "state"]
    family = GaugeMetricFamily("gmv_quarantined", "Events kept aside", labels=labels)
    for *where, count in quarantined.counts():
        family.add_metric(where, count)
    return family


def _posts() -> Iterator[GaugeMetricFamily]:
    """Yield how many posts are in each state, `unknown` among them, and what waits longest."""
    labels = ["campaign", "state"]
    posts = GaugeMetricFamily("gmv_posts", "Posts of the outbox", labels=labels)
    text = "Age of the oldest post that is approved and not sent"
    oldest = GaugeMetricFamily("gmv_post_approved_oldest_seconds", text, labels=["campaign"])
    for slug, state, number, oldest_ms in outbox.counts():
        posts.add_metric([slug, state], number)
        if state == Post.APPROVED:
            oldest.add_metric([slug], time.time() - oldest_ms / 1000)
    yield posts
    yield oldest


def _degrade() -> GaugeMetricFamily:
    family = GaugeMetricFamily("gmv_degrade_level", "What is given up under load", labels=["name"])
    degrade = in_force.fresh()
    family.add_metric([degrade.name], degrade.level)
    return family


def _alarms() -> GaugeMetricFamily:
    """Return the operators' alarms that stand; what nothing is wrong with has no sample."""
    text = "1 while operators are told of it"
    family = GaugeMetricFamily("gmv_alarm", text, labels=["campaign", "key"])
    for one in alarms.standing():
        family.add_metric([one.campaign, one.about.key], 1)
    return family


REGISTRY.register(BoardMetrics())
