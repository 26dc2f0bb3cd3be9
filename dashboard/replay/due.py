"""An event that waits for its time."""

from typing import NamedTuple


class Due(NamedTuple):
    """An event to send once the campaign clock has reached `at_ms`, its own time.

    `line` is the event as one line of NDJSON; `gross` is what it adds to the turnover.
    """

    at_ms: int
    gross: int
    line: bytes
