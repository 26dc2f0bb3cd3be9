import pytest

from dashboard.store.tables import Feed, Milestone
from tests.admin.test_milestones import LIST, director
from tests.admin.test_quarantine import browser
from tests.worlds import festival

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("surroundings")]


def a_rule(**fields: object) -> Milestone:
    campaign, _ = festival(name_zh="购物节")
    Feed.objects.create(campaign=campaign, name="micro", service="weibo", lang="zh-hans")
    return Milestone.objects.create(campaign=campaign, key="m", amount=10**12, **fields)


def test_a_rule_shows_what_it_would_say_and_how_long_that_is() -> None:
    rule = a_rule(words_zh="{{ campaign }}<b>突破{{ amount }}" * 20)
    html = director().get(f"{LIST}{rule.pk}/change/").content.decode()
    assert "Festival: turnover passed ¥10 billion at 13:37:55 Beijing time" in html
    assert "购物节&lt;b&gt;突破100亿元" in html and "购物节<b>突破" not in html
    assert "micro: " in html and "/129 (weibo) is cut to: 购物节" in html
    assert "{{ faster }}" in html
    assert f'src="{LIST}{rule.pk}/poster/sample/zh-hans/wide.png"' in html


def test_its_posters_are_pngs_of_what_there_is() -> None:
    rule, client = a_rule(), director()
    answer = client.get(f"{LIST}{rule.pk}/poster/sample/en/square.png")
    assert answer["Content-Type"] == "image/png" and answer.content.startswith(b"\x89PNG")
    for wrong in ("fallen/en/square", "sample/fr/square", "sample/en/round"):
        assert client.get(f"{LIST}{rule.pk}/poster/{wrong}.png").status_code == 404


def test_its_posters_are_for_who_may_see_the_rule() -> None:
    poster = f"{LIST}{a_rule().pk}/poster/sample/en/square.png"
    assert browser("view_campaign").get(poster).status_code == 403


def test_staff_who_read_chinese_see_it_in_chinese() -> None:
    rule = a_rule()
    client = director()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    html = client.get(f"{LIST}{rule.pk}/change/").content.decode()
    assert "最长情形" in html and "今年至少快多少" in html
