"""Milestones as JSON: what fell, and what is awaited."""

import msgspec
import redis
from django.http import HttpRequest, HttpResponse

from dashboard.alerts.titles import Goal, made_title
from dashboard.core.events import rfc3339
from dashboard.core.figures import Money
from dashboard.core.frame import Milestones, Names
from dashboard.core.milestones import Threshold
from dashboard.core.money import EXPONENTS
from dashboard.core.scales import Lang
from dashboard.pages.access import campaign_or_404, keep
from dashboard.pages.figures import as_json
from dashboard.pages.problems import allow
from dashboard.pulse import publish
from dashboard.store import labels, references
from dashboard.store import milestones as fallen
from dashboard.store.connect import impatient
from dashboard.store.tables import Campaign


class Crossing(msgspec.Struct, kw_only=True):
    """A milestone; times are null until it is reached, `eta` is null unless it is the next one.

    `measure` says of what `amount` is: "gross" (minor units), or else the kind: a count, minor
    units of `of` (a key of `dimension`), thousandths of a multiple, seconds since the start. Those
    that are not of gross have a label always. `confirmed`: nothing accepted can move it any more;
    `redated`: something did; `late`: it was old news when it was found; `undercut`: after refunds
    or corrections the figures are below it again. A reached one stays reached.
    """

    key: str
    kind: str
    measure: str
    amount: int
    dimension: str
    of: str
    label: str
    label_zh: str
    take_over: bool
    crossed_at: str | None
    announced_at: str | None
    confirmed: bool
    redated: bool
    late: bool
    undercut: bool
    eta: str | None


class _Frame(msgspec.Struct):
    milestones: Milestones


@allow("GET", "HEAD")
def milestones(request: HttpRequest, slug: str) -> HttpResponse:
    """List the milestones: those of gross, lowest first, then the others by kind and amount.

    A rule for many never falls itself: each of the many does, and is listed once it has.
    """
    campaign = campaign_or_404(request, slug)
    last_year = references.primary(campaign.pk)
    year = last_year.label if last_year else ""
    best = max(last_year.minutes, default=None) if last_year else None
    every = fallen.every(campaign.pk, last_year.total if last_year else None, best)
    listed = sorted(
        (one for one in every if not one.many),
        key=lambda one: (not one.of_gross, "" if one.of_gross else one.kind, one.amount, one.key),
    )
    etas, redated = _etas(campaign), fallen.redated(campaign.pk)
    namer = _Namer(campaign, year)
    response = as_json(
        [namer.crossing(one, etas.get(one.key), redated=one.id in redated) for one in listed]
    )
    keep(response, campaign)
    return response


def _etas(campaign: Campaign) -> dict[str, str | None]:
    """Return the newest frame's estimate for the next milestone, by its key."""
    try:
        frame = publish.newest_frame(impatient(), campaign.pk)
    except redis.RedisError:
        return {}
    coming = msgspec.json.decode(frame, type=_Frame).milestones.next if frame else None
    return {coming.key: coming.eta} if coming else {}


class _Namer:
    """Tells a campaign's milestones; `year` is the label of the one that it is compared with."""

    def __init__(self, campaign: Campaign, year: str) -> None:
        self._money = Money(campaign.currency, EXPONENTS[campaign.currency])
        self._labels, self._year = labels.names(campaign.pk), year

    def crossing(self, one: Threshold, eta: str | None, *, redated: bool) -> Crossing:
        crossed, announced = one.crossed_ms, one.announced_ms
        return Crossing(
            key=one.key,
            kind=one.kind,
            measure=one.measure,
            amount=one.amount,
            dimension=one.dimension,
            of=one.of,
            label=self._label(one, "en"),
            label_zh=self._label(one, "zh-hans"),
            take_over=one.take_over,
            crossed_at=None if crossed is None else rfc3339(crossed),
            announced_at=None if announced is None else rfc3339(announced),
            confirmed=one.confirmed,
            redated=redated,
            late=one.late,
            undercut=one.undercut,
            eta=None if crossed is not None else eta,
        )

    def _label(self, one: Threshold, lang: Lang) -> str:
        """Return its own label, or where it is not of gross the one that words have for it."""
        own = one.named[0 if lang == "en" else 1]
        if own or one.of_gross or one.label:
            return own
        curated = self._labels.get(one.dimension or one.kind, {}).get(one.of, Names(one.of, one.of))
        subject = curated.en if lang == "en" else curated.zh_hans
        goal = Goal(
            kind=one.kind,
            amount=one.amount,
            money=self._money,
            of=one.of,
            subject=subject,
            year=self._year,
        )
        return made_title(goal, lang)
