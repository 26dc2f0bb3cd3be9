"""Where the board of a data folder is: noted at its start, for the commands run beside it."""

from pathlib import Path

# Where a board is unless it is told otherwise.
USUAL = "http://127.0.0.1:8000"
_NAME = "board.url"


def note(folder: Path, base_url: str) -> None:
    """Write down where the board of `folder` is; the note outlives it."""
    (folder / _NAME).write_text(f"{base_url}\n")


def noted(folder: Path) -> str:
    """Return where the board of `folder` is, or was last; `USUAL` where none has been."""
    try:
        return (folder / _NAME).read_text().strip() or USUAL
    except OSError:
        return USUAL
