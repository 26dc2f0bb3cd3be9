"""What of a text is never torn: links, figures with all that belongs to them, characters, words.

Where words stand apart, a text is cut between words alone, so that only figures need a rule:
those of Chinese, which stands without spaces, and those that have spaces in them (¥12.27 billion,
122亿 7164万 0306元, 2 h 19 min, CNY 300).
"""

import re

from dashboard.core.graphemes import clusters

# A link is ASCII; a mark at its end belongs to the sentence.
LINK = re.compile(
    r"https?://[A-Za-z0-9\[][!#-&(-;=?-Z\[\]_a-z~]*(?<![.,;:!?)\]])", re.ASCII | re.IGNORECASE
)
# Scripts that stand without spaces: Chinese and Japanese, with their punctuation and wide letters.
_DENSE = "\u2e80-\u30ff\u3190-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_PIECE = re.compile(rf"[０-９](?:[．，：０-９]*[０-９])?|[{_DENSE}]|\s+|[^\s{_DENSE}]+")
_UNITS = set(
    "第万亿兆千百元角分圆块美日欧港英镑倍成点号秒小时刻钟天周月年笔单件次名＋－～￥＄％．："
)
_WORDS = re.compile(
    r"(?:thousand|million|billion|trillion|times|percent|seconds?|minutes?|hours?|days?|payments?"
    r"|orders?|d|h|m|min|s|[%×x])[,.;:!?)]*",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"[^\w\s]+|[A-Z]{2,3}\$?")  # a sign on its own, a currency's code
_ENDED = tuple(",.;:!?)")


def pieces(text: str) -> list[str]:
    """Return a text in the pieces between which it may be cut; joined, they are the text."""
    whole: list[str] = []
    for piece in _PIECE.findall(text):
        if whole and _one(whole[-1], piece):
            whole[-1] += piece
        elif len(whole) > 1 and _gap(whole[-1]) and _one_figure(whole[-2], piece):
            whole[-2:] = ["".join((*whole[-2:], piece))]
        else:
            whole.append(piece)
    return whole


def fixed(piece: str) -> bool:
    """Return whether not even a piece too long for its place may be torn: a link, a figure."""
    return LINK.search(piece) is not None or any(char.isnumeric() for char in piece)


def _one(before: str, piece: str) -> bool:
    """Return whether there is nothing between two neighbours: a figure, or one character."""
    if _figure(before[-1]) and _figure(piece[0]):
        return True
    if before[-1].isalnum() and piece[0] in "％":
        return True
    return len(clusters(clusters(before[-16:])[-1] + piece[0])) == 1


def _figure(char: str) -> bool:
    return char.isnumeric() or char in _UNITS or char in "¥$€£×%"


def _gap(piece: str) -> bool:
    return len(piece) == 1 and piece.isspace() and piece not in "\n\r\x0b\x0c\u2028\u2029"


def _one_figure(before: str, piece: str) -> bool:
    """Return whether what stands on both sides of a space is one figure."""
    if any(char.isnumeric() for char in piece) or _figure(piece[0]):
        return _BEFORE.fullmatch(before) is not None or _open(before)
    return _open(before) and _WORDS.fullmatch(piece) is not None


def _open(before: str) -> bool:
    return any(char.isnumeric() for char in before) and not before.endswith(_ENDED)
