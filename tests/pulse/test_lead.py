import pytest

from dashboard.pulse.lead import LOOK_MS, RENEW_MS, TTL_MS, Lead
from dashboard.store.tables import Lease

pytestmark = pytest.mark.django_db

NOW = 1_000_000


def two() -> tuple[Lead, Lead]:
    return Lead("pulse", "one"), Lead("pulse", "two")


def test_of_two_pulses_one_leads() -> None:
    one, two_ = two()
    for at in range(NOW, NOW + 20_000, 250):
        assert [one.held(at), two_.held(at)] == [True, False]


def test_a_standby_takes_over_within_five_seconds_of_a_kill() -> None:
    one, two_ = two()
    one.held(NOW)
    taken = next(at for at in range(NOW, NOW + 60_000, 250) if two_.held(at))
    assert taken - NOW <= TTL_MS + LOOK_MS < 5_000


def test_a_leader_that_ends_cleanly_is_followed_at_the_next_look() -> None:
    one, two_ = two()
    one.held(NOW)
    one.release()
    assert two_.held(NOW)
    assert not one.held(NOW + RENEW_MS)


def test_a_leader_that_slept_learns_that_it_leads_no_longer() -> None:
    one, two_ = two()
    one.held(NOW)
    assert two_.held(NOW + TTL_MS)
    assert not one.held(NOW + TTL_MS + 250)


def test_a_leader_renews_once_a_second_only() -> None:
    one, _ = two()
    one.held(NOW)
    one.held(NOW + RENEW_MS - 1)
    assert Lease.objects.get().until_ms == NOW + TTL_MS
    one.held(NOW + RENEW_MS)
    assert Lease.objects.get().until_ms == NOW + RENEW_MS + TTL_MS


def test_a_standby_releases_nothing() -> None:
    one, two_ = two()
    one.held(NOW)
    two_.held(NOW)
    two_.release()
    assert not two_.held(NOW + LOOK_MS)
