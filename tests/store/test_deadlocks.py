import pytest
from django.db import OperationalError

from dashboard.store import deadlocks


class BrokenOff(Exception):
    """What psycopg raises, as far as it matters here."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


class Transaction:
    """Fails so often, then returns 7."""

    def __init__(self, failures: int, sqlstate: str) -> None:
        self.left, self.sqlstate, self.tried = failures, sqlstate, 0

    def __call__(self) -> int:
        self.tried += 1
        if self.tried <= self.left:
            raise OperationalError from BrokenOff(self.sqlstate)
        return 7


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlocks, "_WAIT_S", 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", ["40P01", "40001"])
def test_what_was_broken_off_is_done_again_h19(state: str) -> None:
    work = Transaction(5, state)
    assert (deadlocks.tried_again(work), work.tried) == (7, 6)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("failures", "state"), [(6, "40P01"), (1, "08006")])
def test_not_without_end_and_nothing_else_is(failures: int, state: str) -> None:
    work = Transaction(failures, state)
    with pytest.raises(OperationalError):
        deadlocks.tried_again(work)
    assert work.tried == failures


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_tried_again() -> None:
    work = Transaction(1, "40P01")
    with pytest.raises(OperationalError):
        deadlocks.tried_again(work)
    assert work.tried == 1
