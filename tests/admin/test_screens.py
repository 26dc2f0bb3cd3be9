import pytest
from django.test import Client

from dashboard.store import pairings
from dashboard.store.tables import Screen
from gmvboard.clock import now_ms
from tests.admin.test_quarantine import browser
from tests.worlds import festival

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("surroundings")]
ADDRESS = "/admin/dashboard/screen/"


def paired(name: str) -> Screen:
    _, pairing = pairings.begin("festival", "192.0.2.7", now_ms())
    return pairings.confirm(pairing.code, "lena", now_ms(), name=name)


def revoke(client: Client, screen: Screen) -> str:
    form = {"action": "revoke", "_selected_action": [screen.pk]}
    return client.post(ADDRESS, form, follow=True).content.decode()


def test_walls_are_listed_and_revoked_one_by_one() -> None:
    festival()
    gone, stays = paired("Hall A"), paired("Hall B")
    client = browser("view_screen", "change_screen")
    html = client.get(ADDRESS).content.decode()
    assert all(text in html for text in ("Hall A", "Hall B", "192.0.2.7", "lena"))
    assert "1 revoked" in revoke(client, gone)
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert gone.revoked_ms is not None
    assert stays.revoked_ms is None


def test_who_may_only_look_revokes_nothing_and_no_digest_is_shown() -> None:
    festival()
    screen = paired("Hall A")
    client = browser("view_screen")
    revoke(client, screen)
    screen.refresh_from_db()
    assert screen.revoked_ms is None
    html = client.get(f"{ADDRESS}{screen.pk}/change/").content.decode()
    assert "Hall A" in html
    assert screen.token_hash not in html
