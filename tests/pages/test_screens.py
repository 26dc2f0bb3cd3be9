import json
import re
from typing import Any

import pytest
from django.test import Client

from dashboard.pages.staff import KINDS
from dashboard.store import ledger
from dashboard.store.ledger import Incoming, Reject
from dashboard.store.tables import Quarantined
from gmvboard.clock import now_ms
from tests.worlds import festival

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncollected")]


def config(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="config" type="application/json">(.*?)</script>', html)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_the_wall_of_a_public_campaign_is_for_anybody(client: Client) -> None:
    festival(visibility="public")
    response = client.get("/wall/festival/")
    assert response.status_code == 200
    told = config(response.content.decode())
    assert abs(told.pop("now") - now_ms()) < 60_000
    assert "no-store" in response["Cache-Control"]
    assert told == {
        "slug": "festival",
        "lang": "en",
        "snapshot": "/api/v1/campaigns/festival/snapshot",
        "reference": "/api/v1/campaigns/festival/reference",
        "socket": "/ws/campaigns/festival/",
        "motion": True,
        "orbit": True,
        "oled": False,
        "bezel": 0,
        "free_names": False,
    }


@pytest.mark.parametrize("visibility", ["token", "staff"])
def test_a_wall_that_is_not_public_is_for_staff_who_log_in(staff: Client, visibility: str) -> None:
    festival(visibility=visibility)
    assert "snapshot" in config(staff.get("/wall/festival/").content.decode())


@pytest.mark.parametrize(
    ("query", "accepts", "lang"),
    [
        ("", "", "en"),
        ("", "zh-CN,zh;q=0.9", "zh-hans"),
        ("", "de", "en"),
        ("?lang=zh-hans", "en", "zh-hans"),
        ("?lang=en", "zh-CN", "en"),
        ("?lang=<script>", "", "en"),
    ],
)
def test_the_language_is_the_addresses_else_the_browsers(
    client: Client, query: str, accepts: str, lang: str
) -> None:
    festival(visibility="public")
    html = client.get(f"/wall/festival/{query}", headers={"accept-language": accepts})
    assert config(html.content.decode())["lang"] == lang
    assert f'<html lang="{lang}"'.encode() in html.content
    assert (b"interface-600" in html.content) == (lang == "zh-hans")


def test_names_in_pages_are_made_safe_s20(client: Client) -> None:
    hostile = "\u202e<b>11.11</b>\u200b" + "o\u0301\u0302\u0303\u0304" * 2
    for slug in ("one", "two"):
        campaign, _ = festival(slug, visibility="public")
        campaign.name = hostile
        campaign.save()
    for path in ("/wall/one/", "/"):
        html = client.get(path).content.decode()
        assert "&lt;b&gt;11.11&lt;/b&gt;ó\u0302\u0303\u0304ó" in html
        assert not set("\u202e\u200b") & set(html)


@pytest.mark.parametrize(("asked", "paper"), [("1", "a4"), ("a4", "a4"), ("A3", "a3")])
def test_a_still_is_a_light_sheet_of_paper(client: Client, asked: str, paper: str) -> None:
    festival(visibility="public")
    html = client.get(f"/wall/festival/?lang=en&still={asked}").content.decode()
    assert f'<html lang="en" class="light sheet {paper}">' in html
    assert "js/still.js" in html
    assert "js/wall.js" not in html


def test_a_still_is_for_who_may_see_the_wall(client: Client) -> None:
    festival(visibility="token")
    assert b"still.js" not in client.get("/wall/festival/?still=1").content


@pytest.mark.parametrize("path", ["/wall/festival/", "/staff/festival/", "/walls/"])
def test_a_page_tells_its_modules_at_its_top(staff: Client, path: str) -> None:
    festival(visibility="public")
    html = staff.get(path).content.decode()
    told = re.findall(r'<link rel="modulepreload"[^>]* href="/static/(js/\w+\.js)">', html)
    assert len(told) == len(set(told)) > 5
    assert {"js/dom.js", "js/words_zh.js"} <= set(told)


def test_a_kiosk_can_still_the_page_by_its_address(client: Client) -> None:
    festival(visibility="public")
    told = config(client.get("/wall/festival/?motion=off&orbit=off").content.decode())
    assert (told["motion"], told["orbit"]) == (False, False)


@pytest.mark.parametrize(
    ("asked", "rem"),
    [("0.06", 0.06), ("-0.06", -0.06), ("3", 0.1), ("-3", -0.1), ("nan", 0), ("down", 0), ("", 0)],
)
def test_a_wall_is_shifted_off_its_panels_edges_within_its_margins(
    client: Client, asked: str, rem: float
) -> None:
    festival(visibility="public")
    told = config(client.get(f"/wall/festival/?oled=on&bezel={asked}").content.decode())
    assert (told["oled"], told["bezel"]) == (True, rem)


def test_pages_run_no_script_but_our_own_files(client: Client, staff: Client) -> None:
    """S18, S19: no inline script, and a policy that would refuse one."""
    festival(visibility="public", name_zh="</script><script>alert(1)</script>")
    for path in ("/wall/festival/?lang=zh-hans", "/staff/festival/?lang=zh-hans"):
        response = staff.get(path)
        scripts = re.findall(r"<script(.*?)>", response.content.decode())
        assert all("src=" in one or "application/json" in one for one in scripts)
        assert "script-src 'self';" in response["Content-Security-Policy"] + ";"


def test_the_staff_page_asks_for_a_login(client: Client) -> None:
    festival(visibility="public")
    response = client.get("/staff/festival/")
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_the_staff_page_leads_to_quarantine_and_site_state(staff: Client) -> None:
    campaign, _ = festival()
    html = staff.get("/staff/festival/").content.decode()
    assert f"/admin/dashboard/quarantined/?campaign__id__exact={campaign.pk}" in html
    assert f"/admin/dashboard/sitestate/add/?campaign={campaign.pk}" in html
    assert "<b>0</b> waiting" in html


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Held · currency"), ("zh-hans", "待核实 · 币种")]
)
def test_the_staff_page_says_why_events_wait(staff: Client, lang: str, said: str) -> None:
    campaign, source = festival()
    why = {"held": "currency: expected CNY", "rejected": "count: expected more"}
    rejects = [
        Reject(kind=kind, index=0, event_id="a", reason=reason, raw=b"{}")
        for kind, reason in why.items()
    ]
    ledger.append([Incoming.of(campaign.pk, source.pk, 1, [], rejects)])
    html = staff.get(f"/staff/festival/?lang={lang}").content.decode()
    assert f'<th scope="row">{said}</th><td class="figure">1</td>' in html
    assert "· count</th>" in html
    assert "<b>1</b>" in html


def test_every_kind_kept_aside_has_its_words_in_both_languages() -> None:
    kinds = {kind for kind, _ in Quarantined.KINDS}
    assert {lang: set(words) for lang, words in KINDS.items()} == {"en": kinds, "zh-hans": kinds}


@pytest.mark.parametrize("path", ["/wall/festival/", "/staff/festival/"])
def test_pages_are_only_read(staff: Client, path: str) -> None:
    festival(visibility="public")
    assert staff.post(path).status_code == 405
