from dashboard.core.keys import Known


def test_events_without_a_value_count_as_unknown_and_reserved_names_as_themselves() -> None:
    known = Known("platform")
    assert known.key("") == "unknown"
    assert known.key("other") == "other"
    assert known.fresh == []
