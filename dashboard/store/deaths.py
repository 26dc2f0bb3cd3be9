"""When the board's processes died: written by their supervisor, read by whoever raises alarms.

A file in the data folder, so that neither Redis nor the database need be there: by process the real
times (ms) of the last few. On a machine without a supervisor there is none.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings

NAME, KEPT = "deaths.json", 10
Deaths = dict[str, list[int]]


def write(file: Path, deaths: Mapping[str, Sequence[int]]) -> None:
    """Write the file anew, whole at any moment. Raises `OSError`."""
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps({name: list(times)[-KEPT:] for name, times in deaths.items()}))
    draft.replace(file)


def read() -> Deaths:
    """Return the times by process; none where there is no file, or nothing readable in it."""
    try:
        found: Deaths = json.loads((Path(settings.DATA_DIR) / NAME).read_text())
    except (OSError, ValueError):
        return {}
    return found
