"""What a reader takes for one character: letters with their accents, emoji with their parts.

After UAX 29, as far as the standard library's tables go; where those end (the vowels of Indic
scripts beyond their marks), a cluster comes out shorter, which only counts a text as longer.
"""

from unicodedata import category

_JOINER = "\u200d"
_MARKS = {"Mn", "Me", "Mc"}
_HANGUL = range(0x1160, 0x1200)  # vowels and finals of a syllable, after its first
_TAGS = range(0xE0020, 0xE0080)  # flags of regions, after a black flag
_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)  # letters of which two make a flag


def clusters(text: str) -> list[str]:
    """Return a text in its grapheme clusters; joined, they are the text."""
    found: list[str] = []
    for char in text:
        if found and _goes_on(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def is_emoji(cluster: str) -> bool:
    """Return whether a cluster is drawn as one picture."""
    code = ord(cluster[0])
    drawn = 0x1F000 <= code < 0x20000 or (0x2190 <= code < 0x2C00 and "\ufe0f" in cluster)
    return drawn or "\u20e3" in cluster or (len(cluster) > 1 and _JOINER in cluster)


def _goes_on(before: str, char: str) -> bool:
    code = ord(char)
    if before == "\r":
        return char == "\n"
    if category(before[0]) in {"Cc", "Zl", "Zp"}:
        return False
    if category(char) in _MARKS or char in (_JOINER, "\u200c"):
        return True
    if code in _TONES or code in _TAGS:
        return True
    if code in _HANGUL:
        return category(before[0]) == "Lo"
    if code in _FLAGS:
        return len(before) == 1 and ord(before) in _FLAGS
    return before.endswith(_JOINER) and ord(before[0]) >= 0x2190 and code >= 0x2190
