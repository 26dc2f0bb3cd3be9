"""The breakdowns: a new one is one line here, and a field of the event with the same name."""

import msgspec

OTHER = "other"  # later keys than `max_keys`
UNKNOWN = "unknown"  # events without a value


class Dimension(msgspec.Struct, frozen=True):
    """One breakdown of the figures.

    `max_keys` keys are counted apiece, later ones as `other`; `on_frame`: the largest
    `FRAME_KEYS` are in each frame; `outcomes`: failures and submit-to-paid times are kept as well.
    """

    name: str
    max_keys: int = 1_000
    on_frame: bool = True
    outcomes: bool = False


DIMENSIONS = (
    Dimension("platform", outcomes=True),
    Dimension("category"),
    Dimension("region"),
    Dimension("channel", outcomes=True),
    Dimension("merchant", max_keys=100_000, on_frame=False),
)
BY_NAME = {dimension.name: dimension for dimension in DIMENSIONS}
FRAME_KEYS = 20
