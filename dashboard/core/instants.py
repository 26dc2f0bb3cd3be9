"""Reading back the instants that the board writes."""

from datetime import datetime

from dashboard.core.events import to_ms


def from_rfc3339(text: str) -> int:
    """Return an RFC 3339 instant as milliseconds since 1970 UTC; `ValueError` where it is none."""
    return to_ms(datetime.fromisoformat(text))
