import polars as pl
import redis

from dashboard.store.trial import Trial


def told(client: redis.Redis, *names: str) -> int:
    """The estimate that Redis' own command makes."""
    client.pfadd("told", *names)
    return int(client.pfcount("told"))


def test_an_estimate_is_that_of_the_names_however_they_are_packed(client: redis.Redis) -> None:
    alike = [f"{number:032x}" for number in range(12_000)]
    unlike = ["", "a", "早鸟", "new\r\nline", "$3\r\nabc"]
    trial = Trial(client, 7)
    for names in (alike, unlike):
        trial.add(5, pl.Series(names))
    trial.add(6, pl.Series(unlike))
    assert trial.estimates() == {5: told(client, *alike, *unlike), 6: 5}
    trial.discard()
    assert not list(client.scan_iter(match="*trial*"))


def test_answers_are_not_mixed_up_by_a_look_at_whether_the_connection_lives(
    client: redis.Redis,
) -> None:
    trial = Trial(client, 7)
    trial.add(5, pl.Series(["a", "b"]))
    connection = trial._told._connection
    connection.health_check_interval, connection.next_health_check = 1, -1
    trial.add(5, pl.Series(["c"]))
    assert trial.estimates() == {5: 3}
    trial.discard()
