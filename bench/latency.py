"""From POST to a frame on a websocket, at steady rates: percentiles over all batches sent.

A batch's time runs from when it was due to be sent, so that a slow server cannot hide by slowing
its sender down, to the first frame whose total has all that was sent up to it.
"""

import bisect
from collections.abc import Sequence
from itertools import accumulate

from bench import events, stage, throughput
from bench.events import Stream
from bench.options import Options
from bench.report import Cell, Table, percentile, spread
from bench.stage import Counted
from tests.boards import Board

RATES = (1_000, 10_000)
SECONDS, QUICK_SECONDS = 10, 6
# A campaign's first events come before the board has looked at it, once a second; the promise is
# about one that is live.
FIRST_SECONDS = 2
BATCHES_A_SECOND = 20
PERCENTS = (50, 95, 99)


def measure(options: Options) -> Table:
    """Return the table: a row a rate; the highest is half of what the board takes here and now."""
    with stage.board() as board:
        options.say("the maximum")
        most = events.payments(options.events(400_000), stage.now())
        maximum = throughput.one_run(board, most, "most", 1_000)["rate"]
        rows = []
        for rate in (*RATES, int(maximum / 2)):
            options.say(f"{rate:,} events/s")
            rows.append(_row(options, board, rate))
    columns = ["events/s", "a batch", *(f"p{p} ms" for p in PERCENTS), "answered p99 ms"]
    note = f"A run is {SECONDS} s; the first {FIRST_SECONDS} of them are not in it."
    return Table("From POST to a frame on a websocket", columns, rows, note)


def batch_at(rate: int) -> int:
    """Return how many events a batch has at a rate of so many a second: to 1,000."""
    return min(1_000, max(1, rate // BATCHES_A_SECOND))


def _row(options: Options, board: Board, rate: int) -> list[Cell]:
    found: dict[str, list[float]] = {}
    seconds = QUICK_SECONDS if options.quick else SECONDS
    batch = batch_at(rate)
    for number in range(options.runs):
        stream = events.payments(rate * seconds, stage.now())
        done = stage.counted(
            board, stream, f"at-{rate}-{number}", batch=batch, rate=rate, connections=8
        )
        every = delays(due(done, rate, batch), totals(stream, batch), done.seen)
        shown = every[FIRST_SECONDS * rate // batch :]
        for percent in PERCENTS:
            found.setdefault(f"p{percent}", []).append(1000 * percentile(shown, percent))
        found.setdefault("answered", []).append(1000 * percentile(done.sent.took, 99))
    return [f"{rate:,}", f"{batch:,}", *(spread(runs) for runs in found.values())]


def due(done: Counted, rate: int, batch: int) -> list[float]:
    """Return when (real time, s) each batch was due to be sent."""
    return [done.sent.began + number * batch / rate for number in range(len(done.sent.took))]


def totals(stream: Stream, batch: int) -> list[int]:
    """Return, for each batch, the total once it and all before it are counted."""
    sums = list(accumulate(stream.adds))
    return [sums[min(end, len(sums)) - 1] for end in range(batch, len(sums) + batch, batch)]


def delays(
    due_s: Sequence[float], totals: Sequence[int], seen: Sequence[tuple[float, int]]
) -> list[float]:
    """Return, for each batch, the seconds from when it was due to the first total that has it.

    `seen` are totals shown, rising, and when. Raises `IndexError` where one was never shown.
    """
    shown = [total for _, total in seen]
    places = [bisect.bisect_left(shown, total) for total in totals]
    return [seen[place][0] - at for place, at in zip(places, due_s, strict=True)]
