"""Every figure of a campaign, added up: what the board keeps in Redis, and `reconcile` recomputes.

Fields of a minute: `gross refunds payments failed submitted topups topup_count counter:<name>`,
and `<dimension>:<measure>:<key>` with the measures of `rows.MEASURES`, and for the dimensions with
outcomes `paid_n`, `paid_ms` and the histogram `paid_le_<seconds>` of submit-to-paid times.
"""

from collections import defaultdict

import msgspec

from dashboard.core.clock import MINUTE_MS
from dashboard.core.dimensions import DIMENSIONS
from dashboard.core.keys import COUNTER, Known

HOUR_MS = 60 * MINUTE_MS
# A time to pay counts as a day at the most: beyond, somebody's clock was wrong.
LONGEST_TO_PAY_MS = 24 * HOUR_MS

Minutes = dict[int, dict[str, int]]


def breakdowns() -> dict[str, Known]:
    """Return the breakdowns, and the named counters, with no key met yet."""
    return {name: Known(name) for name in (*(d.name for d in DIMENSIONS), COUNTER)}


def _minutes() -> Minutes:
    return defaultdict(lambda: defaultdict(int))


class Tally(msgspec.Struct):
    """The figures up to ledger position `position`, orders and buyers apart.

    Minutes and seconds are numbered since 1970 UTC; `seconds` are gross, refunds and payments;
    `pending` open orders by second of submission; `keys` are those counted apiece, by dimension.
    """

    position: int = 0
    watermark_ms: int = 0
    minutes: Minutes = msgspec.field(default_factory=_minutes)
    seconds: dict[int, list[int]] = msgspec.field(default_factory=dict)
    pending: dict[int, int] = msgspec.field(default_factory=dict)
    keys: dict[str, set[str]] = msgspec.field(default_factory=dict)
