"""Logging of every process: one line an event, structured, on standard error.

A line is `level logger message key=value …`. It cannot be forged (control characters are escaped),
holds no secret (what looks like a key or a password is masked), and cannot flood the disk (the same
message is told a few times every ten seconds, then counted). All of it with the standard library:
structlog would cost each process 0.3 s of its start.
"""

import logging
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gmvboard import env

# The same message from the same logger, so many times in so many seconds.
FLOOD_LINES, FLOOD_SECONDS = 20, 10.0
# Messages told apart at most; texts made by f-strings would otherwise be kept for ever.
_FLOOD_KEYS = 1000
# What tells of every task, connection and frame, where a warning is enough.
_QUIET = (
    "asyncio",
    "celery.app.trace",
    "celery.worker.request",
    "celery.worker.strategy",
    "channels_redis",
    "daphne",
    "httpcore",
    "httpx",
    "servestatic",
    "twisted",
)
_SECRETS = re.compile(
    r"\b(gmv_[a-z]+_|whsec_)[\w+/=-]{8,}"
    r"|(\b(?:authorization|bearer|password|secret|token|cookie)\b[\"']?\s*[=:]?\s*)"
    r"(?:bearer\s+)?[\w+/=.~-]{16,}"
    r"|(://[^/\s:@]*:)[^/\s@]+(?=@)",
    re.IGNORECASE,
)


def printable(text: str) -> str:
    """Return `text` on one line: control, format and separator characters as escapes."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def masked(text: str) -> str:
    """Return `text` with keys, tokens and passwords of addresses replaced by `***`."""
    return _SECRETS.sub(lambda found: "".join(part or "" for part in found.groups()) + "***", text)


def stamp() -> str:
    """Return the real time as RFC 3339 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Flood(logging.Filter):
    """Lets a message pass `FLOOD_LINES` times in `FLOOD_SECONDS`; the next one says `left_out`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._windows: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True where the record is to be written."""
        key, now = (record.name, record.levelno, str(record.msg)), self._clock()
        began, count = self._windows.get(key, (now, 0))
        if now - began >= FLOOD_SECONDS:
            if count > FLOOD_LINES:
                record.left_out = count - FLOOD_LINES
            began, count = now, 0
        if len(self._windows) >= _FLOOD_KEYS:
            self._windows.clear()
        self._windows[key] = (began, count + 1)
        return count < FLOOD_LINES


class Line(logging.Formatter):
    """Renders a record as one line, its traceback included.

    With the time and the process before it, unless the supervisor puts them there.
    """

    def __init__(self, supervised: bool) -> None:
        super().__init__()
        self._supervised = supervised

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        text = f"{record.levelname.lower()} {record.name} {record.getMessage()}"
        if left_out := vars(record).get("left_out"):
            text += f" left_out={left_out}"
        if record.exc_info and record.exc_info[0]:
            text += f" exception={self.formatException(record.exc_info)}"
        line = printable(masked(text))
        return line if self._supervised else f"{stamp()} {process_name():<7} | {line}"


def process_name() -> str:
    """Return the command this process runs, such as `pulse`."""
    program = Path(sys.argv[0]).stem
    return sys.argv[1] if program == "manage" and len(sys.argv) > 1 else program


def config() -> dict[str, Any]:
    """Return Django's LOGGING setting; `LOG_LEVEL` (INFO) says how much is told."""
    quiet = {name: {"level": "WARNING"} for name in _QUIET}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"flood": {"()": Flood}},
        "formatters": {"line": {"()": Line, "supervised": env.flag("SUPERVISED")}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["flood"],
            }
        },
        "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO").upper()},
        # Django's own handlers, the mail to administrators among them, give way to ours.
        "loggers": {"django": {"handlers": [], "level": "INFO"}, **quiet},
    }
