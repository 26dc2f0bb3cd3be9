"""The check beside the running board: live figures against a recount that follows the ledger.

Nobody waits for it. Figures are read as of one ledger position, and the recount, which can stand on
any, is brought there afterwards.
"""

from collections.abc import Iterable, Iterator

import msgspec
import redis

from dashboard.core.clock import MINUTE_MS
from dashboard.core.events import rfc3339
from dashboard.store import frames
from dashboard.store.minutes import Minutes, Moved
from dashboard.tally.recount import MEASURES, Recount

# Minutes a look: a few milliseconds of Redis.
_A_LOOK = 500
_NOTHING = dict.fromkeys(MEASURES, 0)

Shown = dict[int, dict[str, int]]


class Found(msgspec.Struct):
    """A line for each figure that differs; `whole`: every figure was compared."""

    whole: bool
    differences: list[str]


class _Turnover(msgspec.Struct):
    gross: int
    refunds: int


class _Frame(msgspec.Struct):
    position: int
    healing: bool
    turnover: _Turnover


def minutes(client: redis.Redis, recount: Recount, seconds: float) -> Found:
    """Compare every minute, and bring `recount` to where the figures stand if `seconds` allow.

    While the figures are being replaced nothing is compared. Raises `redis.RedisError` and what
    `Recount.follow` does.
    """
    try:
        position, touched, settled, moving = _look(client, recount)
    except Moved:
        return Found(False, [])
    if position < recount.position:
        return Found(False, [])
    whole = recount.follow(position, seconds)
    shown = settled | moving if whole else settled
    unseen = recount.minutes.keys() - touched.keys()
    return Found(whole, list(_compare(recount, shown, shown.keys() | unseen)))


def _look(client: redis.Redis, recount: Recount) -> tuple[int, dict[int, int], Shown, Shown]:
    """Return position, minutes touched, and the figures of those settled and of those moving.

    A minute is settled that nothing was counted into after the position of the recount; the others
    are read at once, as of the position returned.
    """
    live = Minutes(client, recount.campaign_id)
    _, _, before = live.touched()
    numbers = sorted(number for number, at in before.items() if at <= recount.position)
    read: Shown = {}
    for start in range(0, len(numbers), _A_LOOK):
        some = numbers[start : start + _A_LOOK]
        read |= _named(some, live.fields(some, MEASURES))
    hot = sorted(before.keys() - read.keys())
    position, touched, rows = live.standing(hot, MEASURES)
    settled = {
        number: row for number, row in read.items() if touched.get(number, 0) <= recount.position
    }
    return position, touched, settled, _named(hot, rows)


def total(client: redis.Redis, recount: Recount, window: range, seconds: float) -> str | None:
    """Return how the newest frame's total differs from the recount, brought there; else None.

    `window` numbers the minutes that count. Raises as `minutes` does.
    """
    text = frames.newest(client, recount.campaign_id)
    frame = msgspec.json.decode(text, type=_Frame) if text else None
    if frame is None or frame.healing or frame.position < recount.position:
        return None
    if not recount.follow(frame.position, seconds):
        return None
    for measure, shown in msgspec.structs.asdict(frame.turnover).items():
        true = recount.total(measure, window)
        if true != shown:
            return f"total {measure}: ledger {true}, frame {shown}"
    return None


def _named(numbers: Iterable[int], rows: Iterable[list[int]]) -> Shown:
    return {
        number: dict(zip(MEASURES, row, strict=True))
        for number, row in zip(numbers, rows, strict=True)
    }


def _compare(recount: Recount, shown: Shown, numbers: Iterable[int]) -> Iterator[str]:
    for number in sorted(numbers):
        true, board = recount.minutes.get(number, _NOTHING), shown.get(number, _NOTHING)
        when = rfc3339(number * MINUTE_MS)
        for measure in MEASURES:
            if true[measure] != board[measure]:
                yield f"minute {when} {measure}: ledger {true[measure]}, board {board[measure]}"
