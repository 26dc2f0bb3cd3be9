"""`board`: the whole board, every process of it under one supervisor."""

import asyncio
import io
import json
import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import Error as DatabaseError
from django.db import connections

from dashboard.management.command import BoardCommand
from dashboard.replay import seeds
from dashboard.runtime import address, board, checks, roles, static_files
from dashboard.runtime.checks import Refused
from dashboard.runtime.child import Child
from dashboard.runtime.supervisor import NotReady
from dashboard.store import campaigns, staff

STAFF = "staff"
# Least and most; the most of `speed` is what the replay takes.
_RANGES = {"port": (0, 65_535), "workers": (1, 1_000), "speed": (1, 100_000)}
_WALLS_TOLD = 5


class Command(BoardCommand):
    """Run the board until Ctrl-C or SIGTERM. Exit 2: cannot start here; 1: did not come up."""

    help = "Run the whole board: Redis, web server, workers, pulse, beat, and a replay if asked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--port", type=int, default=8000, help="(%(default)s); 0: any free")
        parser.add_argument(
            "--host", default="127.0.0.1", help="(%(default)s); another asks for ALLOWED_HOSTS"
        )
        parser.add_argument("--workers", type=int, default=1, help="worker processes (%(default)s)")
        parser.add_argument(
            "--server",
            choices=roles.SERVERS,
            default="daphne",
            help="the web server (%(default)s); uvicorn serves more viewers, with the same limits",
        )
        parser.add_argument("--replay", metavar="CURVE", help="play a past festival, such as 2012")
        parser.add_argument(
            "--speed", type=int, default=144, help="times real time, for the replay (%(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.options, self.slug = options, ""
        try:
            self._check_options()
            os.umask(0o077)  # the ledger, the keys and the socket are nobody else's
            os.chdir(settings.BASE_DIR)
            os.environ["DATA_DIR"] = str(settings.DATA_DIR)  # for the children
            with (
                checks.lock_data_folder(settings.DATA_DIR),
                checks.listen(options["host"], options["port"]) as listening,
            ):
                self.options["port"] = listening.getsockname()[1]
                address.note(settings.DATA_DIR, self._base_url())
                self._bring_up_to_date()
                size = (options["workers"], options["server"])
                asyncio.run(board.run(listening, *size, self._prepare, self._announce))
        except (Refused, seeds.UnknownCurve, DatabaseError) as error:
            raise CommandError(str(error), returncode=2) from error
        except NotReady as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:  # before the supervisor heeds signals
            raise CommandError("stopped before it was up", returncode=130) from None

    def _check_options(self) -> None:
        for option, (least, most) in _RANGES.items():
            checks.within(option, self.options[option], least, most)
        if self.options["replay"]:
            seeds.year_of(self.options["replay"])  # raises UnknownCurve
        checks.host_is_named(self.options["host"], os.environ.get("ALLOWED_HOSTS", ""))

    def _bring_up_to_date(self) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        connections.close_all()
        static_files.collect(settings.STATIC_ROOT)

    def _prepare(self) -> Child | None:
        """Make the demo's campaign; return the replay, to be started when the board is ready."""
        if not self.options["replay"]:
            return None
        curve, made = self.options["replay"], io.StringIO()
        call_command("preparedemo", curve, stdout=made)
        self.slug = json.loads(made.getvalue())["slug"]
        return roles.replay(self.slug, curve, self.options["speed"])

    def _announce(self) -> None:
        """Print where the board is, for people and for programs that wait for the first line."""
        base = self._base_url()
        lines = [f"Board ready: {base}/"]
        slugs = [self.slug] if self.slug else [one.slug for one in campaigns.all_campaigns()]
        for slug in slugs[:_WALLS_TOLD]:
            lines += [f"  wall   {base}/wall/{slug}/", f"  staff  {base}/staff/{slug}/"]
        if not slugs:
            lines += ["  no campaign yet: manage.py createcampaign --help"]
        lines += [f"  admin  {base}/admin/", f"  login  {self._login()}"]
        lines += [f"  data   {settings.DATA_DIR}", "  Ctrl-C stops it"]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def _base_url(self) -> str:
        host = self.options["host"]
        named = host if checks.is_loopback(host) else settings.ALLOWED_HOSTS[0].lstrip(".")
        bracketed = f"[{named}]" if ":" in named and not named.startswith("[") else named
        scheme = "https" if settings.HTTPS else "http"
        return f"{scheme}://{bracketed}:{self.options['port']}"

    def _login(self) -> str:
        """Return what to log in with; the demo makes a login, a board of one's own does not."""
        if self.slug and (password := staff.make_first(STAFF)):
            return f"user {STAFF}, password {password} (shown only now)"
        if staff.exists(STAFF):
            return f"user {STAFF}; a new password: manage.py changepassword {STAFF}"
        return "none yet: manage.py createsuperuser"
