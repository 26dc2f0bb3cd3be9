import logging
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.alerts.phrases import NAMES, phrases
from dashboard.alerts.samples import KINDS, SAMPLE, extreme, sample
from dashboard.alerts.templates import BadTemplate
from dashboard.alerts.wording import check, correction, default_template, title, words
from dashboard.core.scales import Lang
from dashboard.core.story import Story
from dashboard.store.tables import Milestone

LANGS: tuple[Lang, ...] = ("en", "zh-hans")
UNKNOWN = {"year": "", "year_total": None, "year_to_now": None, "year_elapsed_s": None}
BARE = {**UNKNOWN, "basis": "", "basis_zh": "", "next_amount": None}


def told(story: Story, **changed: object) -> Story:
    return msgspec.structs.replace(story, **changed)


def test_every_kind_has_words_and_samples_in_both_languages() -> None:
    kinds = {kind for kind, _ in Milestone.KINDS}
    assert set(KINDS) == kinds
    for kind in kinds:
        for lang in LANGS:
            check(default_template(kind, lang))


@pytest.mark.parametrize(
    ("story", "english", "chinese"),
    [
        (
            told(sample("reference_total"), basis="", basis_zh=""),
            "11.11 Shopping Festival: turnover passed all of 2011, ¥3.36 billion, at 02:19:09 "
            "Beijing time, 2 h 19 min 9 s after the start: 21 h 39 min faster than 2011. That was "
            "6.6× 2011 at the same time. Next: ¥5 billion.",
            "11.11 购物狂欢节：成交总额于北京时间02:19:09超过2011年全天的33.6亿元，"
            "用时2小时19分9秒，比2011年快21小时39分，为2011年同时刻的6.6倍。下一目标：50亿元。",
        ),
        (
            told(SAMPLE, **BARE),
            "11.11 Shopping Festival: turnover passed ¥10 billion at 13:38:04 Beijing time, "
            "13 h 38 min 4 s after the start.",
            "11.11 购物狂欢节：成交总额于北京时间13:38:04突破100亿元，用时13小时38分4秒。",
        ),
        (
            told(sample("bulletin"), basis="", basis_zh=""),
            "11.11 Shopping Festival, the first 10 minutes: turnover ¥250.1 million, 6.0× 2011 "
            "(¥42 million).",
            "11.11 购物狂欢节：开场10分钟，成交总额2.50亿元，为2011年同期4,200万元的6.0倍。",
        ),
        (
            told(SAMPLE, **BARE, late=True, precise=False, rehearsal=True),
            "[Rehearsal] Earlier, at 13:38 Beijing time on 11 November: 11.11 Shopping Festival: "
            "turnover passed ¥10 billion, 13 h 38 min after the start.",
            "【演练】此前消息（北京时间11月11日13:38）：11.11 购物狂欢节：成交总额突破100亿元，"
            "用时13小时38分。",
        ),
        (
            sample("site"),
            "11.11 Shopping Festival: payments began to queue at 16:12:00 Beijing time.",
            "11.11 购物狂欢节：支付开始排队（北京时间16:12:00）。",
        ),
    ],
)
def test_a_story_is_told(story: Story, english: str, chinese: str) -> None:
    assert words(story, "en") == english
    assert words(story, "zh-hans") == chinese


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("late", [False, True])
def test_what_is_not_known_is_left_out(kind: str, late: bool) -> None:
    for lang in LANGS:
        text = words(told(sample(kind), **BARE, late=late), lang)
        assert not re.search(r"None|—|  |\{|\}|\(\)|（）|2011|：。|,\.|，。|: \.", text)
        assert text.endswith((".", "。"))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_told_late_says_when_and_has_no_total_of_a_later_moment(kind: str) -> None:
    then = told(sample(kind), late=True, total=77_77777777_00)
    for lang in LANGS:
        text = words(then, lang)
        assert text.startswith(("Earlier, at ", "此前消息（"))
        assert phrases(then, lang)["time"] in text.split(": ")[0].split("）")[0]
        assert kind in ("bulletin", "close") or not re.search(r"77?\.77?", text)


@pytest.mark.parametrize("kind", KINDS)
def test_figures_in_words_are_those_of_the_phrases(kind: str) -> None:
    figure = re.compile(r"\d[\d,.:]*\d|\d")
    for story in (sample(kind), extreme(kind)):
        for lang in LANGS:
            ready = " ".join(phrases(story, lang).values())
            assert set(figure.findall(words(story, lang))) <= set(figure.findall(ready))


