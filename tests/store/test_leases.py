import pytest

from dashboard.store.leases import new_holder, release, take
from dashboard.store.tables import Lease

pytestmark = pytest.mark.django_db


def test_a_lease_has_one_holder_until_it_runs_out() -> None:
    assert take("x", "one", 1_000, 500)
    assert not take("x", "two", 1_499, 500)
    assert take("x", "two", 1_500, 500)
    assert not take("x", "one", 1_600, 500)


def test_the_holder_renews_its_own() -> None:
    assert take("x", "one", 1_000, 500)
    assert take("x", "one", 1_400, 500)
    assert Lease.objects.get(name="x").until_ms == 1_900


def test_a_lease_given_back_is_free_at_once() -> None:
    take("x", "one", 1_000, 500)
    release("x", "two")
    assert not take("x", "two", 1_001, 500)
    release("x", "one")
    assert take("x", "two", 1_002, 500)


def test_leases_of_different_names_do_not_meet() -> None:
    assert take("x", "one", 1_000, 500)
    assert take("y", "two", 1_000, 500)


def test_a_clock_that_was_set_back_an_hour_keeps_nobody_out() -> None:
    assert take("x", "one", 3_600_000, 500)
    assert take("x", "two", 0, 500)


def test_a_holders_name_is_its_own_and_fits_the_table() -> None:
    one, two = new_holder(), new_holder()
    assert one != two
    assert len(one) <= 64
