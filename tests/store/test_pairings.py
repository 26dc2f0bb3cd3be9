import pytest

from dashboard.store import pairings, screens
from dashboard.store.pairings import CODE_MS, NotPaired
from dashboard.store.screens import LASTS_MS, SEEN_MS
from dashboard.store.tables import Campaign, Pairing, Screen
from tests.worlds import festival

pytestmark = pytest.mark.django_db
NOW_MS = 1_700_000_000_000
ADDRESS = "192.0.2.7"


def begin(slug: str = "festival", now_ms: int = NOW_MS) -> tuple[str, str]:
    """The token of a wall that begins to wait, and its code."""
    token, pairing = pairings.begin(slug, ADDRESS, now_ms)
    return token, pairing.code


def paired(campaign: Campaign) -> str:
    """The token of a wall that was paired."""
    token, code = begin(campaign.slug)
    pairings.confirm(code, "lena", NOW_MS)
    return token


def admitted(token: str, campaign: Campaign, now_ms: int = NOW_MS) -> bool:
    return screens.admits(token, campaign.pk, ADDRESS, now_ms)


def test_a_token_opens_its_campaign_once_its_code_is_confirmed() -> None:
    campaign, _ = festival()
    token, code = begin()
    assert not admitted(token, campaign)
    pairings.confirm(code, "lena", NOW_MS, name="Hall A")
    assert admitted(token, campaign)
    screen = Screen.objects.get()
    assert (screen.name, screen.paired_by, screen.first_address) == ("Hall A", "lena", ADDRESS)


def test_a_token_has_256_bits_and_only_its_digest_is_kept_s13() -> None:
    festival()
    token, code = begin()
    pairings.confirm(code, "lena", NOW_MS)
    assert len(token.removeprefix("gmv_wall_")) == 43  # 32 bytes in base64
    kept = str(list(Screen.objects.values_list())) + str(list(Pairing.objects.values_list()))
    assert token not in kept


def test_a_code_pairs_once_s13() -> None:
    festival()
    _, code = begin()
    pairings.confirm(code, "lena", NOW_MS)
    with pytest.raises(NotPaired, match="no wall shows this code"):
        pairings.confirm(code, "lena", NOW_MS)
    assert Screen.objects.count() == 1


def test_a_code_holds_for_ten_minutes_s13() -> None:
    festival()
    token, code = begin()
    assert pairings.waiting("festival", token, NOW_MS + CODE_MS - 1)
    assert pairings.waiting("festival", token, NOW_MS + CODE_MS) is None
    with pytest.raises(NotPaired):
        pairings.confirm(code, "lena", NOW_MS + CODE_MS)


def test_a_code_may_be_typed_as_it_is_read() -> None:
    festival()
    _, code = begin()
    assert pairings.confirm(f" {code[:3].lower()} - {code[3:]} ", "lena", NOW_MS).pk


def test_codes_are_read_from_afar() -> None:
    _, code = begin()
    assert len(code) == 6
    assert set(code) < set(pairings.LETTERS)
    assert not set(pairings.LETTERS) & set("0O1IL2Z5S8BAEUQVG")


def test_a_wall_of_no_campaign_or_another_one_is_not_paired() -> None:
    festival()
    other, _ = festival("other")
    for slug, only in (("nowhere", None), ("festival", other)):
        _, code = begin(slug)
        with pytest.raises(NotPaired, match=f"asks for '{slug}'"):
            pairings.confirm(code, "lena", NOW_MS, only=only)
    assert not Screen.objects.exists()


def test_a_campaign_for_staff_alone_has_no_walls() -> None:
    festival(visibility="staff")
    _, code = begin()
    with pytest.raises(NotPaired, match="festival is for staff alone"):
        pairings.confirm(code, "lena", NOW_MS)


def test_walls_that_are_over_make_room() -> None:
    begin()
    begin(now_ms=NOW_MS + CODE_MS)
    assert Pairing.objects.count() == 1


@pytest.mark.parametrize(
    ("many", "honest"),
    [
        (["203.0.113.1", "203.0.113.2", "203.0.113.3"], "203.0.114.1"),
        (["2001:db8:0:1::1", "2001:db8:0:2::1", "2001:db8:0:3::1"], "2001:db8:1::1"),
    ],
)
def test_who_has_many_addresses_shuts_no_other_wall_out(
    many: list[str], honest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairings, "MOST", 3)
    pairings.begin("festival", honest, NOW_MS)
    for after_ms, address in enumerate(many):
        pairings.begin("festival", address, NOW_MS + after_ms)
    assert {one.address for one in Pairing.objects.all()} == {honest, *many[1:]}


def test_where_no_network_has_more_walls_than_another_the_newest_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pairings, "MOST", 2)
    for number in range(5):
        pairings.begin("festival", f"203.0.{number}.1", NOW_MS + number)
    assert {one.address for one in Pairing.objects.all()} == {"203.0.3.1", "203.0.4.1"}


def test_a_token_is_of_one_campaign_s13() -> None:
    campaign, _ = festival()
    other, _ = festival("other")
    assert not admitted(paired(campaign), other)


def test_a_wall_that_is_used_stays_paired_and_one_that_is_dark_for_30_days_does_not() -> None:
    campaign, _ = festival()
    token, now = paired(campaign), NOW_MS
    for _ in range(3):
        now += LASTS_MS - 1
        assert admitted(token, campaign, now)
    assert not admitted(token, campaign, now + LASTS_MS)


def test_it_is_noted_where_a_wall_was_seen_but_not_at_each_request() -> None:
    campaign, _ = festival()
    token = paired(campaign)
    for after_ms, seen in ((SEEN_MS - 1, (ADDRESS, 0)), (SEEN_MS, ("2001:db8::1", SEEN_MS))):
        assert screens.admits(token, campaign.pk, "2001:db8::1", NOW_MS + after_ms)
        screen = Screen.objects.get()
        assert (screen.address, screen.seen_ms - NOW_MS) == seen
    assert screen.first_address == ADDRESS


def test_a_wall_that_is_revoked_sees_nothing_more_f50() -> None:
    campaign, _ = festival()
    token = paired(campaign)
    screen = Screen.objects.get()
    assert screens.revoke(screen.pk, NOW_MS)
    assert not admitted(token, campaign)
    assert not screens.revoke(screen.pk, NOW_MS)
