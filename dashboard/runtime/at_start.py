"""Imported first by the launchers of web servers: no garbage is looked for while they start.

The imports make some 200,000 objects that stay, and looking through them again and again is a fifth
of the time that a killed server needs to be back (R4).
"""

import gc
import os

# Looked through at once: some 0.1 ms.
_NEW_OBJECTS = 5_000

gc.disable()


def settings_module() -> None:
    """Name the settings, as `manage.py` does, unless the environment does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gmvboard.settings")


def done() -> None:
    """Look for garbage from here on; what was made until now stays, and is not looked at again.

    Requests under way are no garbage, and live long enough to be looked at thrice: at Python's 700
    new objects that is 15 % of a small request's time.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 10, 10)
    gc.enable()