def test_what_is_found_minutes_later_is_told_by_what_stood_when_it_fell() -> None:
    found = told(SAMPLE, amount=25_000_000_000, total=52_500_000_000, year_to_now=11_848_000_000)
    known = phrases(found, "en")
    assert (known["multiple"], known["total"], known["digits"]) == ("2.1×", "¥250.0 million", "")
    assert phrases(SAMPLE, "en")["digits"] == "¥10,000,214,306"
    fivefold = words(told(sample("multiple"), total=29_10000000_00, amount=5000), "en")
    assert "reached 5× that of 2011 at the same time, ¥1.62 billion then" in fivefold
    assert "2.91" not in fivefold
    assert phrases(told(sample("multiple"), amount=5000), "en")["total"] == ""


def test_next_to_nothing_is_no_multiple() -> None:
    assert phrases(told(SAMPLE, year_to_now=SAMPLE.amount * 100), "en")["multiple"] == ""


def test_the_first_hour_is_not_the_first_1_hour() -> None:
    hour = told(sample("bulletin"), amount=3600)
    assert ", the first hour: turnover" in words(hour, "en")
    assert "开场1小时，成交总额" in words(hour, "zh-hans")


def test_a_total_is_cut_and_never_rounded() -> None:
    nearly = told(sample("close"), total=99_99600000_00)
    assert "99.99亿元" in words(nearly, "zh-hans")
    assert "¥9.99 billion" in words(nearly, "en")


def test_what_is_faster_is_told_in_whole_minutes_that_are_sure() -> None:
    took = told(sample("reference_total"), year_elapsed_s=8_349 + 119)
    assert phrases(took, "en")["faster"] == "1 min"
    assert phrases(told(took, year_elapsed_s=8_349 + 59), "en")["faster"] == ""
    assert phrases(told(took, year_elapsed_s=60), "en")["faster"] == ""


@pytest.mark.parametrize(
    ("story", "names"),
    [
        (SAMPLE, ("¥10 billion", "100亿元")),
        (told(SAMPLE, label="Ten!", label_zh="十年"), ("Ten!", "十年")),
        (told(SAMPLE, label="Ten!"), ("Ten!", "Ten!")),
        (sample("reference_total"), ("All of 2011", "2011年全天总额")),
        (sample("past_total"), ("All of 2010", "2010年全天总额")),
        (told(sample("multiple"), amount=2500), ("2.5× 2011", "2011年同时刻的2.5倍")),
        (sample("payments"), ("50 million payments", "5,000万笔支付")),
        (sample("share"), ("Tmall ¥5 billion", "天猫 50亿元")),
        (
            told(sample("share"), of="", subject="", subject_zh=""),
            ("¥5 billion club", "50亿元俱乐部"),
        ),
        (told(sample("bulletin"), amount=3600), ("First hour", "开场1小时")),
        (sample("site"), ("Payments queueing", "支付排队中")),
    ],
)
def test_a_milestone_of_any_kind_has_a_short_name(story: Story, names: tuple[str, str]) -> None:
    assert (title(story, "en"), title(story, "zh-hans")) == names


def test_a_rule_has_words_of_its_own() -> None:
    own = "{% if multiple %}{{ multiple }}!{% endif %} {{ amount }}\n\n{{ next|default:year }}"
    check(own)
    assert words(SAMPLE, "en", own) == "6.2×! ¥10 billion\n\n¥15 billion"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% load static %}", "no tag 'load'"),
        ("{% include 'a.html' %}", "no tag 'include'"),
        ("{% extends 'a' %}", "no tag 'extends'"),
        ("{% debug %}", "no tag 'debug'"),
        ("{% for a in total %}{% endfor %}", "no tag 'for'"),
        ("{% widthratio 1 2 3 %}", "no tag 'widthratio'"),
        ("{% if total %}", "Unclosed tag on line 1: 'if'"),
        ("{{ totl }}", "there is no {{ totl }}; the names are: amount, basis"),
        ("{% if totl %}{% endif %}", "there is no {{ totl }}"),
        ("{{ amount.0 }}", "there is no"),
        ("{{ amount|slice:2 }}", "Invalid filter: 'slice'"),
        ("{{ amount|ljust:999999 }}", "Invalid filter: 'ljust'"),
        ("{{ amount|default:settings }}", "there is no {{ settings }}"),
        ("{{ amount2 }}", "there is no {{ amount2 }}"),
        ("{{ __class__ }}", "may not begin with underscores"),
        ("x" * 2_001, "at most 2,000 characters"),
    ],
)
def test_what_is_wrong_with_a_template_is_named_when_it_is_saved(template: str, said: str) -> None:
    with pytest.raises(BadTemplate, match=re.escape(said)):
        check(template)


