import pytest

from dashboard.alerts.retrying import seconds

NOW_S = 1_352_563_200.0  # 2012-11-10T16:00:00Z


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0"}, 1),
        ({"retry-after": "-5"}, 1),
        ({"retry-after": "1.2"}, 2),
        ({"retry-after": "9" * 400}, 30),
        ({"retry-after": "999999999"}, 86_400),
        ({"retry-after": "nan"}, 30),
        ({"retry-after": "Sat, 10 Nov 2012 16:01:40 GMT"}, 100),
        ({"retry-after": "Sat, 10 Nov 2012 15:00:00 GMT"}, 1),
        ({"retry-after": "soon"}, 30),
        ({"retry-after": "5", "x-rate-limit-reset": "1352563260"}, 5),
        ({"x-rate-limit-reset": "1352563260"}, 60),
        ({"ratelimit-reset": "1352563261"}, 61),
        ({"x-ratelimit-reset": "2012-11-10T16:02:00.000Z"}, 120),
        ({}, 30),
    ],
)
def test_a_service_is_asked_again_when_it_said(headers: dict[str, str], expected: int) -> None:
    assert seconds(headers, NOW_S) == expected
