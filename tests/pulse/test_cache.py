from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from dashboard.pulse.cache import SECONDS_KEPT, Cache
from dashboard.store.tallies import Figures

FIELDS = ("gross", "refunds", "payments", "counter:visits", "region:gross:a", "region:payments:b")
WINDOW = range(5, 15)


def figures(position: int = 1, generation: str = "one", **parts: object) -> Figures:
    return Figures(generation=generation, position=position, **parts)  # type: ignore[arg-type]


def minutes_of(gross: dict[int, int]) -> dict[int, dict[str, int]]:
    return {minute: {"gross": amount} for minute, amount in gross.items()}


increments = st.builds(
    lambda minute, fields: (
        lambda cache: cache.take(figures(cache.position + 1, minutes={minute: fields}), 0)
    ),
    st.integers(0, 19),
    st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 1000)),
)
seconds = st.builds(
    lambda second, payments: (
        lambda cache: cache.take(figures(cache.position + 1, seconds={second: (0, 0, payments)}), 0)
    ),
    st.integers(0, 1199),
    st.integers(0, 9),
)
edits = st.builds(
    lambda first, length: lambda cache: cache.rewindow(range(first, first + length)),
    st.integers(0, 19),
    st.integers(1, 20),
)
rebuilds = st.just(lambda cache: cache.take(figures(0, f"again{cache.generation}"), 0))


@given(st.lists(st.one_of(increments, increments, seconds, edits, rebuilds), max_size=30))
def test_running_sums_equal_a_whole_recomputation(steps: list[Callable[[Cache], None]]) -> None:
    cache = Cache(WINDOW)
    for step in steps:
        step(cache)
    inside = {m: row for m, row in cache.minutes.items() if m in cache.window}
    for field in FIELDS:
        assert cache.sums.total[field] == sum(row.get(field, 0) for row in inside.values())
    gross = {minute: row.get("gross", 0) for minute, row in inside.items()}
    best = max(gross, key=lambda minute: (gross[minute], -minute), default=None)
    assert cache.best.at == (best if best is not None and gross[best] else None)
    rushes = [row[2] for second, row in cache.seconds.items() if second // 60 in cache.window]
    assert cache.rush.value == max(rushes, default=0)
    for key, amount, payments in cache.sums.keys("region"):
        assert amount == sum(row.get(f"region:gross:{key}", 0) for row in inside.values())
        assert payments == sum(row.get(f"region:payments:{key}", 0) for row in inside.values())


def test_only_what_frames_tell_is_kept() -> None:
    cache = Cache(WINDOW)
    row = {"gross": 1, "merchant:gross:m": 1, "platform:paid_le_5:p": 1, "platform:gross:p": 1}
    cache.take(figures(minutes={5: row}), 0)
    assert cache.minutes == {5: {"gross": 1, "platform:gross:p": 1}}


def test_another_generation_replaces_everything() -> None:
    cache = Cache(WINDOW)
    cache.take(figures(9, minutes=minutes_of({5: 10, 6: 20})), 0)
    cache.take(figures(9, "two", minutes=minutes_of({6: 5})), 0)
    assert (cache.sums.total["gross"], cache.best.at, cache.generation) == (5, 6, "two")


def test_an_earlier_position_replaces_everything() -> None:
    cache = Cache(WINDOW)
    cache.take(figures(9, minutes=minutes_of({5: 10, 6: 20})), 0)
    cache.take(figures(8, minutes=minutes_of({5: 10})), 0)
    assert cache.sums.total["gross"] == 10


def test_the_best_minute_is_found_anew_where_it_falls() -> None:
    cache = Cache(WINDOW)
    cache.take(figures(1, minutes=minutes_of({5: 10, 6: 20, 7: 10})), 0)
    cache.take(figures(2, minutes=minutes_of({6: 1})), 0)
    assert (cache.best.at, cache.best.value) == (5, 10)


def test_minutes_that_changed_are_repeated_for_30_seconds_of_real_time() -> None:
    cache = Cache(WINDOW)
    cache.take(figures(1, minutes=minutes_of({5: 1})), 1_000)
    cache.take(figures(2, minutes=minutes_of({7: 1, 6: 1, 99: 1})), 2_000)
    assert cache.changed(31_999) == [6, 7]
    assert cache.changed(32_000) == []


def test_payments_per_second_are_the_mean_of_the_last_ten_whole_seconds() -> None:
    cache = Cache(WINDOW)
    row = (0, 0, 40)
    cache.take(figures(seconds={299: row, 300: row, 304: row, 309: (0, 0, 19), 310: row}), 0)
    assert cache.per_second(310) == 9  # 40 + 40 + 19; cut
    assert cache.per_second(309) == 8  # 299 is outside the window


def test_the_peak_second_outlives_its_seconds() -> None:
    cache = Cache(range(0, 10_000))
    cache.take(figures(1, seconds={60: (0, 0, 7), 7_200: (0, 0, 5)}), 0)
    cache.forget_seconds(7_200 + SECONDS_KEPT)
    assert list(cache.seconds) == [7_200]
    assert (cache.rush.at, cache.rush.value) == (60, 7)
    cache.rewindow(range(0, 9_000))
    assert (cache.rush.at, cache.rush.value) == (60, 7)
    cache.rewindow(range(2, 9_000))
    assert (cache.rush.at, cache.rush.value) == (7_200, 5)


def test_a_peak_known_before_stands_only_where_its_seconds_are_gone() -> None:
    cache = Cache(range(0, 10))
    cache.take(figures(seconds={60: (0, 0, 7)}), 0)
    cache.recall_rush(61, 99)  # of a minute whose seconds are kept: they know better
    assert cache.rush.value == 7
    cache.recall_rush(121, 99)
    assert (cache.rush.at, cache.rush.value) == (121, 99)
