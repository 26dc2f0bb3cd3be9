"""Names from outside, made safe to show (S20).

Nothing in them can hide, turn or stack text. The browser's static/js/names.js is the same in
JavaScript; both are held to tests/names.json.
"""

from unicodedata import category, normalize

LONGEST = 40
# Accents and the like on one letter; a pile of them runs over the lines above and below. Three are
# what Tibetan and pointed Hebrew need.
MOST_MARKS = 3

# Controls, bidirectional overrides, zero-width and private characters, halves of others, line ends.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
# Letters by their category, and blank: fillers of Hangul, vowels of Khmer, Braille without a dot.
_BLANK = set("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_MARKS = {"Mn", "Me"}


def safe_name(text: str, most: int = LONGEST) -> str:
    """Return a name as it may be shown: NFC, one line, at most `most` characters; "" where none."""
    seen = "".join(char for char in text if category(char) not in _UNSEEN and char not in _BLANK)
    plain = _few_marks(" ".join(normalize("NFC", seen).split()))
    return plain[:most].strip()


def visible(text: str) -> str:
    """Return a text as staff are to see it: what cannot be seen is written as its number."""
    return "".join(
        char if char.isprintable() or char == "\n" else f"\\u{ord(char):04x}" for char in text
    )


def _few_marks(text: str) -> str:
    kept, marks = [], MOST_MARKS  # before the first letter none may stand
    for char in text:
        marks = marks + 1 if category(char) in _MARKS else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
