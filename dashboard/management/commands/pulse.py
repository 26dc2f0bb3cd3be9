"""Runs the pulse: composes each campaign's frames, fires milestones, publishes.

Several may run: one leads, the others stand by.
"""

import asyncio
import signal

from channels.layers import get_channel_layer
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from dashboard.management.command import BoardCommand, started_safely
from dashboard.pulse.lead import Lead
from dashboard.pulse.loop import Loop
from dashboard.pulse.source import RedisSource
from dashboard.pulse.tick import Pulse
from dashboard.runtime import static_files
from dashboard.runtime.succession import Succession
from dashboard.store.connect import connect
from dashboard.store.leases import new_holder
from gmvboard import env


class Command(BoardCommand):
    """`manage.py pulse`."""

    help = "compose and publish each campaign's frames, as leader or standby"

    def handle(self, *args: object, **options: object) -> None:
        started_safely()
        if not env.flag("SUPERVISED"):
            static_files.collect(settings.STATIC_ROOT)  # frames carry the version of the assets
        asyncio.run(_run())


async def _run() -> None:
    stop, told, succession = asyncio.Event(), asyncio.Event(), Succession.from_environment()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, told.set)
    loop.add_signal_handler(signal.SIGINT, stop.set)
    client, layer = connect(), get_channel_layer()
    version = getattr(staticfiles_storage, "manifest_hash", "")
    leaving = asyncio.create_task(_leave(told, succession, stop))
    succession.serves()
    await Loop(Pulse(RedisSource(client), version), Lead("pulse", new_holder()), layer).run(stop)
    leaving.cancel()
    client.close()
    await layer.flush()


async def _leave(told: asyncio.Event, succession: Succession, stop: asyncio.Event) -> None:
    """Told to end, lead on until another pulse stands by."""
    await told.wait()
    await succession.followed()
    stop.set()
