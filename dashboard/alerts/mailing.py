"""Letters: given to the mail server of the settings, whose own word tells how it ended."""

import logging
import smtplib
import socket
import threading
from collections.abc import Callable
from typing import Any, cast

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from dashboard.alerts.web import Later, Refused, Unknown

log = logging.getLogger(__name__)

# After a "not now", which says nothing of when: mail servers that greylist want a minute or more.
_AGAIN_S = 60
# For a letter in all, its recipients one by one: whoever sends has 90 s from the claim.
_TOTAL_S = 30


def hand_over(letter: EmailMessage, ready: Callable[[], None], total_s: float = _TOTAL_S) -> str:
    """Send a letter; return "", or to whom the server refused to send it, others having it.

    `ready` is asked once the server listens, before it hears of the letter; what it raises goes on.
    Raises `Refused`, `Later`, or `Unknown` where the server's word is missing. SMTP has no key
    that makes two letters one: what may have gone out is not sent again.
    """
    backend = EmailBackend(fail_silently=False)
    try:
        backend.open()
    except smtplib.SMTPResponseException as error:
        raise _by_code(error.smtp_code, "at its greeting or login", Later) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Later(f"mail server: no connection: {type(error).__name__}") from error
    try:
        ready()
        return _refused(_given(cast("smtplib.SMTP", backend.connection), letter, total_s))
    finally:
        _close(backend)


def _given(
    server: smtplib.SMTP, letter: EmailMessage, total_s: float
) -> dict[str, tuple[int, bytes]]:
    """Give the letter; return whose share of it was refused, and how."""
    charset = letter.encoding or "utf-8"
    sender = sanitize_address(letter.from_email, charset)
    recipients = [sanitize_address(one, charset) for one in letter.recipients()]
    cut = threading.Timer(total_s, _hang_up, [server])
    cut.start()
    message: Any = letter.message()  # Django's, with line ends to choose
    try:
        return server.sendmail(sender, recipients, message.as_bytes(linesep="\r\n"))
    except smtplib.SMTPRecipientsRefused as error:
        raise _by_code(min(code for code, _ in error.recipients.values()), "recipients") from error
    except smtplib.SMTPResponseException as error:
        raise _by_code(error.smtp_code, "the letter") from error
    except (smtplib.SMTPException, OSError) as error:
        log.warning("letter unknown reason=%s", type(error).__name__)
        raise Unknown(f"mail server: no answer: {type(error).__name__}") from error
    finally:
        cut.cancel()


def _refused(found: dict[str, tuple[int, bytes]]) -> str:
    told = ", ".join(f"{address} (SMTP {code})" for address, (code, _) in sorted(found.items()))
    return f"not sent to {told}" if told else ""


def _by_code(code: int, where: str, rubbish: type[Exception] = Unknown) -> Exception:
    """Return what the server's own word means: 4xx is not now, 5xx is no (RFC 5321)."""
    said = f"mail server: {where}: SMTP {code}"
    if 400 <= code < 500:
        return Later(said, _AGAIN_S)
    return Refused(said) if 500 <= code < 600 else rubbish(said)


def _hang_up(server: smtplib.SMTP) -> None:
    """End a connection that another thread waits on: its time is over."""
    try:
        if server.sock is not None:
            server.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        log.info("mail server gone before its time was over")


def _close(backend: EmailBackend) -> None:
    """Say good-bye: the letter's end is settled, whatever becomes of that."""
    try:
        backend.close()
    except (smtplib.SMTPException, OSError):
        log.info("mail server gone before the good-bye")
