from dashboard.runtime.deafness import Deafness


def test_a_worker_heard_lately_is_not_deaf() -> None:
    deafness = Deafness(0)
    assert not any(deafness.found(now, now - 5_000, now) for now in range(5_000, 200_000, 5_000))


def test_a_worker_unheard_for_30_s_is_deaf_once_and_gets_30_s_more() -> None:
    deafness = Deafness(0)
    found = [now for now in range(5_000, 90_000, 5_000) if deafness.found(now, 0, now)]
    assert found == [35_000, 70_000]


def test_where_no_canary_is_sent_nobody_is_deaf() -> None:
    deafness = Deafness(0)
    assert not any(deafness.found(5_000, 4_000, now) for now in range(5_000, 200_000, 5_000))


def test_an_emptied_redis_makes_nobody_deaf() -> None:
    deafness = Deafness(0)
    assert not deafness.found(0, 0, 500_000)
