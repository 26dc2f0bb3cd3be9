"""Sets the clock of a Python process wrong, by the seconds that the file CLOCK_OFFSET holds.

Python imports it by its name at the start of a process that has this folder in PYTHONPATH.
"""

import os
import time

_FILE = os.environ["CLOCK_OFFSET"]
_right, _right_ns = time.time, time.time_ns


def _offset() -> int:
    with open(_FILE) as file:
        return int(file.read() or 0)


time.time = lambda: _right() + _offset()
time.time_ns = lambda: _right_ns() + _offset() * 10**9
