"""`make shots`: every state, language and shape of the screens as pictures, from a real board.

The board's folder is a new one, whatever DATA_DIR says: campaigns are made in it.
"""

import os
import tempfile

import django

FOLDER = tempfile.TemporaryDirectory(prefix="shots-")
os.environ["DATA_DIR"] = f"{FOLDER.name}/data"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gmvboard.settings")
# The browser's driver keeps a loop in this thread, which Django would take for its own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
django.setup()
