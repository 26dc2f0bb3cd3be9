import pytest

from dashboard.store import stop_all
from dashboard.store.tables import PostNote
from tests.store.posts import LENA, NOW, TOM

pytestmark = pytest.mark.django_db


def test_nothing_is_stopped_until_somebody_stops_it() -> None:
    assert not stop_all.is_stopped()


def test_the_switch_is_thrown_and_released_with_a_note_each_time_it_moves_s24() -> None:
    assert stop_all.switch(True, LENA)
    assert not stop_all.switch(True, TOM)
    assert stop_all.is_stopped()
    assert stop_all.switch(False, TOM)
    assert not stop_all.is_stopped()
    notes = PostNote.objects.values_list("by", "at_ms", "action", "before", "after")
    assert list(notes) == [
        ("lena", NOW, "all stopped", {"stopped": False}, {"stopped": True}),
        ("tom", NOW + 1, "all released", {"stopped": True}, {"stopped": False}),
    ]
