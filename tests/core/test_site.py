from dashboard.core.site import Stretch, told

QUEUEING = Stretch(1, "queueing", 1_000, "banks are slow", 70)
RECOVERED = Stretch(2, "recovered", 5_000, "", 3)
NORMAL = Stretch(3, "normal", 9_000, "", 0)


def test_a_site_of_which_nothing_was_said_is_normal() -> None:
    site = told([QUEUEING], 999)
    assert (site.state, site.since, site.episodes) == ("normal", None, [])


def test_a_state_holds_from_its_first_instant() -> None:
    site = told([QUEUEING, RECOVERED], 1_000)
    assert (site.state, site.since, site.note) == (
        "queueing",
        "1970-01-01T00:00:01Z",
        "banks are slow",
    )
    assert site.episodes[0].to is None


def test_an_episode_ends_where_the_next_state_begins_and_normal_is_none() -> None:
    site = told([QUEUEING, RECOVERED, NORMAL], 10_000)
    assert site.state == "normal"
    assert [(one.state, one.to, one.worst_stuck) for one in site.episodes] == [
        ("queueing", "1970-01-01T00:00:05Z", 70),
        ("recovered", "1970-01-01T00:00:09Z", 3),
    ]
