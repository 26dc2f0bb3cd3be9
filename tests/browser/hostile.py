"""Names as hostile as they come, and what they must not do to a page."""

import re

from playwright.sync_api import Page

# Each at most 64 characters, as the contract has it, and acceptable to the door.
NAMES = (
    "<img src=x onerror=pwned=1>",
    "</script><script>pwned=1</script>",
    '"><svg/onload=pwned=1>',
    "javascript:pwned=1",
    "{{7*7}}${7*7}#{7*7}",
    "a\u202egnp.exe\u202c",
    "\u2067\u2066right to left\u2069",
    "zero\u200bwidth\u200d\u2060\ufeffjoined",
    "Z\u0335" + "\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307" * 4 + "algo",
    "\u0301\u0301\u0301\u0301\u0301\u0301\u0301 first",
    "W" * 64,
    "名" * 64,
    "😀" * 64,
    "👩\u200d👩\u200d👧\u200d👦🏳\ufe0f\u200d🌈",
    "\u007f\u0085\u009f controls",
    "line\u2028and\u2029page",
    "\u3164\u2800\u115f",
    "\U00012031\ufdfd\U0001242b",
    "مرحبا بالعالم السلام عليكم",
    "__proto__",
    "constructor",
    '=HYPERLINK("http://x")',
)
LONG = "".join(NAMES[:4]) + "\u202e" + "W" * 200

_UNSAFE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_PILED = re.compile("[\u0300-\u036f]{4}")


def harm(page: Page) -> list[str]:
    """What hostile names did to a page: scripts that ran, elements they made, characters shown."""
    text: str = page.evaluate("document.title + document.documentElement.textContent")
    shown = "".join(text.split("\n"))
    found = [ascii(one) for one in _UNSAFE.findall(shown) + _PILED.findall(shown)]
    if page.evaluate("'pwned' in window"):
        found.append("a script ran")
    made: int = page.evaluate(
        "document.querySelectorAll('img, body svg[onload], script:not([src]):not([type])').length"
    )
    return found + ["an element"] * made
