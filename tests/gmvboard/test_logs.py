import io
import logging

import pytest

from gmvboard import logs

KEY = "gmv_in_" + "k" * 43


@pytest.fixture
def told() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(told: io.StringIO) -> logging.Logger:
    handler = logging.StreamHandler(told)
    handler.setFormatter(logs.Line(supervised=False))
    logger = logging.getLogger("tests.told")
    logger.handlers, logger.propagate, logger.level = [handler], False, logging.INFO
    return logger


def test_a_line_has_time_process_level_logger_and_message(
    log: logging.Logger, told: io.StringIO
) -> None:
    log.info("counted batches=%s", 3)
    time, rest = told.getvalue().split(" ", 1)
    assert time.endswith("Z")
    assert rest.endswith("| info tests.told counted batches=3\n")


def test_under_the_supervisor_time_and_process_are_left_to_it() -> None:
    record = logging.LogRecord("a.b", logging.ERROR, "", 0, "lost %s", ("x",), None)
    assert logs.Line(supervised=True).format(record) == "error a.b lost x"


def test_what_a_stranger_sends_cannot_begin_a_new_line_s32(
    log: logging.Logger, told: io.StringIO
) -> None:
    log.warning("refused name=%s", "x\r\n2026 board | all is well\x1b[2J\u202e\u2028")
    assert told.getvalue().count("\n") == 1
    assert r"x\r\n2026 board | all is well\x1b[2J\u202e\u2028" in told.getvalue()


def test_a_traceback_stays_on_its_line(log: logging.Logger, told: io.StringIO) -> None:
    try:
        raise ValueError("bad\nluck")
    except ValueError:
        log.exception("failed campaign=%s", 1)
    assert told.getvalue().count("\n") == 1
    assert r"ValueError: bad\nluck" in told.getvalue()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"key={KEY}", "key=gmv_in_***"),
        ("signed with whsec_c2VjcmV0c2VjcmV0", "signed with whsec_***"),
        (f"Authorization: Bearer {KEY}", "Authorization: ***"),
        ("Authorization: Bearer abcdefghijklmnopqrstu", "Authorization: ***"),
        ("no answer at redis://user:pa55@host:6379/0", "no answer at redis://user:***@host:6379/0"),
        ("token=abcdefghijklmnopqrstuvwxyz", "token=***"),
        ("campaign=double11-2012 position=12", "campaign=double11-2012 position=12"),
    ],
)
def test_secrets_are_masked_s32(text: str, shown: str) -> None:
    assert logs.masked(text) == shown


def test_the_same_message_is_told_a_few_times_then_counted() -> None:
    now = 0.0
    flood = logs.Flood(clock=lambda: now)

    def record() -> logging.LogRecord:
        return logging.LogRecord("a", logging.INFO, "", 0, "refused from=%s", ("x",), None)

    assert sum(flood.filter(record()) for _ in range(500)) == logs.FLOOD_LINES
    now = logs.FLOOD_SECONDS
    first = record()
    assert flood.filter(first)
    assert vars(first)["left_out"] == 500 - logs.FLOOD_LINES


def test_another_message_passes_during_a_flood() -> None:
    flood = logs.Flood(clock=lambda: 0.0)
    for text in ["refused"] * 100 + ["failed"]:
        passed = flood.filter(logging.LogRecord("a", logging.INFO, "", 0, text, (), None))
    assert passed
