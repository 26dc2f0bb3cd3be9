"""The whole application: events to the door, sockets and who polls to `live`, the rest to Django.

Sockets have no AuthMiddlewareStack around them: most are of a public wall, and `live.access` reads
the session only where it decides.
"""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gmvboard.settings")
pages: Any = get_asgi_application()

# What follows imports tables, so Django has to be set up before.
from django.contrib.staticfiles.storage import staticfiles_storage  # noqa: E402

from dashboard.accept.http import Door  # noqa: E402
from dashboard.live.polled import Polled  # noqa: E402
from dashboard.live.routing import sockets  # noqa: E402
from gmvboard.hashed_files import HashedFiles  # noqa: E402
from gmvboard.proxies import Forwarded  # noqa: E402

names: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})  # none in development
pages = HashedFiles(pages, settings.STATIC_ROOT, settings.STATIC_URL, names.values())
kinds = ProtocolTypeRouter({"http": Door(Polled(pages)), "websocket": sockets})
application = Forwarded(kinds, settings.TRUSTED_PROXIES)
