import pytest
from django.test import Client

from dashboard.store.tables import Campaign, Feed, Milestone, MilestoneNote
from tests.admin.test_quarantine import browser
from tests.worlds import MIDNIGHT_MS, festival

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("surroundings")]
LIST = "/admin/dashboard/milestone/"
NO_NOTES = {"notes-TOTAL_FORMS": 0, "notes-INITIAL_FORMS": 0}
RULE = {"key": "m", "kind": "amount", "amount": "10亿", "goes_to": "all", "take_over": "on"}


def director() -> Client:
    rights = ("view", "add", "change", "delete")
    return browser(*(f"{one}_milestone" for one in rights), "view_milestonenote", "view_campaign")


def add(client: Client, **fields: object) -> str:
    campaign = Campaign.objects.first() or festival()[0]
    form = {"campaign": campaign.pk} | RULE | NO_NOTES | fields
    return client.post(f"{LIST}add/", form, follow=True).content.decode()


def fallen() -> Milestone:
    """Return a milestone of 100 that has fallen."""
    record = {"crossed_ms": MIDNIGHT_MS + 9_000, "position": 7, "total": 110, "facts": {}}
    return Milestone.objects.create(campaign=festival()[0], key="m", amount=100, **record)


def test_a_rule_is_typed_as_people_write_amounts_and_shown_in_major_units() -> None:
    client = director()
    add(client)
    row = Milestone.objects.get()
    assert row.amount == 100_000_000_000
    html = client.get(f"{LIST}{row.pk}/change/").content.decode()
    assert 'name="amount" value="1000000000"' in html


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"amount": "ten"}, "amount: expected an amount such as"),
        ({"amount": ""}, "amount: expected more than 0"),
        ({"kind": "bulletin", "amount": "90"}, "amount: expected whole minutes"),
        ({"kind": "share"}, "dimension: expected one of platform"),
        ({"kind": "counter"}, "of: expected the name of a counter"),
        ({"of": "tmall"}, "of: expected nothing for this kind"),
        ({"goes_to": "chosen"}, "feeds: expected some"),
        ({"words": "{% endif %}"}, "words: "),
        ({"words_zh": "{% if %}"}, "words_zh: "),
    ],
)
def test_what_is_wrong_is_told_at_its_field(fields: dict[str, str], told: str) -> None:
    html = add(director(), **fields)
    assert told in html
    assert not Milestone.objects.exists()


def test_feeds_are_chosen_among_those_there() -> None:
    feed = Feed.objects.create(campaign=festival()[0], name="x", service="webhook")
    add(director(), goes_to="chosen", feeds=[feed.pk])
    assert list(Milestone.objects.get().feeds.all()) == [feed]


def test_what_has_fallen_stays_as_it_fell_and_its_words_may_be_edited_f44() -> None:
    row = fallen()
    form = RULE | NO_NOTES | {"amount": "5", "kind": "orders", "label": "Ten"}
    director().post(f"{LIST}{row.pk}/change/", form, follow=True)
    row.refresh_from_db()
    assert (row.amount, row.kind, row.label, row.crossed_ms) == (
        100,
        "amount",
        "Ten",
        MIDNIGHT_MS + 9_000,
    )


def test_what_has_fallen_is_not_deleted_and_its_notes_are_shown() -> None:
    row = fallen()
    MilestoneNote.objects.create(milestone=row, at_ms=MIDNIGHT_MS, what="re-dated")
    client = director()
    assert "re-dated" in client.get(f"{LIST}{row.pk}/change/").content.decode()
    assert client.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    form = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    client.post(LIST, form, follow=True)
    assert Milestone.objects.exists()


def test_a_ladder_is_made_in_one_step() -> None:
    campaign, _ = festival()
    form = {"campaign": campaign.pk, "kind": "amount", "first": "1亿", "last": "1e9"}
    html = director().post(f"{LIST}ladder/", form, follow=True).content.decode()
    assert "4 added" in html
    assert sorted(Milestone.objects.values_list("key", flat=True)) == [
        "1-billion",
        "100-million",
        "200-million",
        "500-million",
    ]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [("", "1", "such as"), ("1", "x", "such as"), ("2", "1", "1 to 100 rungs")],
)
def test_a_ladder_says_what_is_wrong_with_it(first: str, last: str, told: str) -> None:
    form = {"campaign": festival()[0].pk, "kind": "amount", "first": first, "last": last}
    assert told in director().post(f"{LIST}ladder/", form, follow=True).content.decode()


def test_bulletins_are_a_ladder_too() -> None:
    form = {"campaign": festival()[0].pk, "kind": "bulletin"}
    director().post(f"{LIST}ladder/", form, follow=True)
    assert Milestone.objects.filter(kind="bulletin").count() == 25


def test_ladders_are_for_who_may_add() -> None:
    assert browser("view_milestone").get(f"{LIST}ladder/").status_code == 403
