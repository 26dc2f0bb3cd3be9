"""What a milestone falls with."""

import msgspec

from dashboard.core.crossing import Crossing
from dashboard.core.milestones import Threshold


class Fall(msgspec.Struct, frozen=True, kw_only=True):
    """What a threshold's falling is told with; `when` is campaign time.

    `value` is what was reached in the measure of the kind, and `total` the gross at that time;
    None where that is the gross as it stands. Of a rule for many, `key` is that of the one that
    fell, and `of` its subject; else they are the threshold's own.
    """

    threshold: Threshold
    when: Crossing
    key: str
    of: str
    value: int | None = None
    total: int | None = None

    @property
    def of_then(self) -> bool:
        """Whether `value` is that of a minute or a second, and not what it has grown to since."""
        return self.threshold.kind in {"peak_minute", "peak_second"}


def fall(
    threshold: Threshold, when: Crossing, value: int | None = None, total: int | None = None
) -> Fall:
    """Return how a threshold falls under its own key."""
    return Fall(
        threshold=threshold,
        when=when,
        key=threshold.key,
        of=threshold.of,
        value=value,
        total=total,
    )