def test_a_template_that_fails_gives_way_to_that_of_its_kind_and_is_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        told_twice = [words(SAMPLE, "en", "{{ nothing_here }}") for _ in range(2)]
    assert told_twice == [words(SAMPLE, "en")] * 2
    assert len(caplog.records) == 1
    assert words(SAMPLE, "en", "{% if late %}late{% endif %}") == words(SAMPLE, "en")


@pytest.mark.parametrize(
    ("name", "posted"),
    [
        ("@everyone", "＠everyone"),
        ("#spam {{ total }} {% debug %}", "＃spam {{ total }} {% debug %}"),
        ("see https://evil.shop", "see evil.shop"),
        ("<!channel>", "‹!channel›"),
        ("a\u202eb\u200bc\nd", "abcd"),
    ],
)
def test_a_name_from_outside_calls_nobody_and_is_no_template(name: str, posted: str) -> None:
    story = told(sample("share"), subject=name)
    assert f"{posted} passed ¥5 billion" in words(story, "en")


def test_a_corrected_time_is_told_with_the_post_it_corrects() -> None:
    before = sample("reference_total")
    after = told(before, crossed_ms=before.crossed_ms + 2_000)
    assert correction(before, after, "en", "https://a.com/1") == (
        "Correction: 11.11 Shopping Festival, All of 2011: 02:19:11 Beijing time, not 02:19:09 "
        "Beijing time as posted. https://a.com/1"
    )
    assert correction(before, after, "zh-hans") == (
        "更正：11.11 购物狂欢节“2011年全天总额”，"
        "应为北京时间02:19:11，而非此前发布的北京时间02:19:09。"
    )


def test_a_correction_tells_the_figure_and_what_was_undone() -> None:
    before = sample("bulletin")
    assert "¥260.1 million, not ¥250.1 million" in correction(
        before, told(before, total=2_60120000_00), "en"
    )
    undone = correction(SAMPLE, told(SAMPLE, undercut=True), "en")
    assert "what we posted for 13:38:04 Beijing time does not stand" in undone
    assert correction(SAMPLE, told(SAMPLE, total=SAMPLE.total + 1), "en") == ""


def test_what_was_undone_is_told_once_and_so_is_that_it_was_reached_after_all() -> None:
    undone = told(SAMPLE, undercut=True)
    assert correction(undone, undone, "en") == ""
    assert correction(undone, SAMPLE, "en").endswith("reached after all, at 13:38:04 Beijing time.")
    assert correction(undone, SAMPLE, "zh-hans").endswith("已于北京时间13:38:04达成。")


def test_where_the_start_was_moved_it_is_the_time_it_took_that_is_corrected() -> None:
    later = told(SAMPLE, start_ms=SAMPLE.start_ms + 60_000)
    assert "13 h 37 min 4 s, not 13 h 38 min 4 s as posted" in correction(SAMPLE, later, "en")


@given(st.sampled_from(sorted(NAMES)), st.sampled_from(KINDS), st.booleans())
def test_every_name_may_be_asked_for(name: str, kind: str, late: bool) -> None:
    template = f"x{{{{ {name} }}}}{{% if {name} and not late or year == '2011' %}}y{{% endif %}}"
    check(template)
    story = told(sample(kind), late=late)
    for lang in LANGS:
        assert set(phrases(story, lang)) == set(NAMES)
        assert f"x{phrases(story, lang)[name]}" in words(story, lang, template)


@given(
    st.sampled_from(KINDS),
    st.integers(0, 9 * 10**15),
    st.integers(0, 9 * 10**15),
    st.integers(0, 40 * 86_400),
    st.none() | st.integers(0, 9 * 10**15),
    st.text(max_size=40),
)
def test_any_story_is_told(
    kind: str, amount: int, total: int, after: int, other: int | None, name: str
) -> None:
    story = told(
        sample(kind),
        amount=amount,
        total=total,
        value=other,
        year_total=other,
        year_to_now=other,
        year_elapsed_s=other and other % 10**7,
        crossed_ms=SAMPLE.start_ms + after * 1000,
        subject=name,
    )
    for lang in LANGS:
        assert words(story, lang) and title(story, lang)
