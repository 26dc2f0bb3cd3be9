from dashboard.runtime.deafness import Deafness

LOOKS = range(5_000, 200_000, 5_000)


def test_a_worker_heard_lately_is_not_deaf() -> None:
    deafness = Deafness()
    assert not any(deafness.found(now, now - 5_000) for now in LOOKS)


def test_a_worker_unheard_for_30_s_is_deaf_once_and_the_next_has_two_minutes_to_start() -> None:
    deafness = Deafness()
    assert [now for now in LOOKS if deafness.found(now, 0)] == [30_000, 150_000]


def test_one_that_was_heard_after_its_start_has_30_s_again() -> None:
    deafness = Deafness()
    heard = {now: 40_000 if now >= 40_000 else 0 for now in LOOKS}
    assert [now for now in LOOKS if deafness.found(now, heard[now])][:2] == [30_000, 70_000]


def test_where_no_canary_is_sent_nobody_is_deaf() -> None:
    deafness = Deafness()
    assert not any(deafness.found(5_000, 4_000) for _ in LOOKS)


def test_an_emptied_redis_makes_nobody_deaf() -> None:
    deafness = Deafness()
    assert not any(deafness.found(0, 0) for _ in LOOKS)


def test_a_clock_set_forward_or_back_makes_nobody_deaf_f21() -> None:
    deafness = Deafness()
    for jump in (0, 3_600_000, -600_000):
        assert not any(deafness.found(now + jump, now - 5_000 + jump) for now in LOOKS)
    assert not deafness.found(9_000_000, 1)
