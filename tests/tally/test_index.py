import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.tally.ids import Ids
from dashboard.tally.index import Index, sort_out

# Few numbers, so that halves meet: the same high half with another low one, and both the same.
Row = tuple[int, int, int]
rows = st.tuples(st.integers(0, 5), st.integers(2**63, 2**63 + 5), st.integers(0, 2))


def ids_of(told: list[Row]) -> Ids:
    columns = list(zip(*told, strict=True)) or [(), (), ()]
    types = (np.uint64, np.uint64, np.uint32)
    return Ids(*(np.array(one, kind) for one, kind in zip(columns, types, strict=True)))


@given(st.lists(st.lists(rows, max_size=8), max_size=40))
def test_the_first_of_each_id_stands_as_in_a_dict(runs: list[list[Row]]) -> None:
    index, model = Index(), dict[tuple[int, int], int]()
    for run in runs:
        new, conflicts = sort_out(ids_of(run), index)
        for place, (high, low, check) in enumerate(run):
            fresh = (high, low) not in model
            assert new[place] == fresh
            assert (place in conflicts) == (model.setdefault((high, low), check) != check)
        index.add(ids_of(run)[np.flatnonzero(new)])
        assert len(index) == len(model)


def test_many_runs_become_few_and_nothing_is_lost_or_invented() -> None:
    random = np.random.default_rng(11)
    highs, lows = (random.integers(0, 2**64 - 1, 60_000, dtype=np.uint64) for _ in "hl")
    ids = Ids(highs, lows, np.arange(60_000, dtype=np.uint32))
    index = Index()
    for start in range(0, 30_000, 100):
        index.add(ids[start : start + 100])
    found, checks = index.find(ids)
    assert found.tolist() == [True] * 30_000 + [False] * 30_000
    assert np.array_equal(checks[:30_000], ids.check[:30_000])


def test_ids_that_begin_alike_are_told_apart() -> None:
    high = np.full(20, 2**64 - 1, np.uint64)
    ids = Ids(high, np.arange(20, dtype=np.uint64), np.arange(20, dtype=np.uint32))
    index = Index()
    index.add(ids[:10])
    index.add(ids[10:19])
    found, checks = index.find(ids)
    assert found.tolist() == [True] * 19 + [False]
    assert checks[:19].tolist() == list(range(19))


def test_what_is_packed_for_the_log_is_read_back() -> None:
    ids = ids_of([(2**64 - 1, 0, 7), (1, 2, 2**32 - 1)])
    assert len(ids.packed()) == 40
    assert Ids.unpacked(ids.packed()).packed() == ids.packed()
