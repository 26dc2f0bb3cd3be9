import re

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


def test_what_is_chinese_on_the_way_in_says_so(client: Client) -> None:
    for slug in ("one", "two"):
        campaign, _ = festival(slug, visibility="public")
        campaign.name_zh = "购物节"
        campaign.save()
    told = client.get("/").content.decode()
    assert told.count('<span lang="zh-Hans">购物节</span>') == 2
    assert not re.search(r"[一-鿿]", re.sub(r'<(\w+) lang="zh-Hans">.*?</\1>', "", told))


def test_who_may_see_none_is_shown_where_to_sign_in(client: Client) -> None:
    festival("hidden")
    told = client.get("/").content.decode()
    assert told.count("/admin/login/") == 2
    assert "Sign in</a>" in told
    assert re.search(r'<p lang="zh-Hans">[^<]+<a [^>]+>登录</a>', told)
    assert "hidden" not in told.lower()


def test_names_are_text_and_never_markup(client: Client) -> None:
    """S18."""
    for slug in ("one", "two"):
        campaign, _ = festival(slug, visibility="public")
        campaign.name = "</li><script>alert(1)</script>"
        campaign.save()
    assert "<script>" not in client.get("/").content.decode()
