"""Letters: given to the mail server of the settings, whose own word tells how it ended."""

import logging
import smtplib

from django.core.mail import EmailMessage, get_connection

from dashboard.alerts.web import Later, Refused, Unknown

log = logging.getLogger(__name__)

# After a "not now", which says nothing of when: mail servers that greylist want a minute or more.
_AGAIN_S = 60


def hand_over(letter: EmailMessage) -> None:
    """Send a letter. Raises `Refused`, `Later`, or `Unknown` where the server's word is missing.

    SMTP has no key that makes two letters one: what may have gone out is not sent again.
    """
    connection = get_connection(fail_silently=False)
    try:
        connection.open()
    except smtplib.SMTPResponseException as error:
        raise _by_code(error.smtp_code, "at its greeting or login", Later) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Later(f"mail server: no connection: {type(error).__name__}") from error
    try:
        connection.send_messages([letter])
    except smtplib.SMTPRecipientsRefused as error:
        raise _by_code(min(code for code, _ in error.recipients.values()), "recipients") from error
    except smtplib.SMTPResponseException as error:
        raise _by_code(error.smtp_code, "the letter") from error
    except (smtplib.SMTPException, OSError) as error:
        log.warning("letter unknown reason=%s", type(error).__name__)
        raise Unknown(f"mail server: no answer: {type(error).__name__}") from error
    finally:
        _close(connection)


def _by_code(code: int, where: str, rubbish: type[Exception] = Unknown) -> Exception:
    """Return what the server's own word means: 4xx is not now, 5xx is no (RFC 5321)."""
    said = f"mail server: {where}: SMTP {code}"
    if 400 <= code < 500:
        return Later(said, _AGAIN_S)
    return Refused(said) if 500 <= code < 600 else rubbish(said)


def _close(connection: object) -> None:
    """Say good-bye: the letter's end is settled, whatever becomes of that."""
    try:
        connection.close()  # type: ignore[attr-defined]
    except (smtplib.SMTPException, OSError):
        log.info("mail server gone before the good-bye")
