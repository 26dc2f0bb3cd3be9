# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools", "brotli"]
# ///
"""Refresh what is vendored under static/vendor: Plotly and the fonts, from their npm packages.

For maintainers, with an npm client at hand; nothing here runs at set-up. Each folder gets the
files, their licence and a VERSION (name, version, sha256 a file). Edit PACKAGES for a new version,
and run it again whenever static/js/words_zh.js has got new Chinese characters:

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


def interface_characters() -> list[int]:
    """Return the code points that the small files hold, ascending."""
    sources = [VENDOR / "characters.txt", ROOT / "static" / "js" / "words_zh.js"]
    text = "".join(path.read_text() for path in sources)
    return sorted({ord(char) for char in text if ord(char) >= 0x2E80})


def cut_to(font: Any, characters: set[int]) -> Any:
    """Return `font` with the glyphs of `characters` alone, without layout tables."""
    options = subset.Options(layout_features=[], drop_tables=["GSUB", "GPOS", "BASE", "STAT"])
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    return font


def interface_font(weight: int, characters: list[int], scratch: Path) -> None:
    """Write the characters, found in whichever slice has them, into one file of one weight."""
    parts = []
    for path in sorted(NOTO.glob("noto-sans-sc-*.woff2")):
        font = TTFont(path)
        held = set(font.getBestCmap()) & set(characters)
        if held:
            still = instancer.instantiateVariableFont(cut_to(font, held), {"wght": weight})
            still.flavor = None
            parts.append(scratch / f"{weight}-{path.stem}.ttf")
            still.save(parts[-1])
    merged = merge.Merger().merge([str(part) for part in parts])
    merged.flavor = "woff2"
    # The same characters give the same file, whenever it is made.
    merged.recalcTimestamp = False
    merged["head"].modified = merged["head"].created = 3_786_912_000  # 2024, since 1904
    merged.save(NOTO / f"interface-{weight}.woff2")


def face(family: str, weight: str, name: str, ranges: str) -> str:
    """Return one @font-face rule of the Chinese family."""
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: block; '
        f'src: url("../vendor/noto-sans-sc/{name}") format("woff2"); unicode-range: {ranges}; }}\n'
    )


def write_sheets(index: str, characters: list[int]) -> None:
    """Write static/css/noto-sans-sc.css: the small files, then every slice with its range."""
    ranges = ",".join(f"U+{code:x}" for code in characters)
    rules = [
        face("Noto Sans SC Interface", str(w), f"interface-{w}.woff2", ranges) for w in WEIGHTS
    ]
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
    characters = interface_characters()
    with tempfile.TemporaryDirectory() as scratch:
        for weight in WEIGHTS:
            interface_font(weight, characters, Path(scratch))
    write_sheets(sheets["noto-sans-sc"], characters)
    for folder, (package, version, _) in PACKAGES.items():
        stamp(folder, package, version)


if __name__ == "__main__":
    main()
