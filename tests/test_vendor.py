import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "static"
FOLDERS = sorted(path for path in (STATIC / "vendor").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_vendored_is_what_its_version_file_says(folder: Path) -> None:
    told = dict(re.findall(r"^([0-9a-f]{64})  (\S+)$", (folder / "VERSION").read_text(), re.M))
    held = {path for path in folder.iterdir() if path.name not in {"VERSION", "LICENSE"}}
    found = {hashlib.sha256(path.read_bytes()).hexdigest(): path.name for path in held}
    assert found == told
    assert (folder / "LICENSE").read_text().strip()


def test_the_small_chinese_files_hold_every_word_of_the_interface() -> None:
    screens, staff = small_ranges()
    words = ROOT / "static" / "js"
    assert missing([words / "words_zh.js"], screens) == set()
    pages = ROOT / "dashboard" / "pages"
    sources = [words / "posts_words_zh.js", pages / "staff.py", pages / "posts.py"]
    assert missing(sources, screens | staff) == set()


def small_ranges() -> list[set[int]]:
    """What the small file of all screens holds, and that of staff's pages."""
    sheet = (STATIC / "css" / "noto-sans-sc.css").read_text()
    found = re.findall(r"SC Interface\"; font-weight: 500.*?unicode-range: ([^;]+);", sheet)
    return [{int(code[2:], 16) for code in ranges.split(",")} for ranges in found]


def missing(sources: list[Path], codes: set[int]) -> set[str]:
    """The Chinese characters of files that are not among `codes`."""
    text = "".join(path.read_text() for path in sources)
    return {char for char in text if ord(char) >= 0x2E80 and ord(char) not in codes}
