import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.graphemes import clusters
from dashboard.core.lengths import Count, Limit, cut, fits, length

LINK = "https://board.shop.com/wall/double11-2012/?lang=zh-hans"
COUNTS: list[Count] = ["characters", "bytes", "utf16", "graphemes", "weibo", "x", "mastodon"]


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("", "weibo", 0),
        ("abc", "weibo", 2),  # two half-width are one
        ("ab", "weibo", 1),
        ("成交", "weibo", 2),
        ("¥3.36B", "weibo", 3),
        ("破100亿", "weibo", 4),  # 1.5 and 2: half a character is a whole one
        ("😀", "weibo", 2),
        (f"看 {LINK}", "weibo", 12),
        ("http://t.cn/abcdef", "weibo", 9),
        ("https://a.com/" + "x" * 136, "weibo", 15),  # ten of 140 are over
        ("abc", "x", 3),
        ("成交", "x", 4),
        ("…", "x", 2),
        ("“q”", "x", 3),
        ("é", "x", 1),
        ("e\u0301", "x", 1),
        ("👩\u200d👩\u200d👧", "x", 2),
        (f"see {LINK}.", "x", 28),
        ("http://a.com", "x", 23),
        ("http://localhost:8000/wall/", "x", 27),  # no short link is made of it
        (f"看 {LINK}", "mastodon", 25),
        ("👍🏽e\u0301", "mastodon", 2),
        ("🇨🇳", "graphemes", 1),
        ("🇨🇳🇯🇵", "graphemes", 2),
        ("각\u1100\u1161", "graphemes", 2),
        ("\r\n", "graphemes", 1),
        ("é成😀", "bytes", 9),
        ("é成😀", "utf16", 4),
        ("é成😀", "characters", 3),
    ],
)
def test_each_service_counts_in_its_own_way(text: str, count: Count, expected: int) -> None:
    assert length(text, count) == expected


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        ("It passed ¥3.36B", 16, "It passed ¥3.36B"),
        ("It passed ¥3.36B", 15, "It passed…"),
        ("It passed ¥12.27 billion at 13:38:04", 24, "It passed…"),
        ("It passed ¥12.27 billion at 13:38:04", 26, "It passed ¥12.27 billion…"),
        ("It passed ¥12.27 billion at 13:38:04", 29, "It passed ¥12.27 billion at…"),
        ("It took 2 h 19 min 9 s to pass", 18, "It took…"),
        ("in CNY 300 or so", 8, "in…"),
        ("So it is; ¥3.36B, says the board", 18, "So it is; ¥3.36B…"),
        ("Reached at 13:38. Next: ¥5B. Basis: all", 34, "Reached at 13:38. Next: ¥5B…"),
        ("全天成交额突破33.6亿元，用时2小时19分9秒", 11, "全天成交额突破…"),
        ("全天成交额突破33.6亿元，用时2小时19分9秒", 14, "全天成交额突破33.6亿元…"),
        ("全天成交额突破33.6亿元，用时2小时19分9秒", 22, "全天成交额突破33.6亿元…"),
        ("共122亿 7164万 0306元", 14, "共…"),
        ("共１２，３４５元", 5, "共…"),
        ("超三十三亿元啦啦啦", 6, "超…"),
        ("see https://a.com/b-c now, or then", 24, "see https://a.com/b-c …"),
        ("see https://a.com/b-c now", 20, "see…"),
        ("第一句话到此为止。第二句话还很长很长", 12, "第一句话到此为止…"),
        ("unbelievable", 6, "unbel…"),
        ("123456789", 6, "…"),
        ("https://a.com/b", 6, "…"),
        ("words", 0, ""),
    ],
)
def test_a_text_is_cut_between_words_and_never_in_a_figure_or_a_link(
    text: str, most: int, left: str
) -> None:
    assert cut(text, Limit(most)) == left


FIGURES = ["¥3.36B", "33.6亿元", "02:19:09", "¥12.27 billion", "122亿 7164万 0306元", "2 h 19 min"]
FIGURES += ["6.0×", "12倍", "31.1%", "1,231", "US$1.5M", "187.0–198.0亿", "−3.1%", "2小时19分9秒"]
WORDS = ["passed", "成交额突破", "，", "。", ", ", " ", "last year's", "é́", "👩\u200d👧", "(", "—"]
TEXTS = st.lists(st.sampled_from([*FIGURES, *WORDS, LINK]), max_size=30).map(" ".join) | st.lists(
    st.sampled_from([*FIGURES, *WORDS]), max_size=30
).map("".join)
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*[BM亿万%×倍]?")


@given(TEXTS, st.integers(0, 300), st.sampled_from(COUNTS))
def test_what_is_cut_fits_and_has_no_number_that_was_not_whole(
    text: str, most: int, count: Count
) -> None:
    left = cut(text, Limit(most, count))
    assert length(left, count) <= most
    kept = left.removesuffix("…").rstrip(" ") if left != text else text
    assert text.strip().startswith(kept.strip())
    numbers = NUMBER.findall(kept)
    assert numbers == NUMBER.findall(text)[: len(numbers)]
    assert LINK.startswith("http") and kept.count("http") == kept.count(LINK)


@given(st.text(max_size=80), st.integers(0, 90), st.sampled_from(COUNTS))
def test_any_text_is_cut_between_characters_to_what_fits(
    text: str, most: int, count: Count
) -> None:
    left = cut(text, Limit(most, count))
    assert fits(left, Limit(most, count))
    kept = left.removesuffix("…").rstrip()
    whole = clusters(text.strip())
    assert left == text or kept in ["".join(whole[:n]).rstrip() for n in range(len(whole) + 1)]


@given(st.text())
def test_characters_joined_are_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text
