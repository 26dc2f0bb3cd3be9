from bench import machine


def test_the_report_says_what_it_was_measured_on() -> None:
    told = machine.described()
    assert list(told) == ["Machine", "System", "Versions", "Commit"]
    for name in ("Python", "django", "daphne", "celery", "polars", "SQLite", "Valkey"):
        assert f"{name} " in told["Versions"]
    assert "cores" in told["Machine"]
