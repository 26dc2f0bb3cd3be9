import pytest

from dashboard.core.buckets import Buckets


def test_a_bucket_empties_and_fills_again() -> None:
    buckets = Buckets(per_second=2, burst=3)
    assert [buckets.take("192.0.2.1", 0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.wait("192.0.2.1", 0.25) == 0.25
    assert buckets.take("192.0.2.1", 0.5) == 0
    assert [buckets.take("192.0.2.1", 1000) for _ in range(4)] == [0, 0, 0, 0.5]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("", "", True),
        ("no:address", "no:address", True),
    ],
)
def test_a_customer_has_one_bucket(one: str, other: str, shared: bool) -> None:
    buckets = Buckets(per_second=1, burst=1)
    buckets.take(one, 0)
    assert (buckets.wait(other, 0) > 0) == shared


def test_an_address_has_a_bucket_at_each_door() -> None:
    buckets = Buckets(per_second=1, burst=1)
    buckets.take("192.0.2.1", 0, "festival")
    assert [buckets.wait("192.0.2.1", 0, door) for door in ("festival", "other")] == [1, 0]


def test_only_the_addresses_seen_last_are_remembered() -> None:
    buckets = Buckets(per_second=1, burst=1, most=100)
    for number in range(1000):
        buckets.take(f"10.0.{number // 256}.{number % 256}", 0)
    assert len(buckets._buckets) == 100
    assert buckets.wait("10.0.0.0", 0) == 0
    assert buckets.wait("10.0.3.231", 0) == 1
