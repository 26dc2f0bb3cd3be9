import pytest

from dashboard.live.inbound import MAX_A_MINUTE, MAX_BYTES, Inbound

ASK = '{"type": "snapshot"}'


def test_a_socket_may_ask_for_the_snapshot() -> None:
    assert Inbound().asks(ASK, now=0)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "snapshot",
        "[]",
        '{"type": "frames"}',
        '{"type": "snapshot", "campaign": "other"}',
        '{"type": ["snapshot"]}',
        "[" * MAX_BYTES,
        ASK + " " * MAX_BYTES,
        '{"type": "snapshot"}' + "界" * 1400,
        '{"type": "\ud800"}',
    ],
)
def test_anything_else_closes_the_socket(text: str | None) -> None:
    assert not Inbound().asks(text, now=0)


def test_the_thirty_first_message_within_a_minute_closes_the_socket() -> None:
    inbound = Inbound()
    answers = [inbound.asks(ASK, now=second) for second in range(MAX_A_MINUTE + 1)]
    assert answers == [True] * MAX_A_MINUTE + [False]


def test_thirty_a_minute_may_go_on_for_ever() -> None:
    inbound = Inbound()
    assert all(inbound.asks(ASK, now=2 * turn) for turn in range(300))
