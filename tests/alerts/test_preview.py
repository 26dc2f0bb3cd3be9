import re
from typing import Any

import msgspec
import pytest

from dashboard.alerts import preview
from dashboard.alerts.feeds import services
from dashboard.alerts.samples import KINDS, sample
from dashboard.alerts.wording import words
from dashboard.store.tables import Campaign, Feed, Label, Milestone, Reference
from tests.worlds import festival

pytestmark = pytest.mark.django_db
YI = 10_000_000_000


@pytest.fixture
def campaign() -> Campaign:
    made, _ = festival(name_zh="购物节")
    Reference.objects.create(campaign=made, label="2011", total=24 * 60 * YI, minutes=[YI] * 1440)
    Reference.objects.create(campaign=made, label="2010", total=9 * YI, primary=False)
    Label.objects.create(
        campaign=made, dimension="platform", key="tmall", name="Tmall", name_zh="天猫"
    )
    return made


def a_rule(campaign: Campaign, kind: str, **fields: Any) -> Milestone:
    given = {"amount": sample(kind).amount, **fields}
    return Milestone.objects.create(campaign=campaign, key=kind, kind=kind, **given)


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_of_any_kind_is_tried_in_both_languages(campaign: Campaign, kind: str) -> None:
    shown = preview.of_rule(a_rule(campaign, kind, of="2010" if kind == "past_total" else ""))
    assert [(one.case, one.lang) for one in shown] == [
        ("sample", "en"),
        ("sample", "zh-hans"),
        ("extreme", "en"),
        ("extreme", "zh-hans"),
    ]
    for one in shown:
        assert one.title and one.alt and not re.search(r"None|\{\{", one.text + one.alt)
        assert {fit.feed for fit in one.fits} == set(services())
        assert ("Festival" if one.lang == "en" else "购物节") in one.text


def test_a_sample_is_told_with_the_campaigns_own_year_and_names(campaign: Campaign) -> None:
    rule = a_rule(campaign, "share", dimension="platform", of="tmall", amount=50 * YI)
    english, chinese = (one.text for one in preview.of_rule(rule)[:2])
    assert english.startswith("Festival: Tmall passed ¥5 billion at 13:37:55 Beijing time")
    assert "天猫" in chinese and "50亿元" in chinese
    past = preview.stories(a_rule(campaign, "past_total", of="2010", amount=0))["sample"]
    assert (past.amount, past.year) == (9 * YI, "2010")
    multiple = preview.stories(a_rule(campaign, "multiple", amount=3000))["sample"]
    assert multiple.total == 3 * (multiple.year_to_now or 0)


def test_what_fell_is_shown_as_it_was_told(campaign: Campaign) -> None:
    told = sample("reference_total")
    rule = a_rule(campaign, "reference_total", facts=msgspec.to_builtins(told))
    first = preview.of_rule(rule)[0]
    assert (first.case, first.text, first.story) == ("fallen", words(told, "en"), told)


def test_each_feed_says_how_long_a_text_is_and_what_it_would_be_cut_to(campaign: Campaign) -> None:
    feed = Feed.objects.create(campaign=campaign, name="micro", service="weibo", lang="zh-hans")
    rule = a_rule(campaign, "amount", words_zh="{{ campaign }}突破{{ amount }}，" * 20)
    english, chinese = preview.of_rule(rule)[:2]
    (fit,) = chinese.fits
    assert english.fits == ()
    assert (fit.feed, fit.count, fit.whole) == (feed.name, "weibo", False)
    assert fit.length > fit.most and fit.text.endswith("…") and fit.text != chinese.text


def test_a_rule_is_tried_before_it_is_saved(campaign: Campaign) -> None:
    rule = Milestone(campaign=campaign, key="x", amount=YI, words="{{ amount }} for {{ campaign }}")
    assert preview.of_rule(rule)[0].text == "¥100 million for Festival"
