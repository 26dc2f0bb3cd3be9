import pytest

from dashboard.accept.pressure import Seen, refusal

MOST, LEAST = 1_000, 100


@pytest.mark.parametrize(
    ("seen", "commit_s", "expected"),
    [
        (Seen(), 0.0, None),
        (Seen(100, 1_000, {7: 10.0}), 1.8, None),
        (Seen(behind_s={7: 10.1}), 0.0, (429, "behind", True)),
        (Seen(behind_s={7: 30.1}), 0.0, (429, "far_behind", False)),
        (Seen(behind_s={8: 99.0}), 0.0, None),
        (Seen(backlog_bytes=1_001, behind_s={7: 11.0}), 0.0, (503, "backlog", False)),
        (Seen(free_bytes=99, backlog_bytes=1_001), 0.0, (503, "disk", False)),
        (Seen(free_bytes=99), 1.9, (503, "commit", False)),
    ],
)
def test_what_stands_against_taking_an_event(
    seen: Seen, commit_s: float, expected: tuple[int, str, bool] | None
) -> None:
    why = refusal(seen, 7, commit_s, LEAST, MOST)
    assert (why and (why.status, why.reason, why.batches_only)) == expected
