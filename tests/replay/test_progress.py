from io import StringIO

from dashboard.replay.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_plain_line_every_ten_seconds() -> None:
    times = iter([0.0, 4.0, 10.0, 10.0, 15.0, 21.0, 21.0])
    told = StringIO()
    progress = Progress(200, "s", told, lambda: next(times))
    for done in (10, 50, 60, 100):
        progress.show(done, f"{done} events")
    progress.close()
    assert told.getvalue() == "25 % 50 events\n50 % 100 events\n"


def test_a_terminal_gets_a_bar() -> None:
    told = Terminal()
    progress = Progress(200, "s", told)
    progress.show(100, "half of it")
    progress.close()
    assert "\r" in told.getvalue()
    assert "%" in told.getvalue()
