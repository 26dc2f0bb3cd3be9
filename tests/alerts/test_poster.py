import logging
from io import BytesIO
from itertools import combinations

import msgspec
import pytest
from PIL import Image

from dashboard.alerts.phrases import phrases
from dashboard.alerts.poster.colours import colours
from dashboard.alerts.poster.compose import compose
from dashboard.alerts.poster.content import alt, content
from dashboard.alerts.poster.fonts import Face, file_of, loaded, unwritable
from dashboard.alerts.poster.paint import draw, draw_of
from dashboard.alerts.poster.setting import Ink, Piece, shortened, width, wrapped
from dashboard.alerts.poster.shapes import SHAPES
from dashboard.alerts.samples import KINDS, SAMPLE, extreme, sample
from dashboard.core.scales import Lang
from dashboard.core.story import Story
from dashboard.store.tables import Feed

LANGS: tuple[Lang, ...] = ("en", "zh-hans")
SIZES = {"square": (1080, 1080), "wide": (1920, 1080), "story": (1080, 1920)}
Box = tuple[float, float, float, float]


def told(story: Story, **changed: object) -> Story:
    return msgspec.structs.replace(story, **changed)


def box_of(ink: Ink) -> Box:
    found = loaded(ink.path, ink.size, ink.weight).getbbox(ink.text, anchor="ls")
    left, top, right, bottom = found
    return ink.x + left, ink.y + top, ink.x + right, ink.y + bottom


def rows(inks: list[Ink]) -> dict[tuple[int, bool, str], Box]:
    """Return the box around the inks of each row and column."""
    found: dict[tuple[int, bool, str], Box] = {}
    for ink in inks:
        at = (ink.y, ink.size > 100, ink.colour)
        a, b = found.get(at, box_of(ink)), box_of(ink)
        found[at] = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
    return found


