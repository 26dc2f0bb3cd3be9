import pytest

from dashboard.pulse.beside import Keyed
from dashboard.store.beside import Beside
from dashboard.store.tables import Milestone
from tests.pulse.test_channel import World
from tests.worlds import MIDNIGHT_MS


def told(position: int, whole: bool = True, **minutes: dict[str, int]) -> Beside:
    """Return what changed, minutes named m5, m6 …"""
    named = {int(minute[1:]): rows for minute, rows in minutes.items()}
    return Beside("one", position, whole, named)


def test_sums_are_those_of_the_window_and_follow_what_changes() -> None:
    keyed = Keyed(range(5, 7))
    keyed.take(told(1, m4={"merchant:a": 9}, m5={"merchant:a": 1, "merchant:b": 2}))
    keyed.take(told(2, m5={"merchant:a": 3, "merchant:b": 2}, m6={"merchant:a": 4}))
    assert [keyed.total(f"merchant:{key}") for key in "abc"] == [7, 2, 0]
    assert list(keyed.keys("merchant", 3)) == [("a", 7)]
    assert list(keyed.ascending("merchant:a")) == [(5, 3), (6, 4)]
    keyed.rewindow(range(4, 6))
    assert keyed.total("merchant:a") == 12


def test_another_generation_replaces_all_and_an_older_state_is_read_anew() -> None:
    keyed = Keyed(range(10))
    keyed.take(told(7, m5={"merchant:a": 3}))
    keyed.take(Beside("two", 2, False, {5: {"merchant:b": 3}}))
    assert (keyed.total("merchant:a"), keyed.total("merchant:b"), keyed.whole) == (0, 3, False)
    keyed.take(Beside("two", 1, True, {}))
    assert (keyed.generation, keyed.position, keyed.whole) == ("", 0, False)


@pytest.mark.django_db
def test_each_merchant_of_a_club_falls_as_it_passes_the_amount() -> None:
    world = World()
    club = {"kind": Milestone.SHARE, "dimension": "merchant", "amount": 100}
    Milestone.objects.create(campaign=world.campaign, key="club", **club)
    world.channel = world.another()
    world.pay(150)
    world.tallies.pay(0, 61, **{"merchant:gross:apple": 100, "merchant:gross:pear": 50})
    assert [one["key"] for one in world.tick(2_000)["milestones"]["reached"]] == ["club-apple"]
    row = Milestone.objects.get(key="club-apple")
    assert (row.crossed_ms, row.of) == (MIDNIGHT_MS + 62_000, "apple")
    world.tick(62_000)
    assert [note.what for note in row.notes.all() if note.what != "confirmed"] == ["fired"]


def test_a_row_is_found_whichever_way_a_minute_names_its_rows() -> None:
    keyed = Keyed(range(10))
    keyed.take(told(1, m4={"merchant:a": 1, "merchant:b": 2, "merchant:c": 3}))
    keyed.take(told(2, m5={"merchant:c": 6, "merchant:a": 4}))
    found = {key: list(keyed.ascending(f"merchant:{key}")) for key in "abcd"}
    assert found == {"a": [(4, 1), (5, 4)], "b": [(4, 2)], "c": [(4, 3), (5, 6)], "d": []}
