"""What is told of a milestone: the facts that words and posters are made of, frozen as it fires."""

import msgspec

from dashboard.core.figures import Money


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One milestone's facts; amounts in minor units, instants in ms since 1970 UTC, campaign time.

    `amount` is the threshold in the measure of its kind (minor units, a count, thousandths of a
    multiple, seconds of a bulletin); `total` the gross it was fired on, at ledger `position`.
    `year` is the label of the year compared with: its whole total, its total at the same whole
    minute, and in the minute after how many seconds it reached `amount`; None where that is not
    known. `subject` and `subject_zh` name a platform, category, merchant or counter. `of` is the
    rule's own: the key of a breakdown, a counter, a past year's label, a state of the site.
    `next_amount` is the next amount of gross that is awaited.

    `value` is what was reached in the measure of the kind (a minute's gross, a second's payments, a
    key's amount, a count), None where that is `total`. Not `precise`: `crossed_ms` is known to the
    minute. `late`: old news when it was found. `undercut`: the record was changed since, and
    `amount` is not reached any more.
    """

    key: str
    kind: str
    campaign: str
    campaign_zh: str
    money: Money
    zone: str
    start_ms: int
    end_ms: int
    amount: int
    total: int
    position: int
    crossed_ms: int
    label: str = ""
    label_zh: str = ""
    subject: str = ""
    subject_zh: str = ""
    basis: str = ""
    basis_zh: str = ""
    year: str = ""
    year_total: int | None = None
    year_to_now: int | None = None
    year_elapsed_s: int | None = None
    rehearsal: bool = False
    value: int | None = None
    precise: bool = True
    late: bool = False
    undercut: bool = False
    of: str = ""
    next_amount: int | None = None

    @property
    def elapsed_s(self) -> int:
        """Whole seconds of campaign time from the start to the crossing."""
        return (self.crossed_ms - self.start_ms) // 1000
