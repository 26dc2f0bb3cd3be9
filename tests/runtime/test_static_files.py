from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from dashboard.runtime import static_files


class Collected:
    """A folder of sources, and how often they were collected."""

    def __init__(self, sources: Path, root: Path) -> None:
        self.sources, self.root, self.times = sources, root, 0
        (sources / "wall.js").write_text("1")

    def list(self, _ignore: list[str]) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(self.sources)
        return ((path.name, storage) for path in sorted(self.sources.iterdir()))

    def collect(self, *_: object, **__: object) -> None:
        self.times += 1


@pytest.fixture
def collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Collected:
    (tmp_path / "sources").mkdir()
    one = Collected(tmp_path / "sources", tmp_path / "data" / "static")
    monkeypatch.setattr(static_files, "get_finders", lambda: [one])
    monkeypatch.setattr(static_files, "call_command", one.collect)
    return one


def test_what_is_there_already_is_not_collected_again(collected: Collected) -> None:
    assert static_files.collect(collected.root)
    assert not static_files.collect(collected.root)
    assert collected.times == 1


@pytest.mark.parametrize("name", ["wall.js", "new.css"])
def test_a_file_changed_or_added_is_collected(collected: Collected, name: str) -> None:
    static_files.collect(collected.root)
    (collected.sources / name).write_text("changed")
    assert static_files.collect(collected.root)


def test_a_run_that_broke_off_is_done_again(
    collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(static_files, "call_command", break_off)
    with pytest.raises(OSError, match="no space"):
        static_files.collect(collected.root)
    monkeypatch.setattr(static_files, "call_command", collected.collect)
    assert static_files.collect(collected.root)
