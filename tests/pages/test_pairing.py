"""The address of a wall not to be seen: a code, its confirmation, and what a wall then may."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from pytest_django.fixtures import Settings

from dashboard.core.buckets import Buckets
from dashboard.pages import pairing
from dashboard.store import screens
from dashboard.store.tables import Pairing, Screen
from tests.pages.test_screens import config
from tests.worlds import festival

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_redis")]
API = "/api/v1/campaigns/festival"
ASK = "/wall/festival/pairing"
COOKIE = "gmv_wall_festival"


@pytest.fixture(autouse=True)
def surroundings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was collected, and nobody has asked before."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    monkeypatch.setattr(pairing, "_ASKS", Buckets(10, 60))
    monkeypatch.setattr(pairing, "_CODES", Buckets(0.1, 40))


@pytest.fixture
def director(db: None) -> Client:
    """A browser of somebody who may confirm walls."""
    user = get_user_model().objects.create_user("lena", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="add_screen"))
    client = Client()
    client.force_login(user)
    return client


def ask(wall: Client, slug: str = "festival") -> dict[str, Any]:
    answer = wall.post(f"/wall/{slug}/pairing")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def confirm(staff: Client, code: str, **form: str) -> str:
    """What the staff page says of a code that is typed there."""
    typed = {"code": code, **form}
    html = staff.post("/staff/festival/pair?lang=en", typed, follow=True).content.decode()
    found = re.search(r'<p class="told[^>]*>(.*?)</p>', html)
    return found[1] if found else ""


@pytest.fixture
def wall(director: Client) -> Client:
    """A browser that was paired with `festival`."""
    festival()
    client = Client()
    assert "is confirmed" in confirm(director, ask(client)["code"])
    return client


@pytest.mark.parametrize("slug", ["festival", "secret", "unknown"])
@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_a_wall_that_may_not_be_seen_shows_where_its_code_is_confirmed(
    client: Client, slug: str, lang: str
) -> None:
    festival()
    festival("secret", visibility="staff")
    response = client.get(f"/wall/{slug}/?lang={lang}")
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex")
    assert "no-store" in response["Cache-Control"]
    told = config(response.content.decode())
    assert told.pop("csrf")
    assert told == {
        "lang": lang,
        "pairing": f"/wall/{slug}/pairing",
        "confirm": f"testserver/staff/{slug}/",
        "orbit": True,
    }


def test_an_unknown_campaign_is_not_told_from_one_that_is_hidden(client: Client) -> None:
    festival()
    html = [
        client.get(f"/wall/{slug}/").content.decode().replace(slug, "it")
        for slug in ("festival", "unknown")
    ]
    assert len({re.sub(r'"csrf": ".*?"', "", one) for one in html}) == 1
    known, unknown = (ask(Client(), slug).keys() for slug in ("festival", "unknown"))
    assert known == unknown


def test_the_code_stays_while_it_holds_and_the_next_one_comes_by_itself(client: Client) -> None:
    festival()
    first = ask(client)
    assert (first["paired"], first["seconds_left"] > 590) == (False, True)
    assert ask(client)["code"] == first["code"]
    Pairing.objects.update(until_ms=0)
    assert ask(client)["code"] != first["code"]


def test_each_browser_has_a_code_of_its_own() -> None:
    assert ask(Client())["code"] != ask(Client())["code"]


def test_once_confirmed_the_wall_is_there_and_the_cookie_renews_itself(wall: Client) -> None:
    assert ask(wall) == {"paired": True, "code": None, "seconds_left": None}
    response = wall.get("/wall/festival/")
    assert config(response.content.decode())["socket"] == "/ws/campaigns/festival/"
    renewed = response.cookies[COOKIE]
    assert renewed["max-age"] == 400 * 24 * 3600
    assert wall.get(f"{API}/snapshot").status_code == 503  # seen, though Redis is away
    assert wall.get(f"{API}/reference").status_code == 200


@pytest.mark.parametrize("https", [False, True])
def test_no_script_and_no_other_site_can_use_the_cookie_s13(
    client: Client, settings: Settings, https: bool
) -> None:
    settings.HTTPS = https
    ask(client)
    (name,) = client.cookies
    kept = client.cookies[name]
    assert name == ("__Host-" if https else "") + COOKIE
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", "/")
    assert (bool(kept["secure"]), kept["domain"]) == (https, "")


@pytest.mark.parametrize(
    "path",
    [
        "/staff/festival/",
        "/admin/",
        f"{API}/minutes",
        f"{API}/milestones",
        "/api/v1/campaigns/other/snapshot",
    ],
)
def test_a_wall_reads_what_a_wall_shows_and_nothing_else_s13(wall: Client, path: str) -> None:
    festival("other")
    wall.cookies["gmv_wall_other"] = wall.cookies[COOKIE].value
    assert wall.get(path).status_code in {302, 404}
    assert wall.get("/api/v1/campaigns").json() == []


@pytest.mark.parametrize(
    "path", ["/staff/festival/pair", "/admin/dashboard/sitestate/add/", "/admin/dashboard/screen/"]
)
def test_a_wall_does_nothing_s13(wall: Client, path: str) -> None:
    response = wall.post(path, {"code": "K7XW3M"})
    assert (response.status_code, response["Location"][:13]) == (302, "/admin/login/")


@pytest.mark.parametrize("path", ["/wall/festival/", f"{API}/snapshot", f"{API}/reference"])
def test_what_a_wall_reads_it_cannot_post_to_s13(wall: Client, path: str) -> None:
    assert wall.post(path).status_code == 405


def test_a_wall_that_is_revoked_shows_a_new_code_f50(wall: Client) -> None:
    screens.revoke(Screen.objects.get().pk, 1)
    assert "pairing" in config(wall.get("/wall/festival/").content.decode())
    assert wall.get(f"{API}/snapshot").status_code == 404
    assert ask(wall)["code"]


def test_a_wall_goes_dark_where_its_campaign_becomes_one_for_staff(wall: Client) -> None:
    campaign = Screen.objects.get().campaign
    campaign.visibility = "staff"
    campaign.save()
    assert wall.get(f"{API}/snapshot").status_code == 404


def test_staff_are_told_why_a_code_is_not_confirmed(director: Client) -> None:
    campaign, _ = festival()
    assert confirm(director, "XXX-XXX").startswith("No wall shows this code now.")
    assert "another campaign" in confirm(director, ask(Client(), "unknown")["code"])
    campaign.visibility = "staff"
    campaign.save()
    assert "for staff alone" in confirm(director, ask(Client())["code"])
    assert not Screen.objects.exists()


def test_the_form_is_for_those_who_may_confirm_walls(director: Client, staff: Client) -> None:
    festival()
    code = ask(Client())["code"]
    form = 'action="/staff/festival/pair'
    assert form in director.get("/staff/festival/").content.decode()
    assert form not in staff.get("/staff/festival/").content.decode()
    assert staff.post("/staff/festival/pair", {"code": code}).status_code == 403
    assert director.get(f"/staff/festival/pair?code={code}").status_code == 302
    assert not Screen.objects.exists()


def test_nothing_is_confirmed_nor_asked_for_by_another_site_s22(director: Client) -> None:
    festival()
    code = ask(Client())["code"]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = director.cookies
    assert strict.post("/staff/festival/pair", {"code": code}).status_code == 403
    assert strict.post(ASK).status_code == 403
    assert not Screen.objects.exists()


def test_the_page_brings_what_its_script_asks_with() -> None:
    strict = Client(enforce_csrf_checks=True)
    token = config(strict.get("/wall/festival/").content.decode())["csrf"]
    assert strict.post(ASK, headers={"x-csrftoken": token}).status_code == 200


def test_who_asks_too_often_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "_ASKS", Buckets(1, 2))
    answers = [Client().post(ASK) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "1"


def test_an_address_gets_only_so_many_codes_and_one_that_has_a_code_keeps_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pairing, "_CODES", Buckets(0.1, 1))
    first = Client()
    ask(first)
    answer = Client().post(ASK)
    assert (answer.status_code, answer["Retry-After"]) == (429, "10")
    assert ask(first)["code"]


def test_who_logs_in_anew_at_the_form_comes_to_the_staff_page(director: Client) -> None:
    festival()
    ended = Client().post("/staff/festival/pair?lang=zh-hans", {"code": "K7XW3M"})
    (back,) = parse_qs(urlsplit(ended["Location"]).query)["next"]
    answer = director.get(back)
    assert (answer.status_code, answer["Location"]) == (302, "/staff/festival/?lang=zh-hans")
