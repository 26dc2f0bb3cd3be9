import pytest

from dashboard.accept.limits import Room
from dashboard.accept.problems import Problem


def test_a_room_is_given_back() -> None:
    room = Room(100_000)
    with room.hold() as place:
        place.take(50_000)
        with room.hold() as other, pytest.raises(Problem) as raised:
            other.take(50_000)
        assert room.requests == 1
    assert (raised.value.status, raised.value.reason) == (503, "room")
    assert "retry-after" in raised.value.headers
    assert (room.left_bytes, room.requests) == (100_000, 0)


def test_a_room_has_place_for_so_many_requests_however_small() -> None:
    room = Room(0)
    with pytest.raises(Problem), room.hold():
        pass
