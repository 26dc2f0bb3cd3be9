"""Which scenes there are: one of each state, and of each kind of campaign that looks otherwise."""

from datetime import timedelta

from msgspec.structs import replace

from dashboard.replay import seeds
from tests.browser.minutes import YUAN
from tests.browser.states import NAME
from tests.shots.scenes import PLAN, Scene

_DAY_S = 86_400
# Where the milestones of take-overs lie: each picture has one fall.
_FIRST, _STEP, _MANY = 12_600_000_000, 20_000_000, 60
_FLAG, _GRAVE = "[data-at=flag]", "[data-at=flag].grave-fill"
_NOTICE = "Payments by card were slow until 05:11. All orders are kept."


def _clock(hours: int, minutes: int, seconds: int) -> int:
    return int(timedelta(hours=hours, minutes=minutes, seconds=seconds).total_seconds())


def scenes() -> dict[str, Scene]:
    """All of them, by their slugs, which are the states' names."""
    return {one.slug: one for one in [*_states(), *_kinds()]}


def _states() -> list[Scene]:
    noon = _clock(16, 19, 30)
    record = tuple((seeds.seconds(at), state) for at, state in seeds.year_seed("2012").site)
    near = [(f"jump-{i}", (_FIRST + _STEP * i) * YUAN) for i in range(_MANY)]
    jumps = replace(PLAN, milestones=near)
    queued, ended = _clock(4, 52, 0), _clock(5, 11, 0)
    recovered = ((queued, "queueing"), (ended, "recovered"))
    return [
        Scene("live", noon, site=record),
        Scene("queueing", noon, site=record, stuck=412, shows=_FLAG),
        Scene("critical", _clock(2, 40, 0), failing=148, stuck=212, shows=_GRAVE),
        Scene("recovered", _clock(5, 25, 0), site=recovered, notice=_NOTICE),
        Scene("milestone", noon, plan=jumps, shows="[data-at=takeover]"),
        Scene("countdown", -_clock(1, 24, 30)),
        Scene("closed", _DAY_S + _clock(0, 20, 0), site=record),
    ]


def _kinds() -> list[Scene]:
    noon = _clock(16, 19, 30)
    long = replace(PLAN, name=NAME["en"], name_zh=NAME["zh-hans"])
    alone = replace(PLAN, before=None)
    begun = PLAN.start - timedelta(days=2)
    days = replace(PLAN, start=begun, end=begun + timedelta(days=11))
    return [
        Scene("long", _clock(11, 0, 0), total=840_000_000_000, plan=long),
        Scene("early", _clock(0, 20, 30)),
        Scene("dawn", _clock(3, 40, 0)),
        Scene("late", _clock(21, 50, 0)),
        Scene("days", 2 * _DAY_S + noon, plan=days, every=60),
        Scene("alone", _clock(4, 30, 0), plan=alone),
        Scene("far", -12 * _DAY_S),
        Scene("bare", -_clock(1, 24, 30), plan=alone),
        Scene("euro", _clock(2, 10, 0), plan=replace(PLAN, currency="EUR")),
        Scene("yen", _clock(8, 40, 0), plan=replace(PLAN, currency="JPY")),
    ]
