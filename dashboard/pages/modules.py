"""The ES modules of a page: told at its top, they are fetched at once and not one after another."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

_IMPORT = re.compile(r'\bfrom "\./([\w.-]+)";')


@cache
def modules(entry: str) -> tuple[str, ...]:
    """Return the static files that `entry` (such as js/wall.js) imports, and theirs in turn."""
    found, folder = [entry], Path(entry).parent
    for name in found:  # it grows while it is read
        text = Path(str(finders.find(name))).read_text()
        imported = (str(folder / one) for one in _IMPORT.findall(text))
        found += [one for one in dict.fromkeys(imported) if one not in found]
    return tuple(found[1:])
