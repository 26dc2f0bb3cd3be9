"""Runs the pulse: composes each campaign's frames, fires milestones, publishes.

Several may run: one leads, the others stand by.
"""

import asyncio
import signal

from channels.layers import get_channel_layer
from django.contrib.staticfiles.storage import staticfiles_storage

from dashboard.management.command import BoardCommand
from dashboard.pulse.lead import Lead
from dashboard.pulse.loop import Loop
from dashboard.pulse.source import RedisSource
from dashboard.pulse.tick import Pulse
from dashboard.store.connect import connect
from dashboard.store.leases import new_holder


class Command(BoardCommand):
    """`manage.py pulse`."""

    help = "compose and publish each campaign's frames, as leader or standby"

    def handle(self, *args: object, **options: object) -> None:
        asyncio.run(_run())


async def _run() -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    client, layer = connect(), get_channel_layer()
    version = getattr(staticfiles_storage, "manifest_hash", "")
    await Loop(Pulse(RedisSource(client), version), Lead("pulse", new_holder()), layer).run(stop)
    client.close()
    await layer.flush()
