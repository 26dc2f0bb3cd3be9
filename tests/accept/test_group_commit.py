import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

import pytest
from django.db import DataError, OperationalError

from dashboard.accept.group_commit import MOST_REQUESTS, Full, GroupCommit, NotCommitted
from dashboard.store.ledger import Incoming
from tests.fakes import FakeLedger
from tests.worlds import payment


def one(campaign_id: int = 1, events: int = 1) -> Incoming:
    """Return what a request of some events brings."""
    return Incoming.of(campaign_id, 10, 0, [payment(str(n)) for n in range(events)])


def behind_a_slow_commit(ledger: FakeLedger, commits: GroupCommit) -> Future[int]:
    """Have a commit under way that ends when `ledger.open` is set."""
    ledger.open.clear()
    first = commits.submit(one())
    assert ledger.called.acquire(timeout=60)
    return first


def test_requests_that_wait_together_share_a_commit() -> None:
    ledger = FakeLedger()
    commits = GroupCommit(ledger.append)
    first = behind_a_slow_commit(ledger, commits)
    waiting = [commits.submit(one()) for _ in range(MOST_REQUESTS + 1)]
    ledger.open.set()
    assert [first.result(10), *[each.result(10) for each in waiting]] == list(range(1, 503))
    assert [len(commit) for commit in ledger.commits] == [1, MOST_REQUESTS, 1]
    commits.close()


def test_large_requests_fill_a_commit_sooner() -> None:
    ledger = FakeLedger()
    commits = GroupCommit(ledger.append)
    behind_a_slow_commit(ledger, commits)
    for _ in range(6):
        commits.submit(one(events=5_000))
    ledger.open.set()
    commits.close()
    assert [len(commit) for commit in ledger.commits] == [1, 4, 2]


def test_who_hung_up_before_the_commit_is_left_out() -> None:
    ledger = FakeLedger()
    commits = GroupCommit(ledger.append)
    first = behind_a_slow_commit(ledger, commits)
    assert commits.submit(one(campaign_id=2)).cancel()
    assert not first.cancel()
    ledger.open.set()
    commits.close()
    assert {each.campaign_id for each in ledger.incoming} == {1}


@pytest.mark.parametrize(("requests", "size"), [(2, 10**9), (100, 120)])
def test_above_its_bounds_it_is_full(requests: int, size: int) -> None:
    ledger = FakeLedger()
    commits = GroupCommit(ledger.append, most_waiting=requests, most_bytes=size)
    behind_a_slow_commit(ledger, commits)
    commits.submit(one())
    commits.submit(one())
    with pytest.raises(Full):
        commits.submit(one())
    ledger.open.set()
    commits.close()
    assert len(ledger.incoming) == 3


def test_a_database_that_fails_fails_all_and_is_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ledger = FakeLedger()
    commits = GroupCommit(ledger.append)
    first = behind_a_slow_commit(ledger, commits)
    waiting = [commits.submit(one()) for _ in range(3)]
    ledger.open.set()
    first.result(10)
    ledger.failure = OperationalError("disk full")
    commits.close()
    later = [each.exception(10) for each in waiting]
    assert all(error is None or isinstance(error, NotCommitted) for error in later)
    assert len(caplog.records) <= 1


def test_it_goes_on_after_a_failure() -> None:
    ledger = FakeLedger()
    commits = GroupCommit(ledger.append)
    ledger.failure = OperationalError("locked")
    with pytest.raises(NotCommitted):
        commits.submit(one()).result(10)
    ledger.failure = None
    assert commits.submit(one()).result(10) == 1
    commits.close()


def test_one_bad_request_does_not_take_the_others_with_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Particular(FakeLedger):
        def append(self, incoming: Sequence[Incoming]) -> list[int]:
            self.failure = DataError("no") if any(i.campaign_id == 9 for i in incoming) else None
            return super().append(incoming)

    ledger = Particular()
    commits = GroupCommit(ledger.append)
    behind_a_slow_commit(ledger, commits)
    futures = [commits.submit(one(campaign_id)) for campaign_id in (2, 9, 3)]
    ledger.open.set()
    commits.close()
    assert [type(each.exception(10)) for each in futures] == [type(None), NotCommitted, type(None)]
    assert len(caplog.records) == 1


def test_campaigns_with_new_events_are_told_after_the_commit() -> None:
    ledger = FakeLedger()
    told: list[tuple[set[int], int]] = []
    commits = GroupCommit(ledger.append, lambda ids: told.append((ids, len(ledger.incoming))))
    commits.submit(one(4)).result(10)
    commits.submit(one(5, events=0)).result(10)
    commits.close()
    assert told == [({4}, 1), (set(), 2)]


def test_a_bell_that_fails_neither_loses_an_answer_nor_ends_the_commits(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(_campaigns: set[int]) -> None:
        raise RuntimeError("no bell")

    commits = GroupCommit(FakeLedger().append, broken)
    assert commits.submit(one()).result(10) == 1
    assert commits.submit(one()).result(10) == 2
    commits.close()
    assert [record.exc_text for record in caplog.records if "unforeseen" in record.message]


def test_a_ledger_that_answers_nonsense_is_no_commit_and_the_next_one_is_tried() -> None:
    ledger = FakeLedger()
    answers = iter([[], [7]])
    commits = GroupCommit(lambda incoming: ledger.append(incoming) and next(answers))
    with pytest.raises(NotCommitted):
        commits.submit(one()).result(10)
    assert commits.submit(one()).result(10) == 7
    commits.close()


def test_it_tells_for_how_long_a_commit_has_been_under_way() -> None:
    ledger = FakeLedger()
    commits = GroupCommit(ledger.append)
    assert commits.under_way_s() == 0
    first = behind_a_slow_commit(ledger, commits)
    assert commits.under_way_s() > 0
    ledger.open.set()
    first.result(10)
    commits.close()
    assert commits.under_way_s() == 0


class _Inattentive(threading.Condition):
    """A condition whose waits are all over before what they wait for is there."""

    def wait_for(self, predicate: Callable[[], Any], timeout: float | None = None) -> Any:
        return False


def test_who_comes_just_as_an_idle_wait_ends_is_committed() -> None:
    commits = GroupCommit(FakeLedger().append)
    commits._changed = _Inattentive()
    number = commits.submit(one())
    commits.close()
    assert number.result(timeout=0) == 1
