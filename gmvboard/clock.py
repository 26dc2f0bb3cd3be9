"""The real time, read at the edges: what is pure gets it passed in."""

import time


def now_ms() -> int:
    """Return the real time in ms since 1970 UTC."""
    return time.time_ns() // 1_000_000
