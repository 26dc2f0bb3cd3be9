import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from dashboard.accept.admission import JSON, admit
from dashboard.core.events import encode_entries
from dashboard.core.rate_file import Row
from dashboard.store import isolated, ledger, rates
from dashboard.store.keys import facts_of
from dashboard.store.stuck import Stuck
from dashboard.store.tables import Campaign, Quarantined
from tests.accept.desk import NOW_MS, payment
from tests.store.test_rates import MIDNIGHT
from tests.worlds import append, festival
from tests.worlds import payment as entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("surroundings")]
ADDRESS = "/admin/dashboard/quarantined/"


def browser(*permissions: str) -> Client:
    user = get_user_model().objects.create_user("lena", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def decider() -> Client:
    return browser("view_quarantined", "change_quarantined")


def held(*events: dict[str, Any]) -> Campaign:
    campaign, source = festival()
    body = json.dumps([payment(**{"id": str(n), **one}) for n, one in enumerate(events)])
    admitted = admit(facts_of(campaign), source.pk, body.encode(), JSON, NOW_MS)
    ledger.append([admitted.incoming])
    return campaign


def act(client: Client, action: str) -> str:
    keys = list(Quarantined.objects.values_list("pk", flat=True))
    form = {"action": action, "_selected_action": keys}
    return client.post(ADDRESS, form, follow=True).content.decode()


def states() -> list[tuple[str, str]]:
    return list(Quarantined.objects.order_by("event_id").values_list("state", "decided_by"))


def test_events_are_released_and_what_cannot_be_says_why(surroundings: list[int]) -> None:
    campaign = held({"amount": 10**11}, {"currency": "USD"}, {"amount": -1})
    html = act(decider(), "release")
    assert "1 released" in html
    assert "1 not released: currency: expected CNY, got &quot;USD&quot;" in html
    assert "1 left as they are: neither held nor isolated" in html
    assert states() == [("released", "lena"), ("waiting", ""), ("waiting", "")]
    assert surroundings == [campaign.pk]


def test_an_isolated_event_is_released_to_be_counted_where_it_stands_now() -> None:
    campaign, source = festival()
    seq = append(source, entry("good"), entry("poison", 7))
    (batch,) = ledger.read_after(campaign.pk, 0, 9)
    isolated.put(campaign.pk, batch, 1, Stuck(0))
    assert isolated.count(campaign.pk) == 1
    assert "1 released" in act(decider(), "release")
    assert (states(), isolated.count(campaign.pk)) == ([("released", "lena")], 0)
    left, again = ledger.read_after(campaign.pk, 0, 9)
    assert (left.seq, left.left_out) == (seq, (1,))
    assert again.lines == encode_entries([entry("poison", 7)])


@pytest.mark.parametrize("year", ["1969", "1999"])
def test_what_was_before_all_that_is_counted_is_not_released(year: str) -> None:
    campaign = held({"occurred_at": f"{year}-12-31T00:00:00Z"})
    html = act(decider(), "release")
    assert "1 not released: occurred_at: expected the year 2000 or later" in html
    assert (states(), ledger.events(campaign.pk)) == ([("waiting", "")], 0)


def test_money_is_released_by_the_rates_that_were_imported_since() -> None:
    campaign = held({"currency": "USD"})
    rates.add(campaign, [Row("USD", MIDNIGHT, "6.2384")])
    assert "1 released" in act(decider(), "release")
    assert ledger.events(campaign.pk) == 1


def test_events_are_dropped() -> None:
    held({"amount": 10**11}, {"amount": -1})
    assert "2 dropped" in act(decider(), "drop")
    assert states() == [("dropped", "lena"), ("dropped", "lena")]


@pytest.mark.parametrize("action", ["release", "drop"])
def test_who_may_only_look_decides_nothing(action: str) -> None:
    held({"amount": 10**11})
    client = browser("view_quarantined")
    assert "never count them" not in client.get(ADDRESS).content.decode()
    act(client, action)
    assert states() == [("waiting", "")]


def test_events_are_found_by_reason_kind_and_state() -> None:
    held({"amount": 10**11}, {"currency": "USD"}, {"amount": -1})
    client = decider()
    query = {"field": "amount", "kind__exact": "held", "state__exact": "waiting"}
    html = client.get(ADDRESS, query).content.decode()
    assert "1 quarantine" in html or "1 quarantined" in html
    assert "?field=currency" in client.get(ADDRESS).content.decode()


def test_a_rate_is_entered_and_never_altered() -> None:
    campaign, _source = festival()
    client = browser("view_rate", "add_rate", "change_rate", "delete_rate")
    fields = {"campaign": campaign.pk, "currency": "USD", "rate": "6.2384"}
    since = {"since_0": "2012-11-11", "since_1": "00:00:00"}
    html = client.post("/admin/dashboard/rate/add/", fields | since, follow=True).content.decode()
    assert "what was counted before keeps its amount" in html
    rate = campaign.rates.get()
    assert client.post(f"/admin/dashboard/rate/{rate.pk}/change/", fields).status_code == 403
    assert client.post(f"/admin/dashboard/rate/{rate.pk}/delete/", {"post": "y"}).status_code == 403


def test_the_campaign_s_own_currency_has_no_rate() -> None:
    campaign, _source = festival()
    fields = {"campaign": campaign.pk, "currency": "CNY", "rate": "1"}
    since = {"since_0": "2012-11-11", "since_1": "00:00:00"}
    html = browser("add_rate").post("/admin/dashboard/rate/add/", fields | since).content.decode()
    assert "expected another than the campaign" in html
