"""The frame: what a wall is told at each tick, field by field as in the public contract.

Every figure is absolute, so a frame that is lost costs a moment and never correctness. Amounts are
integers in minor units, instants RFC 3339 in UTC.
"""

from typing import Any, Literal

import msgspec

from dashboard.core.degrade import Degrade

SCHEMA_VERSION = 1
# One row a minute: [start of the minute, gross, refunds, payments].
MinuteRow = tuple[str, int, int, int]


class Turnover(msgspec.Struct, frozen=True):
    """Turnover inside the campaign's window; `exponent` digits of the amounts are decimals."""

    gross: int
    refunds: int
    net: int
    currency: str
    exponent: int


class Payments(msgspec.Struct, frozen=True):
    """Outcomes, and the state of orders; stuck: submitted over 60 s ago, neither paid nor failed.

    `success_rate` is succeeded of all that ended (0 to 1, four decimals, cut), null before the
    first; `per_second` is the mean of the last 10 whole campaign seconds, cut.
    """

    succeeded: int
    failed: int
    success_rate: float | None
    pending: int
    stuck: int
    per_second: int
    peak_per_second: int
    peak_at: str | None


class MinuteFigures(msgspec.Struct, frozen=True):
    """One minute: its start, gross turnover and payments."""

    start: str
    gross: int
    payments: int


class Share(msgspec.Struct, frozen=True):
    """One key of a breakdown; `multiple` of last year where last year's is known."""

    gross: int
    payments: int
    multiple: float | None = None


class Topups(msgspec.Struct, frozen=True):
    """Stored-value top-ups: beside the turnover, never in it."""

    amount: int
    count: int


class ReferenceFigures(msgspec.Struct, frozen=True):
    """Last year: whole total, total at the same minute, and how many times that this year is."""

    label: str
    total: int
    to_now: int
    multiple: float | None


class Forecast(msgspec.Struct, frozen=True):
    """The closing total to be expected, with its band."""

    gross: int
    low: int
    high: int


class Reached(msgspec.Struct, frozen=True):
    """A milestone that fell: `crossed_at` is campaign time, to the second.

    `label_zh` is the label in Chinese, empty where there is none. `measure` says of what `amount`
    is: "gross" of the campaign, or else the kind, and then the label tells what fell; `take_over`:
    walls show it over themselves; `late`: it was old news when it was found. `dimension` and `of`
    say of which key, counter, year or state of the site it is.
    """

    key: str
    kind: str
    amount: int
    label: str
    crossed_at: str
    announced_at: str | None
    confirmed: bool
    label_zh: str = ""  # copies of frames that were kept before these were told lack them
    measure: str = "gross"
    take_over: bool = True
    late: bool = False
    dimension: str = ""
    of: str = ""


class Next(msgspec.Struct, frozen=True):
    """The lowest milestone still to come, of those that the campaign's gross is measured by."""

    key: str
    kind: str
    amount: int
    label: str
    eta: str | None
    label_zh: str = ""


class Milestones(msgspec.Struct, frozen=True):
    """Milestones reached, in the order of their crossing, and the next one.

    Of those of gross all, of others the latest few; the milestones API has every one.
    """

    reached: list[Reached]
    next: Next | None


class Episode(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """A stretch of one site state; `to` is null while it lasts."""

    state: str
    from_: str
    to: str | None
    worst_stuck: int


class Site(msgspec.Struct, frozen=True):
    """What staff say of the payment site."""

    state: Literal["normal", "queueing", "diverting", "recovered"]
    since: str | None
    note: str
    episodes: list[Episode]


class CounterFigures(msgspec.Struct, frozen=True):
    """A named counter: its sum inside the window, and in the minute running."""

    total: int
    minute: int


class Backlog(msgspec.Struct, frozen=True):
    """Accepted and not yet counted; `oldest_seconds` in real seconds."""

    batches: int
    events: int
    oldest_seconds: float


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one tick."""

    kind: Literal["frame", "snapshot"] = "frame"
    v: int = SCHEMA_VERSION
    campaign: str
    epoch: int
    seq: int
    as_of: str
    behind_seconds: float
    sent_at: str
    status: Literal["scheduled", "live", "closed"]
    final: bool
    turnover: Turnover
    orders: int
    buyers: int | None
    payments: Payments
    minute: MinuteFigures | None
    peak_minute: MinuteFigures | None
    minutes: list[MinuteRow]
    by: dict[str, dict[str, Share]]
    topups: Topups
    reference: ReferenceFigures | None
    forecast: Forecast | None
    milestones: Milestones
    site: Site
    notice: str | None
    counters: dict[str, CounterFigures]
    position: int
    healing: bool
    backlog: Backlog
    degrade: Degrade = Degrade()


class Names(msgspec.Struct, frozen=True, rename={"zh_hans": "zh-hans"}):
    """A label in both languages of the screens."""

    en: str
    zh_hans: str


class Window(msgspec.Struct, frozen=True):
    """The campaign's half-open window: `start` counts, `end` does not."""

    start: str
    end: str


class ClockMeta(msgspec.Struct, frozen=True):
    """The campaign clock: at real time `real` it showed `campaign`; it runs `speed` as fast."""

    real: str
    campaign: str
    speed: float
    rehearsal: bool


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What a screen needs to know once; `labels` are curated names by dimension and key."""

    name: Names
    zone: str
    zone_name: Names
    windows: list[Window]
    clock: ClockMeta
    basis: Names
    labels: dict[str, dict[str, Names]]
    limits: dict[str, int]
    dimensions: list[str]
    asset_version: str


class Snapshot(Frame, frozen=True, kw_only=True):
    """A frame with everything: all minutes up to now, summed over `step_seconds`, and `meta`."""

    kind: Literal["frame", "snapshot"] = "snapshot"
    step_seconds: int = 60
    meta: Meta


def merge(base: dict[str, Any], frame: dict[str, Any]) -> dict[str, Any]:
    """Return the snapshot `base` brought up to `frame`, a newer one of the same epoch.

    Both are decoded JSON. A frame repeats the minutes of the last 30 s, so a base up to 30 s old
    loses nothing. Coarser steps than a minute are left as `base` has them.
    """
    rows = {row[0]: row for row in base["minutes"]}
    if base["step_seconds"] == 60:
        rows.update((row[0], row) for row in frame["minutes"])
    merged = {**base, **frame, "kind": "snapshot"}
    merged["minutes"] = [rows[start] for start in sorted(rows)]
    return merged
