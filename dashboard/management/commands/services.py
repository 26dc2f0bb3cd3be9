"""`services`: which services posts can go to, and what each wants to know of an account."""

import json
from argparse import ArgumentParser
from typing import Any

from dashboard.alerts.feeds import services
from dashboard.alerts.service import Service
from dashboard.management.command import BoardCommand
from dashboard.management.feed_accounts import variable


class Command(BoardCommand):
    """Print the services."""

    help = "List the services that posts can go to, and the fields of an account at each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object a service")

    def handle(self, *args: Any, **options: Any) -> None:
        for service in services().values():
            tell = _as_json if options["json"] else _as_text
            self.stdout.write(tell(service))


def _as_text(service: Service) -> str:
    able = ["pictures"] * service.pictures + ["idempotent"] * service.idempotent
    limit = f"{service.limit.most} {service.limit.count}"
    lines = [f"{service.name}  {service.title}  ({', '.join([limit, *able])})"]
    for field in service.fields:
        how = f"secret, {variable(field.name)}" if field.secret else "option"
        lines.append(f"    {field.name}  {field.about}  [{how}{', needed' * field.required}]")
    return "\n".join(lines)


def _as_json(service: Service) -> str:
    told = {
        "name": service.name,
        "title": service.title,
        "limit": service.limit.most,
        "count": service.limit.count,
        "pictures": service.pictures,
        "idempotent": service.idempotent,
        "fields": [
            {"name": one.name, "about": one.about, "secret": one.secret, "needed": one.required}
            for one in service.fields
        ],
    }
    return json.dumps(told, ensure_ascii=False)
