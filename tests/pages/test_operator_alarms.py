"""Operators' alarms on the staff page and in the metrics."""

import pytest
from django.test import Client

from dashboard.core.operator_alarms import Alarm
from dashboard.store import alarms
from tests.pages.test_health import figures
from tests.worlds import MIDNIGHT_MS, festival

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Alarm festival: the oldest event not counted is 14 s old"),
        ("zh-hans", "报警 festival：最早未计入的事件已等待 14 秒"),
    ],
)
def test_staff_are_told_what_stands_in_the_language_of_their_page(
    staff: Client, lang: str, text: str
) -> None:
    campaign, other = festival()[0], festival("other")[0]
    for about in (Alarm("backlog", campaign.pk), Alarm("backlog", other.pk), Alarm("disk")):
        alarms.raise_once(about, "14", MIDNIGHT_MS, lambda _: [])
    response = staff.get(f"/staff/festival/alarms?lang={lang}")
    first, second = response.json()
    assert first == {"key": "backlog", "text": text, "since": "2012-11-10T16:00:00Z"}
    assert second["key"] == "disk"
    assert response["Cache-Control"] == "no-store"


def test_others_find_nothing_there_even_of_a_public_campaign(client: Client) -> None:
    festival(visibility="public")
    assert client.get("/staff/festival/alarms").status_code == 404


def test_it_is_only_read(staff: Client) -> None:
    festival()
    assert staff.post("/staff/festival/alarms").status_code == 405


@pytest.mark.usefixtures("redis_server")
def test_alarms_that_stand_are_measured_until_they_are_cleared() -> None:
    about = Alarm("backlog", festival()[0].pk)
    alarms.raise_once(about, "14", MIDNIGHT_MS, lambda _: [])
    alarms.raise_once(Alarm("process:worker"), "", MIDNIGHT_MS, lambda _: [])
    told = figures(Client())
    assert told['gmv_alarm{campaign="festival",key="backlog"}'] == 1
    assert told['gmv_alarm{campaign="",key="process:worker"}'] == 1
    for one in alarms.standing():
        alarms.clear_once(one, MIDNIGHT_MS + 1, lambda _: [])
    assert not [name for name in figures(Client()) if name.startswith("gmv_alarm")]
