"""The staff page with canned figures, as its server would write it."""

from typing import Any

from tests.browser.conftest import Screen, Screens

WORDS = {
    **{"theme": "Dark", "wall": "Open the wall", "quarantine": "Quarantine", "screens": "Walls"},
    **{
        "code": "Code that the wall shows",
        "place": "Where it hangs",
        "confirm": "Confirm the wall",
    },
}
PERMISSIONS = {"dashboard": {"add_screen": True}}


class Campaign:
    """What the template asks of a campaign."""

    slug, pk = "festival", 1


def opened(screens: Screens, **options: Any) -> Screen:
    """A screen that opens as the staff page."""
    screen = screens(template="staff.html", **options)
    screen.context = {"campaign": Campaign, "words": WORDS, "waiting": 2, "perms": PERMISSIONS}
    return screen
