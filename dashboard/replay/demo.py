"""The demo campaign: one published festival, ready to be played again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.alerts.rule_keys import key_of
from dashboard.core import ladders
from dashboard.core.clock import Clock
from dashboard.core.events import to_ms
from dashboard.core.figures import Money
from dashboard.replay import seeds
from dashboard.replay.curve import FEN
from dashboard.replay.play import LEAST_COUNTDOWN_MS
from dashboard.replay.shape import DAY_SECONDS
from dashboard.replay.year_before import year_before
from dashboard.store import rehearsals
from dashboard.store.rehearsals import DryRun, Plan
from dashboard.store.rules import Rule
from dashboard.store.tables import Campaign, Milestone

ZONE = "Asia/Shanghai"
# A clock that stands, as nearly as it can, until the replay sets it going.
_STANDING_PERMILLE = 1
_MILLION = 1_000_000


def prepare(name: str, now_ms: int) -> Campaign:
    """Make the demo campaign of a curve anew; `now_ms` is real time.

    Figures of an earlier rehearsal of it are removed. Raises `seeds.UnknownCurve`, and
    `rehearsals.NotARehearsal` where its slug is a real campaign's.
    """
    plan = plan_of(seeds.year_of(name))
    clock = Clock(now_ms, to_ms(plan.start) - LEAST_COUNTDOWN_MS, _STANDING_PERMILLE)
    return rehearsals.make_anew(plan, clock)


def plan_of(year: str) -> Plan:
    """Return the demo campaign of a year, as it is before anything is played into it."""
    demo = seeds.demo(year)
    start = datetime(int(year), 11, 11, tzinfo=ZoneInfo(ZONE))
    return Plan(
        slug=seeds.slug_of(year),
        name=demo.name,
        name_zh=demo.name_zh,
        basis=demo.basis,
        basis_zh=demo.basis_zh,
        currency="CNY",
        timezone=ZONE,
        start=start,
        end=start + timedelta(days=1),
        visibility=Campaign.PUBLIC,
        milestones=[
            (_milestone_key(million), million * _MILLION * FEN)
            for million in demo.milestones_million_yuan
        ],
        rules=_rules(),
        labels=[
            (dimension, key.key, key.en, key.zh)
            for dimension, keys in seeds.labels().items()
            for key in keys
        ],
        feeds=_feeds(),
        before=year_before(str(demo.before)) if demo.before else None,
    )


def _rules() -> list[Rule]:
    """Return what is told beside the amounts; walls do not cover themselves with it."""
    money, kind = Money("CNY", 2), Milestone.BULLETIN
    bulletins = [
        Rule(key=key_of(kind, at, money), kind=kind, amount=at, take_over=False)
        for at in ladders.bulletins(DAY_SECONDS)
    ]
    others = [
        Rule(
            key=one.key,
            kind=one.kind,
            amount=one.million_yuan * _MILLION * FEN,
            dimension=one.dimension,
            of=one.of,
            take_over=False,
        )
        for one in seeds.demo_rules()
    ]
    return [*bulletins, *others]


def _feeds() -> list[DryRun]:
    return [
        DryRun(one.name, one.service, one.lang, one.approval, one.account)
        for one in seeds.demo_feeds()
    ]


def _milestone_key(million: int) -> str:
    return f"{million}-million" if million % 1000 else f"{million // 1000}-billion"
