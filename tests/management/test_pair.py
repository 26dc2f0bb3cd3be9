import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dashboard.store import pairings, screens
from dashboard.store.tables import Screen
from gmvboard.clock import now_ms
from tests.worlds import festival

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    told = StringIO()
    call_command(*arguments, stdout=told)
    return told.getvalue()


def test_pair_confirms_the_wall_that_shows_the_code() -> None:
    campaign, _ = festival()
    token, pairing = pairings.begin("festival", "192.0.2.7", now_ms())
    told = json.loads(run("pair", f"{pairing.code[:3]}-{pairing.code[3:]}", "--name", "Hall A"))
    screen = Screen.objects.get()
    assert told == {
        "screen": screen.pk,
        "campaign": "festival",
        "name": "Hall A",
        "address": "192.0.2.7",
    }
    assert screens.admits(token, campaign.pk, "192.0.2.7", now_ms())


def test_a_code_that_no_wall_shows_is_an_error_that_says_so() -> None:
    with pytest.raises(CommandError, match="code: no wall shows this code now; one holds for 10"):
        run("pair", "XXXXXX")


def test_a_wall_whose_address_is_of_no_campaign_is_named() -> None:
    _, pairing = pairings.begin("festivall", "192.0.2.7", now_ms())
    with pytest.raises(CommandError, match="code: the wall that shows it asks for 'festivall'"):
        run("pair", pairing.code)


def test_unpair_ends_it_and_says_where_there_is_nothing_to_end() -> None:
    festival()
    _, pairing = pairings.begin("festival", "192.0.2.7", now_ms())
    number = str(json.loads(run("pair", pairing.code))["screen"])
    assert run("unpair", number) == f"wall {number} revoked\n"
    with pytest.raises(CommandError, match=f"screen: no wall {number} that is paired"):
        run("unpair", number)
