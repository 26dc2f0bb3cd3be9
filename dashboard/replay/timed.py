"""Recorded events with the times they are due at."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated

import msgspec

from dashboard.core.events import to_ms
from dashboard.replay.due import Due


class _Timed(msgspec.Struct):
    occurred_at: Annotated[datetime, msgspec.Meta(tz=True)]
    type: str = ""
    amount: int | None = None


_decode = msgspec.json.Decoder(_Timed).decode


def timed(lines: Iterable[bytes]) -> Iterator[Due]:
    """Yield recorded lines with their own times.

    A line without a time that can be read is due with the one before it; it will be refused.
    """
    at_ms = 0
    for line in lines:
        gross = 0
        try:
            event = _decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            pass
        else:
            at_ms = to_ms(event.occurred_at)
            if event.type == "payment.succeeded":
                gross = event.amount or 0
        yield Due(at_ms, gross, line)
