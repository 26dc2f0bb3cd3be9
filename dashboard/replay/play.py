"""Plays events at the pace of a campaign's clock: each once its time has come, never before."""

from collections.abc import Callable, Iterable, Sequence

from dashboard.accept.limits import MAX_EVENTS
from dashboard.replay.due import Due

# Real seconds between two looks at the clock: the wall is told four times a second at most.
TICK_S = 0.15
# A countdown is 10 s of campaign time, and 2 s of real time, so that it can be seen at any speed.
LEAST_COUNTDOWN_MS, _COUNTDOWN_REAL_MS = 10_000, 2_000


def countdown_ms(speed_permille: int) -> int:
    """Return the campaign time from setting the clock going to the start of the day."""
    return max(LEAST_COUNTDOWN_MS, _COUNTDOWN_REAL_MS * speed_permille // 1000)


def play(
    dues: Iterable[Due],
    campaign_ms: Callable[[], int],
    send: Callable[[Sequence[Due]], None],
    rest: Callable[[float], bool],
) -> bool:
    """Send events in their order, in batches; return True at the end, False where told to stop.

    `campaign_ms` reads the campaign's clock. An event waits for those before it: where a file is
    not in order of time, a late one is sent at once. `rest` waits some seconds of real time and
    returns True where it was told to stop.
    """
    coming = iter(dues)
    due = next(coming, None)
    while due is not None:
        until_ms = campaign_ms()
        ripe: list[Due] = []
        while due is not None and due.at_ms <= until_ms and len(ripe) < MAX_EVENTS:
            ripe.append(due)
            due = next(coming, None)
        if ripe:
            send(ripe)
        if due is not None and rest(0 if len(ripe) == MAX_EVENTS else TICK_S):
            return False
    return True
