"""The wall's colours, from the one place they stand: the dark theme of static/css/tokens.css."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def colours() -> dict[str, str]:
    """Return the tokens that are plain colours, by their names without the dashes."""
    sheet = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
    dark = sheet.read_text(encoding="utf-8").partition(":root.light")[0]
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", dark))
