"""`createcampaign`: a campaign with its keys, as one JSON object."""

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from dashboard.core.money import EXPONENTS
from dashboard.management.command import BoardCommand
from dashboard.runtime import address
from dashboard.store import campaigns, keys
from dashboard.store.tables import Campaign, new_token


def instant(text: str) -> datetime:
    """Read an RFC 3339 instant; it needs an offset and lies on a whole minute."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment


class Command(BoardCommand):
    """Create a campaign and print its slug, keys and wall address."""

    help = "Create a campaign; prints one JSON object with its keys, which are shown only once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", help="short name in addresses: letters, digits, hyphens")
        parser.add_argument("--name", required=True, help="name on the screens")
        parser.add_argument("--name-zh", default="", help="name on the Chinese screens")
        parser.add_argument("--currency", default="CNY", help="ISO 4217 (%(default)s)")
        parser.add_argument("--timezone", default="Asia/Shanghai", help="IANA zone (%(default)s)")
        parser.add_argument("--start", required=True, help="RFC 3339 with offset, whole minute")
        parser.add_argument("--end", required=True, help="RFC 3339 with offset; no longer counts")
        choices = [choice for choice, _ in Campaign.VISIBILITIES]
        parser.add_argument("--visibility", choices=choices, default=Campaign.TOKEN)
        parser.add_argument("--base-url", help="of the wall (where this data folder's board is)")

    def handle(self, *args: Any, **options: Any) -> None:
        read_token = new_token("gmv_read")
        base_url = options["base_url"] or address.noted(settings.DATA_DIR)
        if options["currency"] not in EXPONENTS:
            raise CommandError(f"currency: expected an ISO 4217 code, got {options['currency']!r}")
        fields = {
            name: options[name]
            for name in ("name", "name_zh", "currency", "timezone", "visibility")
        }
        try:
            with transaction.atomic():
                campaign, source = campaigns.create(
                    options["slug"],
                    read_token=read_token,
                    start=self._instant("start", options["start"]),
                    end=self._instant("end", options["end"]),
                    **fields,
                )
                made = {
                    "slug": campaign.slug,
                    "ingest_key": keys.issue_key(source),
                    "signing_secret": keys.issue_signing_secret(source),
                    "read_token": read_token,
                    "wall_url": f"{base_url.rstrip('/')}/wall/{campaign.slug}/",
                }
        except ValidationError as error:
            raise CommandError("; ".join(_lines(error))) from error
        self.stdout.write(json.dumps(made, ensure_ascii=False))

    def _instant(self, name: str, text: str) -> datetime:
        try:
            return instant(text)
        except ValueError as error:
            raise CommandError(
                f"{name}: expected an instant such as 2026-11-11T00:00:00+08:00, got {text!r}"
            ) from error


def _lines(error: ValidationError) -> list[str]:
    return [
        message if message.startswith(field) else f"{field}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    ]
