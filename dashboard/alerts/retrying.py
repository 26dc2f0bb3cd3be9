"""When a service that said "too many" wants to be asked again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil, isfinite

# Seconds to wait; the second is Feishu's.
_WAITS = ("retry-after", "x-ogw-ratelimit-reset")
# Where both are missing: the instant at which the count begins anew. X and Bluesky give it
# in seconds since 1970, Mastodon as ISO 8601.
_RESETS = ("x-rate-limit-reset", "ratelimit-reset", "x-ratelimit-reset")
# Without a word, and at most: a service that says a year means a person.
_DEFAULT_S, _MOST_S = 30, 86_400


def seconds(headers: Mapping[str, str], now_s: float) -> int:
    """Return after how many whole seconds, at least one; header names in lower case."""
    waits = (_number(headers.get(name, "")) for name in _WAITS)
    told = next((one for one in waits if one is not None), None)
    if told is None:
        instants = (_instant(headers.get(name, "")) for name in ("retry-after", *_RESETS))
        told = next((one - now_s for one in instants if one is not None), _DEFAULT_S)
    return max(1, min(_MOST_S, ceil(told)))


def _number(text: str) -> float | None:
    try:
        return found if isfinite(found := float(text)) else None
    except ValueError:
        return None


def _instant(text: str) -> float | None:
    """Return an instant in seconds since 1970: a number, a date of HTTP's, or ISO 8601."""
    for read in (float, _http_date, _iso_date):
        try:
            found = read(text)
        except (ValueError, TypeError, OverflowError):
            continue
        if isfinite(found):
            return found
    return None


def _http_date(text: str) -> float:
    return _utc(parsedate_to_datetime(text))


def _iso_date(text: str) -> float:
    return _utc(datetime.fromisoformat(text))


def _utc(found: datetime) -> float:
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
