import asyncio

from dashboard.live.hub import DOUBT_S, IDLE_S, Hub
from dashboard.live.slot import Slot
from dashboard.live.stamped import Stamp, Stamped, frame_of, stamped
from tests import frames


def made(epoch: int = 1, seq: int = 1) -> Stamped:
    return stamped(frames.frame(epoch=epoch, seq=seq).decode())


def joined(hub: Hub, slug: str = "festival") -> Slot:
    """The slot of a socket that has sent its snapshot."""
    slot = hub.join(slug, 1)
    slot.begin()
    return slot


async def taken(slot: Slot) -> tuple[int, int] | None:
    """What the slot holds now, without waiting."""
    try:
        _, frame = await asyncio.wait_for(slot.take(), 0.001)
    except TimeoutError:
        return None
    return (frame.stamp.epoch, frame.stamp.seq) if frame else None


async def test_a_frame_reaches_everyone_who_watches_its_campaign_and_nobody_else() -> None:
    hub = Hub()
    one, two, other = joined(hub), joined(hub), joined(hub, "other")
    hub.offer(made(seq=7), now=0)
    assert [await taken(slot) for slot in (one, two, other)] == [(1, 7), (1, 7), None]


async def test_who_reads_slowly_gets_the_newest_frame_and_skips_the_others() -> None:
    hub = Hub()
    slow = joined(hub)
    for seq in range(1, 100):
        hub.offer(made(seq=seq), now=seq)
    assert [await taken(slow), await taken(slow)] == [(1, 99), None]


async def test_a_newcomer_finds_the_newest_frame_waiting() -> None:
    hub = Hub()
    hub.join("festival", 1)
    hub.offer(made(seq=7), now=0)
    assert await taken(joined(hub)) == (1, 7)


def test_an_older_frame_is_not_taken_in_nor_the_same_one_twice() -> None:
    hub = Hub()
    hub.join("festival", 1)
    assert hub.offer(made(2, 5), now=0)
    offered = [hub.offer(made(*stamp), now=1) for stamp in [(2, 5), (2, 4), (1, 99)]]
    assert offered == [False, False, False]


def test_a_lower_epoch_is_believed_once_nothing_newer_came_for_some_seconds() -> None:
    hub = Hub()
    hub.join("festival", 1)
    hub.offer(made(2, 5), now=0)
    assert not hub.offer(made(1, 1), now=DOUBT_S - 0.1)
    assert hub.offer(made(1, 1), now=DOUBT_S)


def test_within_an_epoch_the_figures_never_go_back_however_long_nothing_came() -> None:
    hub = Hub()
    hub.join("festival", 1)
    hub.offer(made(2, 5), now=0)
    assert not hub.offer(made(2, 4), now=1_000)


async def test_the_newest_frame_is_told_again_as_it_is_while_none_comes() -> None:
    hub = Hub()
    slot = joined(hub)
    hub.offer(made(seq=7), now=0)
    await slot.take()
    hub.beat(now=IDLE_S / 2)
    assert await taken(slot) is None
    hub.beat(now=IDLE_S)
    assert await taken(slot) == (1, 7)


def test_frames_of_a_campaign_that_nobody_watches_are_not_kept() -> None:
    hub = Hub()
    slot = hub.join("festival", 1)
    hub.leave(slot)
    hub.leave(slot)
    assert hub.campaigns() == {}
    assert not hub.offer(made(), now=0)


def test_a_campaign_made_anew_under_its_old_name_is_read_by_its_new_key() -> None:
    hub = Hub()
    hub.join("festival", 1)
    hub.join("festival", 2)
    assert hub.campaigns() == {"festival": 2}


async def test_asking_for_the_snapshot_wakes_the_socket_once() -> None:
    slot = Slot("festival")
    slot.ask()
    slot.ask()
    assert await slot.take() == (True, None)
    assert await taken(slot) is None


def test_a_snapshot_stands_in_for_the_frame_that_cannot_be_had() -> None:
    made_of = frame_of(stamped(frames.snapshot(epoch=3, seq=4).decode()))
    assert made_of.stamp == Stamp(3, 4)
    assert made_of.text.startswith('{"kind":"frame"')
    assert '"meta"' not in made_of.text
