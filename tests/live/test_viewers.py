import pytest

from dashboard.live.viewers import Viewer, Viewers


def full(most: int = 10, an_address: int = 100, a_user: int = 100) -> Viewers:
    return Viewers(most, for_kiosks=2, for_staff=3, an_address=an_address, a_user=a_user)


def test_the_public_leaves_room_for_staff_and_both_for_kiosks() -> None:
    viewers = full(most=10)
    public = [viewers.enter(Viewer("public", f"192.0.2.{i}")) for i in range(10)]
    staff = [viewers.enter(Viewer("staff", "192.0.2.1", user)) for user in range(10)]
    kiosks = [viewers.enter(Viewer("kiosk", "192.0.2.1")) for _ in range(10)]
    assert [sum(public), sum(staff), sum(kiosks)] == [5, 3, 2]
    assert viewers.total == 10


def test_who_leaves_makes_room() -> None:
    viewers = full(most=6)
    assert viewers.enter(Viewer("public", "192.0.2.1"))
    assert not viewers.enter(Viewer("public", "192.0.2.2"))
    viewers.leave(Viewer("public", "192.0.2.1"))
    assert viewers.enter(Viewer("public", "192.0.2.2"))


def test_an_address_has_its_cap_and_another_address_its_own() -> None:
    viewers = full(an_address=2)
    entered = [viewers.enter(Viewer("public", "192.0.2.1")) for _ in range(3)]
    assert entered == [True, True, False]
    assert viewers.enter(Viewer("public", "192.0.2.2"))


def test_addresses_of_one_ipv6_network_count_as_one() -> None:
    viewers = full(an_address=1)
    assert viewers.enter(Viewer("public", "2001:db8::1"))
    assert not viewers.enter(Viewer("public", "2001:db8::2"))
    assert viewers.enter(Viewer("public", "2001:db8:0:1::1"))


def test_a_person_has_a_cap_wherever_they_log_in() -> None:
    viewers = full(a_user=1)
    assert viewers.enter(Viewer("staff", "192.0.2.1", 7))
    assert not viewers.enter(Viewer("staff", "192.0.2.2", 7))
    assert viewers.enter(Viewer("staff", "192.0.2.2", 8))


@pytest.mark.parametrize("address", ["", "unix"])
def test_callers_without_an_address_share_one_cap(address: str) -> None:
    viewers = full(an_address=1)
    assert viewers.enter(Viewer("public", address))
    assert not viewers.enter(Viewer("public", address))
