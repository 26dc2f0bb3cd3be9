"""Rounds: everyone is told the newest frame, and the loop gets its turn between slices."""

import asyncio

from dashboard.live.round import SLICE, Round
from dashboard.live.slot import Slot
from dashboard.live.stamped import Stamped, stamped
from tests import frames


class FakeLine:
    """Takes what is pushed while `open`; `told` has it."""

    def __init__(self) -> None:
        self.told: list[bytes] = []
        self.open = True

    def push(self, wire: bytes) -> bool:
        self.told += [wire] if self.open else []
        return self.open


def made(seq: int) -> Stamped:
    return stamped(frames.frame(seq=seq).decode())


def watchers(number: int) -> tuple[list[FakeLine], set[Slot]]:
    lines = [FakeLine() for _ in range(number)]
    slots = {Slot("festival", line) for line in lines}
    for slot in slots:
        slot.begin()
    return lines, slots


async def test_the_first_slice_is_told_at_once_and_the_others_turn_by_turn() -> None:
    lines, slots = watchers(3 * SLICE)
    Round().begin(made(1), slots)
    told = []
    for _ in range(4):
        told.append(sum(len(line.told) for line in lines))
        await asyncio.sleep(0)
    assert told == [SLICE, 2 * SLICE, 3 * SLICE, 3 * SLICE]


async def test_a_frame_that_comes_meanwhile_is_told_to_all_once_who_waits_first() -> None:
    lines, slots = watchers(3 * SLICE)
    one = Round()
    one.begin(made(1), slots)
    one.begin(made(2), slots)
    for _ in range(2):
        await asyncio.sleep(0)
    waited = [line for line in lines if line.told == [made(2).wire]]
    assert len(waited) == 2 * SLICE
    await asyncio.sleep(0)
    assert all(line.told[-1] == made(2).wire for line in lines)
    assert sum(len(line.told) for line in lines) == 4 * SLICE


def test_who_does_not_read_skips_frames_and_gets_the_newest_later() -> None:
    (line,), slots = watchers(1)
    line.open = False
    one = Round()
    one.begin(made(1), slots)
    line.open = True
    one.begin(made(2), slots)
    assert line.told == [made(2).wire]


def test_what_is_told_before_the_snapshot_goes_out_follows_it() -> None:
    line = FakeLine()
    slot = Slot("festival", line)
    slot.offer(made(7))
    assert line.told == []
    slot.begin(made(7).stamp)
    assert line.told == [made(7).wire]


def test_a_frame_older_than_the_snapshot_is_not_told() -> None:
    line = FakeLine()
    slot = Slot("festival", line)
    slot.offer(made(6))
    slot.begin(made(7).stamp)
    slot.offer(made(8))
    assert line.told == [made(8).wire]


async def test_a_line_that_fails_keeps_nobody_else_from_any_frame() -> None:
    class Broken(FakeLine):
        def push(self, wire: bytes) -> bool:
            raise OSError("gone")

    lines, slots = watchers(2 * SLICE)
    broken = Slot("festival", Broken())
    broken.begin()
    one = Round()
    for seq in (1, 2):
        one.begin(made(seq), {broken, *slots})
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert all(line.told == [made(1).wire, made(2).wire] for line in lines)
