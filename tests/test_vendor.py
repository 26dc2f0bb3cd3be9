import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static"
FOLDERS = sorted(path for path in (STATIC / "vendor").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_vendored_is_what_its_version_file_says(folder: Path) -> None:
    told = dict(re.findall(r"^([0-9a-f]{64})  (\S+)$", (folder / "VERSION").read_text(), re.M))
    held = {path for path in folder.iterdir() if path.name not in {"VERSION", "LICENSE"}}
    found = {hashlib.sha256(path.read_bytes()).hexdigest(): path.name for path in held}
    assert found == told
    assert (folder / "LICENSE").read_text().strip()


def test_the_small_chinese_files_hold_every_word_of_the_interface() -> None:
    sheet = (STATIC / "css" / "noto-sans-sc.css").read_text()
    held = re.search(r"Interface.*?unicode-range: ([^;]+);", sheet)
    assert held
    codes = {int(code[2:], 16) for code in held[1].split(",")}
    words = (STATIC / "js" / "words_zh.js").read_text()
    assert {char for char in words if ord(char) >= 0x2E80 and ord(char) not in codes} == set()
