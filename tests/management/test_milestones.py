import io
import json

import pytest
from django.core.management import CommandError, call_command

from dashboard.store.tables import Campaign, Feed, Milestone, MilestoneNote
from tests.worlds import MIDNIGHT_MS, festival

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _campaign() -> None:
    festival()


def run(*arguments: str) -> str:
    told = io.StringIO()
    call_command(*arguments, stdout=told)
    return told.getvalue()


@pytest.mark.parametrize(
    ("arguments", "key", "amount"),
    [
        (["--amount", "100亿"], "10-billion", 1_000_000_000_000),
        (["--kind", "orders", "--amount", "1 million"], "orders-1-million", 1_000_000),
        (["--kind", "multiple", "--amount", "1.5"], "multiple-1-5-times", 1_500),
        (["--kind", "bulletin", "--amount", "2h"], "bulletin-2-hours", 7_200),
        (
            ["--kind", "share", "--dimension", "merchant", "--amount", "1亿"],
            "share-merchant-100-million",
            10_000_000_000,
        ),
        (["--kind", "site", "--of", "queueing"], "site-queueing", 0),
        (["--kind", "peak_minute"], "peak-minute", 0),
        (
            ["--kind", "counter", "--of", "visits", "--amount", "5万"],
            "counter-visits-50000",
            50_000,
        ),
    ],
)
def test_a_milestone_is_added_under_a_key_that_says_what_it_is(
    arguments: list[str], key: str, amount: int
) -> None:
    assert json.loads(run("addmilestone", "festival", *arguments))["key"] == key
    row = Milestone.objects.get()
    assert (row.key, row.amount, row.goes_to) == (key, amount, "all")
    assert row.take_over == (row.kind not in {"bulletin", "site"})


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["--amount", "ten"], "amount"),
        (["--amount", "0"], "amount"),
        (["--kind", "bulletin", "--amount", "90"], "amount"),
        (["--kind", "share", "--amount", "1"], "dimension"),
        (["--kind", "share", "--amount", "1", "--dimension", "colour"], "dimension"),
        (["--kind", "counter", "--amount", "1"], "of"),
        (["--kind", "site", "--of", "asleep"], "of"),
        (["--kind", "past_total"], "of"),
        (["--amount", "1", "--of", "tmall"], "of"),
        (["--amount", "1", "--dimension", "platform"], "dimension"),
        (["--amount", "1", "--feeds", "nobody"], "feeds"),
        (["--amount", "1", "--goes-to", "chosen"], "feeds"),
        (["--amount", "1", "--key", "no spaces"], "key"),
        (["--amount", "1", "--words", "{{ money }}"], "words"),
        (["--amount", "1", "--words-zh", "{% load x %}"], "words_zh"),
        (["--kind", "site", "--of", "normal", "--key", "x" * 41], "key"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_by_its_field(arguments: list[str], field: str) -> None:
    with pytest.raises(CommandError, match=f"^{field}: "):
        run("addmilestone", "festival", *arguments)
    assert not Milestone.objects.exists()


def test_a_rule_may_have_words_of_its_own() -> None:
    words = ["--words", "{{ amount }} at last", "--words-zh", "终于{{ amount }}"]
    run("addmilestone", "festival", "--amount", "1e8", *words)
    row = Milestone.objects.get()
    assert (row.words, row.words_zh) == ("{{ amount }} at last", "终于{{ amount }}")


def test_some_feeds_are_chosen_by_name() -> None:
    feed = Feed.objects.create(campaign=Campaign.objects.get(), name="x", service="webhook")
    run("addmilestone", "festival", "--amount", "1", "--feeds", "x", "--no-take-over")
    row = Milestone.objects.get()
    assert (row.goes_to, list(row.feeds.all()), row.take_over) == ("chosen", [feed], False)


def test_a_ladder_is_added_once() -> None:
    first = run("ladder", "festival", "--from", "1e8", "--to", "10亿")
    assert first.split()[:4] == ["100-million", "200-million", "500-million", "1-billion"]
    again = run("ladder", "festival", "--from", "5亿", "--to", "2e9")
    assert again.split() == ["2-billion", "1", "added,", "2", "were", "there"]


def test_bulletins_are_a_ladder_of_times() -> None:
    run("ladder", "festival", "--bulletins")
    amounts = list(Milestone.objects.values_list("amount", flat=True))
    assert amounts == [60, 600, *range(3_600, 86_400, 3_600)]


@pytest.mark.parametrize("arguments", [[], ["--from", "2", "--to", "1"], ["--from", "1"]])
def test_a_ladder_needs_both_ends(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="expected"):
        run("ladder", "festival", *arguments)


def test_milestones_are_listed_with_their_proof_and_notes() -> None:
    run("ladder", "festival", "--from", "1", "--to", "2")
    row = Milestone.objects.get(amount=100)
    record = {"crossed_ms": MIDNIGHT_MS + 9_000, "position": 7, "total": 110}
    Milestone.objects.filter(pk=row.pk).update(**record)
    MilestoneNote.objects.create(milestone=row, at_ms=MIDNIGHT_MS, what="fired")
    fallen, note, awaited = run("milestones", "festival").splitlines()
    assert "fell 2012-11-11 00:00:09, position 7, total 110, provisional" in fallen
    assert note.split() == ["2012-11-10T16:00:00Z", "fired"]
    assert awaited.endswith("amount 200  awaited")


def test_a_bulletin_covers_the_wall_where_that_is_asked_for() -> None:
    run("addmilestone", "festival", "--kind", "bulletin", "--amount", "10min")
    assert not Milestone.objects.get().take_over
    run("addmilestone", "festival", "--kind", "bulletin", "--amount", "1h", "--take-over")
    assert Milestone.objects.get(amount=3_600).take_over
