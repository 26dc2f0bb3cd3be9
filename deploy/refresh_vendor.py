# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools", "brotli"]
# ///
"""Refresh what is vendored under static/vendor: Plotly and the fonts, from their npm packages.

For maintainers, with an npm client at hand; nothing here runs at set-up. Each folder gets the
files, their licence and a VERSION (name, version, sha256 a file). Edit PACKAGES for a new version,
and run it again whenever the screens' words have got new Chinese characters:

    uv run deploy/refresh_vendor.py
"""

import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
NOTO = VENDOR / "noto-sans-sc"
WEIGHTS = (500, 600)
# folder under static/vendor: npm package, version, the files taken from it
PACKAGES = {
    "plotly": ("plotly.js-basic-dist-min", "4.1.1", r"plotly-basic\.min\.js"),
    "barlow-condensed": ("@fontsource/barlow-condensed", "5.3.0", r"latin-(500|600)-normal\.woff2"),
    "barlow-semi-condensed": (
        "@fontsource/barlow-semi-condensed",
        "5.3.0",
        r"latin-(ext-)?(500|600)-normal\.woff2",
    ),
    "noto-sans-sc": ("@fontsource-variable/noto-sans-sc", "5.3.1", r"\.woff2"),
}
HEADER = "/* Written by deploy/refresh_vendor.py: do not edit. */\n"


def unpack(package: str, version: str, into: Path) -> Path:
    """Fetch one npm package through the npm client and return the folder of its files."""
    command = ["npm", "pack", f"{package}@{version}", "--pack-destination", str(into)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    (archive,) = into.glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(into, filter="data")
    return into / "package"


def vendor(folder: str, package: str, version: str, wanted: str) -> str:
    """Copy the wanted files and the licence to static/vendor; return the package's index.css."""
    target = VENDOR / folder
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        source = unpack(package, version, Path(scratch))
        shutil.copy(source / "LICENSE", target / "LICENSE")
        for path in sorted(source.rglob("*")):
            if path.is_file() and re.search(wanted + "$", path.name):
                shutil.copy(path, target / path.name)
        sheet = source / "index.css"
        return sheet.read_text() if sheet.exists() else ""


def stamp(folder: str, package: str, version: str) -> None:
    """Write the folder's VERSION."""
    target = VENDOR / folder
    files = sorted(p for p in target.iterdir() if p.name not in {"VERSION", "LICENSE"})
    sums = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}" for p in files]
    lines = [f"name: {package}", f"version: {version}", "sha256:", *sums]
    (target / "VERSION").write_text("\n".join(lines) + "\n")


def chinese(*sources: Path) -> set[int]:
    """Return the code points of Chinese that files hold."""
    text = "".join(path.read_text() for path in sources)
    return {ord(char) for char in text if ord(char) >= 0x2E80}


def small_files() -> dict[str, list[int]]:
    """Return the small files by name, with the code points that each holds, ascending.

    What staff alone read is a file of its own: a wall, which waits for the first, needs none
    of it.
    """
    words, pages = ROOT / "static" / "js", ROOT / "dashboard" / "pages"
    screens = chinese(VENDOR / "characters.txt", words / "words_zh.js")
    staff = chinese(words / "posts_words_zh.js", pages / "staff.py", pages / "posts.py")
    return {"interface": sorted(screens), "staff": sorted(staff - screens)}


def cut_to(font: Any, characters: set[int]) -> Any:
    """Return `font` with the glyphs of `characters` alone, without layout tables."""
    options = subset.Options(layout_features=[], drop_tables=["GSUB", "GPOS", "BASE", "STAT"])
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    return font


def small_font(name: str, weight: int, characters: list[int], scratch: Path) -> None:
    """Write the characters, found in whichever slice has them, into one file of one weight."""
    parts = []
    for path in sorted(NOTO.glob("noto-sans-sc-*.woff2")):
        font = TTFont(path)
        held = set(font.getBestCmap()) & set(characters)
        if held:
            still = instancer.instantiateVariableFont(cut_to(font, held), {"wght": weight})
            still.flavor = None
            parts.append(scratch / f"{name}-{weight}-{path.stem}.ttf")
            still.save(parts[-1])
    merged = merge.Merger().merge([str(part) for part in parts])
    merged.flavor = "woff2"
    # The same characters give the same file, whenever it is made.
    merged.recalcTimestamp = False
    merged["head"].modified = merged["head"].created = 3_786_912_000  # 2024, since 1904
    merged.save(NOTO / f"{name}-{weight}.woff2")


def face(family: str, weight: str, name: str, ranges: str) -> str:
    """Return one @font-face rule of the Chinese family."""
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: block; '
        f'src: url("../vendor/noto-sans-sc/{name}") format("woff2"); unicode-range: {ranges}; }}\n'
    )


def small_faces(files: dict[str, list[int]]) -> list[str]:
    """Return the rules of the small files, one family."""
    ranges = {name: ",".join(f"U+{code:x}" for code in codes) for name, codes in files.items()}
    return [
        face("Noto Sans SC Interface", str(weight), f"{name}-{weight}.woff2", ranges[name])
        for name in files
        for weight in WEIGHTS
    ]


def write_sheets(index: str, files: dict[str, list[int]]) -> None:
    """Write static/css/noto-sans-sc.css: the small files, then every slice with its range."""
    rules = small_faces(files)
    for name, span in re.findall(r"files/([\w-]+\.woff2).*?unicode-range: ([^;]+);", index, re.S):
        # The Latin, Cyrillic and Vietnamese slices stay away: Barlow is in front of them.
        if re.search(r"sc-\d+-wght", name):
            rules.append(face("Noto Sans SC", "100 900", name, span))
        else:
            (NOTO / name).unlink()
    (ROOT / "static" / "css" / "noto-sans-sc.css").write_text(HEADER + "".join(rules))


def main() -> None:
    """Refresh every folder."""
    sheets = {folder: vendor(folder, *package) for folder, package in PACKAGES.items()}
    files = small_files()
    with tempfile.TemporaryDirectory() as scratch:
        for name, characters in files.items():
            for weight in WEIGHTS:
                small_font(name, weight, characters, Path(scratch))
    write_sheets(sheets["noto-sans-sc"], files)
    for folder, (package, version, _) in PACKAGES.items():
        stamp(folder, package, version)


if __name__ == "__main__":
    main()
