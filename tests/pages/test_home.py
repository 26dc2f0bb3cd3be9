import pytest
from django.test import Client

from tests.worlds import festival

pytestmark = pytest.mark.django_db


def test_the_only_campaign_is_where_the_way_in_leads(client: Client) -> None:
    festival(visibility="public")
    festival("hidden")
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/wall/festival/")


def test_of_several_campaigns_the_caller_chooses(client: Client) -> None:
    festival("one", visibility="public")
    festival("two", visibility="public")
    told = client.get("/").content.decode()
    assert 'href="/wall/one/"' in told
    assert 'href="/wall/two/"' in told


def test_who_may_see_none_is_shown_where_to_sign_in(client: Client) -> None:
    festival("hidden")
    told = client.get("/").content.decode()
    assert "/admin/login/" in told
    assert "hidden" not in told.lower()


def test_names_are_text_and_never_markup(client: Client) -> None:
    """S18."""
    for slug in ("one", "two"):
        campaign, _ = festival(slug, visibility="public")
        campaign.name = "</li><script>alert(1)</script>"
        campaign.save()
    assert "<script>" not in client.get("/").content.decode()
