"""What a caller of the minutes API asks for."""

import re
from datetime import datetime
from typing import Annotated, Literal, get_args
from urllib.parse import urlencode

import msgspec
from django.http import QueryDict

from dashboard.core.clock import MINUTE_MS
from dashboard.core.dimensions import BY_NAME
from dashboard.core.events import rfc3339, to_ms
from dashboard.store.tables import Campaign

Format = Literal["json", "csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
_Instant = Annotated[datetime, msgspec.Meta(tz=True)]
# An unescaped "+08:00" arrives as " 08:00".
_LOST_PLUS = re.compile(r" (?=\d\d:\d\d$)")


class BadQuery(Exception):
    """A parameter is not what was expected; the message names it."""


class Query(msgspec.Struct, frozen=True):
    """Minutes numbered `first` to `end` (not included), whole or by a dimension.

    `after`: in the first minute, only keys after this one; a page may end inside a minute.
    """

    first: int
    end: int
    by: str = ""
    format: Format = "json"
    after: str = ""

    def address(self, first: int, after: str) -> str:
        """Return the query string that goes on at minute `first`, behind the key `after`."""
        asked = {"from": rfc3339(first * MINUTE_MS), "to": rfc3339(self.end * MINUTE_MS)}
        if self.by:
            asked |= {"by": self.by, "after": after}
        return urlencode(asked)


def parse(given: QueryDict, campaign: Campaign) -> Query:
    """Return what is asked for, by default the campaign's window; raises `BadQuery`."""
    first = _minute(given, "from", campaign.start_ms)
    end = _minute(given, "to", campaign.end_ms)
    if end < first:
        raise BadQuery("to: expected an instant after from")
    by = given.get("by", "")
    if by and by not in BY_NAME:
        raise BadQuery(f"by: expected one of {', '.join(BY_NAME)}")
    return Query(first, end, by, _format(given), given.get("after", "") if by else "")


def _format(given: QueryDict) -> Format:
    for known in FORMATS:
        if known == given.get("format", "json"):
            return known
    raise BadQuery(f"format: expected one of {', '.join(FORMATS)}")


def _minute(given: QueryDict, name: str, default_ms: int) -> int:
    """Return the first whole minute not before the instant given."""
    text = given.get(name)
    if text is None:
        return default_ms // MINUTE_MS
    try:
        moment = msgspec.convert(_LOST_PLUS.sub("+", text), _Instant)
    except msgspec.ValidationError as error:
        expected = "an RFC 3339 instant with an offset, such as 2012-11-11T00:00:00%2B08:00"
        raise BadQuery(f"{name}: expected {expected}") from error
    return -(-to_ms(moment) // MINUTE_MS)
