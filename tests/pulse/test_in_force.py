import redis

from dashboard.pulse.in_force import InForce


class Clock:
    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


def test_what_the_pulse_tells_is_asked_for_once_a_second() -> None:
    clock, told = Clock(), iter([3, 5])
    load = InForce(lambda: next(told), clock)
    assert [load.fresh().level, load.fresh().level, load.degrade.level] == [3, 3, 3]
    clock.ms += 1_000
    assert load.fresh().level == 5


def test_a_server_whose_own_loop_is_late_keeps_to_the_higher_level() -> None:
    clock = Clock()
    load = InForce(lambda: 1, clock)
    load.fresh()
    for late_s in (2.5, 2.0, 9.0):
        load.woke(late_s)
    assert load.degrade.name == "exports"
    load.woke(2.0)
    assert load.degrade.name == "public"
    clock.ms += 30_000
    load.woke(0.0)
    assert load.degrade.name == "exports"


def test_without_redis_nobody_tells_a_level() -> None:
    def away() -> int:
        raise redis.ConnectionError("away")

    assert InForce(away).fresh().name == "normal"
