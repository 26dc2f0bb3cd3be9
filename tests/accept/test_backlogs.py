from dashboard.accept.backlogs import ALIVE_S, Backlogs, Watched
from dashboard.accept.pressure import NO_BATCHES_S
from dashboard.store.ledger import Backlog

NOW_S = 1_000_000.0


class World:
    """A ledger with one batch a second, 10 events of 5 bytes each, and looks at it."""

    def __init__(self) -> None:
        self.backlogs = Backlogs(self.backlog, lambda _campaign: 5)
        self.now_s = NOW_S
        self.head = 0

    def backlog(self, campaign_id: int, position: int) -> Backlog:
        left = self.head - position
        return Backlog(left, left * 10, int((NOW_S + position) * 1000))

    def look(self, position: int | None, canary_ago_s: float = 0.0) -> tuple[int, float | None]:
        """Return the uncounted bytes and how long the oldest waits, `head` seconds later."""
        self.now_s = NOW_S + self.head
        looks = [Watched(1, self.head, position)]
        total, behind_s = self.backlogs.see(looks, self.now_s - canary_ago_s, self.now_s)
        return total, behind_s.get(1)


def test_who_has_counted_everything_is_not_behind() -> None:
    world = World()
    assert world.look(0) == (0, None)
    world.head = 100
    assert world.look(100) == (0, None)


def test_a_tally_that_does_not_keep_up_is_behind_by_its_oldest_batch() -> None:
    world = World()
    world.look(0)
    world.head = 20
    assert world.look(5) == (15 * 50, 15.0)


def test_what_lay_there_when_the_door_opened_is_excused() -> None:
    world = World()
    world.head = 1_000
    assert world.look(0) == (50_000, None)
    world.head = 1_010
    assert world.look(999) == (11 * 50, None)
    assert world.look(1_000) == (10 * 50, 10.0)


def test_counting_anew_is_excused_up_to_where_it_began() -> None:
    world = World()
    world.head = 500
    world.look(500)
    world.head = 520
    assert world.look(3) == (517 * 50, None)  # Redis was emptied
    world.head = 560
    assert world.look(400)[1] is None
    assert world.look(521)[1] == 39.0


def test_while_redis_is_away_only_bytes_count() -> None:
    world = World()
    world.head = 10
    assert world.look(10) == (0, None)
    world.head = 70
    assert world.look(None) == (3_000, None)


def test_where_redis_was_away_from_the_start_nothing_is_known() -> None:
    world = World()
    world.head = 10
    assert world.look(None) == (0, None)
    assert world.look(2) == (8 * 50, None)


def test_a_tally_without_a_sign_of_life_is_no_reason_to_refuse() -> None:
    world = World()
    world.look(0)
    world.head = 60
    assert world.look(0, canary_ago_s=ALIVE_S) == (3_000, None)


def test_what_came_during_an_outage_that_is_over_is_excused_f17_f48() -> None:
    world = World()
    world.look(0)
    world.head = 60
    world.look(0, canary_ago_s=ALIVE_S)
    assert world.look(1, canary_ago_s=1_000) == (2_950, None)  # it counts: it is alive
    world.head = 80
    world.look(None)
    world.head = 100
    assert world.look(79)[1] is None
    assert world.look(80)[1] == 20.0  # it does not keep up


def test_a_canary_is_a_sign_of_life_where_nothing_moves() -> None:
    world = World()
    world.look(0)
    world.head = 60
    assert world.look(0)[1] == 60.0


def test_counting_that_stops_refuses_nobody_at_any_moment_f48() -> None:
    world = World()
    world.look(0)
    for second in range(1, 60):
        world.head = second
        stopped_ago_s = max(0, second - 5)
        behind_s = world.look(min(second, 5), canary_ago_s=stopped_ago_s)[1]
        assert (behind_s or 0) <= NO_BATCHES_S
