"""News as feeds get it, for tests of services."""

import struct
import zlib

from dashboard.alerts.service import Message


def png(width: int = 16, height: int = 9) -> bytes:
    """Return a picture that is nothing but its size."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    checked = chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + checked


PICTURE = png()
NEWS = Message(
    text="¥10 billion & more after 13:38:00 https://board.example/double11",
    lang="en",
    key="0123456789abcdef",
    link="https://board.example/double11",
)
PICTURED = Message(
    text=NEWS.text, lang=NEWS.lang, key=NEWS.key, link=NEWS.link, picture=PICTURE, alt="A curve"
)
