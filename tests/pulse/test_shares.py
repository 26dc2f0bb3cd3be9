from dashboard.core.dimensions import FRAME_KEYS
from dashboard.core.frame import Share
from dashboard.pulse.shares import largest


def no_multiple(key: str, gross: int) -> None:
    return None


def test_keys_come_by_gross_and_then_by_name() -> None:
    assert list(largest([("b", 1, 1), ("a", 1, 1), ("c", 5, 1)], no_multiple)) == ["c", "a", "b"]


def test_what_is_beyond_the_largest_joins_other_with_the_stored_key_of_that_name() -> None:
    keys = [(f"k{i:02}", 100 - i, 2) for i in range(FRAME_KEYS + 2)]
    shares = largest([("other", 1000, 5), *keys], no_multiple)
    assert len(shares) == FRAME_KEYS + 1
    assert shares["other"] == Share(1000 + 80 + 79, 5 + 4)


def test_nothing_left_is_no_other() -> None:
    assert largest([("unknown", 3, 1)], no_multiple) == {"unknown": Share(3, 1)}


def test_each_key_is_compared_with_its_own_past() -> None:
    shares = largest([("a", 10, 1), ("b", 9, 1)], lambda key, gross: {"a": gross / 5}.get(key))
    assert [shares["a"].multiple, shares["b"].multiple] == [2.0, None]
