"""Sending one message by one service: how it ends is one of four, whatever the service's file did.

The outbox calls `send` with `Outgoing.for_service(service)`, or with a `DryRun`, whose `requests`
then hold what would have been sent.
"""

import logging

from dashboard.alerts.dry_run import Recorded
from dashboard.alerts.service import Account, Message, Sent, Service
from dashboard.alerts.web import Later, Refused, Unknown, Web

log = logging.getLogger(__name__)


def send(service: Service, message: Message, account: Account, web: Web) -> Sent:
    """Return the service's word that the post is there; of a dry run one without a number.

    Raises `Refused`, `Later` or `Unknown`; what a service's file did not foresee is `Unknown`.
    """
    for field in service.fields:
        if field.required and not account.get(field.name):
            raise Refused(f"{field.name}: expected {field.about}, got nothing")
    try:
        return service.post(message, account, web)
    except Recorded:
        return Sent(remote_id="")
    except (Refused, Later, Unknown):
        raise
    except Exception as error:
        log.exception("service=%s ended in a way it did not foresee", service.name)
        raise Unknown(f"unforeseen: {type(error).__name__}") from error
