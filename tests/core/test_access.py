import pytest

from dashboard.core.access import bearer, may_see, same_origin


@pytest.mark.parametrize(
    ("authorization", "token"),
    [
        ("Bearer abc", "abc"),
        ("bearer  abc ", "abc"),
        ("Bearer", ""),
        ("Basic abc", ""),
        ("abc", ""),
        ("", ""),
    ],
)
def test_a_bearer_token_is_read_from_its_header(authorization: str, token: str) -> None:
    assert bearer(authorization) == token


@pytest.mark.parametrize(
    ("visibility", "token_hash", "bearer_hash", "staff", "seen"),
    [
        ("public", "", "", False, True),
        ("token", "aa", "aa", False, True),
        ("token", "aa", "bb", False, False),
        ("token", "aa", "", False, False),
        ("token", "", "", False, False),
        ("token", "aa", "é", False, False),
        ("token", "aa", "", True, True),
        ("staff", "aa", "aa", False, False),
        ("staff", "aa", "", True, True),
        ("unheard of", "aa", "aa", False, False),
    ],
)
def test_who_may_see_a_campaign(
    visibility: str, token_hash: str, bearer_hash: str, staff: bool, seen: bool
) -> None:
    assert may_see(visibility, token_hash, bearer_hash, staff) is seen


@pytest.mark.parametrize(
    ("origin", "scheme", "host", "own"),
    [
        ("http://board.example", "http", "board.example", True),
        ("http://board.example:80", "http", "board.example", True),
        ("HTTPS://Board.Example", "https", "board.example:443", True),
        ("http://[::1]:8000", "http", "[::1]:8000", True),
        ("https://board.example", "http", "board.example", False),
        ("http://board.example:8001", "http", "board.example:8000", False),
        ("http://board.example.evil", "http", "board.example", False),
        ("http://board.example/", "http", "board.example", False),
        ("http://board.example?x", "http", "board.example", False),
        ("http://a@board.example", "http", "board.example", False),
        ("http://board.example:99999", "http", "board.example", False),
        ("file://", "http", "board.example", False),
        ("null", "http", "board.example", False),
        ("", "http", "", False),
        ("http://", "http", "", False),
    ],
)
def test_an_origin_is_ours_only_exactly(origin: str, scheme: str, host: str, own: bool) -> None:
    assert same_origin(origin, scheme, host, ()) is own


def test_origins_that_are_trusted_by_name_are_ours() -> None:
    trusted = ["https://*.example", "https://wall.example:8443"]
    assert same_origin("https://wall.example:8443", "http", "board", trusted)
    assert not same_origin("https://wall.example", "http", "board", trusted)
    assert not same_origin("https://other.example", "http", "board", trusted)
