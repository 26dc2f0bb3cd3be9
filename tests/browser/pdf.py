"""What stands in a PDF as Chromium writes it: its pages' sizes, its characters, its pictures."""

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>")
_CHAR = re.compile(rb"<[0-9A-F]+> <([0-9A-F]+)>\n")
_PAGE = re.compile(rb"/Type /Page\b.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", re.DOTALL)


def pages(pdf: bytes) -> list[tuple[int, int]]:
    """Return width and height of each page in mm."""
    points = [(float(width), float(height)) for width, height in _PAGE.findall(pdf)]
    return [(round(width / 72 * 25.4), round(height / 72 * 25.4)) for width, height in points]


def pictures(pdf: bytes) -> int:
    """Return how many pictures made of pixels it holds."""
    return pdf.count(b"/Subtype /Image")


def characters(pdf: bytes) -> set[str]:
    """Return the characters that a reader can select and search."""
    maps = [text for text in map(_unpacked, _STREAM.findall(pdf)) if b"begincmap" in text]
    found: set[str] = set()
    for text in maps:
        for first, last, start in _RANGE.findall(b"".join(_RANGES.findall(text))):
            codes = range(int(first, 16), int(last, 16) + 1)
            found |= {chr(int(start, 16) + i) for i in range(len(codes))}
        for code in _CHAR.findall(b"".join(_CHARS.findall(text))):
            found.add(bytes.fromhex(code.decode()).decode("utf-16-be"))
    return found


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream
