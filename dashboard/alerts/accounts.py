"""Accounts as people enter them, checked against what their service asks for."""

import re
from collections.abc import Mapping

from dashboard.alerts.service import Field, Service


def wrong(service: Service, fields: Mapping[str, str]) -> list[Field]:
    """Return the fields that are missing, or are not as the service wants them."""
    return [field for field in service.fields if not _fits(field, fields.get(field.name, ""))]


def _fits(field: Field, value: str) -> bool:
    if not value:
        return not field.required
    return not field.pattern or re.fullmatch(field.pattern, value) is not None


def secret_names(service: Service) -> list[str]:
    """Return the names of the fields that are kept sealed."""
    return [field.name for field in service.fields if field.secret]
