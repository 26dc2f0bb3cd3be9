"""Rehearsals: campaigns on a clock of their own, which may be begun again from nothing."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
import redis
from django.db import transaction

from dashboard.core.clock import Clock
from dashboard.store import campaigns, feeds, rules
from dashboard.store.connect import connect
from dashboard.store.handing_over import hand_over, withdraw_posts
from dashboard.store.other_years import OtherYear, put
from dashboard.store.rules import Rule
from dashboard.store.tables import Campaign, Feed, Label, Milestone, SiteState, Source
from dashboard.store.tallies import key

log = logging.getLogger(__name__)


class NotARehearsal(Exception):
    """A campaign holds real figures, which no rehearsal may touch; the message names it."""


class DryRun(msgspec.Struct, frozen=True):
    """A feed of a rehearsal, which sends nothing; of its account `token` is a secret."""

    name: str
    service: str
    lang: str
    approval: str
    account: dict[str, str]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A rehearsal to be made: settings of the campaign, and what surrounds it.

    `milestones` are (key, amount in minor units); `labels` (dimension, key, name, Chinese name);
    `before` the year to beat, whose whole total becomes a milestone too; `rules` milestones of
    other kinds; `feeds` those that it has where no earlier one leaves it any.
    """

    slug: str
    name: str
    name_zh: str
    basis: str
    basis_zh: str
    currency: str
    timezone: str
    start: datetime
    end: datetime
    visibility: str
    milestones: list[tuple[str, int]]
    labels: list[tuple[str, str, str, str]]
    before: OtherYear | None
    rules: Sequence[Rule] = ()
    feeds: Sequence[DryRun] = ()


def make_anew(plan: Plan, clock: Clock) -> Campaign:
    """Make a campaign on a rehearsal's clock; an earlier rehearsal of its slug goes.

    Its feeds are the new one's. Raises `NotARehearsal` where the slug is another campaign's.
    """
    with transaction.atomic():
        earlier = campaigns.by_slug(plan.slug)
        if earlier:
            _set_aside(earlier, clock.real_ms)
        campaign = _create(plan, clock)
        gone = _remove(earlier, campaign) if earlier else None
        _surround(campaign, plan)
    if gone:
        _forget(gone)
    return campaign


def _set_aside(earlier: Campaign, now_ms: int) -> None:
    """Free the slug of a rehearsal that goes, and withdraw its posts."""
    if not earlier.clock.rehearsal:
        raise NotARehearsal(f"campaign {earlier.slug} is not a rehearsal: its figures are kept")
    withdraw_posts(earlier, now_ms)
    earlier.slug = f"gone-{earlier.pk}"
    earlier.save(update_fields=["slug"])


def _remove(earlier: Campaign, campaign: Campaign) -> int:
    """Delete a rehearsal whose feeds `campaign` has from now on; return which it was."""
    campaign_id = int(earlier.pk)
    hand_over(earlier, campaign)
    earlier.delete()
    return campaign_id


def _create(plan: Plan, clock: Clock) -> Campaign:
    campaign, _ = campaigns.create(
        plan.slug,
        name=plan.name,
        name_zh=plan.name_zh,
        basis=plan.basis,
        basis_zh=plan.basis_zh,
        currency=plan.currency,
        timezone=plan.timezone,
        start=plan.start,
        end=plan.end,
        visibility=plan.visibility,
        clock_real_ms=clock.real_ms,
        clock_campaign_ms=clock.campaign_ms,
        clock_speed_permille=clock.speed_permille,
    )
    return campaign


def _surround(campaign: Campaign, plan: Plan) -> None:
    Label.objects.bulk_create(
        Label(campaign=campaign, dimension=dimension, key=key, name=name, name_zh=name_zh)
        for dimension, key, name, name_zh in plan.labels
    )
    Milestone.objects.bulk_create(
        Milestone(campaign=campaign, key=key, amount=amount) for key, amount in plan.milestones
    )
    rules.add_all(campaign, plan.rules)
    if not Feed.objects.filter(campaign=campaign).exists():
        for one in plan.feeds:
            _add(campaign, one)
    if plan.before:
        put(campaign, plan.before, primary=True)


def _add(campaign: Campaign, one: DryRun) -> None:
    """Give a campaign a feed that shows news while a day passes in minutes, and they are news."""
    pace = {"holding_s": 15, "gap_s": 10, "cap_an_hour": 200, "expires_s": 120}
    said = {"service": one.service, "lang": one.lang, "approval": one.approval}
    feed = Feed(campaign=campaign, name=one.name, dry_run=True, **said, **pace)
    feeds.set_account(feed, one.account, ["token"])
    feed.save()


def _forget(campaign_id: int) -> None:
    """Delete what Redis holds of a campaign that is gone; left there it would only take room."""
    try:
        client = connect()
        # Braces stand for themselves in Redis' patterns.
        for found in client.scan_iter(match=key(campaign_id, "*"), count=1000):
            client.unlink(found)
    except (redis.RedisError, OSError) as error:
        log.warning("keys left campaign=%s error=%s", campaign_id, type(error).__name__)


def set_clock(campaign: Campaign, clock: Clock) -> None:
    """Put a campaign on a rehearsal's clock."""
    campaign.clock_real_ms = clock.real_ms
    campaign.clock_campaign_ms = clock.campaign_ms
    campaign.clock_speed_permille = clock.speed_permille
    campaign.save(
        update_fields=["clock_real_ms", "clock_campaign_ms", "clock_speed_permille"],
    )


def foretell_site(campaign: Campaign, states: Iterable[tuple[int, str]]) -> None:
    """Write down when the site's states will begin (campaign time, ms), unless it was done."""
    for since_ms, state in states:
        SiteState.objects.get_or_create(campaign=campaign, since_ms=since_ms, state=state)


def source_of(campaign: Campaign, name: str) -> Source:
    """Return the campaign's source of this name, made where there is none."""
    return Source.objects.get_or_create(campaign=campaign, name=name)[0]