LABEL = "Ten thousand million reasons to say thank you to all who made this day ¥10,000,000"
STORIES = [
    *(make(kind) for make in (sample, extreme) for kind in KINDS),
    told(
        SAMPLE,
        label=LABEL,
        label_zh="一百亿个理由，感谢每一位让今天成为可能的人！" * 3,
        rehearsal=True,
    ),
    told(sample("reference_total"), late=True),
    told(sample("site"), of="recovered"),
    told(SAMPLE, label="W" * 80),
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("shape", SIZES)
def test_nothing_leaves_the_poster_or_its_part_and_no_rows_meet(shape: str, lang: Lang) -> None:
    place = SHAPES[shape]
    for story in STORIES:
        _, inks = compose(content(story, lang), place, colours())
        for ink in inks:
            left, top, right, bottom = box_of(ink)
            assert left >= place.margin - 12 and right <= place.width - place.margin + 12, ink
            assert top >= 20 and bottom <= place.height - 8, ink
            assert ink.y > place.edge + 20 or bottom <= place.edge, ink
            assert ink.y <= place.edge or top >= place.edge, ink
        for (a, one), (b, other) in combinations(rows(inks).items(), 2):
            beside = one[2] <= other[0] or other[2] <= one[0]
            apart = one[3] <= other[1] or other[3] <= one[1]
            assert beside or apart, (story.key, a, b)


def test_the_shapes_are_those_that_feeds_choose_from() -> None:
    assert set(SHAPES) == {name for name, _ in Feed.POSTERS if name} == set(SIZES)


@pytest.mark.parametrize("shape", SIZES)
def test_a_poster_is_a_png_of_its_size_in_the_walls_colours(shape: str) -> None:
    picture = Image.open(BytesIO(draw(SAMPLE, shape, "en"))).convert("RGB")
    assert picture.size == SIZES[shape]
    rightmost, lowest = picture.width - 2, picture.height - 2
    assert picture.getpixel((2, 2)) == (0x0D, 0x10, 0x13)
    assert picture.getpixel((rightmost, lowest)) == (0x59, 0xC2, 0xFF)
    edge = SHAPES[shape].edge
    assert picture.getpixel((2, edge - 1)) == (0x0D, 0x10, 0x13)
    assert picture.getpixel((2, edge)) == (0x59, 0xC2, 0xFF)
    shown = {colour for _, colour in picture.getcolors(1 << 20) or []}
    assert {(0xEC, 0xEF, 0xF1), (0xB9, 0xC0, 0xC7), (0x06, 0x13, 0x1C)} <= shown


def test_the_same_story_is_the_same_picture_and_another_is_another() -> None:
    drawn = draw(SAMPLE, "square", "zh-hans")
    assert drawn == draw(SAMPLE, "square", "zh-hans")
    assert drawn != draw(told(SAMPLE, crossed_ms=SAMPLE.crossed_ms + 1000), "square", "zh-hans")


@pytest.mark.parametrize(("state", "token"), [("queueing", "warning"), ("recovered", "rule")])
def test_amber_is_for_what_stands_now(state: str, token: str) -> None:
    fills, _ = compose(content(told(sample("site"), of=state), "en"), SHAPES["wide"], colours())
    assert fills[1].colour == colours()[token]


@pytest.mark.parametrize("lang", LANGS)
def test_who_cannot_see_it_is_told_all_its_figures(lang: Lang) -> None:
    for story in STORIES:
        description, shown = alt(story, lang), content(story, lang)
        assert shown.campaign in description and "None" not in description
        for fact in shown.facts:
            assert f"{fact.name}" in description and fact.figure in description
        if shown.total:
            assert shown.total.text in description


def test_the_description_says_what_the_picture_does() -> None:
    assert alt(told(sample("reference_total"), basis=""), "en") == (
        "11.11 Shopping Festival. Past all of 2011: ¥3.36 billion. Reached at: 02:19:09. Faster "
        "than 2011: 21 h 39 min. Next: ¥5B. Total turnover: ¥3.36 billion. vs 2011 at 02:19: 6.6× "
        "(¥512M then). 11 November, Beijing time."
    )


def test_what_is_told_late_has_its_time_and_no_total_of_a_later_moment() -> None:
    late = content(told(sample("peak_second"), late=True), "en")
    assert late.total is not None and late.total.text == "00:59:27"
    assert (late.digits, late.multiple) == ("", None)


def test_a_total_of_minutes_later_is_not_beside_the_time_it_fell() -> None:
    found = content(told(SAMPLE, total=SAMPLE.amount * 2), "en")
    assert found.total is not None and found.total.text == "13:38:04"
    assert "Reached at" not in {fact.name for fact in found.facts}


def test_figures_are_those_of_the_words() -> None:
    shown, known = (
        content(sample("reference_total"), "zh-hans"),
        phrases(sample("reference_total"), "zh-hans"),
    )
    assert shown.digits == known["digits"] and shown.total and shown.total.text == known["total"]
    assert [fact.figure for fact in shown.facts][:2] == [known["time"], known["faster"]]


@pytest.mark.parametrize(
    ("char", "file"),
    [
        ("7", "barlow-condensed-latin-600-normal"),
        ("č", "barlow-semi-condensed-latin-ext-600-normal"),
        ("亿", "interface-600"),
        ("龘", "noto-sans-sc-"),
    ],
)
def test_a_character_is_set_in_the_file_that_the_wall_sets_it_in(char: str, file: str) -> None:
    found = file_of(char, Face("figures"))
    assert found is not None and found.is_file() and found.name.startswith(file)


def test_a_character_that_no_file_has_is_left_out_and_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert unwritable("成交 ¥3.36B \U0001f984") == {"\U0001f984"}
    with caplog.at_level(logging.WARNING):
        draw(told(SAMPLE, campaign="Fest \U0001f984"), "square", "en")
        draw(told(SAMPLE, campaign="Fest \U0001f984"), "square", "en")
    assert [one.message for one in caplog.records if "no_font_has" in one.message] == [
        "poster=incomplete campaign='Fest \U0001f984' no_font_has={'\\U0001f984'}"
    ]


def test_a_label_that_staff_gave_is_the_headline() -> None:
    named = told(sample("bulletin"), label="First 10 minutes", label_zh="开场十分钟战报")
    assert content(named, "en").headline == "The first"
    assert content(named, "zh-hans").headline == "开场十分钟战报"


def test_a_post_of_no_story_has_no_poster() -> None:
    assert draw_of(None, "wide", "en") is None
    assert draw_of(msgspec.to_builtins(SAMPLE), "", "en") is None
    assert draw_of(msgspec.to_builtins(SAMPLE), "wide", "zh-hans") == draw(
        SAMPLE, "wide", "zh-hans"
    )


def test_a_long_name_is_set_smaller_and_then_cut_between_words() -> None:
    name = Piece("Grand International Festival of 12.12 Sales", Face("words"), 46, "#fff")
    assert shortened(name, 700, 26).text == name.text
    cut = shortened(name, 300, 26)
    assert cut.text == "Grand International…" and cut.size == 26 and width([cut]) <= 300


def test_a_long_text_is_wrapped_with_no_comma_first_and_no_figure_torn() -> None:
    lines = wrapped(Piece("感谢大家，今天突破100亿元，我们一起", Face("words"), 90, "#fff"), 380, 3)
    assert len(lines) <= 3 and not any(line.text.startswith("，") for line in lines)
    assert any("100亿元" in line.text for line in lines)
    assert all(width([line]) <= 380 for line in lines)
