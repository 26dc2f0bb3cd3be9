from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import pytest

from dashboard.core.crossing import Crossing
from dashboard.core.measured import best_multiple
from dashboard.core.milestones import Threshold
from dashboard.core.rules import fallen, stands, unchanged
from dashboard.core.site import Stretch

# Minutes are numbered from the start of a window of an hour that begins at 1970.
HOUR_MS = 3_600_000


class World(msgspec.Struct, kw_only=True):
    """Figures by hand: of each field its minutes, of some their seconds."""

    fields: Mapping[str, Mapping[int, int]] = {}
    by_second: Mapping[str, Mapping[int, int]] = {}
    last_year: Sequence[int] = ()
    stretches: Sequence[Stretch] = ()
    as_of_ms: int = HOUR_MS
    told_ms: int = HOUR_MS
    start_ms: int = 0
    end_ms: int = HOUR_MS

    @property
    def best_multiple(self) -> int:
        return best_multiple(self)

    def total(self, field: str) -> int:
        return sum(self.fields.get(field, {}).values())

    def minutes(self, field: str) -> Iterator[tuple[int, int]]:
        return iter(sorted(self.fields.get(field, {}).items()))

    def seconds(self, field: str, minute: int) -> list[tuple[int, int]]:
        kept = sorted(self.by_second.get(field, {}).items())
        return [(second, figure) for second, figure in kept if second // 60 == minute]

    def keys(self, dimension: str, least: int) -> Iterator[tuple[str, int]]:
        for field in self.fields:
            if field.startswith(f"{dimension}:gross:") and self.total(field) >= least:
                yield field.rpartition(":")[2], self.total(field)

    def best_minute(self) -> int:
        return max(self.fields.get("gross", {}).values(), default=0)

    def rushes(self, least: int) -> list[tuple[int, int]]:
        found = self.by_second.get("payments", {}).items()
        return sorted((second, payments) for second, payments in found if payments >= least)

    def year_to_now(self, elapsed: int) -> int:
        return sum(self.last_year[:elapsed])


def rule(kind: str, amount: int = 0, **fields: Any) -> Threshold:
    return Threshold(id=1, kind=kind, amount=amount, **{"key": kind} | fields)


def fell(one: Threshold, world: World) -> list[tuple[str, int, bool]]:
    """Return key, second and exactness of what falls."""
    found = fallen([one], world)
    return [(fall.key, fall.when.ms // 1000, fall.when.precise) for fall in found]


def test_all_that_have_fallen_are_told_in_order_and_equality_counts() -> None:
    world = World(fields={"gross": {0: 100, 3: 100}})
    amounts = [rule("amount", amount, key=str(amount)) for amount in (300, 200, 100, 50)]
    amounts[3] = msgspec.structs.replace(amounts[3], crossed_ms=1)
    assert [fall.key for fall in fallen(amounts, world)] == ["100", "200"]


@pytest.mark.parametrize("kind", ["amount", "reference_total", "past_total"])
def test_gross_crosses_in_its_second(kind: str) -> None:
    world = World(fields={"gross": {1: 90}}, by_second={"gross": {60: 40, 75: 50}})
    assert fell(rule(kind, 90), world) == [(kind, 75, True)]
    assert fell(rule(kind, 91), world) == []


@pytest.mark.parametrize("kind", ["payments", "orders"])
def test_payments_are_dated_by_their_own_seconds(kind: str) -> None:
    world = World(fields={"payments": {1: 9}}, by_second={"payments": {60: 4, 61: 5}})
    assert fell(rule(kind, 5), world) == [(kind, 61, True)]
    assert fallen([rule(kind, 5)], world)[0].value == 9


def test_a_counter_is_dated_to_the_minute() -> None:
    world = World(fields={"counter:visits": {2: 7}})
    assert fell(rule("counter", 7, of="visits"), world) == [("counter", 179, False)]
    assert fell(rule("counter", 7, of="parcels"), world) == []


def test_a_minute_that_lasts_is_not_dated_to_its_end() -> None:
    world = World(fields={"counter:visits": {2: 7}}, as_of_ms=130_400)
    assert fell(rule("counter", 7, of="visits"), world) == [("counter", 130, False)]


@pytest.mark.parametrize(
    ("gross", "second"),
    [
        ({0: 500}, 60),  # many times last year's, but only once there is a minute to compare with
        ({0: 10, 1: 10, 2: 40}, 135),  # 20 + 30 of 60, at 2 x 25
        ({0: 10, 1: 10}, None),
        ({0: 10, 1: 10, 9: 400}, 599),  # no seconds kept
    ],
)
def test_n_times_last_year_is_held_against_the_same_whole_minute(
    gross: dict[int, int], second: int | None
) -> None:
    last_year = [15, 10, *[15] * 58]
    world = World(
        fields={"gross": gross}, last_year=last_year, by_second={"gross": {125: 10, 135: 30}}
    )
    assert [at for _, at, _ in fell(rule("multiple", 2_000), world)] == [second][
        : second is not None
    ]


def test_without_last_year_there_is_no_multiple() -> None:
    assert fell(rule("multiple", 1), World(fields={"gross": {0: 500, 5: 500}})) == []


def test_a_platform_s_amount() -> None:
    world = World(fields={"platform:gross:tmall": {2: 7}, "platform:gross:taobao": {1: 9}})
    one = rule("share", 7, dimension="platform", of="tmall")
    assert fell(one, world) == [("share", 179, False)]


def test_of_a_club_each_that_passes_falls_once_and_unknown_is_nobody() -> None:
    fields = {f"merchant:gross:{key}": {2: gross} for key, gross in (("a", 7), ("b", 6), ("c", 9))}
    world = World(fields=fields | {"merchant:gross:unknown": {1: 99}})
    club = rule("share", 7, dimension="merchant", key="club")
    assert fell(club, world) == [("club-a", 179, False), ("club-c", 179, False)]
    member = rule("share", 7, dimension="merchant", of="a", key="club-a", rule=1, crossed_ms=1)
    assert [fall.of for fall in fallen([club, member], world)] == ["c"]


def test_of_a_club_no_crossing_is_looked_for_of_those_that_have_fallen() -> None:
    asked: list[str] = []

    class Counting(World):
        def minutes(self, field: str) -> Iterator[tuple[int, int]]:
            asked.append(field)
            return super().minutes(field)

    club = rule("share", 7, dimension="merchant", key="club")
    fired = {"dimension": "merchant", "rule": 1, "crossed_ms": 1}
    members = [rule("share", 7, of=of, key=f"club-{of}", **fired) for of in "ab"]
    fields = {f"merchant:gross:{key}": {2: 9} for key in "abc"}
    assert [fall.of for fall in fallen([club, *members], Counting(fields=fields))] == ["c"]
    assert asked == ["merchant:gross:c"]


def test_a_peak_is_a_whole_minute_s_and_the_first_as_good() -> None:
    world = World(fields={"gross": {1: 40, 2: 90, 3: 95}}, told_ms=180_000)
    (fall,) = fallen([rule("peak_minute", 50)], world)
    assert (fall.when, fall.value) == (Crossing(179_000, precise=False), 90)
    world.told_ms = 179_999  # it lasts
    assert fell(rule("peak_minute", 50), world) == []
    assert fell(rule("peak_minute", 96), world) == []


def test_a_peak_second_is_over_too() -> None:
    world = World(by_second={"payments": {70: 5, 71: 6}}, told_ms=71_000)
    assert fell(rule("peak_second", 5), world) == [("peak_second", 70, True)]
    assert fell(rule("peak_second", 6), world) == []


def test_a_bulletin_tells_the_total_of_its_time() -> None:
    world = World(fields={"gross": {0: 10, 1: 20, 2: 40}}, told_ms=120_000)
    (fall,) = fallen([rule("bulletin", 120)], world)
    assert (fall.when, fall.total) == (Crossing(120_000), 30)
    world.told_ms = 119_999
    assert fallen([rule("bulletin", 120)], world) == []
    assert fell(rule("bulletin", 7_200), World()) == []  # after the close


def test_start_and_close_fall_with_the_clock() -> None:
    world = World(fields={"gross": {0: 10}})
    kinds = [rule("close"), rule("start")]
    assert [(fall.key, fall.total) for fall in fallen(kinds, world)] == [
        ("start", 0),
        ("close", 10),
    ]
    world.as_of_ms = world.told_ms = HOUR_MS - 1
    assert [fall.key for fall in fallen(kinds, world)] == ["start"]


def test_a_campaign_of_which_nothing_is_counted_has_no_news_of_its_total() -> None:
    assert fallen([rule("close"), rule("bulletin", 60)], World()) == []


def test_each_time_that_a_state_begins_is_a_milestone() -> None:
    states = ("queueing", "normal", "queueing", "queueing")
    stretches = [
        Stretch(number, state, number * 60_500, "", 0)  # type: ignore[arg-type]
        for number, state in enumerate(states, 1)
    ]
    world = World(stretches=stretches, as_of_ms=200_000)
    one = rule("site", of="queueing", key="q")
    assert fell(one, world) == [("q-1", 60, True), ("q-3", 181, True)]
    born = rule("site", of="queueing", key="q-1", rule=1, crossed_ms=60_000)
    assert [fall.key for fall in fallen([one, born], world)] == ["q-3"]
    assert stands(born, world) is not None
    world.stretches = stretches[1:]
    assert stands(born, world) is None


@pytest.mark.parametrize(
    ("record", "same"),
    [
        ({"crossed_ms": 75_000}, True),
        ({"crossed_ms": 74_000}, False),
        ({"crossed_ms": 75_000, "undercut": True}, False),
    ],
)
def test_what_is_on_record_is_held_against_the_figures(record: dict[str, Any], same: bool) -> None:
    world = World(fields={"gross": {1: 90}}, by_second={"gross": {60: 40, 75: 50}})
    one = rule("amount", 90, **record)
    assert unchanged(one, stands(one, world)) is same


def test_what_is_reached_no_longer_is_noted_once() -> None:
    one = rule("amount", 90, crossed_ms=75_000)
    assert stands(one, World()) is None
    assert not unchanged(one, None)
    assert unchanged(msgspec.structs.replace(one, undercut=True), None)


def test_a_bulletin_whose_total_a_late_event_raised_has_changed() -> None:
    world = World(fields={"gross": {0: 10, 1: 20, 2: 40}})
    one = rule("bulletin", 120, crossed_ms=120_000, total=29)
    assert not unchanged(one, stands(one, world))
    assert unchanged(msgspec.structs.replace(one, total=30), stands(one, world))


def test_a_peak_second_of_a_forgotten_hour_stands() -> None:
    one = rule("peak_second", 5, crossed_ms=70_000)
    assert unchanged(one, stands(one, World()))
