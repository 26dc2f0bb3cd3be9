"""What the database says of a campaign, beside its figures; read at most once a second."""

from functools import cached_property

import msgspec

from dashboard.core.clock import MINUTE_MS, Clock
from dashboard.core.frame import Meta
from dashboard.core.milestones import Threshold
from dashboard.core.money import EXPONENTS
from dashboard.core.reference import Curve, Points
from dashboard.core.site import Stretch
from dashboard.pulse.meta import meta_of
from dashboard.store import checks, labels, milestones, references, site
from dashboard.store.tables import Campaign, Reference


class Year(msgspec.Struct, frozen=True):
    """The year to beat: label, whole total, gross of each minute, running totals by key."""

    label: str
    total: int
    minutes: list[int]
    by: dict[str, dict[str, Points]]


class Facts(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A campaign's settings, year to beat, milestones and site; times in campaign ms.

    `checked` is how the figures compared with the ledger when they were last looked at.
    """

    campaign_id: int
    slug: str
    start_ms: int
    end_ms: int
    clock: Clock
    currency: str
    notice: str
    year: Year | None
    thresholds: list[Threshold]
    stretches: list[Stretch]
    meta: Meta
    checked: checks.Verdict | None = None

    @cached_property
    def window(self) -> range:
        """The numbers of the minutes that count."""
        return range(self.start_ms // MINUTE_MS, -(-self.end_ms // MINUTE_MS))

    @cached_property
    def of_gross(self) -> list[Threshold]:
        """The milestones that the campaign's gross is measured by."""
        return [one for one in self.thresholds if one.of_gross]

    @cached_property
    def dimensions(self) -> set[str]:
        """The breakdowns that its milestones are of."""
        return {one.dimension for one in self.thresholds}

    @property
    def exponent(self) -> int:
        """How many digits of the amounts are decimals."""
        return EXPONENTS[self.currency]

    @cached_property
    def curve(self) -> Curve | None:
        """The curve of the year to beat."""
        if self.year is None:
            return None
        return Curve(self.year.minutes, self.year.total, len(self.window))

    def same_ground(self, other: "Facts") -> bool:
        """Return whether figures under either set of facts may follow one another in one epoch.

        Not where the window, the clock, the year to beat, a milestone of gross or what `meta` says
        was edited: screens fetch what frames do not bring where the epoch is a new one.
        """
        return self._ground == other._ground

    @property
    def _ground(self) -> tuple[object, ...]:
        goals = [(one.key, one.amount, one.label, one.label_zh) for one in self.of_gross]
        return self.meta, self.year, goals


def read(campaign: Campaign, asset_version: str) -> Facts:
    """Return the facts of a campaign as the database has them now."""
    year = _year(campaign.pk)
    return Facts(
        campaign_id=campaign.pk,
        slug=campaign.slug,
        start_ms=campaign.start_ms,
        end_ms=campaign.end_ms,
        clock=campaign.clock,
        currency=campaign.currency,
        notice=campaign.notice,
        year=year,
        thresholds=_thresholds(campaign.pk, year),
        stretches=site.history(campaign.pk),
        meta=meta_of(campaign, labels.names(campaign.pk), asset_version),
        checked=checks.standing(campaign.pk),
    )


def year_of(campaign_id: int, label: str) -> Year | None:
    """Return a year loaded for a campaign, by its label."""
    return _as_year(references.labelled(campaign_id, label))


def _year(campaign_id: int) -> Year | None:
    return _as_year(references.primary(campaign_id))


def _as_year(row: Reference | None) -> Year | None:
    return Year(row.label, row.total, row.minutes, row.by) if row else None


def with_milestones_anew(facts: Facts) -> Facts:
    """Return the facts with the milestones as the database has them now."""
    thresholds = _thresholds(facts.campaign_id, facts.year)
    return msgspec.structs.replace(facts, thresholds=thresholds)


def _thresholds(campaign_id: int, year: Year | None) -> list[Threshold]:
    if year is None:
        return milestones.every(campaign_id, None)
    return milestones.every(campaign_id, year.total, max(year.minutes, default=None))
