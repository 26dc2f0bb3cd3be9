"""Failpoints of a running board, armed and disarmed; see gmvboard/failpoints.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gmvboard.failpoints import hits_of
from tests.boards import Board


@contextmanager
def armed(board: Board, place: str, action: str) -> Iterator[None]:
    """Have `place` do `action` while the block lasts; its hits are counted from nought."""
    folder = board.data_dir / "failpoints"
    folder.mkdir(exist_ok=True)
    file = folder / place
    hits_of(file).unlink(missing_ok=True)
    draft = Path(f"{file}.new")
    draft.write_text(action)
    draft.replace(file)
    try:
        yield
    finally:
        file.unlink()


def hits(board: Board, place: str) -> int:
    """Return how often `place` was hit since it was armed last."""
    file = hits_of(board.data_dir / "failpoints" / place)
    return file.stat().st_size if file.exists() else 0
